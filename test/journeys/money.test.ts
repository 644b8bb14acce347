import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { must } from '../../src/kit/assert.ts';
import { decodeId, encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { testDatabase } from '../database.ts';
import { testSandbox, until } from '../sandbox.ts';
import { aStore, buys, journey } from './world.ts';

// Paying: many presses, and a channel that takes the money twice (lifecycles 2.9, story 8). The pretended bank has a clock of its own.

const world = await journey(await testDatabase({ at: systemClock.now() }));
const { db, buyer, settle, proves, wallet, asOwner, clock } = world;
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
const { variantId } = await aStore(world);
const price = 9750n;

test('story 8: twenty presses on pay, from the wallet, are one charge, one order and twenty equal answers', async () => {
  const who = await buyer();
  const had = await wallet(who);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => buys(who, variantId, { key: 'one-press-of-many' })),
  );
  equal(new Set(all.map((one) => one.orderId)).size, 1);
  equal(had - (await wallet(who)), price);
  const { orders } = await who.does('GET', '/orders');
  equal(orders.length, 1);
  await proves();
});

test('story 8, F169: twenty presses begin one payment; the channel takes the money twice, one is kept, the other goes back by itself, and both stand in the record', async () => {
  const who = await buyer(0n);
  clock.set(systemClock.now());
  const all = await Promise.all(
    Array.from({ length: 20 }, () => buys(who, variantId, { key: 'one-payment-of-many', paidBy: 'channel' })),
  );
  const payments = new Set(all.map((one) => one.checkout.paymentId));
  equal(payments.size, 1);
  const paymentId = must(decodeId('payment', String([...payments][0])), 'a payment');
  await until(async () => {
    const { body } = await who.ask('GET', `/payments/${encodeId('payment', paymentId)}`);
    return body.payUrl !== null;
  }, 'the payment is open at the channel');
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'twice' });
  const record = await until(async () => {
    clock.set(systemClock.now());
    await settle();
    const one = await who.does('GET', `/payments/${encodeId('payment', paymentId)}`);
    return one.refunds.some((row: { state: string }) => row.state === 'done') ? one : undefined;
  }, 'the extra went back');
  deepEqual(
    record.refunds.map((row: { amount: string; reason: string }) => [row.amount, row.reason]),
    [[price.toString(), 'double']],
  );
  const { orders } = await who.does('GET', '/orders');
  deepEqual(
    orders.map((one: { state: string }) => one.state),
    ['delivered'],
  );
  const taken = await asOwner('select count(*)::int as n from payments.trades where payment_id = $1', [
    paymentId,
  ]);
  ok(Number(taken[0]?.['n']) === 2, 'both trades are on record');
  await proves();
});
