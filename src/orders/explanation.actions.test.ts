import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { shippedRules } from '../../test/rules.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { openLog } from '../app/log.ts';
import { deadlines } from '../app/reactions.ts';
import { openSweep } from '../app/sweep.ts';
import { purchaseAll } from '../checkout/purchase.actions.ts';
import { orderInWords } from '../cli/explain-order.ts';
import { must } from '../kit/assert.ts';
import { encodeId } from '../kit/public-id.ts';
import { reader, transaction } from '../kit/tx.ts';
import { explainOrder } from './explanation.actions.ts';

// Noon of Friday 20 November 2026 in Beijing.
const { db, clock } = await testDatabase();
await shippedRules(db);
const shelf = await aShop(db);
const variantId = must(shelf.listings[0], 'a listing').variantId;
await stock(db, shelf, variantId, 1);
const [buyerId = ''] = await buyers(db, 1);
const [bought] = await transaction(db, async (tx) =>
  purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
);
assert.ok(bought?.ok);
const { orderId } = must(bought.value.orders[0], 'an order');

test('F158 an order says by which article each step was made and how each time came about', async () => {
  const told = await explainOrder(await reader(db), { shopId: shelf.shopId, orderId });
  assert.deepEqual(
    told.steps.map(({ event, state, article }) => [event, state, article]),
    [['purchase', 'delivered', '13']],
  );
  const [confirm] = told.deadlines;
  assert.deepEqual(
    [confirm?.what, confirm?.article, confirm?.param, confirm?.clock, confirm?.start, confirm?.then],
    ['order.confirm', '20', 'UNREVEALED_CANCEL', 'day', 'order.purchase', ['order.lapse']],
  );
});

test('F124 after the clock confirmed it the release is told by the tier of its shop, and the command prints the same', async () => {
  clock.forward({ days: 9 });
  await openSweep(db, deadlines, openLog('silent')).run();
  const { steps, deadlines: open } = await explainOrder(await reader(db), { shopId: shelf.shopId, orderId });
  assert.deepEqual(
    steps.map(({ event, article, by }) => [event, article, by]),
    [
      ['purchase', '13', 'buyer'],
      ['lapse', '41', 'clock'],
    ],
  );
  assert.deepEqual([open[0]?.what, open[0]?.param], ['order.release', 'SETTLE_DAYS_WHITELISTED']);
  const { zh, en } = await orderInWords(db, encodeId('order', orderId));
  assert.match(zh, /lapse → completed {2}\(clock\) {2}第41条/);
  assert.match(zh, /第42条，从北京时间 2026-11-29 12:00 起算，3日，到 2026-12-02 12:00 为止/);
  assert.match(en, /article 42: from 2026-11-29 12:00 Beijing time, 3 days, until 2026-12-02 12:00\./);
  await assert.rejects(orderInWords(db, 'ord_nothing'), /There is no order ord_nothing/);
});
