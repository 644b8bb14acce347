import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { fen, noFen } from '../kit/money.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import type { Order } from '../orders/rules.ts';
import { lineTable, type LineState } from './line.machine.ts';
import {
  autoConfirmLater,
  decideCancelLate,
  decideLine,
  decideSteps,
  mustAskFirst,
  newlyLate,
  nextTimes,
  overdue,
  refundFor,
  type LaterLine,
} from './line.rules.ts';

const paidAt = instant('2026-11-20T04:00:00Z');
const at = (minutes: number): Instant => plus(paidAt, { minutes });
const aLine = (parts: Partial<LaterLine> = {}): LaterLine => ({
  shopId: 'shop',
  orderId: 'order',
  line: 1,
  listingId: 'listing',
  goods: 'topup',
  mode: 'manual',
  state: 'waiting',
  paymentId: null,
  paidAt,
  acceptBy: at(15),
  promisedAt: at(30),
  dueAt: at(60),
  acceptedAt: null,
  acceptedBy: null,
  startedAt: null,
  lateAt: null,
  cancelAskedAt: null,
  deliveredAt: null,
  endedAt: null,
  refunded: noFen,
  ...parts,
});
const states: LineState[] = ['waiting', 'accepted', 'delivering', 'delivered', 'failed', 'cancelled'];

test('lifecycles 2.2b every step that the table does not have changes nothing: ended lines stay as they ended', () => {
  for (const state of states)
    for (const event of ['accept', 'start', 'deliver', 'fail', 'cancel'] as const)
      for (const by of ['merchant', 'buyer', 'system', 'supplier', 'clock', 'operator'] as const) {
        const row = lineTable.find((one) => one[0] === state && one[1] === event && one[2] === by);
        const after = decideLine(aLine({ state }), { event, by, byId: null }, at(5));
        equal(after?.state, row?.[3], `${state} ${event} by ${by}`);
      }
});

for (const [minutes, late] of [
  [29, false],
  [30, false],
  [31, true],
] as const)
  test(`F062 delivered ${minutes} minutes after the payment of a promise of 30: ${late ? 'late' : 'in time'}`, () => {
    const after = decideLine(aLine(), { event: 'deliver', by: 'merchant', byId: 'u' }, at(minutes));
    equal(after?.deliveredAt, at(minutes));
    equal(after?.lateAt !== null, late);
  });

for (const [minutes, cancel, late, over] of [
  [29, 'DELIVERY_NOT_LATE', 0, 0],
  [30, 1, 1, 0],
  [59, 1, 1, 0],
  [60, 1, 1, 1],
] as const)
  test(`O5x ${minutes} minutes after the payment: one click ${cancel === 1 ? 'cancels' : 'is refused'}, ${over ? 'and it goes back by itself' : 'nothing goes back by itself'}`, () => {
    const lines = [aLine(), aLine({ line: 2, state: 'delivered', deliveredAt: at(3) })];
    const decided = decideCancelLate(lines, at(minutes));
    equal(decided.ok ? decided.value.length : decided.refusal, cancel);
    equal(newlyLate(lines, at(minutes)).length, late);
    equal(overdue(lines, at(minutes)).length, over);
  });

test('nothing open, nothing to cancel', () => {
  const decided = decideCancelLate([aLine({ state: 'failed' })], at(99));
  equal(decided.ok ? '' : decided.refusal, 'NOTHING_OPEN');
});

test('pitfall 17 only what is under way at a supplier is asked back first', () => {
  equal(mustAskFirst(aLine({ mode: 'direct', state: 'delivering' })), true);
  equal(mustAskFirst(aLine({ mode: 'direct' })), false);
  equal(mustAskFirst(aLine({ state: 'delivering' })), false);
});

test('the deadlines of an order are those of its lines that are still open, the first of each kind', () => {
  const two = aLine({ line: 2, acceptBy: at(40), promisedAt: at(80), dueAt: at(160) });
  deepEqual(nextTimes([aLine(), two], at(1)), { accept: at(15), late: at(30), undelivered: at(60) });
  deepEqual(nextTimes([aLine({ state: 'delivered' }), two], at(1)), {
    accept: at(40),
    late: at(80),
    undelivered: at(160),
  });
  deepEqual(nextTimes([aLine({ lateAt: at(30), cancelAskedAt: at(31) })], at(31)), {
    accept: null,
    late: null,
    undelivered: null,
  });
});

const order = (parts: Partial<Order> = {}): Order => ({
  shopId: 'shop',
  id: 'order',
  buyerId: 'buyer',
  checkoutKey: 'key',
  state: 'awaiting',
  mode: 'manual',
  total: fen(10_000n),
  refunded: noFen,
  rulebook: '1.0.0',
  settleDays: 3,
  steps: 1,
  placedAt: paidAt,
  paidAt,
  completedAt: null,
  releaseAt: null,
  releasedAt: null,
  ...parts,
});
const merchant = { by: 'merchant', byId: 'm' } as const;
const buyer = { by: 'buyer', byId: 'b' } as const;

for (const [name, from, after, refunded, hand, steps] of [
  ['taken on', 'awaiting', ['accepted'], 0n, merchant, ['start by merchant']],
  ['delivered at once', 'awaiting', ['delivered'], 0n, merchant, ['deliver by merchant']],
  ['the first of two delivered', 'awaiting', ['delivered', 'waiting'], 0n, merchant, ['start by merchant']],
  [
    'the last of two delivered',
    'delivering',
    ['delivered', 'delivered'],
    0n,
    merchant,
    ['deliver by merchant'],
  ],
  ['the only one refused', 'awaiting', ['failed'], 5000n, merchant, ['refund by merchant']],
  [
    'one of two refused',
    'awaiting',
    ['failed', 'waiting'],
    5000n,
    merchant,
    ['refund_line by merchant', 'start by merchant'],
  ],
  [
    'the rest cancelled by the buyer',
    'delivering',
    ['delivered', 'cancelled'],
    5000n,
    buyer,
    ['refund_line by buyer', 'deliver by system'],
  ],
  ['all cancelled by the buyer', 'delivering', ['cancelled', 'cancelled'], 9000n, buyer, ['refund by buyer']],
  [
    'a part of it arrived',
    'delivering',
    ['delivered'],
    4000n,
    { by: 'supplier', byId: null },
    ['refund_line by supplier', 'deliver by supplier'],
  ],
] as const)
  test(`O5, O6, O8 ${name}: the order goes ${steps.join(', then ')}`, () => {
    const made = decideSteps({
      order: order({ state: from }),
      after: after.map((state, i) => aLine({ line: i + 1, state })),
      refunded: fen(refunded),
      ...hand,
    });
    deepEqual(
      made.map((step) => `${step.event} by ${step.by}`),
      steps,
    );
    equal(made[0]?.facts?.refunded ?? noFen, refunded);
  });

const hours = { licence: 72, download: 72, membership: 71, topup: 24, manual: 70, parcel: 240 };
for (const [mode, goods, confirm] of [
  ['direct', 'topup', 24],
  ['manual', 'licence', 70],
  ['automatic', 'licence', 72],
  ['automatic', 'download', 72],
  ['automatic', 'membership', 71],
  ['shipping', 'physical', 240],
] as const)
  test(`O7 ${goods}, ${mode}: confirmed by itself ${confirm} h after its last line was delivered`, () => {
    const lines = [
      aLine({ mode, goods, state: 'delivered', deliveredAt: at(10) }),
      aLine({ mode, goods, line: 2, state: 'delivered', deliveredAt: at(20) }),
      aLine({ mode, goods, line: 3, state: 'failed' }),
    ];
    equal(autoConfirmLater(lines, { autoConfirmLater_hours: hours }), plus(at(20), { hours: confirm }));
  });

test('never more goes back than is left of a line', () => {
  deepEqual(
    [refundFor(fen(500n), undefined), refundFor(fen(500n), fen(300n)), refundFor(fen(500n), fen(900n))],
    [500n, 300n, 500n],
  );
});

test('F021 a parcel that has left is not late: neither a one-click cancel nor the clock touches what is on its way', () => {
  const sent = aLine({ mode: 'shipping', goods: 'physical', state: 'delivering' });
  deepEqual(nextTimes([sent], at(1)), { accept: null, late: null, undelivered: null });
  deepEqual(decideCancelLate([sent], at(99)), { ok: false, refusal: 'NOTHING_OPEN' });
  const waiting = aLine({ mode: 'shipping', goods: 'physical', state: 'waiting' });
  ok(decideCancelLate([waiting], at(99)).ok, 'one that never left can be cancelled');
});
