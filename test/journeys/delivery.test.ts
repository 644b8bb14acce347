import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { testDatabase } from '../database.ts';
import { aDisk, aDownloadShop } from '../downloads.ts';
import { buys, journey, type Order, type Person } from './world.ts';

// Paid, and no address comes (lifecycles 2.9, story 9).

const world = await journey(await testDatabase());
const { db, buyer, pass, settle, proves, wallet, asOwner, clock } = world;
const disk = await aDisk(db, { '/s/new': '文件 1 个' });
const price = 9750n;

const lineOf = async (who: Person, { orderId }: Order) =>
  (await who.does('GET', `/orders/${orderId}/downloads`)).downloads[0];
const told = async ({ userId }: Person, kind: string): Promise<number> =>
  (await asOwner('select 1 from notifications.messages where user_id = $1 and kind = $2', [userId, kind]))
    .length;

/** A shop that sells a download whose file it has not registered, and somebody who paid for it. */
async function paidForNothing() {
  const store = await aDownloadShop(db, { delivery: { mode: 'automatic', within_seconds: 172_800 } });
  const shop = await world.person(store.ownerId);
  const who = await buyer();
  const order = await buys(who, store.variantId);
  await settle();
  const had = await wallet(who);
  await pass({ minutes: 9 });
  equal(await told(shop, 'shop.download_missing'), 0);
  await pass({ minutes: 1 });
  equal(await told(shop, 'shop.download_missing'), 1, 'the watchdog tells the shop after ten minutes');
  equal(await told(who, 'download.missing'), 1, 'and the buyer');
  equal((await lineOf(who, order)).state, 'waiting');
  await who.does('POST', `/orders/${order.orderId}/lines/1/link-report`, { reason: 'not_received' });
  return { store, shop, who, order, had };
}

test('story 9, F016 F181 F211: software is paid for and no address comes; after ten minutes both sides are told, and the shop registers one within its 24 hours', async () => {
  const { store, shop, who, order } = await paidForNothing();
  await pass({ hours: 23 });
  clock.forward({ seconds: 1 });
  await shop.does(
    'POST',
    `/shops/${encodeId('shop', store.shopId)}/listings/${encodeId('listing', store.listingId)}/releases/address`,
    {
      version: '5.2',
      name: '简历.zip',
      url: disk.url('/s/new'),
      code: 'x7k2',
      sha256: sha256('the file behind it').toString('hex'),
      size: 12_345,
    },
  );
  await settle();
  const line = await lineOf(who, order);
  deepEqual([line.state, line.release?.version], ['ready', '5.2']);
  const link = await who.does('POST', `/orders/${order.orderId}/lines/1/download`, {});
  deepEqual([link.kind, link.code], ['address', 'x7k2']);
  await proves();
});

test('story 9, F181 F211: a shop that corrects nothing loses the sale: a day after the payment the money is back, once', async () => {
  const { who, order, had } = await paidForNothing();
  // Reported ten minutes after the payment: a day after the payment is a day after its promise could be kept.
  await pass({ hours: 23, minutes: 49 });
  ok((await lineOf(who, order)).state !== 'refunded');
  await pass({ minutes: 1 });
  equal((await who.does('GET', `/orders/${order.orderId}`)).state, 'refunded');
  equal((await wallet(who)) - had, price);
  await pass({ days: 3 });
  equal((await wallet(who)) - had, price);
  await proves();
});
