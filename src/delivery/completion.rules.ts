import type { Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { releaseAt, stepTo, type Order, type Step } from '../orders/rules.ts';
import type { Unit } from './card-key.rules.ts';
import type { DeliveryRefusal } from './contract.ts';

/** The buyer confirms: every key, and all that was delivered by hand, was looked at first, so that the money is not released too early (VGSR article 41). */
export function decideConfirm(
  order: Order,
  units: readonly Pick<Unit, 'state'>[],
  userId: string,
  now: Instant,
): Result<Step, DeliveryRefusal> {
  if (order.state === 'completed') return refuse('ORDER_ALREADY_COMPLETED');
  if (!stepTo(order.state, 'confirm', 'buyer')) return refuse('ORDER_NOT_DELIVERED');
  if (units.some((unit) => unit.state === 'sealed')) return refuse('KEYS_STILL_SEALED');
  return done({ order, event: 'confirm', by: 'buyer', byId: userId, facts: completion(order, now) });
}

/** The clock completes an order whose time has come; undefined where something else happened first, or a reveal moved the time. */
export function decideLapse(order: Order, dueAt: Instant, now: Instant): Step | undefined {
  if (now < dueAt || !stepTo(order.state, 'lapse', 'clock')) return undefined;
  return { order, event: 'lapse', by: 'clock', byId: null, facts: completion(order, now) };
}

const completion = (order: Order, now: Instant): Partial<Order> => ({
  completedAt: now,
  releaseAt: releaseAt(now, order.settleDays),
});

/** Whether the money of a completed order goes to the shop now: not before its time, not while somebody holds it, and only once. */
export function decideRelease(order: Order, isHeld: boolean, now: Instant): Step | undefined {
  if (order.releasedAt !== null || order.releaseAt === null || now < order.releaseAt || isHeld)
    return undefined;
  if (!stepTo(order.state, 'release', 'clock')) return undefined;
  return { order, event: 'release', by: 'clock', byId: null, facts: { releasedAt: now } };
}

/** What the buyer gets back for one cancelled unit: its price; the last unit of the line gets what is left of the line's total. */
export const refundOf = (p: { price: Fen; left: Fen; unitsLeft: number }): Fen =>
  p.unitsLeft === 1 ? p.left : p.price < p.left ? p.price : p.left;
