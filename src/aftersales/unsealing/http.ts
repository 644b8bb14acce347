import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { seenFrom } from '../actions.ts';
import { answerKey, askKey, showKey } from './actions.ts';
import { unsealingContract } from './contract.ts';
import { signOf, type Unsealing } from './rules.ts';
import { unsealingsAsked, unsealingsOf } from './views.ts';

/** Without names: parties learn what was done and why, and that it took two, not who of the staff they were. */
const shownTo =
  (viewer: Viewer) =>
  ({ id, askedBy, decidedBy, ...one }: Unsealing) => ({
    ...one,
    unsealingId: id,
    asker: signOf(one.caseId, askedBy),
    decider: decidedBy && signOf(one.caseId, decidedBy),
    mine: askedBy === viewer.userId,
  });

export const unsealingRoutes = {
  unsealings: serve(unsealingContract.unsealings, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (!seen) return refuse('CASE_NOT_FOUND');
    const rows = await unsealingsOf(on, { shopId: seen.shopId, viewerCase: caseId });
    return done({ unsealings: rows.map(shownTo(viewer)), now: on.business });
  }),
  openUnsealings: serve(unsealingContract.openUnsealings, async ({ db, viewer }) => {
    const on = await reader(db);
    const rows = await unsealingsAsked(on, { viewerStaff: viewer.staff.length > 0, limit: 50 });
    return done({ unsealings: rows.map(shownTo(viewer)) });
  }),
  askKey: serve(unsealingContract.askKey, ({ db, viewer }, { why, ...input }) =>
    transaction(db, (tx) => askKey(tx, { ...input, reason: why, viewer })),
  ),
  decideKey: serve(unsealingContract.decideKey, ({ db, viewer }, input) =>
    transaction(db, (tx) => answerKey(tx, { ...input, viewer })),
  ),
  showKey: serve(unsealingContract.showKey, async ({ db, viewer }, input) => {
    const shown = await transaction(db, (tx) => showKey(tx, { ...input, viewer }));
    if (!shown.ok) return shown;
    const { number, secret, extra, ...rest } = shown.value;
    return done({
      ...rest,
      number: number?.reveal() ?? null,
      secret: secret.reveal(),
      extra: extra?.reveal() ?? null,
    });
  }),
};
