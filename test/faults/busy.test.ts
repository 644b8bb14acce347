import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { insertKey } from '../../src/identity/key.store.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { LaneFull } from '../../src/kit/lane.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { transaction } from '../../src/kit/tx.ts';
import { testDatabase } from '../database.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';
import { visit } from './shop.ts';

const { db, ownerUrl, asOwner, clock } = await testDatabase();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

/** An API key of this person that may order. */
async function keyOf(userId: string): Promise<string> {
  const token = 'mgy_busy';
  await transaction(db, (tx) =>
    insertKey(tx, {
      tokenHash: sha256(token),
      id: newId(tx.wall),
      userId,
      name: 'test',
      scopes: ['checkouts:write'],
      at: tx.wall,
    }),
  );
  return token;
}

test('more than 5,000 waiting purchases: the next is told with 503 BUSY and Retry-After, those that wait are answered, and nobody pays for nothing', async () => {
  const shelf = await aShop(db);
  const { variantId } = must(shelf.listings[0], 'a listing');
  await stock(db, shelf, variantId, 10);
  const people = await buyers(db, 50);
  const wishes = await Promise.all(people.map((buyerId) => wishFor(db, { buyerId, variantId })));
  const token = await keyOf(must(people[0], 'a buyer'));
  const { acknowledgements, total } = must(wishes[0], 'a wish');
  const items = [{ variantId: encodeId('variant', variantId), quantity: 1 }];
  const send = () => overHttp(token, { items, total: total.toString(), acknowledgements, paidBy: 'wallet' });

  // Whoever holds the pool holds the lane up.
  const waiting: Promise<'answered' | 'full'>[] = [];
  await visit(ownerUrl, async (holder) => {
    await holder.query('begin');
    await holder.query('select from inventory.pools where id = $1 for update', [variantId]);
    const submit = (i: number) => {
      const wish = { ...must(wishes[i % wishes.length], 'a wish'), key: newId(clock.now()) };
      return purchaseLane(db)
        .submit(wish)
        .then(
          () => 'answered' as const,
          (error: unknown) => {
            if (error instanceof LaneFull) return 'full' as const;
            throw error;
          },
        );
    };
    for (let i = 0; i < 6000; i++) {
      waiting.push(submit(i));
      // The first batches leave for the database, so that what comes later waits.
      if (i === 600) await new Promise((done) => setTimeout(done, 200));
    }
    const busy = await send();
    assert.deepEqual([busy.status, busy.body['code'], busy.body['retryable']], [503, 'BUSY', true]);
    assert.ok(Number(busy.retryAfter) >= 1);
    await holder.query('rollback');
  });
  const ends = await Promise.all(waiting);
  assert.ok(ends.filter((end) => end === 'answered').length >= 5000);
  assert.ok(ends.includes('full'));
  const later = await send();
  assert.deepEqual([later.status, later.body['code']], [409, 'OUT_OF_STOCK']);
  const [rows] = await asOwner(
    `select (select count(*)::int from orders.orders) as orders, (select count(*)::int from delivery.units) as units, (select count(*)::int from checkout.checkouts) as checkouts`,
  );
  assert.deepEqual(rows, { orders: 10, units: 10, checkouts: 10 });
});

/** The same request each time. */
async function overHttp(token: string, body: unknown) {
  const response = await fetch(`${server.address}/api/v1/checkouts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'over-http',
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answer };
}
