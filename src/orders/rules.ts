import { assert, must } from '../kit/assert.ts';
import { nextState, type Actor } from '../kit/machine.ts';
import { fen, type Fen } from '../kit/money.ts';
import { plus, type Instant } from '../kit/time.ts';
import type { OrderMode } from '../catalog/content.contract.ts';
import { orderTable, type OrderEvent, type OrderState } from './machine.ts';

export type Order = {
  readonly shopId: string;
  readonly id: string;
  readonly buyerId: string;
  readonly checkoutKey: string;
  readonly state: OrderState;
  readonly mode: OrderMode;
  readonly total: Fen;
  readonly refunded: Fen;
  readonly rulebook: string;
  readonly settleDays: number;
  readonly steps: number;
  readonly placedAt: Instant;
  readonly paidAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly releaseAt: Instant | null;
  readonly releasedAt: Instant | null;
};
export type Line = {
  readonly shopId: string;
  readonly orderId: string;
  readonly number: number;
  readonly listingId: string;
  readonly version: number;
  readonly variantId: string;
  readonly poolId: string;
  readonly goods: string;
  readonly quantity: number;
  readonly price: Fen;
  readonly total: Fen;
  readonly fee: number;
  readonly numbers: readonly bigint[];
};

export type NewOrder = {
  shopId: string;
  id: string;
  buyerId: string;
  checkoutKey: string;
  mode: OrderMode;
  firstEvent: 'purchase' | 'place' | 'order';
  total: bigint;
  settleDays: number;
  paidAt: Instant | null;
};
export type NewLine = Omit<Line, 'shopId' | 'orderId'> & { components: string };

/** One step of one order: who made it, and the facts that change with it. */
export type Step = {
  readonly order: Order;
  readonly event: OrderEvent;
  readonly by: Actor;
  readonly byId: string | null;
  readonly facts?: Partial<Order>;
};

/** Where an order begins. */
export const firstStates = {
  place: 'created',
  purchase: 'delivered',
  order: 'awaiting',
} as const satisfies Record<NewOrder['firstEvent'], OrderState>;

/** The state after a step, or undefined where the table has no such step: the caller refuses or does nothing. */
export const stepTo = (state: OrderState, event: OrderEvent, by: Actor): OrderState | undefined =>
  nextState(orderTable, state as never, event, by) as OrderState | undefined;

export function applied(step: Step): Order {
  const to = must(
    stepTo(step.order.state, step.event, step.by),
    `${step.event} by ${step.by} leads on from ${step.order.state}`,
  );
  return { ...step.order, ...step.facts, state: to, steps: step.order.steps + 1 };
}

/** Money is released T+n after completion, n by the tier of the shop (VGSR article 42). */
export const releaseAt = (completedAt: Instant, settleDays: number): Instant =>
  plus(completedAt, { days: settleDays });

/** What is left to be refunded or released of an order. */
export function unrefunded(order: Order): Fen {
  assert(order.refunded <= order.total, 'no order is refunded beyond its total');
  return fen(order.total - order.refunded);
}
