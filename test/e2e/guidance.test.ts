import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeExports } from '../../src/community/exports.actions.ts';
import { shipGuides } from '../../src/community/guides.actions.ts';
import { questions } from '../../src/community/lessons.data.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { bought, caseShop, filed } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { shippedRules } from '../rules.ts';
import { stock } from '../world.ts';
import { account, password, picture, says } from './steps.ts';

const { db } = await testDatabase({ at: systemClock.now() });
installLogKey(db, testLog(db).signer);
await shippedRules(db);
await shipGuides(db);
const site = await openConsole(db);

const shelf = await caseShop(db);
await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 10);
const order = await bought(db, shelf, { quantity: 2 });
const orderPath = `/orders/${encodeId('order', order.orderId)}`;
const [reader, support] = [await account(db), await account(db, { staff: 'support', name: '客服小周' })];

test('F187 F192 F210 the help centre finds a sentence in Chinese, judges a guide, and offers three ways, without JavaScript', async () => {
  const page = await site.visit({ userId: reader.userId, script: false });
  await page.goto('/help');
  await says(page, '找到我们的三种方式');
  await says(page, '维权不收费，也没有代理');
  await picture(page, 'help');
  await page.getByRole('main').getByRole('searchbox').fill('我的卡密已经被人用了');
  await page.getByRole('main').getByRole('button', { name: '搜索' }).click();
  await page.getByRole('link', { name: '卡密无效或已被使用怎么办' }).click();
  await says(page, '1 次阅读');
  await picture(page, 'help-article');
  await page.getByRole('button', { name: '有用', exact: true }).click();
  await says(page, '1 人觉得有用');
  await page.getByLabel('我要问').fill('专业代理维权，不成功不收费');
  await page.getByRole('button', { name: '我要问' }).click();
  await says(page, '这条要客服先看过');
});

test('F192 a call is booked on the phone and the support opens its number', async () => {
  const page = await site.visit({ userId: reader.userId });
  await page.goto('/help/call');
  await page.getByLabel('电话').fill('138 0013 8000');
  await picture(page, 'callback');
  await page.getByRole('button', { name: '约这个时段' }).click();
  await says(page, '打到 138****8000');
  const desk = await site.visit({ userId: support.userId });
  await desk.goto('/operator/calls');
  await desk.getByRole('button', { name: '打开号码' }).click();
  await says(desk, '号码：13800138000');
  await picture(desk, 'operator-calls');
  await desk.getByRole('button', { name: '打通了' }).click();
  await says(desk, '没有等着的回电');
  await desk.goto('/operator/help');
  await says(desk, '压下原因');
  await picture(desk, 'operator-help');
});

test('F060 lessons are read, the quiz is passed, and the badge stands on the account', async () => {
  const page = await site.visit({ userId: reader.userId, script: false });
  await page.goto('/learn');
  await picture(page, 'learn');
  await page.getByRole('link', { name: '钱在哪，谁能动' }).click();
  await says(page, '别在站外付款');
  await picture(page, 'lesson');
  await page.goto('/learn/quiz');
  for (const { choices, right } of questions)
    await page.getByLabel(must(choices[right], 'a right choice').zh).check();
  await page.getByRole('button', { name: '交卷' }).click();
  await says(page, '答对 5 / 5');
  await picture(page, 'quiz');
  await page.goto('/account');
  await says(page, '懂规则');
  await picture(page, 'account');
});

test('F061 F064 F100 F191 an order says what to do next, who answers for it, its course, and where it stands', async () => {
  const page = await site.visit({ userId: order.buyerId });
  await page.goto(orderPath);
  await says(page.locator('#tasks'), '揭示：查看买到的');
  await says(page.locator('#liability'), '和你签约的卖家');
  await page.getByText('全部步骤').click();
  await page.getByText('全过程').click();
  await page.locator('summary', { hasText: '你在这里' }).click();
  await picture(page, 'order-guide');
  await page.getByRole('link', { name: '在整张图上看' }).click();
  await page.waitForURL('**/rules/map?order=**');
  await says(page, '回到订单');
  await says(page.locator('.mstate.at').first(), '已交付');
});

test('F191 the map is public, explains every state, and marks a case for its buyer, without JavaScript', async () => {
  const caseId = encodeId('case', await filed(db, order));
  const page = await site.visit({ userId: order.buyerId, script: false });
  await page.goto(`/rules/map?case=${caseId}`);
  await says(page.locator('.mstate.at').first(), '商家处理中');
  await says(page.locator('.mstate.at').first(), '最迟');
  await picture(page, 'map');
  const stranger = await site.visit({ userId: reader.userId, script: false });
  await stranger.goto(`/rules/map?case=${caseId}`);
  assert.equal(await stranger.locator('.mstate.at').count(), 0);
  assert.ok((await stranger.locator('.mstate').count()) > 20);
});

test('F168 a copy of one’s data is asked for with the password and fetched once', async () => {
  const page = await site.visit({ userId: reader.userId, script: false });
  await page.goto('/account/data');
  await page.getByLabel('登录密码').fill(password);
  await page.getByRole('button', { name: '做一份副本' }).click();
  await says(page, '排队中');
  await makeExports(db);
  await page.getByRole('link', { name: '刷新看进度' }).click();
  await page.getByLabel('登录密码').fill(password);
  await picture(page, 'my-data');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载' }).click(),
  ]);
  assert.equal(readFileSync(await download.path()).toString('latin1', 0, 2), 'PK');
  await page.goto('/account/data');
  await says(page, '下载过');
});

test('no page broke the content policy', () => assert.deepEqual(site.complaints, []));
