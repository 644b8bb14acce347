import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { viewerOfRequest } from '../app/viewer.ts';
import { ensureGuest } from '../identity/guest.actions.ts';
import { hashPassword } from '../identity/password.actions.ts';
import { createUsers, openSessions } from '../identity/people.actions.ts';
import { viewerOf } from '../identity/viewer.actions.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { nobody } from '../kit/viewer.ts';
import { createShops } from '../merchants/actions.ts';

const { db, asOwner } = await testDatabase();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

const visitor = () => ({ deviceId: newId(db.wall.now()), userAgent: 'Test', ip: '10.0.0.1' });
const [owner = ''] = await transaction(db, (tx) => createUsers(tx, [{ kind: 'account', name: '老板' }]));
const shops = await transaction(db, (tx) =>
  createShops(
    tx,
    ['one', 'two'].map((slug) => ({
      name: slug,
      slug,
      intro: '',
      tier: 'trusted' as const,
      feeBps: 300,
      ownerId: owner,
      verified: true,
    })),
  ),
);

async function order(buyerId: string, shopId = must(shops[1], 'a shop')): Promise<string> {
  const id = newId(db.wall.now());
  await asOwner(
    `insert into orders.orders (shop_id, id, buyer_id, checkout_key, state, first_event, total_fen, rulebook, settle_days, placed_at)
    values ($1, $2, $3, 'k', 'delivered', 'purchase', 100, '1.0.0', 3, '2026-11-20T04:00:00Z')`,
    [shopId, id, buyerId],
  );
  return id;
}
const guest = async (): Promise<string> =>
  (
    await transaction(db, (tx) =>
      ensureGuest(tx, {
        contact: '13900139000',
        orderPassword: 'letmesee',
        visitor: visitor(),
        viewer: nobody,
      }),
    )
  ).userId;
const account = async () => {
  const passwordHash = await hashPassword('long enough 长一点');
  const [userId = ''] = await transaction(db, (tx) =>
    createUsers(tx, [{ kind: 'account', contact: `a${newId(tx.wall)}@example.com`, passwordHash }]),
  );
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'account', ...visitor() }]),
  );
  return { userId, token: must(session, 'a session').token.reveal() };
};
async function call(path: string, body: unknown, token?: string) {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { cookie: `mengyue=${token}`, origin: server.address } : {}),
  };
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const found = (await answer.json()) as Record<string, unknown>;
  const session = answer.headers
    .getSetCookie()
    .find((one) => one.startsWith('mengyue='))
    ?.slice('mengyue='.length)
    .split(';')[0];
  return { status: answer.status, code: found['code'], body: found, session };
}
const asked = (orderId: string, orderPassword = 'letmesee') => ({
  orderId: encodeId('order', orderId),
  orderPassword,
});

test('a guest finds an order again by its number and password, and is that guest from then on', async () => {
  const guestId = await guest();
  const found = await call('/order-lookups', asked(await order(guestId)));
  assert.equal(found.status, 200);
  const viewer = await viewerOf(db, { sessionToken: found.session });
  assert.deepEqual([viewer.userId, viewer.guest], [guestId, true]);
});

test('查询订单 answers alike for a wrong password, an absent order, an account’s order and a number that is none', async () => {
  const [mine, theirs] = [await order(await guest()), await order((await account()).userId)];
  const answers = [
    await call('/order-lookups', asked(mine, 'guessed')),
    await call('/order-lookups', asked(newId(db.wall.now()))),
    await call('/order-lookups', asked(theirs, 'long enough 长一点')),
    await call('/order-lookups', { orderId: 'nonsense', orderPassword: 'letmesee' }),
  ];
  for (const answer of answers) {
    assert.deepEqual([answer.status, answer.code, answer.session], [404, 'ORDER_PASSWORD_WRONG', undefined]);
    assert.deepEqual({ ...answer.body, request_id: '' }, { ...answers[0]?.body, request_id: '' });
  }
});

test('an account claims the orders of a guest and sees them from then on; another one does not get them', async () => {
  const [guestId, mine, other] = [await guest(), await account(), await account()];
  const orderId = await order(guestId);
  assert.equal((await call('/claims', asked(orderId))).code, 'LOGIN_REQUIRED');
  assert.equal((await call('/claims', asked(orderId, 'guessed'), mine.token)).code, 'ORDER_PASSWORD_WRONG');
  assert.equal((await call('/order-lookups', asked(orderId), mine.token)).code, 'CLAIM_INSTEAD');
  assert.equal((await call('/claims', asked(orderId), mine.token)).status, 200);
  assert.equal((await call('/claims', asked(orderId), mine.token)).status, 200);
  assert.equal((await call('/claims', asked(orderId), other.token)).code, 'ORDER_PASSWORD_WRONG');
  assert.deepEqual((await viewerOf(db, { sessionToken: mine.token })).buyerIds, [mine.userId, guestId]);
});

test('a guest has no account to claim with', async () => {
  const orderId = await order(await guest());
  const { session } = await call('/order-lookups', asked(orderId));
  assert.equal((await call('/claims', asked(orderId), session)).code, 'ACCOUNT_REQUIRED');
});
