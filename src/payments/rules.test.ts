import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fen, type Fen } from '../kit/money.ts';
import { instant } from '../kit/time.ts';
import { paymentStates } from './contract.ts';
import {
  compareBill,
  decideTrade,
  decideUnapplied,
  decisionsOpenTo,
  nextCheck,
  nextRefundTry,
  paymentAfter,
  paymentNumber,
  paymentOfNumber,
  received,
  refundAfter,
  refundNumber,
  spreadRefund,
  type Payment,
  type Trade,
  type TradeNews,
} from './rules.ts';

const at = instant('2026-11-20T04:00:00Z');
const id = '01936f3a-0000-7000-8000-000000000001';
const other = '01936f3a-0000-7000-8000-000000000002';
const payment = (state: Payment['state'], more: Partial<Payment> = {}): Payment => ({
  id,
  purpose: 'topup',
  buyerId: other,
  checkoutKey: 'k',
  channel: 'sandbox',
  amount: fen(1000),
  received: fen(0),
  state,
  channelRef: null,
  payUrl: null,
  failure: null,
  createdAt: at,
  expiresAt: at,
  paidAt: null,
  creditedAt: null,
  ...more,
});
const news = (more: Partial<TradeNews> = {}): TradeNews => ({
  channel: 'sandbox',
  tradeNo: 'T1',
  number: paymentNumber(id),
  paymentId: id,
  amount: fen(1000),
  channelAt: at,
  source: 'notice',
  proof: Buffer.alloc(32),
  ...more,
});
const trade = (more: Partial<Trade> = {}): Trade => ({
  channel: 'sandbox',
  tradeNo: 'T1',
  id: other,
  paymentId: id,
  named: null,
  amount: fen(1000),
  channelAt: at,
  at,
  ...more,
});

describe('what a told success is', () => {
  const table: [string, TradeNews, Trade | undefined, Payment | undefined, string][] = [
    ['a new trade of our payment is recorded', news(), undefined, payment('open'), 'recorded'],
    [
      'a wrong amount is recorded too: the money is there',
      news({ amount: fen(1) }),
      undefined,
      payment('open'),
      'recorded',
    ],
    ['the same news again is doubled', news(), trade(), payment('paid'), 'doubled'],
    [
      'the same trade with another amount contradicts',
      news({ amount: fen(999) }),
      trade(),
      payment('paid'),
      'contradiction',
    ],
    [
      'the same trade for another payment contradicts',
      news({ paymentId: other, number: paymentNumber(other) }),
      trade(),
      payment('paid'),
      'contradiction',
    ],
    [
      'a number that is none of ours is orphan',
      news({ paymentId: null, number: 'X' }),
      undefined,
      undefined,
      'orphan',
    ],
    ['a payment that does not exist is orphan', news(), undefined, undefined, 'orphan'],
    [
      'a payment of another channel is orphan',
      news({ channel: 'elsewhere' }),
      undefined,
      payment('open'),
      'orphan',
    ],
    [
      'an orphan told again is doubled',
      news({ paymentId: null, number: 'X' }),
      trade({ paymentId: null, named: 'X' }),
      undefined,
      'doubled',
    ],
    [
      'an orphan told again with another amount contradicts',
      news({ paymentId: null, number: 'X', amount: fen(2) }),
      trade({ paymentId: null, named: 'X' }),
      undefined,
      'contradiction',
    ],
  ];
  for (const [name, told, known, mine, want] of table)
    test(name, () => assert.equal(decideTrade(told, known, mine), want));
});

describe('what money does to the state of its payment', () => {
  for (const state of paymentStates) {
    test(`money that comes while a payment is ${state} is never lost`, () => {
      const before = payment(state, state === 'paid' ? { received: fen(1000), paidAt: at } : {});
      assert.equal(received(before, fen(1000), at).state, 'paid');
      const part = received(before, fen(400), at);
      assert.equal(part.received, before.received + 400n);
      assert.equal(
        part.state,
        state === 'paid' ? 'paid' : state === 'closed' || state === 'failed' ? 'closed' : 'part',
      );
    });
  }
  test('a missing part completes a payment', () => {
    const full = received(received(payment('open'), fen(400), at), fen(600), at);
    assert.deepEqual([full.state, full.paidAt], ['paid', at]);
  });
});

describe('F005 F169 where unapplied money goes', () => {
  const facts = { asked: fen(1000), unapplied: fen(0), fulfilled: false, open: true, revivable: false };
  // asked 1000; [what, unapplied, fulfilled, open, revivable] -> [apply, refund, reason, wait]
  const table: [string, bigint, boolean, boolean, boolean, bigint, bigint, string | null, boolean][] = [
    ['nothing came, there is time', 0n, false, true, false, 0n, 0n, null, true],
    ['nothing came, time is over', 0n, false, false, false, 0n, 0n, null, false],
    ['exactly in time', 1000n, false, true, false, 1000n, 0n, null, false],
    ['twice at once', 2000n, false, true, false, 1000n, 1000n, 'double', false],
    ['too much', 1500n, false, true, false, 1000n, 500n, 'over', false],
    ['too little, there is time', 400n, false, true, false, 0n, 0n, null, true],
    ['too little, time is over', 400n, false, false, true, 0n, 400n, 'under', false],
    ['late and not to be had any more', 1000n, false, false, false, 0n, 1000n, 'late', false],
    ['late but still to be had', 1000n, false, false, true, 1000n, 0n, null, false],
    ['late and too much', 1700n, false, false, true, 1000n, 700n, 'over', false],
    ['a second time after it was fulfilled', 1000n, true, true, false, 0n, 1000n, 'double', false],
    ['a little more after it was fulfilled', 5n, true, false, true, 0n, 5n, 'over', false],
  ];
  for (const [name, unapplied, fulfilled, open, revivable, apply, refund, reason, wait] of table)
    test(name, () =>
      assert.deepEqual(decideUnapplied({ ...facts, unapplied: fen(unapplied), fulfilled, open, revivable }), {
        apply,
        refund,
        reason,
        wait,
      }),
    );

  test('all money has a decision unless the payer has time to add to it, and nothing is paid twice', () => {
    const any = fc.record({
      asked: fc.bigInt(1n, 5000n).map(fen),
      unapplied: fc.bigInt(0n, 20_000n).map(fen),
      fulfilled: fc.boolean(),
      open: fc.boolean(),
      revivable: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (f) => {
        const decision = decideUnapplied(f);
        if (!decision.wait) assert.equal(decision.apply + decision.refund, f.unapplied);
        assert.ok(decision.apply === 0n || (decision.apply === f.asked && !f.fulfilled));
        assert.equal(decision.refund > 0n, decision.reason !== null);
      }),
    );
  });
});

describe('refunds', () => {
  const trades = (...lefts: number[]) =>
    lefts.map((left, index) => ({ tradeNo: `T${index + 1}`, left: fen(left), at: instant(at + index) }));
  test('F169 the extra of two equal trades goes back to the later one', () =>
    assert.deepEqual(spreadRefund(fen(1000), trades(1000, 1000)), [{ tradeNo: 'T2', amount: 1000n }]));
  test('a part goes back to one trade that has it', () =>
    assert.deepEqual(spreadRefund(fen(300), trades(1000, 200)), [{ tradeNo: 'T1', amount: 300n }]));
  test('what no single trade has is spread, to the fen', () =>
    assert.deepEqual(spreadRefund(fen(1100), trades(1000, 200)), [
      { tradeNo: 'T2', amount: 200n },
      { tradeNo: 'T1', amount: 900n },
    ]));
  test('no more goes back than came in', () =>
    assert.throws(() => spreadRefund(fen(1201), trades(1000, 200)), /no more goes back/));
  test('spreading keeps the sum and never overdraws a trade', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (lefts, wish) => {
          const total = lefts.reduce((sum, left) => sum + left, 0);
          fc.pre(total > 0);
          const amount = fen(1 + (wish % total));
          const parts = spreadRefund(amount, trades(...lefts));
          assert.equal(
            parts.reduce((sum, part) => sum + part.amount, 0n as bigint),
            amount as bigint,
          );
          for (const part of parts)
            assert.ok(
              part.amount > 0n && part.amount <= BigInt(lefts[Number(part.tradeNo.slice(1)) - 1] as number),
            );
        },
      ),
    );
  });
  test('a refund keeps its number until a person asks anew', () => {
    assert.equal(refundNumber(id, 1), refundNumber(id, 1));
    assert.notEqual(refundNumber(id, 1), refundNumber(id, 2));
    assert.ok(refundNumber(id, 99).length <= 33 && refundNumber(id, 9).length <= 32);
  });
  test('only the channel ends a sent refund, and only a person a refused one', () => {
    assert.equal(refundAfter('requested', 'confirm'), undefined);
    assert.equal(refundAfter('unknown', 'confirm'), 'done');
    assert.equal(refundAfter('done', 'refuse'), undefined);
    assert.equal(refundAfter('refused', 'confirm'), undefined);
    assert.equal(refundAfter('refused', 'retry'), 'requested');
  });
  test('the tries become rarer', () =>
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 40].map((n) => (nextRefundTry(n, at) - at) / 1000),
      [2, 15, 60, 300, 1200, 3600, 3600],
    ));
});

test('F003 the channel is asked after 10 s, 1 min, 5 min, 1 h and then each hour', () => {
  let [now, done] = [at, 0];
  const times: number[] = [];
  while (times.length < 6) times.push(((now = nextCheck(done++, now)) - at) / 1000);
  assert.deepEqual(times, [10, 60, 300, 3600, 7200, 10_800]);
});

test('a payment that is paid or closed cannot be closed', () => {
  for (const state of ['paid', 'closed', 'failed'] as const)
    assert.equal(paymentAfter(state, 'close'), undefined);
});

test('the number of a payment fits what channels take, and leads back to it', () => {
  assert.match(paymentNumber(id), /^[a-z0-9_]{1,32}$/);
  assert.equal(paymentOfNumber(paymentNumber(id)), id);
  assert.equal(paymentOfNumber('KM20260820000001'), null);
});

describe('F173 the bill', () => {
  const row = (kind: 'trade' | 'refund', no: string, amount: number) => ({
    kind,
    no,
    number: '',
    amount: fen(amount),
    at,
  });
  const kinds = (
    ours: { no: string; amount: Fen }[],
    refunds: { no: string; amount: Fen }[],
    theirs: ReturnType<typeof row>[],
  ) => compareBill({ trades: ours, refunds }, theirs).map((one) => `${one.kind} ${one.ref}`);
  test('equal books differ in nothing', () =>
    assert.deepEqual(
      kinds(
        [{ no: 'A', amount: fen(1) }],
        [{ no: 'R', amount: fen(1) }],
        [row('trade', 'A', 1), row('refund', 'R', 1)],
      ),
      [],
    ));
  test('each side’s surplus and each amount is a difference', () =>
    assert.deepEqual(
      kinds(
        [
          { no: 'A', amount: fen(1) },
          { no: 'B', amount: fen(2) },
        ],
        [],
        [row('trade', 'B', 3), row('trade', 'C', 4), row('refund', 'R', 5)],
      ),
      ['bill_amount B', 'bill_missing_here C', 'bill_missing_there A', 'bill_refund R'],
    ));
});

test('a person decides only what fits', () => {
  assert.deepEqual(decisionsOpenTo('orphan', false), ['match', 'refund', 'close']);
  assert.deepEqual(decisionsOpenTo('refund_refused', false), ['retry', 'close']);
  assert.ok(!decisionsOpenTo('bill_amount', true).includes('refund'));
});
