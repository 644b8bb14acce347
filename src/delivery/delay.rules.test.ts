import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { currentVersion, noon } from '../../test/case-facts.ts';
import { fen } from '../kit/money.ts';
import { plus } from '../kit/time.ts';
import { backFor, delayPay } from './delay.rules.ts';

// How much later than promised (minutes), and what of 100.01 yuan goes back.
for (const [late, back] of [
  [-5, 0n],
  [10, 0n],
  [60, 0n],
  [61, 200n],
  [120, 200n],
  [360, 200n],
  [361, 500n],
  [721, 1000n],
] as const)
  test(`F062 F104 delivered ${late} minutes after the promise: ${back} fen of 10,001 go back`, () => {
    const deliveredAt = plus(noon, { minutes: late });
    equal(delayPay({ promisedAt: noon, deliveredAt, total: fen(10_001n), rulebook: currentVersion }), back);
  });

test('F104 what did not come is refunded whole, and the delay is compensated on the rest', () => {
  const line = {
    line: 1,
    mode: 'manual' as const,
    startedAt: null,
    promisedAt: noon,
    deliveredAt: plus(noon, { hours: 2 }),
  };
  const held = {
    order: { rulebook: currentVersion },
    lines: [{ number: 1, total: fen(10_000n) } as never],
  };
  equal(backFor({ event: 'deliver', refund: fen(4_000n) }, line, held), 4_120n);
  equal(backFor({ event: 'deliver' }, line, held), 200n);
  // A parcel kept its promise when it left, however long it travelled.
  const sent = { ...line, mode: 'shipping' as const, startedAt: noon };
  equal(backFor({ event: 'deliver' }, sent, held), 0n);
  equal(backFor({ event: 'fail', refund: 'all' }, { ...line, deliveredAt: null }, held), undefined);
  equal(backFor({ event: 'accept' }, { ...line, deliveredAt: null }, held), 0n);
});
