import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { plus } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { seenFrom } from '../actions.ts';
import { answerSurvey } from './actions.ts';
import { surveyContract, surveyDeskContract } from './contract.ts';
import { newestSurveys, surveyOf, surveySums } from './views.ts';

const deskDays = 90;
const shown = 30;

export const surveyRoutes = {
  survey: serve(surveyContract.survey, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (seen?.side !== 'buyer') return refuse('CASE_NOT_FOUND');
    const [row] = await surveyOf(on, { shopId: seen.shopId, viewerCase: caseId });
    const { result, speed, clarity, words, answeredAt } = row ?? {};
    const answer =
      result && speed && clarity && answeredAt
        ? { result, speed, clarity, words: words ?? '', at: answeredAt }
        : null;
    return done({ asked: row !== undefined, open: row !== undefined && answer === null, answer });
  }),
  answerSurvey: serve(surveyContract.answerSurvey, ({ db, viewer }, input) =>
    transaction(db, (tx) => answerSurvey(tx, { ...input, viewer })),
  ),
};

export const surveyDeskRoutes = {
  surveys: serve(surveyDeskContract.surveys, async ({ db, viewer }) => {
    const on = await reader(db);
    const since = plus(on.business, { days: -deskDays });
    const [[sums], newest] = await Promise.all([
      surveySums(on, { from: since, to: plus(on.business, { seconds: 1 }) }),
      newestSurveys(on, { viewerStaff: viewer.staff.length > 0, limit: shown }),
    ]);
    return done({
      since,
      ...must(sums, 'a sum has a row'),
      newest: newest.map((one) => ({
        caseId: one.caseId,
        result: must(one.result, 'answered'),
        speed: must(one.speed, 'answered'),
        clarity: must(one.clarity, 'answered'),
        words: one.words ?? '',
        at: must(one.at, 'answered'),
      })),
    });
  }),
};
