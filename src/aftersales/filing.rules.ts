import { leftOf, type Loss } from '../orders/losses.rules.ts';
import type { GoodsKind } from '../catalog/content.contract.ts';
import type { Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import { dueOf } from '../rules/calendar.rules.ts';
import { bindingDue } from '../rules/overrides.rules.ts';
import { noReasonLimit } from '../rules/terms.rules.ts';
import type { CaseState } from './machine.ts';
import { reasons, type Reason, type ReasonCode, type Remedy } from './reasons.data.ts';
import type { CaseRefusal } from './refusals.contract.ts';
import { isOver, reasonOf, refundableOf } from './rules.ts';

/** When the times of one unit began; null: not yet, so nothing runs out. */
export type Begun = {
  readonly place: number;
  readonly deliveredAt: Instant | null;
  readonly revealedAt: Instant | null;
};
export type Earlier = {
  readonly line: number;
  readonly places: readonly number[];
  readonly reason: ReasonCode;
  readonly state: CaseState;
  readonly settledByDecision: boolean;
};
export type FilingFacts = {
  readonly orderState: string;
  readonly paidAt: Instant | null;
  readonly rulebook: string;
  /** For how many days the shop takes it back without a reason, by its own promise. */
  readonly noReason_days: number;
  /** At most this much is asked for, by the ground of the claim; null: what is left. */
  readonly most: Fen | null;
  /** The rule that is complained about was never shown and ticked, so the claim counts as proved until the shop proves otherwise. */
  readonly untold: boolean;
  readonly goods: string;
  readonly units: readonly Loss[];
  readonly begun: readonly Begun[];
  /** What is left of the whole line. */
  readonly lineLeft: Fen;
  readonly earlier: readonly Earlier[];
  readonly now: Instant;
};
export type Wish = {
  readonly line: number;
  readonly places: readonly number[];
  readonly reason: ReasonCode;
  readonly remedy: Remedy;
  readonly amount: Fen | null;
};

const fits = (reason: Reason, goods: string): boolean =>
  reason.goods.length === 0 || reason.goods.includes(goods as GoodsKind);

/** The scenes of a kind of goods, in the order of the table: 物流 never stands before a buyer of virtual goods (F084). */
export const reasonsFor = (goods: string): ReasonCode[] =>
  (Object.keys(reasons) as ReasonCode[]).filter((code) => fits(reasonOf(code), goods));

/** The last instant to file a scene about these units; null where nothing has begun or nothing ends. */
export function fileUntil(
  code: ReasonCode,
  begun: readonly Begun[],
  p: { paidAt: Instant | null; rulebook: string; noReason_days: number },
): Instant | null {
  const { window } = reasonOf(code);
  if (!window) return null;
  const ends = begun.flatMap((unit) => {
    const start = startOf(window.from, unit, p.paidAt);
    return start === null ? [] : [endOf(code, start, window.hours, p)];
  });
  return ends.length === 0 ? null : (Math.min(...ends) as Instant);
}

const startOf = (
  from: 'revealed' | 'delivered' | 'paid',
  unit: Begun,
  paidAt: Instant | null,
): Instant | null => (from === 'paid' ? paidAt : from === 'revealed' ? unit.revealedAt : unit.deliveredAt);

type Promised = { readonly rulebook: string; readonly noReason_days: number };
function endOf(code: ReasonCode, start: Instant, hours: number, p: Promised): Instant {
  if (code !== 'NO_REASON_7D') return plus(start, { hours });
  const { version } = bindingDue(p.rulebook, 'NO_REASON', start);
  return dueOf(start, noReasonLimit(version, 'NO_REASON', p.noReason_days)).dueAt;
}

/** Until when a key that is said to be dead counts as dead on delivery (article 5, F077). */
export const presumedUntil = (revealedAt: Instant, rulebook: string): Instant =>
  bindingDue(rulebook, 'CARD_VERIFY_WINDOW', revealedAt).dueAt;

export function isPresumed(
  code: ReasonCode,
  begun: readonly Begun[],
  p: { rulebook: string; now: Instant },
): boolean {
  if (code !== 'CARD_INVALID' && code !== 'CARD_USED') return false;
  return begun.every(
    (unit) => unit.revealedAt !== null && p.now <= presumedUntil(unit.revealedAt, p.rulebook),
  );
}

export type Filed = { readonly asked: Fen; readonly presumed: boolean };

/**
 * Whether a case can be filed (C1): the order was paid, the units are its own and have something left, no case about them is open, the
 * scene exists for these goods and its time runs, the remedy exists for the scene, and no more is asked than is left (F088).
 */
export function decideFile(wish: Wish, facts: FilingFacts): Result<Filed, CaseRefusal> {
  if (facts.paidAt === null) return refuse('ORDER_NOT_PAID');
  if (facts.orderState === 'awaiting' || facts.orderState === 'delivering') return refuse('STILL_TO_COME');
  const chosen = facts.units.filter((unit) => wish.places.includes(unit.place));
  if (chosen.length !== new Set(wish.places).size) return refuse('PLACES_UNKNOWN');
  const all = refundableOf(facts.units, wish.places, facts.lineLeft);
  const left = facts.most !== null && facts.most < all ? facts.most : all;
  if (left === 0n || chosen.some((unit) => leftOf(unit) === 0n)) return refuse('NOTHING_LEFT');
  const again = refusedAgain(wish, facts.earlier);
  if (again) return refuse(again);
  const reason = reasonOf(wish.reason);
  if (!fits(reason, facts.goods)) return refuse('REASON_UNFIT');
  const begun = facts.begun.filter((unit) => wish.places.includes(unit.place));
  const until = fileUntil(wish.reason, begun, facts);
  if (until !== null && facts.now > until) return refuse('FILING_OVER', { until });
  if (!reason.remedies.includes(wish.remedy)) return refuse('REMEDY_UNFIT');
  if (wish.remedy === 'refund' && wish.amount === 0n) return refuse('AMOUNT_MISSING');
  const asked = wish.remedy === 'refund' ? (wish.amount ?? left) : left;
  if (asked > left) return refuse('AMOUNT_TOO_HIGH', { left: left.toString() });
  return done({ asked, presumed: facts.untold || isPresumed(wish.reason, begun, facts) });
}

function refusedAgain(wish: Wish, earlier: readonly Earlier[]): CaseRefusal | undefined {
  const same = earlier.filter(
    (one) => one.line === wish.line && one.places.some((place) => wish.places.includes(place)),
  );
  if (same.some((one) => !isOver(one.state))) return 'CASE_OPEN';
  if (same.some((one) => one.settledByDecision && one.reason === wish.reason)) return 'CASE_WAS_DECIDED';
  if (same.filter((one) => one.state === 'withdrawn').length > 1) return 'WITHDRAWN_TWICE';
  return undefined;
}
