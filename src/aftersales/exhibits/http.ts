import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { transaction } from '../../kit/tx.ts';
import { annotate, attachFile, commentOn, exhibitFile } from './actions.ts';
import { acknowledgedIn } from './acknowledged.actions.ts';
import { exhibitContract } from './contract.ts';

export const exhibitRoutes = {
  attach: serve(exhibitContract.attach, ({ db, viewer }, input) => attachFile(db, viewer, input)),
  file: serve(exhibitContract.file, ({ db, viewer }, input) => exhibitFile(db, viewer, input)),
  comment: serve(exhibitContract.comment, ({ db, viewer }, input) =>
    transaction(db, (tx) => commentOn(tx, { ...input, viewer })),
  ),
  acknowledged: serve(exhibitContract.acknowledged, ({ db, viewer }, { caseId }) =>
    acknowledgedIn(db, viewer, caseId),
  ),
  annotate: serve(exhibitContract.annotate, ({ db, viewer }, { caseId, number, step, caption, areas }) =>
    transaction(db, async (tx) => {
      const layer = { step: step ?? null, caption, areas };
      const answer = await annotate(tx, { caseId, number, viewer, layer });
      return answer.ok ? done(answer.value) : answer;
    }),
  ),
};
