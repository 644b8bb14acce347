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
  const event = (kind: string, at: number, index: number | null, fixed: boolean) => ({
    kind,
    at: instant(at),
    index,
    fixed,
  });
  deepEqual(
    lightsFrom([]).map((light) => light.state),
    ['none', 'none', 'none', 'none'],
  );
  const events = [
    event('order.placed', 1, 10, true),
    event('order.completed', 2, 11, true),
    event('delivery.released', 3, 12, false), // in the tree, but no published checkpoint covers it
    event('message.posted', 4, 9, true),
    event('message.posted', 5, null, false),
  ];
  deepEqual(lightsFrom(events), [
    { slot: 'trade', state: 'fixed', count: 2, at: 2, index: 11 },
    { slot: 'listing', state: 'fixed', count: 1, at: 1, index: 10 },
    { slot: 'talk', state: 'pending', count: 3, at: 5, index: 9 },
    { slot: 'delivery', state: 'pending', count: 1, at: 3, index: null },
  ]);
});
