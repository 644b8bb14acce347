import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, buyerOf, caseShop, ownerOf } from '../../../test/cases.ts';
import { callerAs } from '../../../test/caller.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { testSandbox, until, type SandboxPayment } from '../../../test/sandbox.ts';
import { buyers, stock, wishFor } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { systemClock } from '../../kit/time.ts';
import { startPayments } from '../../payments/actions.ts';
import { paymentNumber } from '../../payments/rules.ts';
import { applyPayments } from '../jobs.ts';
import { purchaseLane } from '../lanes.actions.ts';
import { voucherRoutes } from './http.ts';

const { db, clock, asOwner } = await testDatabase({ at: systemClock.now() });
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
const log = testLog(db);
const shelf = await caseShop(db);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 10);
const callAs = callerAs(db, clock, voucherRoutes);
const code = (problem: { code: string }): string => problem.code;

test('F066 the fields of an order voucher are those of the database, and the check says valid, for the file and for its hash', async () => {
  const who = await bought(db, shelf, { quantity: 2 });
  const buyer = callAs(buyerOf(who.buyerId));
  const name = { orderId: encodeId('order', who.orderId), kind: 'order' };
  await buyer.voucher(name);
  await sequenceAll(log);
  const file: File = await buyer.voucher(name);
  const text = await file.text();
  const { voucher, sha256, logIndex } = JSON.parse(text);
  const row = must(
    (await asOwner('select * from orders.orders where id = $1', [who.orderId]))[0],
    'the order',
  );
  deepEqual(
    [voucher.orderId, voucher.amount, voucher.merchantId, voucher.paidAt, voucher.rulebook],
    [
      encodeId('order', who.orderId),
      String(row['total_fen']),
      encodeId('shop', String(row['shop_id'])),
      (row['paid_at'] as Date).toISOString(),
      row['rulebook'],
    ],
  );
  ok(Number.isInteger(logIndex), 'it has its place in the log');
  const anybody = callAs({ ...buyerOf(who.buyerId), userId: null, buyerIds: [] });
  for (const given of [text, JSON.stringify(voucher), sha256]) {
    const checked = await anybody.checkVoucher({ voucher: given });
    deepEqual([checked.valid, checked.why, checked.logIndex], [true, 'issued', logIndex]);
  }
  const changed = text.replace(`"amount": "${voucher.amount}"`, '"amount": "1"');
  deepEqual(
    [
      (await anybody.checkVoucher({ voucher: changed })).why,
      (await anybody.checkVoucher({ voucher: '00'.repeat(32) })).why,
    ],
    ['changed', 'unknown'],
  );
  equal((await anybody.checkVoucher({ voucher: '你好' })).why, 'unreadable');
  equal(await (await buyer.voucher(name)).text(), text, 'asked for again it is the same voucher');
  equal(
    (
      await asOwner(`select 1 from evidence.events where about = $1 and kind = 'voucher.issued'`, [
        who.orderId,
      ])
    ).length,
    1,
  );
  const pdf: File = await buyer.voucher({ ...name, format: 'pdf' });
  equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
  await callAs(ownerOf(shelf)).voucher(name);
  const [stranger = ''] = await buyers(db, 1, 0n);
  equal(await callAs(buyerOf(stranger)).voucher(name).catch(code), 'ORDER_NOT_FOUND');
});

test('F067 a payment voucher holds the triple: when it was paid, which product, which number at the channel', async () => {
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, paidBy: 'channel' }));
  ok(answer.ok);
  const paymentId = must(answer.value.paymentId, 'a payment');
  const { orderId } = must(answer.value.orders[0], 'an order');
  const name = { orderId: encodeId('order', orderId), kind: 'payment' };
  const buyer = callAs(buyerOf(buyerId));
  equal(await buyer.voucher(name).catch(code), 'NOT_PAID');
  await startPayments(db, [paymentId]);
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'pay' });
  await until(
    async () =>
      (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'] ===
      'delivered',
    'paid',
  );
  const bank = await driver<SandboxPayment>(`payments/${paymentNumber(paymentId)}`);
  const { voucher } = JSON.parse(await (await buyer.voucher(name)).text());
  const [line] = voucher.goods;
  ok(line.product.length > 1);
  deepEqual(
    [line.paidAt, line.channel, line.channelNumber],
    [voucher.paidAt, 'sandbox', must(bank.trades[0], 'a trade').tradeNo],
  );
});

test('F067 a wallet payment has the number of its ledger entry', async () => {
  const who = await bought(db, shelf);
  const { voucher } = JSON.parse(
    await (
      await callAs(buyerOf(who.buyerId)).voucher({ orderId: encodeId('order', who.orderId), kind: 'payment' })
    ).text(),
  );
  const [line] = voucher.goods;
  equal(line.channel, 'wallet');
  const found = await asOwner('select 1 from ledger.transfers where key = $1', [line.channelNumber]);
  ok(found.length > 0);
});

test('F112 the voucher says that payment outside the platform is not guaranteed, and nothing takes outside proof for a payment', async () => {
  const who = await bought(db, shelf);
  const { voucher } = JSON.parse(
    await (
      await callAs(buyerOf(who.buyerId)).voucher({ orderId: encodeId('order', who.orderId), kind: 'order' })
    ).text(),
  );
  ok(voucher.notice.includes('平台外的转账') && voucher.notice.includes('not guaranteed'));
});
