import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { purchaseAll } from '../../src/checkout/purchase.actions.ts';
import { addStaff, createUsers } from '../../src/identity/people.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';
import { fits, says } from './steps.ts';

const { db, asOwner, clock } = await testDatabase();
await asOwner('update kit.clock set movable = true');
const shelf = await aShop(db);
const variantId = must(shelf.listings[0], 'a listing').variantId;
await stock(db, shelf, variantId, 5);
const [buyerId = ''] = await buyers(db, 1);
const [bought] = await transaction(db, async (tx) =>
  purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
);
assert.ok(bought?.ok);
const orderId = must(bought.value.orders[0], 'an order').orderId;
const [adminId = '', supportId = ''] = await transaction(db, async (tx) => {
  const ids = await createUsers(tx, [
    { kind: 'account', name: '管理员' },
    { kind: 'account', name: '客服' },
  ]);
  await addStaff(tx, [
    { userId: ids[0] ?? '', role: 'admin' },
    { userId: ids[1] ?? '', role: 'support' },
  ]);
  return ids;
});
for (const ref of ['TRADE-1001', 'TRADE-2002'])
  await asOwner(
    `insert into payments.exceptions (id, kind, channel, ref, amount_fen, detail, at) values ($1, 'orphan', 'sandbox', $2, 9750, '{"note":"nobody"}', $3)`,
    [newId(clock.now()), ref, new Date(clock.now())],
  );

const house = await openConsole(db);
const main = (page: Page): Promise<string> => page.innerText('main');

test('the day in numbers, with its chart: orders, sales, escrow, refunds, exceptions, overdue, the log', async () => {
  const page = await house.visit({ userId: adminId, width: 1440 });
  await page.goto('/operator');
  const told = await main(page);
  assert.match(told, /¥97\.50\s*今天成交，1 单/);
  assert.match(told, /¥97\.50\s*托管中，1 单/);
  assert.match(told, /2\s*付款差错等人决定/);
  assert.match(told, /存证日志/);
  await page
    .getByRole('img', { name: /14 天成交 ¥97\.50/ })
    .locator('canvas')
    .waitFor();
  await page.context().close();
});

test('a payment exception is found, decided with a reason, and leaves the list', async () => {
  const page = await house.visit({ userId: adminId, script: false });
  await page.goto('/operator/payments');
  await page.getByRole('searchbox').fill('TRADE-1001');
  await page.getByRole('button', { name: '搜索' }).click();
  assert.doesNotMatch(await main(page), /TRADE-2002/);
  await page.getByText('怎么处理').click();
  await page.getByLabel('查过了，不动钱').check();
  await page.getByLabel('为什么这样决定').fill('和渠道核对过，是测试付款');
  await page.getByRole('button', { name: '就这样处理' }).click();
  await says(page.getByRole('status'), /已决定/);
  assert.doesNotMatch(await main(page), /TRADE-1001/);
  await page.goto('/operator/payments?state=decided');
  await says(page, /是测试付款/);
  await page.goto('/operator/payments?q=nothing');
  await says(page, /没有这样的差错/);
  await page.context().close();
});

test('the time machine moves an order to settled, and says what happened on the way', async () => {
  const page = await house.visit({ userId: adminId });
  const states = async () =>
    (
      await asOwner('select state, released_at is not null as released from orders.orders where id = $1', [
        orderId,
      ])
    )[0];
  let told = '';
  for (let moves = 0; moves < 4 && !(await states())?.['released']; moves += 1) {
    await page.goto('/operator/time');
    await page.getByRole('button', { name: '+7 天' }).click();
    await page.waitForURL(/moved=10080/);
    await page.getByText(/拨了 7 天/).waitFor();
    told += await main(page);
  }
  assert.match(told, /订单自动确认：1 件/);
  assert.match(told, /货款结算给商家：1 件/);
  assert.deepEqual(await states(), { state: 'completed', released: true });
  const merchant = await house.visit({ userId: shelf.ownerId });
  await merchant.goto(`/merchant/orders/${encodeId('order', orderId)}`);
  await says(merchant, /已结算给你/);
  await merchant.goto('/merchant/money');
  await says(merchant, /货款结算/);
  await page.context().close();
  await merchant.context().close();
});

test('the banner of the demo moves a day and comes back to the page it was pressed on', async () => {
  const page = await house.visit({ userId: adminId, script: false });
  await page.goto('/search?q=星屿');
  const before = await page.getByRole('note').first().innerText();
  await page.getByRole('button', { name: '快进 24 小时' }).click();
  await page.getByRole('note').first().filter({ hasNotText: before }).waitFor();
  assert.match(decodeURI(page.url()), /\/search\?q=星屿$/);
  await page.context().close();
});

test('whoever is not staff finds nothing here, and staff without the right hears why the clock stands', async () => {
  const stranger = await house.visit({ userId: shelf.ownerId });
  for (const path of ['/operator', '/operator/payments', '/operator/deadlines', '/operator/time'])
    assert.equal((await stranger.goto(path))?.status(), 404, path);
  const support = await house.visit({ userId: supportId });
  await support.goto('/operator/time');
  await says(support, /只有管理员能拨时间/);
  assert.equal((await support.goto('/operator/payments'))?.status(), 404);
  await stranger.context().close();
  await support.context().close();
});

test('operator pages fit 320, 390 and 1440 px in both languages, and browsers have nothing to complain about', async () => {
  for (const [width, language] of [
    [320, 'en'],
    [390, 'zh'],
    [1440, 'zh'],
  ] as const) {
    const page = await house.visit({ userId: adminId, width });
    for (const path of ['/operator', '/operator/payments', '/operator/deadlines', '/operator/time']) {
      await page.goto(`${path}?lang=${language}`);
      await fits(page, path);
      if (language === 'en') assert.doesNotMatch(await main(page), /\p{Script=Han}/u, `${path} in English`);
    }
    await page.context().close();
  }
  assert.deepEqual(house.complaints, []);
});
