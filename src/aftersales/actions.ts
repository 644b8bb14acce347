import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { noFen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { reissueState } from '../delivery/fault.actions.ts';
import { holdOrders } from '../delivery/units.actions.ts';
import { ownOrder, ownOrders } from '../orders/actions.ts';
import { lossesOfOrders } from '../orders/losses.actions.ts';
import { lockPayments } from '../payments/actions.ts';
import {
  decideAccept,
  decideAgree,
  decideAppeal,
  decideCounter,
  decideEscalate,
  decideExhibit,
  decideOffer,
  decidePerform,
  decideRefuse,
  decideWithdraw,
  type MoveFacts,
} from './answers.rules.ts';
import { intoCase, type Diagnosed } from './diagnosis/actions.ts';
import { carryOut, type Errand } from './execution.actions.ts';
import { decideFile, type Wish } from './filing.rules.ts';
import { firstPayOf } from './first-pay.actions.ts';
import { groundsOf } from './grounds.actions.ts';
import { approveOvercharge, isUntold, mostBy, recountSaid, type Grounds } from './grounds.rules.ts';
import type { DefenceCode } from './exhibits.data.ts';
import { begunOf, holdCases, keptByLaw, lineFacts, refundable, type File } from './held.actions.ts';
import type { CaseState } from './machine.ts';
import type { Remedy } from './reasons.data.ts';
import type { CaseRefusal } from './refusals.contract.ts';
import { articleOfStep, type Case, type Exhibit, type Move } from './rules.ts';
import { casesOfOrder, findOrderPayment, insertCase } from './store.ts';
import { caseSeenBy } from './views.ts';
import {
  addCaseHolds,
  emptyDocket,
  enterMove,
  enterWords,
  exhibitEvent,
  writeDocket,
  type Docket,
} from './write.actions.ts';

export type Side = 'buyer' | 'merchant' | 'staff';
export type Seen = { shopId: string; orderId: string; buyerId: string; side: Side };
export type Answer = Result<{ caseId: string; state: CaseState }, CaseRefusal>;

const shopsOf = (viewer: Viewer): string[] =>
  viewer.shops.filter((one) => one.role === 'owner' || one.role === 'orders').map((one) => one.shopId);
/** Staff who hear cases. */
export const hears = (viewer: Viewer): boolean =>
  viewer.staff.some((role) => role === 'admin' || role === 'support' || role === 'arbitrator');

/** The side from which somebody sees a case; undefined where it is not theirs, which answers as if it were not there. */
export async function seenFrom(tx: Tx, viewer: Viewer, caseId: string): Promise<Seen | undefined> {
  const shops = shopsOf(viewer);
  const [found] = await caseSeenBy(tx, { viewer, shops, staff: hears(viewer), caseId });
  if (!found) return undefined;
  const side = viewer.buyerIds.includes(found.buyerId)
    ? 'buyer'
    : shops.includes(found.shopId)
      ? 'merchant'
      : 'staff';
  return { ...found, side };
}

/** Enters decided moves with what they bring at once, and writes all of it. */
export async function applyMoves(
  tx: Tx,
  docket: Docket,
  list: readonly { file: File; move: Move }[],
): Promise<void> {
  const errands: Errand[] = [];
  for (const { file, move } of list) {
    const article = move.article ?? articleOfStep(file.case.state, move.event, move.by);
    const awarded = move.award && {
      awardRemedy: move.award.remedy,
      awardFen: move.award.amount,
      liability: move.award.liability,
    };
    enterMove(tx, docket, file, awarded ? { ...move, facts: { ...move.facts, ...awarded } } : move);
    if (move.award) errands.push({ file, award: move.award, move, article });
  }
  await carryOut(tx, docket, errands);
  await writeDocket(tx, docket);
}

export type Filing = Wish & {
  readonly orderId: string;
  readonly buyerIds: readonly string[];
  readonly userId: string;
  readonly occurredAt: Instant;
  readonly symptom: string;
  readonly triedSteps: string;
  readonly errorCode: string;
  readonly articles: readonly string[];
  readonly exhibits: readonly Exhibit[];
  /** Filed by the support for a buyer who had called it: that first contact is the time of filing (F048). */
  readonly contact?: { readonly at: Instant; readonly seq: number; readonly staffId: string };
};

/**
 * Files a case (C1): the claim in three parts, a hold on the order's money, the clock of the answer. Refuses what decideFile refuses, and
 * an order that is not the buyer's answers like one that is not there.
 */
export async function fileCase(tx: Tx, p: Filing): Promise<Answer> {
  const found = await ownOrders(tx, [p]);
  const key = ownOrder(found, p);
  if (!key) return refuse('ORDER_NOT_FOUND');
  const [funded] = await findOrderPayment(tx, { shopId: key.shopId, orderId: key.id });
  const paymentId = funded?.paymentId ?? null;
  if (paymentId) await lockPayments(tx, [paymentId]);
  const held = must((await holdOrders(tx, [key])).get(key.id), 'an order that is owned is there');
  if (!held.lines.some((line) => line.number === p.line)) return refuse('PLACES_UNKNOWN');
  const [earlier, losses] = await Promise.all([
    casesOfOrder(tx, { shopId: key.shopId, orderId: key.id }),
    lossesOfOrders(tx, [key]),
  ]);
  const facts = await lineFacts(
    tx,
    held,
    p.line,
    losses.filter((loss) => loss.line === p.line),
  );
  const { order } = held;
  const promises = await promisesOf(tx, facts.line);
  const grounds = await groundsOf(tx, facts.line, paymentId);
  const decided = decideFile(p, {
    orderState: order.state,
    paidAt: order.paidAt,
    rulebook: order.rulebook,
    noReason_days: promises.noReason_days,
    most: mostBy(p.reason, grounds),
    untold: isUntold(p.reason, grounds),
    goods: facts.line.goods,
    units: facts.units,
    begun: await begunOf(tx, held, facts.line),
    lineLeft: facts.lineLeft,
    earlier: earlier.map((one) => ({
      ...one,
      settledByDecision: one.handlerId !== null && one.state === 'closed',
    })),
    now: p.contact?.at ?? tx.business,
  });
  if (!decided.ok) return decided;
  const file: File = {
    case: newCase(tx, p, {
      ...decided.value,
      shopId: key.shopId,
      rulebook: order.rulebook,
      goods: facts.line.goods,
      buyerId: order.buyerId,
      answerHours: promises.answer_hours,
    }),
    held,
    paymentId,
    ...facts,
    offer: null,
    counts: { statements: 0, exhibits: 0, assignments: 0 },
  };
  await open(tx, file, p, grounds);
  return done({ caseId: file.case.id, state: file.case.state });
}

/** What the shop promised in the listing version that the order pinned: how soon it answers, and how long it takes things back. */
async function promisesOf(tx: Tx, line: File['line']) {
  const [version] = await versionsOf(tx, [line]);
  const { faultResponse_hours, noReason_days } = must(version, 'a line has its version').content.afterSales;
  return { answer_hours: faultResponse_hours, noReason_days: noReason_days ?? 0 };
}

async function open(tx: Tx, file: File, p: Filing, grounds: Grounds): Promise<void> {
  send(tx, insertCase(tx, { ...file.case, turn: null, due: null, at: file.case.filedAt }));
  await addCaseHolds(tx, [file]);
  const walked = await intoCase(tx, { ...file.case, caseId: file.case.id });
  const docket = emptyDocket();
  enterMove(tx, docket, file, {
    event: 'file',
    by: p.contact ? 'operator' : 'buyer',
    byId: p.contact?.staffId ?? p.userId,
    says: [{ kind: 'claim', body: claimOf(file.case, p, walked) }, ...recountSaid(file.case, grounds)],
    shows: p.exhibits,
  });
  // What a machine had verified before is paid in the same transaction (C1b).
  const claim = [p.symptom, p.triedSteps, p.errorCode, ...p.exhibits.map((one) => one.text)].join('\n');
  const own = { grounds, claim, paidByWallet: file.paymentId === null, refundable: refundable(file) };
  const first = (await firstPayOf(tx, file)) ?? approveOvercharge(file.case, own);
  await applyMoves(tx, docket, first ? [{ file, move: first }] : []);
}

const claimOf = (one: Case, p: Filing, walked: Diagnosed | null) => ({
  reason: p.reason,
  line: p.line,
  places: [...p.places],
  occurredAt: p.occurredAt,
  symptom: p.symptom,
  triedSteps: p.triedSteps,
  errorCode: p.errorCode,
  articles: [...p.articles],
  remedy: p.remedy,
  amount: one.asked,
  presumed: one.presumed,
  ...(p.contact ? { contactAt: p.contact.at, contactMessage: p.contact.seq } : {}),
  ...(walked ? { diagnosis: walked } : {}),
});

type Agreed = {
  asked: Fen;
  presumed: boolean;
  shopId: string;
  rulebook: string;
  goods: string;
  buyerId: string;
  answerHours: number | null;
};
const newCase = (tx: Tx, p: Filing, agreed: Agreed): Case => ({
  ...agreed,
  id: newId(tx.wall),
  orderId: p.orderId,
  line: p.line,
  places: [...new Set(p.places)].toSorted((a, b) => a - b),
  reason: p.reason,
  filedReason: p.reason,
  state: 'none',
  steps: 0,
  remedy: p.remedy,
  awardRemedy: null,
  awardFen: null,
  liability: null,
  offers: 0,
  rounds: 0,
  reopened: false,
  handlerId: null,
  seniorId: null,
  turn: null,
  dueAt: null,
  sinceAt: null,
  decideBy: null,
  filedAt: p.contact?.at ?? tx.business,
  endedAt: null,
});

export type Acting = {
  readonly caseId: string;
  readonly viewer: Viewer;
  readonly side: 'buyer' | 'merchant';
};

/** One move of a party: finds the case as theirs, locks it, decides, applies. */
async function act(
  tx: Tx,
  p: Acting,
  decide: (facts: MoveFacts) => Result<Move, CaseRefusal>,
  wanted: Remedy | null = null,
): Promise<Answer> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (seen?.side !== p.side) return refuse('CASE_NOT_FOUND');
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  const decided = decide(await factsOf(tx, file, must(p.viewer.userId, 'a party has an id'), wanted));
  if (!decided.ok) return decided;
  if (await keptByLaw(tx, file, decided.value.award)) return refuse('HELD_BY_LAW');
  await applyMoves(tx, emptyDocket(), [{ file, move: decided.value }]);
  return done({ caseId: p.caseId, state: file.case.state });
}

async function factsOf(tx: Tx, file: File, byId: string, wanted: Remedy | null): Promise<MoveFacts> {
  const { case: one, held, offer } = file;
  const asksKeys = one.remedy === 'reissue' || offer?.remedy === 'reissue' || wanted === 'reissue';
  return {
    case: one,
    byId,
    now: tx.business,
    refundable: refundable(file),
    offer,
    reissue: asksKeys ? await reissueState(tx, { held, line: one.line, places: one.places }) : 'ok',
  };
}

type Demand = { remedy: Remedy; amount: Fen | null; text: string };
const buyer = (p: { caseId: string; viewer: Viewer }): Acting => ({ ...p, side: 'buyer' });
const merchant = (p: { caseId: string; viewer: Viewer }): Acting => ({ ...p, side: 'merchant' });
type Of = { caseId: string; viewer: Viewer };

export const agree = (tx: Tx, p: Of): Promise<Answer> => act(tx, merchant(p), decideAgree);
export const accept = (tx: Tx, p: Of): Promise<Answer> => act(tx, buyer(p), decideAccept);
export const offer = (tx: Tx, p: Of & Demand): Promise<Answer> =>
  act(tx, merchant(p), (facts) => decideOffer(facts, p), p.remedy);
export const counter = (tx: Tx, p: Of & Demand): Promise<Answer> =>
  act(tx, buyer(p), (facts) => decideCounter(facts, p));
export const refuseClaim = (
  tx: Tx,
  p: Of & { defence: DefenceCode; text: string; exhibit: Exhibit | null },
): Promise<Answer> => act(tx, merchant(p), (facts) => decideRefuse(facts, p));
export const withdraw = (tx: Tx, p: Of & { text: string }): Promise<Answer> =>
  act(tx, buyer(p), (facts) => decideWithdraw(facts, p.text));
export const escalate = (tx: Tx, p: Of & { text: string }): Promise<Answer> =>
  act(tx, buyer(p), (facts) => decideEscalate(facts, p.text));
export const perform = (tx: Tx, p: Of & { text: string }): Promise<Answer> =>
  act(tx, merchant(p), (facts) => decidePerform(facts, p.text));

/** A party appeals; which one is who asks. */
export async function appeal(tx: Tx, p: Of & { ground: string; text: string }): Promise<Answer> {
  const side = (await seenFrom(tx, p.viewer, p.caseId))?.side;
  if (side !== 'buyer' && side !== 'merchant') return refuse('CASE_NOT_FOUND');
  return act(tx, { ...p, side }, (facts) => decideAppeal(facts, { ...p, side }));
}

/** A party adds evidence; where it was asked for it, its round ends. */
export async function addExhibit(tx: Tx, p: Of & { exhibit: Exhibit }): Promise<Answer> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (!seen || seen.side === 'staff') return refuse('CASE_NOT_FOUND');
  const { side } = seen;
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  const byId = must(p.viewer.userId, 'a party has an id');
  const decided = decideExhibit(
    { case: file.case, byId, now: tx.business, refundable: noFen, offer: null, reissue: 'ok' },
    { side, exhibit: p.exhibit, count: file.counts.exhibits },
  );
  if (!decided.ok) return decided;
  const docket = emptyDocket();
  if ('event' in decided.value) await applyMoves(tx, docket, [{ file, move: decided.value }]);
  else {
    const by = { by: side, byId };
    for (const shown of enterWords(docket, file, by, [], decided.value.shows))
      docket.events.push(exhibitEvent(file, by, shown));
    await writeDocket(tx, docket);
  }
  return done({ caseId: p.caseId, state: file.case.state });
}
