import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { encodeId } from '../../src/kit/public-id.ts';
import { openConsole } from '../console.ts';
import { testTopups } from '../topups.ts';
import { buyers } from '../world.ts';
import { picture, says, tickAll } from './steps.ts';

const w = await testTopups();
const site = await openConsole(w.db);
const main = (page: Page): Promise<string> => page.innerText('main');
const orderPath = (orderId: string): string => `/orders/${encodeId('order', orderId)}`;

async function bought(page: Page, mobile: string): Promise<string> {
  w.tick();
  await page.goto(`/checkout/${encodeId('variant', w.variantId)}`);
  await page.getByLabel('手机号').first().fill(mobile);
  await page.getByLabel(/^再填一遍/).fill(mobile);
  await tickAll(page);
  await picture(page, 'topup-checkout');
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL('**/orders/**');
  return page.url();
}

test('F028 F029 a buyer fills a phone: typed twice, masked, filled by itself, with the serial on the page', async () => {
  const [userId = ''] = await buyers(w.db, 1);
  const page = await site.visit({ userId });
  await bought(page, '17012340001');
  await says(page.locator('#topup'), '170****0001');
  assert.ok(!(await main(page)).includes('17012340001'), 'the account is never shown whole');
  const order = page.url();
  await w.until(async () => (await w.credits('17012340001')).length === 1, 'it is filled');
  await w.until(async () => {
    await page.goto(order);
    return (await main(page)).includes('已到账');
  }, 'the page says so');
  const said = await main(page);
  assert.ok(/YR\d+/.test(said), 'the supplier’s number');
  await picture(page, 'topup-arrived');
});

test('an unknown result is said as it is, without JavaScript too', async () => {
  const { orderId, buyerId } = await w.buy('timeout_not_done');
  await w.reach(orderId, 'unknown');
  const page = await site.visit({ userId: buyerId, script: false });
  await page.goto(orderPath(orderId));
  await says(page, '正在向运营商确认，不会重复扣款');
  await picture(page, 'topup-unknown');
});

test('F029 when it is late the buyer waits two hours more, then takes the money back', async () => {
  const { orderId, buyerId } = await w.buy('stuck');
  await w.reach(orderId, 'submitted');
  const page = await site.visit({ userId: buyerId });
  await page.goto(orderPath(orderId));
  assert.equal(await page.getByRole('button', { name: '再等 2 小时' }).count(), 0);
  w.forward({ hours: 1, minutes: 1 });
  await w.turn();
  await page.goto(orderPath(orderId));
  await picture(page, 'topup-late');
  await page.getByRole('button', { name: '再等 2 小时' }).click();
  await page.getByText('好，再等 2 小时。').waitFor();
  await page.getByRole('button', { name: '我要退款' }).click();
  await page.getByText('已经在退：撤单成功就到账。').waitFor();
  await w.reach(orderId, 'cancelled');
  await page.goto(orderPath(orderId));
  await says(page, '供货方已撤销，钱已经退给你');
  assert.equal(await w.wallet(buyerId), 100_000n);
});

test('a wrong number: said by the buyer, stopped by the shop', async () => {
  const { orderId, buyerId } = await w.buy('stuck');
  await w.reach(orderId, 'submitted');
  const page = await site.visit({ userId: buyerId });
  await page.goto(orderPath(orderId));
  await page.getByText('号码填错了？').click();
  await page.getByRole('button', { name: '填错号码了' }).click();
  await page.getByText('已经通知商家，30 分钟内要试着撤单。').waitFor();
  const owner = await site.visit({ userId: w.shelf.ownerId });
  await owner.goto('/merchant/supply');
  await picture(owner, 'supply-list');
  await owner.getByRole('button', { name: '试着撤单' }).click();
  await owner.getByText('正在请供货方撤单。').waitFor();
  await w.reach(orderId, 'cancelled');
});

test('F031 a shop finds an attempt, reads what was said, and 补单 says why it cannot be pressed', async () => {
  const held = await w.buy('no_balance');
  await w.reach(held.orderId, 'held');
  const owner = await site.visit({ userId: w.shelf.ownerId });
  await owner.goto('/merchant/supply?state=held');
  await says(owner, '余额不足');
  await w.mood('ok', held.mobile);
  await owner.getByRole('button', { name: '补单' }).click();
  await owner.getByText('已重新提交，用了新单号。').waitFor();
  await w.reach(held.orderId, 'success');
  const [, attempt] = await w.attempts(held.orderId);
  await owner.goto(`/merchant/supply?q=${String(attempt?.['number'])}`);
  await says(owner, '不用补单');
  await owner.getByRole('link', { name: /170\*{4}/ }).click();
  await owner.getByText('问过什么，答了什么').waitFor();
  await picture(owner, 'supply-attempt');
  await owner.goto('/merchant/supply?q=nothing');
  await says(owner, '没有符合的记录');
});

test('a shop asks its suppliers for balance and catalogue, and sets a route', async () => {
  const owner = await site.visit({ userId: w.shelf.ownerId });
  await owner.goto('/merchant/suppliers');
  await owner.getByRole('button', { name: '查余额' }).first().click();
  await owner.getByText('余额已更新。').waitFor();
  await owner.getByRole('button', { name: '读取产品' }).first().click();
  await owner.getByText('产品目录已更新。').waitFor();
  const routes = owner.locator('#routes');
  await routes.getByText('改设置').first().click();
  await routes.getByLabel('成本上限（元）').first().fill('49.60');
  await routes.getByRole('button', { name: '保存' }).first().click();
  await owner.getByText('已保存。').waitFor();
  assert.ok((await routes.innerText()).includes('49.60'));
  await picture(owner, 'supply-suppliers');
  await owner.getByLabel('名称').last().fill('外面的供货方');
  await owner.getByLabel('接口地址').last().fill('http://10.0.0.1/x');
  await owner.getByLabel('用户编号').last().fill('10');
  await owner.getByRole('button', { name: '添加供货方' }).click();
  await owner.getByText('这个地址不能用').first().waitFor();
});

test('nothing complained in the browsers', () => {
  assert.deepEqual(site.complaints, []);
});
