import type { Instant } from '../kit/time.ts';
import { slots, type LightState, type Slot } from './contract.ts';

/** What a light needs to know of the events of one kind. `fixed`: all under a signed and published checkpoint. */
export type LitKind = {
  readonly kind: string;
  readonly count: number;
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

/** The lights that the events of these kinds turn on: `at` is the newest time, `index` the last leaf that is fixed. */
export function lightsFrom(kinds: readonly LitKind[]): Light[] {
  return slots.map((slot) => {
    const own = kinds.filter(({ kind }) => slotsOf(kind).includes(slot));
    const state = own.length === 0 ? 'none' : own.every(({ fixed }) => fixed) ? 'fixed' : 'pending';
    const count = own.reduce((sum, each) => sum + each.count, 0);
    return {
      slot,
      state,
      count,
      at: last(own.map(({ at }) => at)),
      index: last(own.flatMap(({ index }) => index ?? [])),
    };
  });
}

const last = <N extends number>(values: readonly N[]): N | null =>
  values.reduce<N | null>((most, value) => (most === null || value > most ? value : most), null);

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
