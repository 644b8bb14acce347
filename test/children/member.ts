import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { stubIssuer } from '../../src/app/sandbox/issuer.ts';
import { checkCode } from '../../src/delivery/check/actions.ts';
import { askIssuers } from '../../src/delivery/issuer/actions.ts';
import { httpIssuer } from '../../src/delivery/issuer/http-issuer.actions.ts';
import { installIssuers } from '../../src/delivery/issuer/issuers.actions.ts';
import { grantDue } from '../../src/delivery/membership/grant.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { keyOf, keyringOf, Secret } from '../../src/kit/secret.ts';
import { instant, stoppedClock } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';

// A program that does one piece of work about one order and ends: grants its membership, asks the issuers, or compares a code.
// `member.ts <database url> <now> <shop> <order> <buyer> <grant|ask|check>`. With FAULTS in its environment it dies on the way.
const [, , url, now, shop, order, buyer, work] = process.argv;
const wall = stoppedClock(instant(Number(now)));
const db = openDb({
  url: must(url, 'a database'),
  wall,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 3,
});
const [shopId, orderId, buyerId] = [must(shop, 'a shop'), must(order, 'an order'), must(buyer, 'a buyer')];

async function ask(): Promise<void> {
  const key = keyOf(Buffer.alloc(32, 9));
  const stub = stubIssuer({ key, now: () => wall.now() });
  const server = serve({ fetch: stub.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((ready) => server.once('listening', ready));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/issuer/checks`;
  installIssuers(db, [httpIssuer({ id: 'xingyu', name: '星屿游戏', url: address, key, wall })]);
  await askIssuers(db, 5);
  server.close();
}

const works: Readonly<Record<string, () => Promise<unknown>>> = {
  grant: () =>
    grantDue(db, [
      { id: orderId, event: 'delivery.due', body: { about: [orderId], shops: [shopId], data: null } },
    ]),
  ask,
  check: () =>
    transaction(db, (tx) =>
      checkCode(tx, {
        orderId,
        buyerIds: [buyerId],
        userId: buyerId,
        unit: { line: 1, place: 1 },
        part: 'secret',
        typed: new Secret('KEY-1'),
      }),
    ),
};
await must(works[work ?? ''], 'a piece of work')();
await db.pool.end();
