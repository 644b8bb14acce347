import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { fen, noFen } from '../../kit/money.ts';
import { instant, plus } from '../../kit/time.ts';
import {
  cannotReturn,
  decideLeave,
  decideMeasure,
  decideSuspend,
  isEnough,
  measure,
  returnFrom,
  type Deposit,
  type ReturnFacts,
} from './rules.ts';

const version = '1.0.0';
const now = instant('2026-11-20T04:00:00.000Z');

// What a shop sells, what was settled to it in 30 days, and what it must keep (fen).
for (const [goods, settled, required] of [
  [[], 0n, 0n],
  [['card'], 0n, 100_000n],
  [['service'], 0n, 50_000n],
  [['service', 'card'], 0n, 100_000n],
  [['card', 'account', 'physical'], 0n, 300_000n],
  [['card'], 1_000_000n, 120_000n],
  [['card'], 49n, 100_000n],
  [['account'], 1_000_000_000n, 10_000_000n],
] as const)
  test(`F094 a shop that sells ${goods.join(', ') || 'nothing'} and had ${settled} settled keeps ${required}`, () => {
    equal(measure({ goods, settled: fen(settled), version }).required, required);
  });

const of = (balance: bigint, before?: Deposit, at = now) =>
  decideMeasure(before, {
    shopId: 's',
    measured: measure({ goods: ['card'], settled: noFen, version }),
    balance: fen(balance),
    version,
    now: at,
  });

test('F094 a deposit that falls short has 72 hours; measured again they run on; filled up they end', () => {
  const first = of(100_000n);
  deepEqual([first.after.state, first.steps.map((step) => step.event)], ['enough', ['measure']]);
  const short = of(99_999n, first.after);
  deepEqual([short.after.state, short.after.dueAt], ['short', plus(now, { hours: 72 })]);
  const again = of(90_000n, short.after, plus(now, { hours: 50 }));
  deepEqual([again.steps, again.after.dueAt], [[], plus(now, { hours: 72 })]);
  const cured = of(100_000n, again.after, plus(now, { hours: 60 }));
  deepEqual([cured.after.state, cured.after.dueAt], ['enough', null]);
  equal(decideSuspend(cured.after, plus(now, { hours: 72 })), undefined, 'what was cured is not suspended');
  equal(decideSuspend(again.after, plus(now, { hours: 71 })), undefined);
  const suspended = decideSuspend(again.after, plus(now, { hours: 72 }));
  equal(suspended?.after.state, 'suspended');
  ok(suspended);
  equal(of(100_000n, suspended.after).after.state, 'enough');
});

test('F096 in full means what is there covers what must be, to the fen', () => {
  equal(isEnough({ balance: fen(100_000n), required: fen(100_000n), version }), true);
  equal(isEnough({ balance: fen(99_999n), required: fen(100_000n), version }), false);
});

test('F094 a shop that left is measured no more, and leaves once', () => {
  const left = decideLeave(of(100_000n).after, now);
  ok(left);
  equal(of(0n, left.after).after.state, 'leaving');
  equal(decideLeave(left.after, now), undefined);
});

test('F094 the deposit goes back 90 days after the last order, 180 where accounts were sold', () => {
  const leaving = { leftAt: now, lastOrderAt: plus(now, { days: -10 }), version };
  equal(returnFrom({ ...leaving, soldAccounts: false }), plus(now, { days: 80 }));
  equal(returnFrom({ ...leaving, soldAccounts: true }), plus(now, { days: 170 }));
  equal(returnFrom({ ...leaving, lastOrderAt: null, soldAccounts: false }), plus(now, { days: 90 }));
});

const leaving = decideLeave(of(100_000n).after, now)?.after;
const ready: ReturnFacts = {
  deposit: leaving,
  balance: fen(100_000n),
  owed: noFen,
  openCases: 0,
  openOrders: 0,
  returnFrom: now,
  now,
};
for (const [says, parts, refused] of [
  ['all is over', {}, undefined],
  ['the shop still sells', { deposit: of(100_000n).after }, 'DEPOSIT_STAYS'],
  ['a case is open', { openCases: 1 }, 'DEPOSIT_BUSY'],
  ['an order is open', { openOrders: 1 }, 'DEPOSIT_BUSY'],
  ['the shop owes the fund', { owed: fen(1n) }, 'DEPOSIT_BUSY'],
  ['it is a second too early', { returnFrom: plus(now, { seconds: 1 }) }, 'DEPOSIT_LOCKED'],
  ['nothing is left', { balance: noFen }, 'DEPOSIT_EMPTY'],
] as const)
  test(`F094 a deposit is asked back and ${says}: ${refused ?? 'it goes back'}`, () => {
    equal(cannotReturn({ ...ready, ...parts }), refused);
  });
