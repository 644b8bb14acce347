import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { testIssuer } from '../../../test/issuer.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { createApp, listen } from '../../app/http.ts';
import { openLog } from '../../app/log.ts';
import { viewerOfRequest } from '../../app/viewer.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { openSessions } from '../../identity/people.actions.ts';
import { deviceIdOf } from '../../identity/rules.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { sha256 } from '../../kit/secret.ts';
import { transaction } from '../../kit/tx.ts';
import { askIssuers } from '../issuer/actions.ts';

const { db, clock } = await testDatabase();
const issuer = await testIssuer(db);
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);
const shelf = await aShop(db, [{ issuer: issuer.id }]);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 10);

async function browser(userId: string): Promise<Record<string, string>> {
  const device = sha256(userId).toString('base64url');
  const deviceId = must(deviceIdOf(device), 'a device');
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [
      { userId, kind: 'account', deviceId, userAgent: 'test', ip: '127.0.0.1', known: true },
    ]),
  );
  const cookie = `mengyue=${must(session, 'a session').token.reveal()}; mengyue-device=${device}`;
  return { cookie, origin: server.address, 'content-type': 'application/json' };
}
const [buyerId = '', otherId = ''] = await buyers(db, 2);
const [own, other, owner] = [await browser(buyerId), await browser(otherId), await browser(shelf.ownerId)];
const bought = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity: 2 }));
ok(bought.ok);
const orderId = encodeId('order', must(bought.value.orders[0], 'an order').orderId);

async function call(headers: Record<string, string>, path: string, body?: unknown) {
  const answer = await fetch(`${server.address}/api/v1/orders/${orderId}/${path}`, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown> };
}
const check = (headers: Record<string, string>, typed: string, unit = '1-1') =>
  call(headers, `units/${unit}/code-checks`, { typed });

test('F045 F070 before the first look nothing is compared and nobody is asked, and the page says why', async () => {
  deepEqual(
    [(await check(own, 'x')).status, (await check(own, 'x')).body['code']],
    [409, 'UNIT_STILL_SEALED'],
  );
  equal((await call(own, 'units/1-1/issuer-checks', {})).body['code'], 'UNIT_STILL_SEALED');
  const { body } = await call(own, 'help');
  const [line] = body['lines'] as { issuer: string; units: { askIssuer: { ok: boolean; code: string } }[] }[];
  deepEqual([line?.issuer, line?.units[0]?.askIssuer.code], ['星屿游戏', 'UNIT_STILL_SEALED']);
});

let secret = '';
test('F045 over HTTP: what was typed is compared, and no answer holds the key', async () => {
  const revealed = await call(own, 'units/1-1/reveal', {});
  equal(revealed.status, 200);
  secret = String(revealed.body['secret']);
  const answer = await check(own, ` ${secret.toLowerCase()}`);
  equal(answer.status, 200);
  equal(answer.body['verdict'], 'case_or_space');
  deepEqual(
    (answer.body['findings'] as { kind: string }[]).map((one) => one.kind),
    ['space', 'case'],
  );
  equal((await check(own, secret)).body['verdict'], 'same');
  ok(!(await call(own, 'help')).text.includes(secret));
  for (const headers of [other, owner]) equal((await check(headers, secret)).body['code'], 'ORDER_NOT_FOUND');
});

test('F070 over HTTP: the buyer asks, the shop sees the answer, a stranger neither', async () => {
  await issuer.mood('used_before_delivery', secret);
  equal((await call(own, 'units/1-1/issuer-checks', {})).status, 200);
  equal((await call(own, 'units/1-1/issuer-checks', {})).body['code'], 'ISSUER_ASKED_ALREADY');
  equal(await askIssuers(db, 5), 1);
  for (const headers of [own, owner]) {
    const { text, body } = await call(headers, 'help');
    const [line] = body['lines'] as { units: { issuerChecks: { usage: string; raw: string }[] }[] }[];
    equal(line?.units[0]?.issuerChecks[0]?.usage, 'before_delivery');
    ok(!text.includes(secret));
  }
  equal((await call(other, 'help')).status, 404);
  for (const headers of [other, owner])
    equal((await call(headers, 'units/1-1/issuer-checks', {})).body['code'], 'ORDER_NOT_FOUND');
});

test('F045 ten tries a quarter of an hour for one key, then it says how long to wait', async () => {
  let last = await check(own, 'guess');
  for (let n = 0; n < 12 && last.status === 200; n++) last = await check(own, `guess-${n}`);
  deepEqual([last.status, last.body['code']], [429, 'TOO_MANY_REQUESTS']);
  clock.forward({ minutes: 16 });
  equal((await check(own, 'guess')).status, 200);
});
