import { fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import type { Instant } from '../../kit/time.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context, Viewer } from '../../kit/viewer.ts';
import { hears, seenFrom, type Answer, type Side } from '../actions.ts';
import { judgmentOf } from '../desk.http.ts';
import { ableOf, type Able } from '../page.rules.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Case } from '../rules.ts';
import { headOf } from '../views.ts';
import { arbitrate, askJury, consent, decideDoubted, doubt, recuse, vote } from './actions.ts';
import { panelContract } from './contract.ts';
import { drawOrder, lotText, tokenOf } from './draw.rules.ts';
import { decideArbitrate, decideAskJury, decideConsent, decideSeatVote, type WishFacts } from './rules.ts';
import { readRecusals } from './store.ts';
import { openRecusals, seatsOf, seatsShown, tribunalsOf } from './views.ts';

const acting = ({ viewer }: Context, caseId: string) => ({ caseId, viewer });
const write = (context: Context, act: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  transaction(context.db, act);

type Found = Awaited<ReturnType<typeof tribunalsOf>>[number];
type Sitting = Awaited<ReturnType<typeof seatsShown>>[number];
type Doubts = Awaited<ReturnType<typeof readRecusals>>;

const drawOf = (caseId: string, w: Found) => {
  if (w.sourceSize === null || w.sourceRoot === null) return null;
  const lot = { kind: w.kind, caseId, size: w.sourceSize, root: w.sourceRoot, listSha256: w.listSha256 };
  return {
    size: w.sourceSize,
    root: w.sourceRoot.toString('base64'),
    text: lotText(lot),
    order: drawOrder(lot, w.tokens),
  };
};

/** What one vote said: a panel's when it has ended, a juror's from its opening on, and one's own at any time. */
function voteOf(sitting: Sitting, shown: boolean) {
  if (!shown || sitting.choice === null) return null;
  const body = sitting.body ?? {};
  const award = body['award'] as { amount: string } | undefined;
  const judged = body['judged'] as { reasons: string } | undefined;
  return {
    choice: sitting.choice,
    amount: award ? fen(award.amount) : null,
    reasons: judged?.reasons ?? String(body['reasons'] ?? ''),
  };
}

function memberOf(caseId: string, w: Found, sitting: Sitting, viewer: Viewer, doubts: Doubts) {
  const mine = sitting.userId === viewer.userId;
  const asked = doubts.find((one) => one.userId === sitting.userId);
  const isShown = mine || w.endedAt !== null || w.kind === 'jury';
  return {
    seat: tokenOf(caseId, sitting.userId),
    rank: sitting.rank,
    name: w.kind === 'panel' ? sitting.name : null,
    mine,
    state: sitting.state as 'seated' | 'recused' | 'late',
    reason: sitting.reason,
    voted: sitting.sealedAt !== null,
    vote: voteOf(sitting, isShown),
    doubt: asked && w.kind === 'panel' ? { ...asked } : null,
  };
}

const wanted = { ground: 'procedure', text: '…' };

function ablesOf(p: {
  case: Case;
  viewer: Viewer;
  now: Instant;
  side: Side;
  panel: Found | undefined;
  seats: readonly Sitting[];
}) {
  const { side, panel } = p;
  const facts: WishFacts = { case: p.case, byId: p.viewer.userId ?? '', now: p.now };
  const able = (result: Result<unknown, CaseRefusal>): Able => ableOf(result);
  if (side !== 'staff')
    return {
      arbitrate: able(decideArbitrate(facts, { ...wanted, side })),
      jury: able(decideAskJury(facts, { ...wanted, side })),
      consent: able(decideConsent(facts, { side, agrees: true })),
    };
  if (!panel) return {};
  const seats = p.seats
    .filter((one) => one.kind === 'panel')
    .map((one) => ({ userId: one.userId, rank: one.rank, state: one.state as 'seated' }));
  const voted = p.seats
    .filter((one) => one.kind === 'panel' && one.sealedAt !== null)
    .map((one) => one.userId);
  return { vote: able(decideSeatVote({ ...facts, state: panel.state, seats, voted })) };
}

export const panelRoutes = {
  tribunals: serve(panelContract.tribunals, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (!seen) return refuse('CASE_NOT_FOUND');
    const key = { shopId: seen.shopId, viewerCase: caseId };
    const [found, seats, doubts, [head]] = await Promise.all([
      tribunalsOf(on, key),
      seatsShown(on, key),
      readRecusals(on, { shopId: seen.shopId, caseId }),
      headOf(on, key),
    ]);
    if (!head) return refuse('CASE_NOT_FOUND');
    const panel = found.find((one) => one.kind === 'panel');
    return done({
      tribunals: found.map((w) => ({
        ...w,
        list: w.tokens,
        listSha256: w.listSha256.toString('hex'),
        draw: drawOf(caseId, w),
        members: seats
          .filter((one) => one.kind === w.kind)
          .map((one) => memberOf(caseId, w, one, viewer, doubts)),
      })),
      able: ablesOf({ case: head, viewer, now: on.business, side: seen.side, panel, seats }),
    });
  }),
  arbitrate: serve(panelContract.arbitrate, (context, { caseId, ...wish }) =>
    write(context, (tx) => arbitrate(tx, { ...acting(context, caseId), ...wish })),
  ),
  askJury: serve(panelContract.askJury, (context, { caseId, ...wish }) =>
    write(context, (tx) => askJury(tx, { ...acting(context, caseId), ...wish })),
  ),
  consent: serve(panelContract.consent, (context, { caseId, agrees }) =>
    write(context, (tx) => consent(tx, { ...acting(context, caseId), agrees })),
  ),
  doubt: serve(panelContract.doubt, (context, { caseId, ...asked }) =>
    write(context, (tx) => doubt(tx, { ...acting(context, caseId), ...asked })),
  ),
  vote: serve(panelContract.vote, (context, { caseId, ...judged }) =>
    write(context, (tx) => vote(tx, { ...acting(context, caseId), judged: judgmentOf(judged) })),
  ),
  recuse: serve(panelContract.recuse, (context, { caseId, text }) =>
    write(context, (tx) => recuse(tx, { ...acting(context, caseId), text })),
  ),
  decideDoubt: serve(panelContract.decideDoubt, (context, { caseId, ...decided }) =>
    write(context, (tx) => decideDoubted(tx, { ...acting(context, caseId), ...decided })),
  ),
  seats: serve(panelContract.seats, async ({ db, viewer }) => {
    const on = await reader(db);
    const [rows, doubts] = await Promise.all([
      seatsOf(on, { viewerId: viewer.userId ?? '', limit: 100 }),
      openRecusals(on, { viewerStaff: hears(viewer), limit: 100 }),
    ]);
    return done({ mine: rows.filter((one) => one.kind === 'panel'), doubts });
  }),
};
