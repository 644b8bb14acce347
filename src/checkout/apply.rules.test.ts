import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { decideApply } from './apply.rules.ts';

// What came for a checkout of 1000 fen, and what becomes of it. `back` is what goes back, and why.
for (const [what, state, left, expiring, inStock, act, back] of [
  ['paid in time', 'open', 1000n, false, true, 'pay', ''],
  ['paid too much', 'open', 1200n, false, true, 'pay', '200 over'],
  ['paid twice at one moment', 'open', 2000n, false, true, 'pay', '1000 double'],
  ['paid in the last moment', 'open', 1000n, true, true, 'pay', ''],
  ['paid in part, time left', 'open', 400n, false, true, '', ''],
  ['paid in part, time over', 'open', 400n, true, true, 'expire', '400 under'],
  ['not paid, time over', 'open', 0n, true, true, 'expire', ''],
  ['paid, but the keys it held have expired', 'open', 1200n, false, false, 'unserve', '1200 unserved'],
  ['paid twice', 'paid', 1000n, false, true, '', '1000 double'],
  ['paid late, still to be had', 'expired', 1000n, false, true, 'revive', ''],
  ['paid late and too much', 'expired', 1300n, false, true, 'revive', '300 over'],
  ['paid late, sold out', 'expired', 1000n, false, false, '', '1000 late'],
  ['paid late and in part', 'expired', 400n, false, true, '', '400 under'],
  ['paid after it could not be served', 'cancelled', 1000n, false, false, '', '1000 late'],
] as const)
  test(`F005 F169 ${what}: ${act || 'nothing is served'}, ${back ? `${back} goes back` : 'nothing goes back'}`, () => {
    const decided = decideApply({ state, total: 1000n, left, expiring, stock: () => inStock });
    equal(decided.pay ?? decided.cancel ?? '', act);
    equal(decided.refund ? `${decided.refund.amount} ${decided.refund.reason}` : '', back);
  });

test('F005 no fen is lost: what comes pays the orders, waits while there is time, or goes back', () => {
  for (const state of ['open', 'paid', 'expired', 'cancelled'] as const)
    for (const left of [0n, 1n, 999n, 1000n, 1001n, 2000n])
      for (const expiring of [false, true])
        for (const inStock of [false, true]) {
          const decided = decideApply({ state, total: 1000n, left, expiring, stock: () => inStock });
          const kept = left - (decided.pay ? 1000n : 0n) - (decided.refund?.amount ?? 0n);
          const waits = state === 'open' && !expiring && left < 1000n;
          deepEqual([state, left, kept], [state, left, waits ? left : 0n]);
        }
});
