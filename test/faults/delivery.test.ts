import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { proveWith } from '../../bin/prove.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { testDatabase } from '../database.ts';
import { manualListing } from '../listings.ts';
import { aShop, buyers, wishFor } from '../world.ts';

// Killed with SIGKILL at each write point of a delivery by hand, of a late cancellation and of the two watchdogs: nothing is half done, and the
// next process does it once.
const { db, asOwner, clock, url } = await testDatabase();
const shelf = await aShop(db, [manualListing()]);
const { variantId } = must(shelf.listings[0], 'a listing');
const program = fileURLToPath(new URL('../children/hand.ts', import.meta.url));

type Own = { orderId: string; buyerId: string };
async function bought(): Promise<Own> {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok);
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId };
}

async function run({ orderId, buyerId }: Own, work: string, faults = ''): Promise<string | number | null> {
  const child = spawn(
    process.execPath,
    [program, url, String(clock.now()), shelf.shopId, shelf.ownerId, orderId, buyerId, work],
    { env: { ...process.env, FAULTS: faults }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}
const points = (...starts: string[]) =>
  faultPoints.filter((name) => starts.some((start) => name.startsWith(start)));
const row = async (orderId: string) =>
  must(
    (
      await asOwner(
        `select o.state, o.refunded_fen::int as back, d.late_at is not null as late,
                (select count(*)::int from delivery.contents c where c.order_id = o.id) as contents,
                (select count(*)::int from delivery.content_reveals c where c.order_id = o.id) as looks,
                (select count(*)::int from ledger.transfers t where t.kind = 'order.refunded' and t.about = o.id) as refunds,
                (select count(*)::int from evidence.events e where e.about = o.id) as facts
           from orders.orders o join delivery.lines d on d.order_id = o.id where o.id = $1`,
        [orderId],
      )
    )[0],
    'the order',
  );
const waiting = { state: 'awaiting', back: 0, late: false, contents: 0, looks: 0, refunds: 0, facts: 1 };

for (const point of points('delivery.line.', 'delivery.manual.after-contents'))
  test(`killed at ${point}: nothing is delivered, and the next time it is delivered once`, async () => {
    const own = await bought();
    equal(await run(own, 'deliver', point), 'SIGKILL');
    deepEqual(await row(own.orderId), waiting);
    equal(await run(own, 'deliver'), 0);
    deepEqual(await row(own.orderId), { ...waiting, state: 'delivered', contents: 1, facts: 2 });
  });

for (const point of points('delivery.manual.after-look'))
  test(`killed at ${point}: no look is counted that was not answered`, async () => {
    const own = await bought();
    equal(await run(own, 'deliver'), 0);
    equal(await run(own, 'look', point), 'SIGKILL');
    equal((await row(own.orderId))['looks'], 0);
    equal(await run(own, 'look'), 0);
    equal((await row(own.orderId))['looks'], 1);
  });

for (const point of points('delivery.late.', 'deadline delivery.late.'))
  test(`killed at ${point}: the broken promise is recorded once`, async () => {
    const own = await bought();
    clock.forward({ minutes: 31 });
    equal(await run(own, 'sweep', point), 'SIGKILL');
    equal(await run(own, 'sweep'), 0);
    equal(await run(own, 'sweep'), 0);
    deepEqual(await row(own.orderId), { ...waiting, late: true, facts: 2 });
    equal(await run(own, 'cancel'), 0);
    equal(await run(own, 'cancel'), 0);
    deepEqual(await row(own.orderId), {
      ...waiting,
      state: 'refunded',
      late: true,
      back: 9750,
      refunds: 1,
      facts: 3,
    });
  });

for (const point of points('delivery.line.', 'deadline delivery.undelivered.'))
  test(`killed at ${point} while the money goes back by itself: it goes back once`, async () => {
    const own = await bought();
    clock.forward({ minutes: 31 });
    equal(await run(own, 'sweep'), 0);
    clock.forward({ minutes: 31 });
    equal(await run(own, 'sweep', point), 'SIGKILL');
    const { state } = await row(own.orderId);
    // After the commit nobody has heard of it, and it is done all the same.
    ok(
      state === 'awaiting' ||
        (state === 'refunded' && point.endsWith('.after-commit')) ||
        point.endsWith('.commit-sent'),
    );
    equal(await run(own, 'sweep'), 0);
    deepEqual(await row(own.orderId), {
      ...waiting,
      state: 'refunded',
      late: true,
      back: 9750,
      refunds: 1,
      facts: 3,
    });
  });

test('prove finds nothing after all this', async () => {
  const { offences } = await proveWith(async (text, values) => asOwner(text, values), {});
  // The log was not sequenced here.
  deepEqual(
    offences.filter((one) => !/log|leaf|checkpoint/.test(one.says)),
    [],
  );
});
