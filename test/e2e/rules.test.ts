import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { deadlines, reactions } from '../../src/app/reactions.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { purchaseAll } from '../../src/checkout/purchase.actions.ts';
import { addStaff, createUsers } from '../../src/identity/people.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { transaction } from '../../src/kit/tx.ts';
import { remindOfClocks } from '../../src/orders/reminders.jobs.ts';
import { moveDeadlinesOn } from '../../src/rules/jobs.ts';
import { loadRules } from '../../src/rules/loading.actions.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { shippedRules } from '../rules.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';
import { fits, picture, says } from './steps.ts';

// Friday 20 November 2026, noon in Beijing.
const { db, clock } = await testDatabase();
const log = openLog('silent');
await shippedRules(db);
const shelf = await aShop(db);
const variantId = must(shelf.listings[0], 'a listing').variantId;
await stock(db, shelf, variantId, 3);
const [buyerId = ''] = await buyers(db, 1);
const [bought] = await transaction(db, async (tx) =>
  purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
);
assert.ok(bought?.ok);
const [anna = '', bo = '', support = ''] = await transaction(db, async (tx) => {
  const ids = await createUsers(
    tx,
    ['安娜', '博文', '客服'].map((name) => ({ kind: 'account' as const, name })),
  );
  await addStaff(tx, [
    { userId: ids[0] ?? '', role: 'risk' },
    { userId: ids[1] ?? '', role: 'risk' },
    { userId: ids[2] ?? '', role: 'support' },
  ]);
  return ids;
});
const house = await openConsole(db);
const main = (page: Page): Promise<string> => page.innerText('main');

/** A page without any script, as its reader. */
const visit = (userId: string, width = 390): Promise<Page> => house.visit({ userId, width, script: false });

test('F092 a reader finds an article with its plain words and an example, searches, and is told when nothing is found', async () => {
  const page = await visit(buyerId);
  await page.goto('/rules');
  await picture(page, 'rules');
  await page.getByLabel('在规则里找').fill('补发 退款');
  await page.getByRole('main').getByRole('button', { name: '搜索' }).click();
  await says(page, /第5条/);
  await page.getByLabel('在规则里找').fill('外星人');
  await page.getByRole('main').getByRole('button', { name: '搜索' }).click();
  await says(page, /没有哪一条同时写着这些字/);
  await page.goto('/rules/5');
  const text = await main(page);
  assert.match(text, /白话：\s*查看卡密后2小时内说失效/);
  assert.match(text, /2026-11-20（周五）20:00 开始，2小时，到 2026-11-20 22:00 为止/);
  assert.equal((await page.goto('/rules/99'))?.status(), 404);
  await page.context().close();
});

test('F076 the reader works a time out: three working days over Spring Festival', async () => {
  const page = await visit(buyerId);
  await page.goto('/rules/calendar');
  await page.getByLabel('哪个时限').selectOption('27.DECIDE');
  await page.getByLabel('从什么时候起').fill('2026-02-13T20:00');
  await page.getByRole('button', { name: '算' }).click();
  await says(page, /第27条，期限3个工作日，到北京时间 2026-02-25 24:00 为止/);
  await picture(page, 'calendar');
  await page.context().close();
});

test('F092 the whole text can be taken away, in both forms, with the hash that the page shows', async () => {
  const page = await visit(buyerId);
  await page.goto('/rules/versions');
  const shown = /[0-9a-f]{64}/.exec(await main(page))?.[0];
  const answer = await page.request.get('/api/v1/rules/1.0.0/file?format=json');
  const hash = await import('node:crypto').then(({ createHash }) => createHash('sha256'));
  assert.equal(
    hash.update(await answer.body()).digest('hex'),
    shown,
    'the file has the fingerprint of the page',
  );
  const markdown = await (await page.request.get('/api/v1/rules/1.0.0/file?format=md')).text();
  assert.match(markdown, /^# 《虚拟商品交易与售后规范》1\.0\.0/);
  assert.match(markdown, /\*\*第45条/);
  await page.goto('/rules/print');
  await says(page, /第一|总则[\s\S]*第1条[\s\S]*第45条/);
  await page.context().close();
});

test('F092 an operator drafts, mends what the report finds, and asks the public', async () => {
  const page = await visit(anna, 1440);
  await page.goto('/operator/rules');
  await page.getByLabel('版本号').fill('1.0.0');
  await page.getByRole('button', { name: '起草' }).click();
  await says(page, /版本号要比现行的大/);
  await page.getByLabel('版本号').fill('1.1.0');
  await page.getByRole('button', { name: '起草' }).click();
  await says(page, /2 处必须改[\s\S]*和现行版本没有区别/);
  await page.goto('/operator/rules/1.1.0/articles/5');
  const text = await page.getByLabel('条文（中文，有约束力）').inputValue();
  await page.getByLabel('条文（中文，有约束力）').fill(`${text}一经售出概不退换。`);
  await page.getByLabel('值 2').fill('12');
  await page.getByRole('button', { name: '保存' }).click();
  await says(page, /必须改[\s\S]*不退不换”这类说法无效/);
  await picture(page, 'operator-article');
  await page.getByLabel('条文（中文，有约束力）').fill(`${text}补发以两次为限，第三次直接退款。`);
  await page.getByRole('button', { name: '保存' }).click();
  await page.goto('/operator/rules/1.1.0');
  await says(page, /写明改了什么、为什么改/);
  await page
    .getByLabel('改了什么、为什么（中文）')
    .fill('商家补发退款从 24 小时缩到 12 小时，补发最多两次。');
  await page
    .getByLabel('改了什么、为什么（英文）')
    .fill('Remedies within 12 hours instead of 24, two replacements at most.');
  await page.getByText('对买家更好的按新的').click();
  await page.getByRole('button', { name: '保存' }).click();
  await says(page, /检查通过/);
  await says(page, /按重要修改公示，至少 15 日/);
  await picture(page, 'operator-rulebook');
  await page.getByRole('button', { name: '公开征求意见' }).click();
  await says(page, /征求意见到 11月27日（周五）24:00 为止/);
  await page.context().close();
});

test('F092 readers compare word by word, comment under their name and subscribe; owners of shops are told anyway', async () => {
  await loadRules(db);
  const page = await visit(buyerId);
  await page.goto('/rules');
  await says(page, /1\.1\.0 征求意见中/);
  await page.goto('/rules/changes');
  const compared = await main(page);
  assert.match(compared, /24小时改成 12小时|24小时 改成 12小时/);
  assert.match(compared, /对买家更有利/);
  assert.equal(await page.locator('ins', { hasText: '12' }).first().isVisible(), true);
  await picture(page, 'changes');
  await page.goto('/rules/5');
  await says(page, /这一条改了什么/);
  await picture(page, 'article');
  await page.goto('/rules/comments');
  await page.getByLabel('针对哪一条').selectOption('5');
  await page.getByLabel('你的意见').fill('12 小时对小店家太紧了，节假日怎么办？');
  await page.getByRole('button', { name: '提交' }).click();
  await says(page, /收到，编号 1[\s\S]*等人看过/);
  const other = await visit(shelf.ownerId);
  await other.goto('/rules/comments');
  await says(other, /还没有公开的意见/);
  await other.goto('/rules/versions');
  await says(other, /你开了店，规则变化一定会通知你/);
  await page.goto('/rules/versions');
  await page.getByRole('button', { name: '订阅' }).click();
  await says(page, /已订阅/);
  await page.context().close();
  await other.context().close();
});

test('F092 the comment is shown and answered; nothing is announced too early, by one person, or with a notice that is too short', async () => {
  const desk = await visit(support);
  await desk.goto('/operator/rules/1.1.0/comments');
  await desk.getByRole('button', { name: '公开' }).first().click();
  await desk.getByText('答复', { exact: true }).first().click();
  await desk.getByText('没有采纳').click();
  await desk.getByLabel('原因').fill('小时连续计算，节假日可以设置自动补发。');
  await picture(desk, 'operator-comments');
  await desk.locator('details[open]').getByRole('button', { name: '答复' }).click();
  await says(desk, /已答复/);
  // Support answers, and does not publish.
  await desk.goto('/operator/rules/1.1.0');
  await desk.getByRole('button', { name: '提议公布' }).click();
  await says(desk, /没有找到/);
  await desk.context().close();

  const early = await visit(anna);
  await early.goto('/operator/rules/1.1.0');
  await early.getByRole('button', { name: '提议公布' }).click();
  await says(early, /征求意见还没满规定的天数/);
  await early.context().close();

  clock.forward({ days: 8 });
  const first = await visit(anna, 1440);
  await first.goto('/operator/rules/1.1.0');
  await first.getByLabel('从哪天起生效').fill('2026-12-12');
  await first.getByRole('button', { name: '提议公布' }).click();
  await says(first, /公示的时间不够，生效的日子要往后。\s*12月14日（周一）24:00/);
  await first.getByLabel('从哪天起生效').fill('2026-12-15');
  await first.getByRole('button', { name: '提议公布' }).click();
  await says(first, /是你提议的，要由另一位同事公布/);
  await first.context().close();

  const second = await visit(bo, 1440);
  await second.goto('/operator/rules/1.1.0');
  await picture(second, 'operator-announce');
  await second.getByRole('button', { name: '公布', exact: true }).click();
  await says(second, /已公布，12月14日（周一）24:00 生效/);
  await second.context().close();
});

test('F092 story 15: on its day it is in force, the subscriber has heard of it, and the old order still reads its own version', async () => {
  clock.forward({ days: 18 });
  await openSweep(db, deadlines, log).run();
  await pumpAll(db, reactions, log);
  await loadRules(db);
  const page = await visit(buyerId);
  await page.goto('/rules/5');
  await says(page, /1\.1\.0 现行[\s\S]*12小时/);
  await page.goto('/rules/5?version=1.0.0');
  await says(page, /1\.0\.0 已被新版代替[\s\S]*24小时/);
  await page.goto('/messages');
  const told = await main(page);
  assert.match(told, /规则有变化：1\.1\.0/);
  assert.match(told, /今天起生效/);
  await page.context().close();
});

test('F186 an operator declares an outage and sees how each deadline came about; a wrong calendar is refused with its day', async () => {
  const page = await visit(anna);
  await page.goto('/operator/calendar');
  await page.getByLabel('从（北京时间）').fill('2026-12-16T13:00');
  await page.getByLabel('到', { exact: true }).fill('2026-12-16T16:00');
  await page.getByLabel('原因（中文，公开）').fill('支付渠道通知延迟');
  await page.getByLabel('原因（英文，公开）').fill('Payment notices were late');
  await picture(page, 'operator-calendar');
  await page.getByRole('button', { name: '登记' }).click();
  await says(page, /登记了，时限正在顺延/);
  await moveDeadlinesOn(db);
  await page.goto('/rules/calendar');
  await says(page, /支付渠道通知延迟/);
  await page.goto('/operator/calendar');
  await page.getByLabel('日历版本').fill('cn-2027.1');
  await page.getByLabel('年份').fill('2027');
  await page.getByLabel('通知的名字或文号').fill('测试用的安排');
  await page.getByLabel('放假，一行一段').fill('2027-01-01 2027-01-03\n2027-02-06 2027-02-12');
  await page.getByLabel('周末上班的日子').fill('2027-01-29');
  await page.getByRole('button', { name: '载入' }).click();
  await says(page, /日历里有一天不对[\s\S]*2027-01-29/);
  await page.getByLabel('周末上班的日子').fill('2027-01-30');
  await page.getByRole('button', { name: '载入' }).click();
  await says(page, /cn-2027\.1，排到 2027年12月31日/);
  await page.context().close();
});

test('the deadline page of an operator says the article, the number, the start and the end of each', async () => {
  const [again] = await transaction(db, async (tx) =>
    purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
  );
  assert.ok(again?.ok);
  const page = await visit(support, 1440);
  await page.goto('/operator/deadlines');
  await page.getByRole('link', { name: '订单自动确认' }).click();
  const text = await main(page);
  assert.match(text, /《虚拟商品交易与售后规范》1\.1\.0 第20条，从北京时间 2026-12-16 12:00 起算，7日/);
  assert.match(text, /平台故障顺延|UNREVEALED_CANCEL/);
  assert.match(text, /还没有消息/);
  await page.context().close();
});

test('F136 the deadline page says who was reminded of each, by which channel, and whether it arrived and was read', async () => {
  clock.forward({ days: 5 });
  await remindOfClocks(db);
  for (const width of [390, 1440]) {
    const page = await visit(support, width);
    await page.goto('/operator/deadlines/order.confirm');
    await says(page, /告知了谁[\s\S]*时间已过50%的提醒\s*买家 · 站内消息 · 已送达，还没看/);
    await fits(page, `/operator/deadlines/order.confirm at ${width}`);
    await picture(page, 'operator-deadlines');
    await page.goto('/operator/deadlines/order.release');
    await says(page, /这一种不提醒谁：到点自己结算/);
    await fits(page, `/operator/deadlines/order.release at ${width}`);
    await picture(page, 'operator-deadlines-none');
    await page.context().close();
  }
  const page = await visit(buyerId);
  await page.goto('/messages');
  await says(page, /快到期了：自动确认收货[\s\S]*〔第\d+条〕/);
  await page.context().close();
});

test('pages of rules fit 320, 390 and 1440 px in both languages, hold no script, and nobody else sees the editor', async () => {
  const paths = [
    '/rules',
    '/rules/5',
    '/rules/versions',
    '/rules/changes',
    '/rules/comments',
    '/rules/calendar',
    '/rules/print',
  ];
  const desk = [
    '/operator/rules',
    '/operator/rules/1.1.0',
    '/operator/rules/1.1.0/articles/5',
    '/operator/rules/1.1.0/comments',
    '/operator/calendar',
    '/operator/deadlines/order.confirm',
  ];
  for (const [width, language] of [
    [320, 'en'],
    [390, 'zh'],
    [1440, 'zh'],
  ] as const) {
    const page = await house.visit({ userId: anna, width });
    for (const path of [...paths, ...desk]) {
      await page.goto(`${path}?lang=${language}`);
      await fits(page, `${path} at ${width}`);
      if (paths.includes(path))
        assert.equal(await page.locator('script[src]').count(), 0, `${path} is sent without a script`);
      if (width === 1440) await picture(page, path.slice(1).replaceAll('/', '-'));
    }
    await page.context().close();
  }
  const stranger = await visit(buyerId);
  for (const path of desk) assert.equal((await stranger.goto(path))?.status(), 404, path);
  await stranger.context().close();
  assert.deepEqual(house.complaints, []);
});
