import type { Instant } from '../kit/time.ts';
import { slots, type LightState, type Slot } from './contract.ts';

/** What a light needs to know of an event. `fixed`: under a signed and published checkpoint. */
export type LitEvent = {
  readonly kind: string;
  readonly at: Instant;
  readonly index: number | null;
  readonly fixed: boolean;
};

export type Light = {
  readonly slot: Slot;
  readonly state: LightState;
  readonly count: number;
  readonly at: Instant | null;
  readonly index: number | null;
};

/** The lights that these events turn on. Events are in the order of their time. */
export function lightsFrom(events: readonly LitEvent[]): Light[] {
  return slots.map((slot) => {
    const own = events.filter((event) => slotsOf(event.kind).includes(slot));
    const newest = own.at(-1);
    const state = !newest ? 'none' : own.every((event) => event.fixed) ? 'fixed' : 'pending';
    const logged = own.findLast((event) => event.fixed);
    return { slot, state, count: own.length, at: newest?.at ?? null, index: logged?.index ?? null };
  });
}

/** Which of the four lights a kind of event turns on (四固定, F065). A straight-through purchase is one event for all four. */
export function slotsOf(kind: string): readonly Slot[] {
  const named = slotsByKind[kind];
  if (named) return named;
  return slotByPrefix[kind.slice(0, kind.indexOf('.'))] ?? [];
}

const slotsByKind: Readonly<Record<string, readonly Slot[]>> = {
  'order.purchased': ['trade', 'listing', 'talk', 'delivery'],
  'order.placed': ['trade', 'listing', 'talk'],
  'order.paid': ['trade', 'delivery'],
  'order.listing_bound': ['listing'],
  'promise.made': ['talk'],
};

const slotByPrefix: Readonly<Record<string, readonly Slot[]>> = {
  order: ['trade'],
  payment: ['trade'],
  refund: ['trade'],
  payout: ['trade'],
  message: ['talk'],
  listing: ['listing'],
  delivery: ['delivery'],
  card: ['delivery'],
};
