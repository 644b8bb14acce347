import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { manualListing } from '../../../test/listings.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { createApp, listen } from '../../app/http.ts';
import { openLog } from '../../app/log.ts';
import { viewerOfRequest } from '../../app/viewer.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import type { shopRoles } from '../../identity/contract.ts';
import { addMembers, createUsers, openSessions } from '../../identity/people.actions.ts';
import { must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';

type ShopRole = (typeof shopRoles)[number];
const { db, clock, asOwner } = await testDatabase();
const shelf = await aShop(db, [manualListing()]);
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

async function staff(role: ShopRole): Promise<{ userId: string; cookie: string }> {
  return transaction(db, async (tx) => {
    const [userId = ''] = await createUsers(tx, [{ kind: 'account' }]);
    await addMembers(tx, [{ shopId: shelf.shopId, userId, role }]);
    const visitor = { deviceId: newId(clock.now()), userAgent: 'Test', ip: '127.0.0.1' };
    const [session] = await openSessions(tx, [{ userId, kind: 'account', ...visitor }]);
    return { userId, cookie: `mengyue=${must(session, 'a session').token.reveal()}` };
  });
}

async function bought(): Promise<string> {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(
    await wishFor(db, { buyerId, variantId: shelf.listings[0]?.variantId ?? '' }),
  );
  ok(answer.ok);
  return must(answer.value.orders[0], 'an order').orderId;
}

const post = async (cookie: string, path: string, body: unknown): Promise<number> => {
  const response = await fetch(`${server.address}/api/v1/shops/${encodeId('shop', shelf.shopId)}${path}`, {
    method: 'POST',
    headers: {
      cookie,
      origin: server.address,
      'content-type': 'application/json',
      'idempotency-key': newId(clock.now()),
    },
    body: JSON.stringify(body),
  });
  return response.status;
};

// Who works for a shop, and what taking an order on and delivering it answer them.
const roles: [ShopRole, number, number][] = [
  ['owner', 200, 200],
  ['orders', 200, 200],
  ['goods', 404, 404],
];
for (const [role, accepted, delivered] of roles)
  test(`staff with the role ${role} take an order on: ${accepted}, deliver it: ${delivered}, and the order says who did`, async () => {
    const [member, orderId] = [await staff(role), await bought()];
    const order = encodeId('order', orderId);
    equal(await post(member.cookie, '/deliveries/acceptances', { orderIds: [order] }), accepted);
    equal(
      await post(member.cookie, `/deliveries/${order}/fulfilment`, {
        line: 1,
        units: [{ account: 'wang@example.cn', password: 'Geheim-2026' }],
      }),
      delivered,
    );
    deepEqual(
      await asOwner('select state, accepted_by as by from delivery.lines where order_id = $1', [orderId]),
      [delivered === 200 ? { state: 'delivered', by: member.userId } : { state: 'waiting', by: null }],
    );
  });
