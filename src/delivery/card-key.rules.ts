import { must } from '../kit/assert.ts';
import { nextState } from '../kit/machine.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import { stepTo, type Order } from '../orders/rules.ts';
import { cancelBy, confirmSealedAt, type Terms } from '../rules/terms.rules.ts';
import type { DeliveryRefusal } from './contract.ts';
import { cardKeyTable, type UnitEvent, type UnitState } from './machine.ts';

export type Unit = {
  readonly shopId: string;
  readonly poolId: string;
  readonly number: bigint;
  readonly orderId: string;
  readonly line: number;
  readonly state: UnitState;
  readonly deliveredAt: Instant;
  readonly revealedAt: Instant | null;
  readonly decidedAt: Instant | null;
  readonly reveals: number;
};

/** A unit as a buyer names it: the line of the order and its place among the line's keys, both from 1. Printed '1-2'. */
export type UnitName = { readonly line: number; readonly place: number };

export function parseUnitName(text: string): UnitName | undefined {
  const match = /^([1-9]\d{0,3})-([1-9]\d{0,4})$/.exec(text);
  return match ? { line: Number(match[1]), place: Number(match[2]) } : undefined;
}

const step = (state: UnitState, event: UnitEvent): UnitState | undefined =>
  nextState(cardKeyTable, state as never, event, event === 'deliver' ? 'system' : 'buyer') as
    | UnitState
    | undefined;

export type RevealFacts = {
  readonly unit: Unit | undefined;
  readonly mustConfirm: boolean;
  readonly now: Instant;
};

/**
 * A look at one key. The first starts the verification and use-within clocks; later ones are recorded and change nothing.
 * `mustConfirm`: the amount is above the step-up or the device is new, and the password was not given again (F017).
 */
export function decideReveal({ unit, mustConfirm, now }: RevealFacts): Result<Unit, DeliveryRefusal> {
  if (!unit) return refuse('UNIT_NOT_FOUND');
  const to = step(unit.state, 'reveal');
  if (!to) return refuse('UNIT_NOT_FOUND');
  if (mustConfirm) return refuse('PASSWORD_NEEDED');
  return done({ ...unit, state: to, revealedAt: unit.revealedAt ?? now, reveals: unit.reveals + 1 });
}

/** The buyer says that a key works. Saying it twice is harmless. */
export function decideVerify(unit: Unit | undefined, now: Instant): Result<Unit, DeliveryRefusal> {
  if (!unit) return refuse('UNIT_NOT_FOUND');
  if (unit.state === 'verified') return done(unit);
  const to = step(unit.state, 'verify');
  return to ? done({ ...unit, state: to, decidedAt: now }) : refuse('UNIT_STILL_SEALED');
}

/** A key that nobody has seen can be cancelled until the window, or the longer one of its shop, ends at 24:00 of a working day (VGSR article 20). */
export function decideCancel(
  unit: Unit | undefined,
  order: Pick<Order, 'state' | 'rulebook'>,
  now: Instant,
  promised_days = 0,
): Result<Unit, DeliveryRefusal> {
  if (!unit) return refuse('UNIT_NOT_FOUND');
  const to = step(unit.state, 'cancel');
  if (!to) return refuse('UNIT_ALREADY_REVEALED');
  const open = stepTo(order.state, 'cancel_sealed', 'buyer') !== undefined;
  const until = cancelBy(unit.deliveredAt, order.rulebook, promised_days);
  if (!open || now > until) return refuse('CANCEL_WINDOW_OVER');
  return done({ ...unit, state: to, decidedAt: now });
}

/** Within this time a key said to be invalid is presumed so (VGSR article 5). Afterwards the right stays and the presumption ends. */
export const verifyUntil = (revealedAt: Instant, terms: Pick<Terms, 'verifyWindow_hours'>): Instant =>
  plus(revealedAt, { hours: terms.verifyWindow_hours });

/**
 * When the order completes by itself: 24 h after the last reveal once every key was seen; while one is sealed 7 days after delivery and
 * not before it can no longer be cancelled (VGSR articles 41 and 20); never earlier than either.
 */
export function autoConfirmAt(
  units: readonly Unit[],
  terms: Pick<Terms, 'autoConfirmRevealed_hours' | 'version'>,
  promised_days: (line: number) => number = () => 0,
): Instant {
  const times = units.map((unit) =>
    unit.revealedAt === null
      ? confirmSealedAt(unit.deliveredAt, terms.version, promised_days(unit.line))
      : plus(unit.revealedAt, { hours: terms.autoConfirmRevealed_hours }),
  );
  return instant(must(times.length > 0 ? Math.max(...times) : undefined, 'an order has units'));
}
