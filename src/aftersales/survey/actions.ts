import { derivedId } from '../../kit/ids.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { notify } from '../../notifications/actions.ts';
import { seenFrom } from '../actions.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import { insertSurveys, lockSurvey, writeSurvey } from './store.ts';

/** Asks the buyers of cases that were closed, each once however often this is called (F193). */
export async function askAbout(
  tx: Tx,
  p: { shops: readonly string[]; cases: readonly string[]; newsId: string },
): Promise<void> {
  const asked = await insertSurveys(tx, { shops: p.shops, cases: p.cases, at: tx.business });
  await notify(
    tx,
    asked.map(({ caseId, buyerId, title }) => ({
      userId: buyerId,
      kind: 'case.survey' as const,
      data: { case: caseId, listing: title.slice(0, 60) },
      cause: derivedId(p.newsId, `${caseId}/case.survey`),
    })),
  );
}

type Marks = {
  readonly result: number;
  readonly speed: number;
  readonly clarity: number;
  readonly words: string;
};

/** The buyer's answer, once. Refuses CASE_NOT_FOUND, NOT_ASKED before the case is closed, and ANSWERED. */
export async function answerSurvey(
  tx: Tx,
  p: { caseId: string; viewer: Viewer } & Marks,
): Promise<Result<{ caseId: string }, CaseRefusal>> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (seen?.side !== 'buyer') return refuse('CASE_NOT_FOUND');
  const key = { shopId: seen.shopId, caseId: p.caseId };
  const [row] = await lockSurvey(tx, key);
  if (!row) return refuse('NOT_ASKED');
  if (row.answeredAt !== null) return refuse('ANSWERED');
  const { result, speed, clarity, words } = p;
  send(tx, writeSurvey(tx, { ...key, result, speed, clarity, words, at: tx.business }));
  return done({ caseId: p.caseId });
}
