import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testTopups } from '../topups.ts';
import { buys, journey } from './world.ts';

// A top-up of which nobody knows (lifecycles 2.9, story 10). The pretended supplier has a clock of its own.

const w = await testTopups();
const world = await journey(w);
const { buyer, proves, wallet } = world;
const price = 4980n;

test('story 10, F031: nobody knows what became of a top-up, its buyer asks for the money, and then it succeeds: the number is filled once and nothing is paid back', async () => {
  const mobile = '17088880001';
  await w.mood('late_callback', mobile);
  w.tick();
  const who = await buyer();
  const start = await wallet(who);
  const order = await buys(who, w.variantId, { answers: { target: mobile } });
  const paid = start - (await wallet(who));
  ok(paid > 0n, `${price}`);
  await w.reach(order.id, 'submitted');
  w.forward({ hours: 1, seconds: 1 });
  await w.turn();
  const choice = await who.does('POST', `/orders/${order.orderId}/topup/choice`, { choice: 'refund' });
  equal(choice.refunded, '0', 'not before the supplier has stopped it');
  equal(start - (await wallet(who)), paid);
  const [attempt] = await w.attempts(order.id);
  await w.drive('/end', { number: attempt?.['number'], state: 'success' });
  await w.reach(order.id, 'success');
  w.forward({ days: 2 });
  for (let turn = 0; turn < 4; turn += 1) await w.turn();
  equal(start - (await wallet(who)), paid, 'the goods came, so the money stays');
  deepEqual(
    (await w.credits(mobile)).map((credit) => credit.times),
    [1],
  );
  const { topups } = await who.does('GET', `/orders/${order.orderId}/topup`);
  equal(topups[0].state, 'success');
  await proves();
});
