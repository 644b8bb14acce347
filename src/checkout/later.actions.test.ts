import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aListing, manualListing } from '../../test/listings.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { pastBank } from '../app/demo/channel.ts';
import { refundLateLines } from '../delivery/jobs.ts';
import { failLines } from '../delivery/line.actions.ts';
import { must } from '../kit/assert.ts';
import { dueNow } from '../kit/deadlines.ts';
import { transaction } from '../kit/tx.ts';
import { startPayments, unappliedOf } from '../payments/actions.ts';
import { installPayments } from '../payments/channels.actions.ts';
import { sendRefunds } from '../payments/refund.actions.ts';
import { applyPayments, expireOrders } from './jobs.ts';
import { purchaseLane } from './lanes.actions.ts';

// Goods that are delivered later, paid through a channel; by a wallet see src/delivery/line.actions.test.ts.
const { db, clock, asOwner } = await testDatabase();
const bank = pastBank();
installPayments(db, { channels: [bank.channel], applyCheckouts: (ids) => applyPayments(db, ids) });
const shelf = await aShop(db, [
  manualListing(),
  {},
  {
    title: '远程装机',
    goods: 'service',
    delivery: { mode: 'manual', within_seconds: 3600 },
    keyFormat: null,
  },
  {
    title: '成品账号',
    goods: 'account',
    delivery: { mode: 'handover', within_seconds: 3600 },
    keyFormat: null,
    realName: 'changeable',
  },
]);
const [manual = '', plain = '', service = '', account = ''] = shelf.listings.map((one) => one.variantId);
await stock(db, shelf, plain, 20);

async function placed(items: readonly string[] = [manual]) {
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const wishes = await Promise.all(
    items.map((variantId) => wishFor(db, { buyerId, variantId, paidBy: 'channel' })),
  );
  const [first] = wishes;
  const answer = await purchaseLane(db).submit({
    ...must(first, 'a wish'),
    items: wishes.flatMap((wish) => wish.items),
    total: wishes.reduce((sum, wish) => sum + wish.total, 0n) as (typeof wishes)[0]['total'],
    acknowledgements: wishes.flatMap((wish) => wish.acknowledgements),
  });
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  const paymentId = must(answer.value.paymentId, 'a payment');
  await startPayments(db, [paymentId]);
  return {
    buyerId,
    paymentId,
    orderIds: answer.value.orders.map((one) => one.orderId),
    total: answer.value.total,
  };
}
const pay = async (made: Awaited<ReturnType<typeof placed>>) => {
  await bank.pay(db, { paymentId: made.paymentId, amount: made.total });
  await applyPayments(db, [made.paymentId]);
};
const states = async (ids: readonly string[]) =>
  (await asOwner('select state, mode from orders.orders where id = any($1) order by mode', [ids])).map(
    (row) => `${String(row['mode'])} ${String(row['state'])}`,
  );
const whats = async (orderId = '') =>
  (await asOwner('select what from kit.deadlines where about = $1 order by what', [orderId])).map(
    (row) => row['what'],
  );
const expire = async () => {
  clock.forward({ minutes: 16 });
  await transaction(db, async (tx) =>
    expireOrders(tx, await dueNow(tx, { now: tx.business, what: 'order.expire', limit: 100 })),
  );
};
const left = async (id: string) => (await transaction(db, (tx) => unappliedOf(tx, [id])))[0];

test('F012 a payment brings keys at once and sets the clock for what is delivered by hand', async () => {
  const made = await placed([manual, plain]);
  deepEqual(await states(made.orderIds), ['manual created', 'pool created']);
  equal(
    (await asOwner('select 1 from inventory.reservations where order_id = any($1)', [made.orderIds])).length,
    1,
  );
  await pay(made);
  deepEqual(await states(made.orderIds), ['manual awaiting', 'pool delivered']);
  deepEqual(await whats(made.orderIds[0]), ['delivery.accept', 'delivery.late', 'delivery.undelivered']);
  const [line] = await asOwner(
    'select payment_id, promised_at - paid_at as span from delivery.lines where order_id = $1',
    [made.orderIds[0]],
  );
  equal(line?.['payment_id'], made.paymentId);
  equal(await left(made.paymentId), 0n);
});

test('F005 nobody pays: cancelled; paid late: revived, and the promise counts from the payment', async () => {
  const made = await placed();
  await expire();
  deepEqual(await states(made.orderIds), ['manual cancelled']);
  deepEqual(await whats(made.orderIds[0]), []);
  clock.forward({ minutes: 40 });
  await pay(made);
  deepEqual(await states(made.orderIds), ['manual awaiting']);
  const [row] = await asOwner(
    'select extract(epoch from promised_at - paid_at)::int as span, (select max(at) from orders.steps where order_id = d.order_id) = paid_at as now from delivery.lines d where order_id = $1',
    [made.orderIds[0]],
  );
  deepEqual(row, { span: 1800, now: true });
});

test('what is never delivered, and what the shop refuses, goes back through the channel it came from', async () => {
  const [one, two] = [await placed(), await placed()];
  await pay(one);
  await pay(two);
  await transaction(db, (tx) =>
    failLines(tx, [
      {
        shopId: shelf.shopId,
        orderId: two.orderIds[0] ?? '',
        line: 1,
        by: 'merchant',
        byId: shelf.ownerId,
        reason: '没货',
        article: '18',
      },
    ]),
  );
  clock.forward({ hours: 2 });
  await transaction(db, async (tx) =>
    refundLateLines(tx, await dueNow(tx, { now: tx.business, what: 'delivery.undelivered', limit: 100 })),
  );
  deepEqual(await states([...one.orderIds, ...two.orderIds]), ['manual refunded', 'manual refunded']);
  await sendRefunds(db, 100);
  deepEqual(
    (
      await asOwner('select amount_fen, state from payments.refunds where payment_id = any($1)', [
        [one.paymentId, two.paymentId],
      ])
    ).map((row) => [row['amount_fen'], row['state']]),
    [
      [String(one.total), 'done'],
      [String(two.total), 'done'],
    ],
  );
  deepEqual([await left(one.paymentId), await left(two.paymentId)], [0n, 0n]);
});

test('kinds of goods that have no delivery yet are refused, and nothing is written', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  for (const variantId of [service, account]) {
    const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
    equal(answer.ok ? '' : answer.refusal, 'GOODS_NOT_READY');
  }
  equal((await asOwner('select 1 from orders.orders where buyer_id = $1', [buyerId])).length, 0);
});

test('no line takes more than twenty units that somebody writes by hand, whatever its listing says', async () => {
  const [buyerId = ''] = await buyers(db, 1, 10_000_000n);
  const answer = await purchaseLane(db).submit(
    await wishFor(db, { buyerId, variantId: manual, quantity: 21 }),
  );
  deepEqual(answer, { ok: false, refusal: 'QUANTITY_LIMIT', detail: { limit: 20 } });
  ok(aListing().limits.perOrder === null);
});
