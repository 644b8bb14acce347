import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { clockwork } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { manualListing } from '../../../test/listings.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { transaction } from '../../kit/tx.ts';
import { acceptLines, deliverLines } from '../line.actions.ts';
import { measureHealth } from './actions.ts';

const { db, clock, asOwner } = await testDatabase();
const work = clockwork(db);
const [buyerId = ''] = await buyers(db, 1, 100_000_000n);
const shelfOf = async (parts = {}) => {
  const shelf = await aShop(db, [parts]);
  const { variantId, listingId } = must(shelf.listings[0], 'a listing');
  return { shelf, variantId, listingId };
};
const state = async (listingId: string) =>
  (await asOwner('select state from catalog.listings where id = $1', [listingId]))[0]?.['state'];
const causes = async (listingId: string): Promise<unknown[]> =>
  (await asOwner('select cause from risk.pauses where listing_id = $1 order by cause', [listingId])).map(
    (row) => row['cause'],
  );
async function bought(variantId: string, quantity = 1): Promise<string> {
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return must(answer.value.orders[0], 'an order').orderId;
}

test('F105 a sold-out listing pauses by itself, its shop is told, and it is on sale again after new stock', async () => {
  const { shelf, variantId, listingId } = await shelfOf();
  await stock(db, shelf, variantId, 2);
  equal((await measureHealth(db)).paused, 0);
  await bought(variantId, 2);
  await measureHealth(db);
  deepEqual(await causes(listingId), ['stock_out']);
  equal(await state(listingId), 'suspended');
  await work.news();
  const told = await asOwner(
    `select data from notifications.messages where user_id = $1 and kind = 'shop.paused'`,
    [shelf.ownerId],
  );
  equal(told.length, 1);
  deepEqual(await measureHealth(db), { paused: 0, cured: 0 }, 'looking again changes nothing');
  await stock(db, shelf, variantId, 3);
  await Promise.all([measureHealth(db), measureHealth(db)]);
  deepEqual(await causes(listingId), []);
  equal(await state(listingId), 'live');
  const history = await asOwner('select event from risk.pause_events where listing_id = $1 order by id', [
    listingId,
  ]);
  deepEqual(history.map((row) => row['event']).toSorted(), ['cure', 'pause'], 'two workers cure once');
});

test('F105 deliveries late at the 95th percentile for half an hour pause a listing; it comes back when they keep the promise', async () => {
  const { shelf, variantId, listingId } = await shelfOf(manualListing());
  const orders: string[] = [];
  for (let i = 0; i < 5; i += 1) orders.push(await bought(variantId));
  const deliver = (ids: readonly string[]) =>
    transaction(db, async (tx) => {
      const hand = { shopId: shelf.shopId, line: 1, by: 'merchant' as const, byId: shelf.ownerId };
      await acceptLines(
        tx,
        ids.map((orderId) => ({ ...hand, orderId })),
      );
      return deliverLines(
        tx,
        ids.map((orderId) => ({ ...hand, orderId, proof: {} })),
      );
    });
  clock.forward({ minutes: 29 });
  await measureHealth(db);
  deepEqual(await causes(listingId), [], 'nobody is late yet');
  clock.forward({ minutes: 6 });
  await measureHealth(db);
  deepEqual(await causes(listingId), ['delay'], 'what waits beyond its promise counts');
  await deliver(orders);
  await measureHealth(db);
  deepEqual(await causes(listingId), ['delay'], 'they came, but late');
  clock.forward({ minutes: 31 });
  await measureHealth(db);
  deepEqual(await causes(listingId), [], 'the bad half hour is over');
  equal(await state(listingId), 'live');
  const points = await asOwner('select deliveries, late from risk.health where listing_id = $1 order by at', [
    listingId,
  ]);
  ok(points.length >= 2 && points.some((row) => row['late'] === 5), 'the series says so');
});

test('F105 four late deliveries are too few to pause anything', async () => {
  const { variantId, listingId } = await shelfOf(manualListing());
  for (let i = 0; i < 4; i += 1) await bought(variantId);
  clock.forward({ minutes: 40 });
  await measureHealth(db);
  deepEqual(await causes(listingId), []);
});
