import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { testSandbox, until, type SandboxPayment } from '../../test/sandbox.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { applyPayments, expireOrders } from '../checkout/jobs.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { revealLane } from '../delivery/lanes.actions.ts';
import { must } from '../kit/assert.ts';
import { instant, systemClock } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { readPayments, startPayments, unappliedOf } from '../payments/actions.ts';
import { checkPayment } from '../payments/check.actions.ts';
import { sendRefunds } from '../payments/refund.actions.ts';
import { paymentNumber } from '../payments/rules.ts';

// A checkout and a real channel together, as app/payments wires them.
const { db, clock, asOwner } = await testDatabase({ at: systemClock.now() });
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
beforeEach(() => clock.set(systemClock.now()));
const shelf = await aShop(db);
const { variantId } = must(shelf.listings[0], 'a listing');

async function order() {
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const bought = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, paidBy: 'channel' }));
  assert.ok(bought.ok, bought.ok ? '' : bought.refusal);
  const paymentId = must(bought.value.paymentId, 'a payment');
  await startPayments(db, [paymentId]);
  return { buyerId, paymentId, order: must(bought.value.orders[0], 'an order'), total: bought.value.total };
}
const pay = (paymentId: string, mood: string) => driver(`payments/${paymentNumber(paymentId)}`, { mood });
const bank = (paymentId: string): Promise<SandboxPayment> => driver(`payments/${paymentNumber(paymentId)}`);
const stateOf = async (orderId: string) =>
  (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'];
const becomes = (orderId: string, state: string) =>
  until(async () => (await stateOf(orderId)) === state, `the order is ${state}`);
const paymentOf = async (id: string) => must((await readPayments(await reader(db), [id]))[0], 'there');
const left = async (id: string) => (await transaction(db, (tx) => unappliedOf(tx, [id])))[0];

/** The hold is over: the checkout ends its orders, and the channel is told to close. */
async function expire(made: Awaited<ReturnType<typeof order>>): Promise<void> {
  await asOwner('update payments.payments set expires_at = created_at where id = $1', [made.paymentId]);
  await transaction(db, (tx) =>
    expireOrders(tx, [
      {
        shopId: made.order.shopId,
        about: made.order.orderId,
        what: 'order.expire',
        dueAt: tx.business,
        startAt: instant(tx.business - 1),
        article: '43',
        version: '1.0.0',
      },
    ]),
  );
  await checkPayment(db, made.paymentId);
}

test('F013 an order is paid at the cashier: before, its key can be seen by nobody; with the notice it is there', async () => {
  await stock(db, shelf, variantId, 1);
  const made = await order();
  const see = () =>
    revealLane(db).submit({
      orderId: made.order.orderId,
      buyerIds: [made.buyerId],
      userId: made.buyerId,
      unit: { line: 1, place: 1 },
      viewer: { sessionId: null, deviceId: null, scopes: ['keys:reveal'] },
      deviceHash: Buffer.alloc(16, 1),
      addressHash: Buffer.alloc(16, 2),
    });
  assert.deepEqual(await see(), { ok: false, refusal: 'ORDER_NOT_DELIVERED' });
  assert.equal(await stateOf(made.order.orderId), 'created');
  await pay(made.paymentId, 'pay');
  await becomes(made.order.orderId, 'delivered');
  assert.equal(await left(made.paymentId), 0n);
  assert.ok((await see()).ok);
});

test('F003 the notice is lost: asking the channel pays the order', async () => {
  await stock(db, shelf, variantId, 1);
  const made = await order();
  await pay(made.paymentId, 'silent');
  assert.equal(await stateOf(made.order.orderId), 'created');
  await checkPayment(db, made.paymentId);
  assert.equal(await stateOf(made.order.orderId), 'delivered');
});

test('F169 paid twice: one order, one refund of the second trade', async () => {
  await stock(db, shelf, variantId, 1);
  const made = await order();
  await pay(made.paymentId, 'twice');
  await becomes(made.order.orderId, 'delivered');
  await until(
    async () => (await sendRefunds(db), (await bank(made.paymentId)).refunds[0]?.state === 'done'),
    'the second went back',
  );
  assert.deepEqual(
    (await bank(made.paymentId)).refunds.map((refund) => BigInt(refund.amount)),
    [made.total],
  );
  assert.equal(await left(made.paymentId), 0n);
});

test('F005 paid late: revived while there is stock, else returned; exactly one of the two', async () => {
  await stock(db, shelf, variantId, 1);
  const revived = await order();
  await pay(revived.paymentId, 'late');
  await expire(revived);
  await becomes(revived.order.orderId, 'delivered');
  assert.deepEqual(
    await asOwner('select event from orders.steps where order_id = $1 order by step', [
      revived.order.orderId,
    ]),
    [{ event: 'expire' }, { event: 'revive' }],
  );

  await stock(db, shelf, variantId, 1);
  const returned = await order();
  await expire(returned);
  const other = await order();
  await pay(other.paymentId, 'pay');
  await becomes(other.order.orderId, 'delivered');
  await pay(returned.paymentId, 'late');
  await until(
    async () => (await sendRefunds(db), (await bank(returned.paymentId)).refunds[0]?.state === 'done'),
    'the late money went back',
  );
  assert.equal(await stateOf(returned.order.orderId), 'cancelled');
  assert.deepEqual([await left(revived.paymentId), await left(returned.paymentId)], [0n, 0n]);
  assert.equal((await bank(revived.paymentId)).refunds.length, 0);
});

test('nobody pays: the order is cancelled, the stock is free again, and the channel takes no money any more', async () => {
  await stock(db, shelf, variantId, 1);
  const made = await order();
  await expire(made);
  assert.equal(await stateOf(made.order.orderId), 'cancelled');
  assert.deepEqual(
    [(await paymentOf(made.paymentId)).state, (await bank(made.paymentId)).state],
    ['closed', 'closed'],
  );
  const next = await order();
  await pay(next.paymentId, 'pay');
  await becomes(next.order.orderId, 'delivered');
});

test('F019 the held key expires before the money comes: nothing expired is sent, the order ends, all money goes back', async () => {
  await stock(db, shelf, variantId, 1);
  const made = await order();
  await asOwner('update inventory.keys set expires_at = $2 where pool_id = $1', [
    variantId,
    new Date(clock.now() - 60_000),
  ]);
  await asOwner('update inventory.pools set careful = true where id = $1', [variantId]);
  await pay(made.paymentId, 'pay');
  await becomes(made.order.orderId, 'cancelled');
  await until(
    async () => (await sendRefunds(db), (await bank(made.paymentId)).refunds[0]?.state === 'done'),
    'the money went back',
  );
  const [refund] = (await bank(made.paymentId)).refunds;
  assert.equal(BigInt(refund?.amount ?? 0), made.total);
  assert.equal(await left(made.paymentId), 0n);
  assert.deepEqual(
    await asOwner('select event, by_kind from orders.steps where order_id = $1', [made.order.orderId]),
    [{ event: 'unserve', by_kind: 'system' }],
  );
  assert.deepEqual(await asOwner('select reserved::int from inventory.pools where id = $1', [variantId]), [
    { reserved: 0 },
  ]);
  assert.deepEqual(await asOwner('select 1 from inventory.reservations where pool_id = $1', [variantId]), []);
  assert.deepEqual(
    await asOwner('select 1 from delivery.units where order_id = $1', [made.order.orderId]),
    [],
  );
});
