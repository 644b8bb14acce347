import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { testDatabase } from '../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { instant, type Instant } from '../kit/time.ts';
import { moveTime, type Machine } from './clock.actions.ts';
import { openLog } from './log.ts';
import { deadlines, reactions } from './reactions.ts';
import { openSweep } from './sweep.ts';

const { db, asOwner, ownerUrl, another } = await testDatabase();
const log = openLog('silent');
const tables = { deadlines, reactions, timers: [] };
const machine = (on = db): Machine => ({ db: on, sweep: openSweep(on, deadlines, log), tables, log });
const at = (text: unknown): Instant => instant(text as Date);
const hour_ms = 3_600_000;

test('F148 over a fortnight unlooked-at orders confirm by the clock and their money reaches the shop, each once and at its time', async () => {
  const shelf = await aShop(db);
  const variantId = shelf.listings[0]?.variantId ?? '';
  await stock(db, shelf, variantId, 40);
  const people = await buyers(db, 12);
  for (const buyerId of people)
    assert.ok((await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }))).ok);

  // A second process sweeps the same database while the first one travels.
  const second = openSweep(another(), deadlines, log);
  let isTravelling = true;
  const beside = (async () => {
    while (isTravelling) {
      await second.run();
      await new Promise((done) => setTimeout(done, 5));
    }
  })();
  const moved = await moveTime(machine(), { days: 14 });
  isTravelling = false;
  await beside;

  assert.ok(moved.ok);
  assert.deepEqual(moved.value.failed, []);
  const orders = await asOwner('select state, paid_at, completed_at, released_at from orders.orders');
  assert.equal(orders.length, people.length);
  for (const order of orders) {
    assert.equal(order['state'], 'completed');
    const [paid, completed, released] = [
      at(order['paid_at']),
      at(order['completed_at']),
      at(order['released_at']),
    ];
    // Noon of a Friday: a key nobody has seen can be cancelled until the next Friday has ended.
    const due = instant('2026-11-27T16:00:00.000Z');
    assert.ok(paid < due && completed >= due && completed < due + 2 * hour_ms);
    assert.ok(
      released - completed >= 3 * 24 * hour_ms && released - completed < 3 * 24 * hour_ms + 2 * hour_ms,
    );
  }
  const twice = await asOwner('select order_id, event from orders.steps group by 1, 2 having count(*) > 1');
  assert.deepEqual(twice, []);
  assert.deepEqual(await asOwner('select * from kit.deadlines'), []);
  assert.deepEqual(await asOwner('select event, error from kit.outbox where attempts > 0'), []);
  assert.deepEqual((await prove({ url: ownerUrl })).offences, []);
});
