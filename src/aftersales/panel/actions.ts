import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { reissueState } from '../../delivery/fault.actions.ts';
import { applyMoves, hears, seenFrom, type Answer } from '../actions.ts';
import { awardOf, type Judgment } from '../desk.rules.ts';
import { holdCases, refundable, type File } from '../held.actions.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Award, Move } from '../rules.ts';
import { emptyDocket } from '../write.actions.ts';
import {
  ballotsOf,
  callable,
  callNext,
  enterTribunal,
  holdTribunal,
  noteTribunal,
  seatFacts,
  seatedNow,
  stepTribunal,
  type Tribunal,
} from './held.actions.ts';
import { tokenOf } from './draw.rules.ts';
import {
  awardSaid,
  decideArbitrate,
  decideAskJury,
  decideConsent,
  decideDoubt,
  decideSeatVote,
  standingOf,
  tribunalOf,
  type WishFacts,
} from './rules.ts';
import { decideRecusalRow, insertRecusal, insertVote, leaveSeats, moveTribunal } from './store.ts';

type Of = { readonly caseId: string; readonly viewer: Viewer };
type Party = 'buyer' | 'merchant';

/** One wish of a party that may bring its case before a tribunal. */
async function wish(
  tx: Tx,
  p: Of,
  decide: (facts: WishFacts, side: Party) => Result<Move, CaseRefusal>,
): Promise<Answer> {
  const side = (await seenFrom(tx, p.viewer, p.caseId))?.side;
  if (side !== 'buyer' && side !== 'merchant') return refuse('CASE_NOT_FOUND');
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  const byId = must(p.viewer.userId, 'a party has an id');
  const decided = decide({ case: file.case, byId, now: tx.business }, side);
  if (!decided.ok) return decided;
  await applyOrEnter(tx, file, decided.value);
  return done({ caseId: p.caseId, state: file.case.state });
}

const kinds = {
  arbitrate: 'panel',
  prefer_panel: 'panel',
  no_consent: 'panel',
  hang: 'panel',
  consent: 'jury',
} as const;

/** Makes a step; where it leads before a tribunal, with the list that is drawn from. */
export async function applyOrEnter(tx: Tx, file: File, move: Move): Promise<void> {
  const kind = move.event in kinds ? kinds[move.event as keyof typeof kinds] : undefined;
  if (kind) await enterTribunal(tx, file, move, kind);
  else await applyMoves(tx, emptyDocket(), [{ file, move }]);
}

/** Asks for a panel of three (C8). */
export const arbitrate = (tx: Tx, p: Of & { ground: string; text: string }): Promise<Answer> =>
  wish(tx, p, (facts, side) => decideArbitrate(facts, { ...p, side }));
/** Proposes a jury instead. */
export const askJury = (tx: Tx, p: Of & { ground: string; text: string }): Promise<Answer> =>
  wish(tx, p, (facts, side) => decideAskJury(facts, { ...p, side }));
/** The other side agrees to the jury or prefers the panel. */
export const consent = (tx: Tx, p: Of & { agrees: boolean }): Promise<Answer> =>
  wish(tx, p, (facts, side) => decideConsent(facts, { ...p, side }));

/** The panel that hears a case, with the case locked; for somebody of the staff. */
async function atPanel(tx: Tx, p: Of): Promise<{ file: File; w: Tribunal; byId: string } | undefined> {
  if (!hears(p.viewer)) return undefined;
  const file = (await holdCases(tx, [p.caseId])).get(p.caseId);
  const w = file && (await holdTribunal(tx, file, 'panel'));
  return file && w && { file, w, byId: must(p.viewer.userId, 'staff has an id') };
}

/** A seat votes, with reasons (article 28): once, and in time. The vote that makes all of them decides the case. */
export async function vote(tx: Tx, p: Of & { judged: Judgment }): Promise<Answer> {
  const at = await atPanel(tx, p);
  if (!at) return refuse('CASE_NOT_FOUND');
  const { file, w, byId } = at;
  const seat = decideSeatVote(seatFacts(tx, file, w, byId));
  if (!seat.ok) return seat;
  const { line, places } = file.case;
  const reissue =
    p.judged.remedy === 'reissue' ? await reissueState(tx, { held: file.held, line, places }) : 'ok';
  const award = awardOf(
    {
      case: file.case,
      byId,
      now: tx.business,
      refundable: refundable(file),
      involved: false,
      before: [],
      reissue,
    },
    p.judged,
  );
  if (!award.ok) return award;
  const body = {
    award: { ...award.value, amount: award.value.amount.toString() },
    judged: { ...p.judged, amount: p.judged.amount?.toString() ?? null },
  };
  send(tx, insertVote(tx, { ...w.key, userId: byId, choice: award.value.remedy, body, at: tx.business }));
  w.ballots.push({
    userId: byId,
    commitment: null,
    choice: award.value.remedy,
    body,
    at: tx.business,
    openedAt: tx.business,
  });
  faultPoint('aftersales.panel.after-vote');
  await noteTribunal(tx, file, {
    kind: 'case.panel_vote',
    actor: `arbitrator:${byId}`,
    keyOwner: null,
    body: { seat: seat.value.rank, voted: w.ballots.length },
  });
  await conclude(tx, file, w, 'system');
  return done({ caseId: p.caseId, state: file.case.state });
}

const kept = (award: Award) => ({
  awardRemedy: award.remedy,
  awardFen: award.amount,
  liability: award.liability,
});

/** Does what a panel has come to; answers whether it came to something. */
export async function conclude(tx: Tx, file: File, w: Tribunal, by: 'system' | 'clock'): Promise<boolean> {
  const doubted = w.recusals.filter((one) => one.state === 'open').map((one) => one.userId);
  const ballots = ballotsOf(w);
  const outcome = standingOf({
    seats: w.seatCount,
    round: w.round,
    seated: seatedNow(w),
    ballots,
    doubted,
    left: by === 'clock' && w.drawnAt !== null ? await callable(tx, file, w) : 0,
    isOver: by === 'clock',
  });
  const step = { by, byId: null } as const;
  switch (outcome.kind) {
    case 'wait':
      return false;
    case 'award': {
      stepTribunal(tx, w, 'decide', by);
      const { award } = outcome.majority;
      const says = [awardSaid(outcome.majority, ballots)];
      await applyMoves(tx, emptyDocket(), [
        { file, move: { event: 'award', ...step, facts: kept(award), says } },
      ]);
      return true;
    }
    case 'deadlock':
      stepTribunal(tx, w, 'fail', by);
      await applyMoves(tx, emptyDocket(), [{ file, move: { event: 'deadlock', ...step } }]);
      return true;
    case 'replace':
      await replace(
        tx,
        file,
        w,
        outcome.late.map((seat) => seat.userId),
        'late',
      );
      return true;
  }
}

/** Late seats go to the next of the order, and the time runs once more. */
async function replace(
  tx: Tx,
  file: File,
  w: Tribunal,
  late: readonly string[],
  reason: 'late',
): Promise<void> {
  leave(tx, w, late, reason, '');
  await callNext(tx, file, w, w.seatCount - seatedNow(w).length);
  send(tx, stepRound(tx, w));
  const says = [{ kind: 'replaced', body: { seats: late.length } }];
  await applyMoves(tx, emptyDocket(), [{ file, move: { event: 'replace', by: 'clock', byId: null, says } }]);
}

function stepRound(tx: Tx, w: Tribunal): Promise<unknown> {
  w.round += 1;
  return moveTribunal(tx, { ...w.key, state: w.state, round: w.round, ended: null });
}

function leave(
  tx: Tx,
  w: Tribunal,
  people: readonly string[],
  state: 'recused' | 'late',
  reason: string,
): void {
  send(tx, leaveSeats(tx, { ...w.key, people, state, reason, at: tx.business }));
  for (const [n, seat] of w.seats.entries())
    if (people.includes(seat.userId)) w.seats[n] = { ...seat, state, reason };
}

/** An empty seat goes to the next of the order, if there is one; with nobody left on it, a panel has failed. */
async function refill(tx: Tx, file: File, w: Tribunal): Promise<void> {
  await callNext(tx, file, w, w.seatCount - seatedNow(w).length);
  await conclude(tx, file, w, 'system');
}

/** An arbitrator withdraws by herself, with a reason, before she has voted. */
export async function recuse(tx: Tx, p: Of & { text: string }): Promise<Answer> {
  const at = await atPanel(tx, p);
  if (!at) return refuse('CASE_NOT_FOUND');
  const { file, w, byId } = at;
  const seat = decideSeatVote(seatFacts(tx, file, w, byId));
  if (!seat.ok) return seat;
  leave(tx, w, [byId], 'recused', p.text);
  await noteTribunal(tx, file, {
    kind: 'case.panel_recused',
    actor: `arbitrator:${byId}`,
    keyOwner: null,
    body: { seat: seat.value.rank, reason: p.text },
  });
  await refill(tx, file, w);
  return done({ caseId: p.caseId, state: file.case.state });
}

/** A party asks that somebody does not sit, with a reason; a person of the platform decides. The vote of that seat waits for it. */
export async function doubt(tx: Tx, p: Of & { seat: string; text: string }): Promise<Answer> {
  const side = (await seenFrom(tx, p.viewer, p.caseId))?.side;
  if (side !== 'buyer' && side !== 'merchant') return refuse('CASE_NOT_FOUND');
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  const w = await holdTribunal(tx, file, 'panel');
  if (!w) return refuse('NOT_YOUR_TURN');
  const userId = w.people[w.tokens.indexOf(p.seat)];
  const decided = decideDoubt(
    { case: file.case, seats: w.seats },
    { userId, asked: w.recusals.map((one) => one.userId) },
  );
  if (!decided.ok) return decided;
  const byId = must(p.viewer.userId, 'a party has an id');
  const { shopId, id: caseId } = file.case;
  send(
    tx,
    insertRecusal(tx, {
      shopId,
      caseId,
      userId: decided.value.userId,
      by: side,
      byId,
      text: p.text,
      at: tx.business,
    }),
  );
  await noteTribunal(tx, file, {
    kind: 'case.panel_doubted',
    actor: `${side}:${byId}`,
    keyOwner: byId,
    body: { seat: decided.value.rank, text: p.text },
  });
  return done({ caseId, state: file.case.state });
}

/** Somebody who does not sit decides whether a seat is given to another; granted, its vote is void. */
export async function decideDoubted(
  tx: Tx,
  p: Of & { seat: string; grants: boolean; reasons: string },
): Promise<Answer> {
  const at = await atPanel(tx, p);
  if (!at) return refuse('CASE_NOT_FOUND');
  const { file, w, byId } = at;
  const { buyerId, shopId, id: caseId } = file.case;
  const open = w.recusals.find((one) => tokenOf(caseId, one.userId) === p.seat && one.state === 'open');
  if (!open || tribunalOf(file.case.state) !== 'panel') return refuse('NOT_YOUR_TURN');
  const involved = p.viewer.buyerIds.includes(buyerId) || p.viewer.shops.some((one) => one.shopId === shopId);
  if (involved || w.seats.some((seat) => seat.userId === byId)) return refuse('CONFLICT_OF_INTEREST');
  const state = p.grants ? ('granted' as const) : ('dismissed' as const);
  const { userId } = open;
  send(
    tx,
    decideRecusalRow(tx, { shopId, caseId, userId, state, reasons: p.reasons, byId, at: tx.business }),
  );
  open.state = state;
  await noteTribunal(tx, file, {
    kind: p.grants ? 'case.panel_replaced' : 'case.panel_kept',
    actor: `operator:${byId}`,
    keyOwner: null,
    body: { seat: w.seats.find((seat) => seat.userId === userId)?.rank ?? null, reasons: p.reasons },
  });
  if (p.grants) leave(tx, w, [userId], 'recused', p.reasons);
  await refill(tx, file, w);
  return done({ caseId, state: file.case.state });
}
