import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { filed, reveal } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testIssuer } from '../../test/issuer.ts';
import { testSandbox, until } from '../../test/sandbox.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { applyPayments } from '../checkout/jobs.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { askIssuer, askIssuers } from '../delivery/issuer/actions.ts';
import { issuersOf } from '../delivery/issuer/issuers.actions.ts';
import { must } from '../kit/assert.ts';
import { systemClock } from '../kit/time.ts';
import { transaction } from '../kit/tx.ts';
import { startPayments } from '../payments/actions.ts';
import { paymentNumber } from '../payments/rules.ts';

// People who share one account at the bank: each is somebody else to us, and the bank says that one account paid.
const { db, asOwner, clock } = await testDatabase({ at: systemClock.now() });
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
const issuer = await testIssuer(db);
beforeEach(() => clock.set(systemClock.now()));

/** Somebody new buys through the channel from this account, and the issuer says that the key was used before. */
async function boughtFrom(payer: string | undefined) {
  const shelf = await aShop(db, [{ issuer: issuer.id }]);
  const { variantId } = must(shelf.listings[0], 'a listing');
  await stock(db, shelf, variantId, 1);
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, paidBy: 'channel' }));
  ok(answer.ok);
  const paymentId = must(answer.value.paymentId, 'a payment');
  const { orderId } = must(answer.value.orders[0], 'an order');
  await startPayments(db, [paymentId]);
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'pay', ...(payer ? { payer } : {}) });
  await until(
    async () =>
      (await asOwner('select 1 from orders.orders where id = $1 and state = $2', [orderId, 'delivered']))[0],
    'the order is delivered',
  );
  await reveal(db, { orderId, buyerId, place: 1 });
  await issuer.mood('used_before_delivery');
  const unit = { line: 1, place: 1 };
  const asked = { orderId, buyerIds: [buyerId], userId: buyerId, unit, issuers: issuersOf(db) };
  ok((await transaction(db, (tx) => askIssuer(tx, asked))).ok);
  await askIssuers(db, 20);
  return { shelf, buyerId, orderId, paymentId };
}

test('F131 an account that the channel names is one instrument: what its people are paid first is counted together, and its name is nowhere', async () => {
  const said: unknown[] = [];
  for (const payer of ['6222 0001', '6222 0001', '6222 0001', '6222 0001', '6222 0002', undefined]) {
    const caseId = await filed(db, await boughtFrom(payer), { reason: 'CARD_USED' });
    const [row] = await asOwner(
      `select (select body->>'instrument' from aftersales.statements where kind = 'verified' and case_id = $1) as instrument`,
      [caseId],
    );
    said.push(row?.['instrument'] ?? 'the shop answers');
  }
  deepEqual(said, ['payer', 'payer', 'payer', 'the shop answers', 'payer', 'payment_only']);
  const blinds = await asOwner(
    `select count(distinct payer)::int as accounts, count(payer)::int as told, count(*)::int as trades from payments.trades`,
  );
  deepEqual(blinds, [{ accounts: 2, told: 5, trades: 6 }]);
  const [plain] = await asOwner(
    `select count(*)::int as n from payments.trades t where t::text like '%6222%'`,
  );
  equal(plain?.['n'], 0);
});
