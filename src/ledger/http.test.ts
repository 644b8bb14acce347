import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aShop } from '../../test/world.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { viewerOfRequest } from '../app/viewer.ts';
import { createUsers, openSessions } from '../identity/people.actions.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { post } from './actions.ts';
import { demoOpening, fundFromWallet, releaseEscrow } from './rules.ts';

const { db, clock } = await testDatabase();
const config = { publicOrigin: undefined, mode: 'demo' as const, trustedProxies: '' };
const app = createApp({ db, config, log: openLog('silent'), viewerOf: viewerOfRequest });
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

type Page = {
  balance?: string;
  available?: string;
  movements: {
    kind: string;
    incoming: boolean;
    amount: string;
    after: string | null;
    orderId: string | null;
  }[];
  next: string | null;
  code?: string;
};

async function session(userId: string): Promise<string> {
  const visitor = { deviceId: newId(db.wall.now()), userAgent: 'Test', ip: '10.0.0.1' };
  const [opened] = await transaction(db, (tx) => openSessions(tx, [{ userId, kind: 'account', ...visitor }]));
  return must(opened, 'a session').token.reveal();
}

async function get(path: string, token?: string): Promise<{ status: number; body: Page }> {
  const headers = token === undefined ? {} : { cookie: `mengyue=${token}` };
  const answer = await fetch(`${server.address}/api/v1${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Page };
}

const shelf = await aShop(db);
const [buyerId = '', strangerId = ''] = await transaction(db, (tx) =>
  createUsers(tx, [{ kind: 'account' }, { kind: 'account' }]),
);
const [buyer, stranger, owner] = [
  await session(buyerId),
  await session(strangerId),
  await session(shelf.ownerId),
];
const orders: string[] = [];

await transaction(db, (tx) =>
  post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId: buyerId, amount: fen(10_000n) })] }]),
);
for (let i = 0; i < 5; i += 1) {
  clock.forward({ seconds: 1 });
  const orderId = newId(db.wall.now());
  orders.push(orderId);
  // Two lines are two legs of one event, which a page may not cut apart without saying so.
  const lines = [1, 2].map((number) => ({ orderId, number, amount: fen(100n) }));
  await transaction(db, (tx) => post(tx, [{ key: orderId, transfers: fundFromWallet({ buyerId, lines }) }]));
}

test('a wallet shows its balance and every movement with the balance after it, page by page, none twice and none lost', async () => {
  const whole = (await get('/wallet?limit=100', buyer)).body;
  assert.equal(whole.balance, '9000');
  assert.equal(whole.movements.length, 11);
  assert.deepEqual(
    whole.movements.map(({ after: left }) => left),
    ['9000', '9100', '9200', '9300', '9400', '9500', '9600', '9700', '9800', '9900', '10000'],
  );
  assert.equal(whole.movements[0]?.orderId, encodeId('order', orders.at(-1) ?? ''));
  const seen: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await get(`/wallet?limit=3${cursor && `&cursor=${cursor}`}`, buyer);
    seen.push(...body.movements);
    cursor = body.next;
  }
  assert.deepEqual(
    seen.map((one) => ({ ...(one as object), after: null })),
    whole.movements.map((one) => ({ ...one, after: null })),
  );
});

test('a wallet is its owner’s: nobody is asked to log in, another sees their own empty one, and a cursor must be ours', async () => {
  assert.equal((await get('/wallet')).body.code, 'LOGIN_REQUIRED');
  const empty = (await get('/wallet', stranger)).body;
  assert.deepEqual([empty.balance, empty.movements, empty.next], ['0', [], null]);
  const wrong = await get('/wallet?cursor=nonsense', buyer);
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'CURSOR_INVALID']);
});

test('a shop sees what was released to it; for others the shop is not there', async () => {
  const [orderId = ''] = orders;
  clock.forward({ seconds: 1 });
  await transaction(db, (tx) =>
    post(tx, [
      {
        key: newId(tx.wall),
        transfers: releaseEscrow({ orderId, shopId: shelf.shopId, line: 1, left: fen(100n), fee_bps: 200n }),
      },
    ]),
  );
  const path = `/shops/${encodeId('shop', shelf.shopId)}/money`;
  const { status, body } = await get(path, owner);
  assert.equal(status, 200);
  assert.equal(body.available, '98');
  assert.deepEqual(
    body.movements.map(({ kind, incoming, amount, after: left }) => [kind, incoming, amount, left]),
    [['escrow.released', true, '98', '98']],
  );
  assert.deepEqual((await get(`${path}?account=reserve`, owner)).body.movements, []);
  assert.equal((await get(path, stranger)).status, 404);
});
