import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '../kit/time.ts';
import { lightsFrom, slotsOf } from './lights.rules.ts';

test('F065 one silent purchase lights all four slots; later events light their own', () => {
  for (const [kind, slots] of [
    ['order.purchased', ['trade', 'listing', 'talk', 'delivery']],
    ['order.placed', ['trade', 'listing', 'talk']],
    ['order.paid', ['trade', 'delivery']], // an order that waited for its money gets its keys with it
    ['order.completed', ['trade']],
    ['delivery.revealed', ['delivery']],
    ['message.posted', ['talk']],
    ['stock.batch', []], // no order's fact
  ] as const)
    deepEqual(slotsOf(kind), slots, kind);
});

test('F065 a light is fixed when all its records are, and tells the newest time, the newest index and the count', () => {
  const kind = (name: string, count: number, at: number, index: number | null, fixed: boolean) => ({
    kind: name,
    count,
    at: instant(at),
    index,
    fixed,
  });
  deepEqual(
    lightsFrom([]).map((light) => light.state),
    ['none', 'none', 'none', 'none'],
  );
  const kinds = [
    kind('order.placed', 1, 1, 10, true),
    kind('order.completed', 1, 2, 11, true),
    kind('delivery.released', 1, 3, null, false), // in the tree perhaps, but no published checkpoint covers it
    kind('message.posted', 2, 5, 12, false), // the first of them is fixed
  ];
  deepEqual(lightsFrom(kinds), [
    { slot: 'trade', state: 'fixed', count: 2, at: 2, index: 11 },
    { slot: 'listing', state: 'fixed', count: 1, at: 1, index: 10 },
    { slot: 'talk', state: 'pending', count: 3, at: 5, index: 12 },
    { slot: 'delivery', state: 'pending', count: 1, at: 3, index: null },
  ]);
});
