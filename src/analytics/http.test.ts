import { deepEqual, equal } from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { viewerOfRequest } from '../app/viewer.ts';
import { purchaseAll } from '../checkout/purchase.actions.ts';
import { addStaff, createUsers, openSessions } from '../identity/people.actions.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';

const { db, clock } = await testDatabase();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

const [mine, theirs] = [await aShop(db, [{}, { title: '听澜音乐季卡' }]), await aShop(db)];
const [cards, music] = mine.listings.map((one) => one.variantId) as [string, string];
await stock(db, mine, cards, 10);
await stock(db, theirs, must(theirs.listings[0], 'a listing').variantId, 10);
const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
const [adminId = '', arbitratorId = ''] = await transaction(db, async (tx) => {
  const ids = await createUsers(tx, [{ kind: 'account' }, { kind: 'account' }]);
  await addStaff(tx, [
    { userId: ids[0] ?? '', role: 'admin' },
    { userId: ids[1] ?? '', role: 'arbitrator' },
  ]);
  return ids;
});
const buy = async (variantId: string, quantity: number): Promise<void> => {
  const [answer] = await transaction(db, async (tx) =>
    purchaseAll(tx, [await wishFor(db, { buyerId, variantId, quantity })]),
  );
  equal(answer?.ok, true);
};
await buy(cards, 3);
clock.forward({ days: 1 });
await buy(cards, 2);
await buy(must(theirs.listings[0], 'a listing').variantId, 4);

/** Reads as this user; the clock moved a day, so each reading opens its own session. */
async function read(
  path: string,
  userId: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const visitor = { deviceId: newId(db.wall.now()), userAgent: 'Test', ip: '10.0.0.1' };
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'account', ...visitor }]),
  );
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    headers: {
      cookie: `mengyue=${must(session, 'a session').token.reveal()}`,
      'sec-fetch-site': 'same-origin',
    },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const shopPath = `/shops/${encodeId('shop', mine.shopId)}/today`;

test('a shop reads its own days: sales on the day of the money, and the stock at the end of each', async () => {
  const { status, body } = await read(shopPath, mine.ownerId);
  equal(status, 200);
  deepEqual((body['days'] as unknown[]).slice(-3), [
    { day: '2026-11-19', orders: 0, sales: '0', units: 0, stock: 0 },
    { day: '2026-11-20', orders: 1, sales: '29250', units: 3, stock: 7 },
    { day: '2026-11-21', orders: 1, sales: '19500', units: 2, stock: 5 },
  ]);
  deepEqual([body['held'], body['heldOrders'], body['unconfirmed']], ['48750', 2, 2]);
  const one = await read(`${shopPath}?variantId=${encodeId('variant', music)}`, mine.ownerId);
  deepEqual((one.body['days'] as unknown[]).at(-1), {
    day: '2026-11-21',
    orders: 0,
    sales: '0',
    units: 0,
    stock: 0,
  });
});

test("another shop's day answers like one that is not there", async () => {
  const foreign = await read(shopPath, theirs.ownerId);
  const absent = await read('/shops/shp_00000000000000000000000000/today', theirs.ownerId);
  deepEqual([foreign.status, foreign.body['code']], [404, 'NOT_FOUND']);
  deepEqual([absent.status, absent.body['code']], [404, 'NOT_FOUND']);
});

test('the house reads the days of all shops; roles without it, shops and buyers find nothing', async () => {
  const { body } = await read('/operator/today', adminId);
  deepEqual((body['days'] as unknown[]).slice(-2), [
    { day: '2026-11-20', orders: 1, sales: '29250', refunds: '0' },
    { day: '2026-11-21', orders: 2, sales: '58500', refunds: '0' },
  ]);
  deepEqual([body['held'], body['heldOrders']], ['87750', 3]);
  const { body: running } = await read('/operator/deadlines', adminId);
  deepEqual(
    (running['kinds'] as { what: string; open: number }[]).map(({ what, open }) => [what, open]),
    [['order.confirm', 3]],
  );
  for (const path of ['/operator/today', '/operator/deadlines'])
    for (const userId of [mine.ownerId, buyerId, arbitratorId]) equal((await read(path, userId)).status, 404);
});
