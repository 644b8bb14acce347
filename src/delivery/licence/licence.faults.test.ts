import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { proveWith } from '../../../bin/prove.ts';
import { testDatabase } from '../../../test/database.ts';
import { aLicenceListing, buyLicences } from '../../../test/licences.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { faultPoints } from '../../kit/fault.ts';
import { must } from '../../kit/assert.ts';

const { db, asOwner, clock, url } = await testDatabase();
const program = fileURLToPath(new URL('../../../test/children/licences.ts', import.meta.url));
const shelf = await aShop(db, [aLicenceListing()]);
const { shopId } = shelf;
const { variantId } = must(shelf.listings[0], 'a listing');

async function run(act: string, what: string, faults = ''): Promise<string | number | null> {
  const child = spawn(process.execPath, [program, url, String(clock.now()), act, shopId, what], {
    env: { ...process.env, FAULTS: faults },
    stdio: 'inherit',
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}

/** A paid order whose licences are not issued yet. */
async function paid(): Promise<string> {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity: 2 }));
  if (!answer.ok) throw new Error(answer.refusal);
  return must(answer.value.orders[0], 'an order').orderId;
}

const ofOrder = async (orderId: string) =>
  (
    await asOwner(
      `select o.state, (select count(*)::int from delivery.licences l where l.order_id = o.id) as licences,
              (select count(*)::int from delivery.machines m join delivery.licences l on l.id = m.licence_id where l.order_id = o.id) as devices
         from orders.orders o where o.id = $1`,
      [orderId],
    )
  )[0];

const holds = async (): Promise<void> =>
  deepEqual((await proveWith((text, values) => asOwner(text, values))).offences, []);

const points = faultPoints.filter((name) => /^delivery\.(licence|activate|deactivate)\./.test(name));
const [issuing, seating, leaving] = ['licence', 'activate', 'deactivate'].map((word) =>
  points.filter((name) => name.startsWith(`delivery.${word}.`)),
) as [string[], string[], string[]];

for (const point of issuing)
  test(`a power cut at ${point} leaves an order that still waits, and repeating it issues its licences once`, async () => {
    const orderId = await paid();
    equal(await run('issue', orderId, point), 'SIGKILL', `${point} is on the way`);
    deepEqual(await ofOrder(orderId), { state: 'awaiting', licences: 0, devices: 0 });
    for (let i = 0; i < 2; i++) equal(await run('issue', orderId), 0);
    deepEqual(await ofOrder(orderId), { state: 'delivered', licences: 2, devices: 0 });
    await holds();
  });

for (const [act, list, before] of [
  ['activate', seating, 0],
  ['deactivate', leaving, 1],
] as const)
  for (const point of list)
    test(`a power cut at ${point} leaves the seats as they were, and repeating it takes or frees one`, async () => {
      const { licences, orderId } = await buyLicences(db, { variantId, shopId });
      const { key } = must(licences[0], 'a licence');
      if (before === 1) equal(await run('activate', key), 0);
      equal(await run(act, key, point), 'SIGKILL', `${point} is on the way`);
      equal((await ofOrder(orderId))?.['devices'], before);
      await holds();
      for (let i = 0; i < 2; i++) equal(await run(act, key), 0);
      equal((await ofOrder(orderId))?.['devices'], 1 - before);
      await holds();
    });
