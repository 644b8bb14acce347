import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, caseShop, clockwork, deskOf, filed } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { stock } from '../../test/world.ts';

const { db, asOwner, clock } = await testDatabase();
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 10);
const { stateOf, wallet } = deskOf({ db, asOwner }, shelf);
const work = clockwork(db);

const saidIn = async (caseId: string, kind: string) =>
  (
    await asOwner('select body from aftersales.statements where case_id = $1 and kind = $2', [caseId, kind])
  )[0]?.['body'] as Record<string, string> | undefined;

test('F007 a case about the price has the platform’s own recomputation in it, and no difference where there is none', async () => {
  const who = await bought(db, shelf);
  const caseId = await filed(db, who, { reason: 'PRICE_ERROR' });
  const said = await saidIn(caseId, 'recount');
  deepEqual([said?.['taken'], said?.['computed'], said?.['delta']], ['9750', '9750', '0']);
});

test('F175 the books say that a yuan more was taken than the listing asks: it is approved and paid at once, and not twice', async () => {
  const who = await bought(db, shelf);
  await asOwner('update orders.lines set total_fen = total_fen + 100 where order_id = $1', [who.orderId]);
  const before = await wallet(who);
  const caseId = await filed(db, who, { reason: 'OVERCHARGE', symptom: '多扣了一元' });
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - before, 100n);
  equal((await saidIn(caseId, 'matched'))?.['delta'], '100');
  clock.forward({ hours: 73 });
  await work.due();
  equal(await stateOf(caseId), 'closed');
  equal((await wallet(who)) - before, 100n);
});

test('F175 an overcharge that is in nobody’s books is not approved by a machine', async () => {
  const who = await bought(db, shelf);
  const before = await wallet(who);
  const caseId = await filed(db, who, { reason: 'OVERCHARGE', symptom: '多扣了一元' });
  equal(await stateOf(caseId), 'negotiation');
  equal(await wallet(who), before);
});

test('F106 a binding rule that nobody ticked: the shop is silent for 24 hours and the money goes back by itself', async () => {
  const who = await bought(db, shelf);
  // The goods of the test shop are cards; what counts here is the ground of the claim, so the line is called a licence.
  await asOwner(`update orders.lines set goods = 'licence' where order_id = $1`, [who.orderId]);
  await asOwner(
    `update checkout.checkouts k set acknowledgements = '[]' from orders.orders o where o.id = $1 and k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key`,
    [who.orderId],
  );
  const caseId = await filed(db, who, { reason: 'BINDING_UNDISCLOSED' });
  const before = await wallet(who);
  clock.forward({ hours: 24, minutes: 1 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - before, 9750n);
});
