import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { reactions } from '../../src/app/reactions.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { askIssuer } from '../../src/delivery/issuer/actions.ts';
import { issuersOf } from '../../src/delivery/issuer/issuers.actions.ts';
import { revealLane } from '../../src/delivery/lanes.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { transaction } from '../../src/kit/tx.ts';
import { testDatabase } from '../database.ts';
import { testIssuer } from '../issuer.ts';
import { clubListing } from '../listings.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';

// A worker is killed with SIGKILL at each write point of a grant, a question to an issuer and a comparison; the next one does the work once.
const { db, asOwner, clock, url } = await testDatabase();
const issuer = await testIssuer(db);
const shelf = await aShop(db, [clubListing(), { issuer: issuer.id }]);
const [club, card] = shelf.listings.map((one) => one.variantId) as [string, string];
await stock(db, shelf, card, 20);
const program = fileURLToPath(new URL('../children/member.ts', import.meta.url));

type Own = { orderId: string; buyerId: string };
async function bought(variantId: string): Promise<Own> {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok);
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId };
}
async function seen(): Promise<Own> {
  const own = await bought(card);
  const answer = await revealLane(db).submit({
    orderId: own.orderId,
    buyerIds: [own.buyerId],
    userId: own.buyerId,
    unit: { line: 1, place: 1 },
    viewer: { sessionId: null, deviceId: null, scopes: [] },
    deviceHash: Buffer.alloc(16),
    addressHash: Buffer.alloc(16),
  });
  ok(answer.ok);
  return own;
}

/** Runs the worker; answers how it ended. */
async function run({ orderId, buyerId }: Own, work: string, faults = ''): Promise<string | number | null> {
  const child = spawn(
    process.execPath,
    [program, url, String(clock.now()), shelf.shopId, orderId, buyerId, work],
    { env: { ...process.env, FAULTS: faults }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}
const count = async (from: string, values: unknown[]): Promise<number> =>
  Number((await asOwner(`select count(*)::int as n from ${from}`, values))[0]?.['n']);
const points = (prefix: string) => faultPoints.filter((name) => name.startsWith(prefix));

for (const point of points('delivery.membership.'))
  test(`F204 killed at ${point}: nothing is granted, and the next worker grants once`, async () => {
    const own = await bought(club);
    const periods = () => count('delivery.membership_periods where order_id = $1', [own.orderId]);
    equal(await run(own, 'grant', point), 'SIGKILL');
    deepEqual(
      [await periods(), await count(`orders.orders where id = $1 and state = 'awaiting'`, [own.orderId])],
      [0, 1],
    );
    equal(await run(own, 'grant'), 0);
    equal(await run(own, 'grant'), 0);
    await pumpAll(db, reactions, openLog('silent'));
    equal(await periods(), 1);
    equal(await count(`orders.orders where id = $1 and state = 'delivered'`, [own.orderId]), 1);
    equal(
      await count(
        `evidence.events where kind = 'membership.granted' and about in (select membership_id from delivery.membership_periods where order_id = $1)`,
        [own.orderId],
      ),
      1,
    );
  });

for (const point of points('delivery.issuer.'))
  test(`F070 killed at ${point}: the question stays, and the next worker answers it once`, async () => {
    const own = await seen();
    const asked = await transaction(db, (tx) =>
      askIssuer(tx, {
        orderId: own.orderId,
        buyerIds: [own.buyerId],
        userId: own.buyerId,
        unit: { line: 1, place: 1 },
        issuers: issuersOf(db),
      }),
    );
    ok(asked.ok);
    const facts = () =>
      count(`evidence.events where about = $1 and kind = 'delivery.issuer_answered'`, [own.orderId]);
    equal(await run(own, 'ask', point), 'SIGKILL');
    deepEqual(
      [
        await facts(),
        await count(`delivery.issuer_checks where order_id = $1 and state = 'asked'`, [own.orderId]),
      ],
      [0, 1],
    );
    clock.forward({ seconds: 31 });
    equal(await run(own, 'ask'), 0);
    deepEqual(
      [
        await facts(),
        await count(`delivery.issuer_checks where order_id = $1 and state = 'answered'`, [own.orderId]),
      ],
      [1, 1],
    );
  });

for (const point of points('delivery.check.'))
  test(`F045 killed at ${point}: no comparison is left, and the next one is the first`, async () => {
    const own = await seen();
    const rows = () => count('delivery.code_checks where order_id = $1', [own.orderId]);
    equal(await run(own, 'check', point), 'SIGKILL');
    equal(await rows(), 0);
    equal(await run(own, 'check'), 0);
    deepEqual(
      [
        await rows(),
        await count(`evidence.events where about = $1 and kind = 'delivery.code_checked'`, [own.orderId]),
      ],
      [1, 1],
    );
  });
