import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { bought, caseShop, staffer, type Bought } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { stock } from '../world.ts';
import { picture } from './steps.ts';

const { db } = await testDatabase({ at: systemClock.now() });
const shelf = await caseShop(db, { devices: '大陆地区账号可用', useWithin_hours: 240 });
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
const { visit, complaints } = await openConsole(db);

const at = (one: Bought): string => `/orders/${encodeId('order', one.orderId)}`;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const asked = (page: Page, question: RegExp) =>
  page.getByRole('heading', { level: 2, name: question }).waitFor();

for (const script of [true, false])
  test(`F043 F044 F045 ${script ? 'with' : 'without'} JavaScript: from “不能用” through the questions and the comparison to a claim that has it all filled in`, async () => {
    const one = await bought(db, shelf);
    const page = await visit({ userId: one.buyerId, script });
    await page.goto(at(one));
    await page.getByRole('link', { name: '不能用' }).click();
    await asked(page, /它提示什么/);
    if (script) await picture(page, 'diagnosis-first');
    await page.getByLabel('提示原文').fill('提示：卡密不存在');
    await press(page, '卡密错误或不存在');
    await asked(page, /对一对/);
    await page.getByLabel('贴你输入的卡密').fill('NOT-THE-KEY-1');
    if (script) await picture(page, 'diagnosis-compare');
    await press(page, '对一对');
    await asked(page, /不要手抄/);
    await press(page, '贴对了还是不行');
    await asked(page, /换成流量/);
    await press(page, '还是不行');
    await asked(page, /对得上/);
    await page.getByText('大陆地区账号可用').waitFor();
    await press(page, '对得上');
    await asked(page, /清一下缓存/);
    await press(page, '还是不行');
    await page.getByText('建议的申诉场景：卡密无效或不存在').waitFor();
    if (script) await picture(page, 'diagnosis-end');
    await page.getByRole('link', { name: '提交售后', exact: true }).click();
    await page.getByText('排查时试过的步骤已经填好').waitFor();
    const tried = await page.getByLabel('试过什么').inputValue();
    assert.ok(tried.includes('换网络：还是不行') && tried.includes('提示：卡密不存在'), tried);
    assert.ok(await page.getByLabel('卡密无效或不存在').isChecked());
    if (script) await picture(page, 'diagnosis-claim');
    await page.getByLabel('具体表现').fill('激活提示不存在');
    await press(page, '提交，冻住这笔钱');
    await page.getByText('提交好了，钱已经冻住').waitFor();
    const main = page.locator('main');
    assert.ok((await main.innerText()).includes('换网络：还是不行'));
  });

test('F043 every step has a way past it with one press', async () => {
  const one = await bought(db, shelf);
  const page = await visit({ userId: one.buyerId, script: false });
  await page.goto(`${at(one)}/diagnosis?unit=1-1`);
  const skip = page.getByRole('link', { name: '跳过，直接提交售后' });
  await skip.waitFor();
  await press(page, '别的提示，或没反应');
  await asked(page, /换成流量/);
  await skip.click();
  await page.getByRole('heading', { name: '说清三件事，钱马上冻住' }).waitFor();
});

test('F044 support drafts a version, breaks it, reads what is wrong, mends it and publishes it, without JavaScript', async () => {
  const { userId } = await staffer(db, 'support');
  const page = await visit({ userId: userId ?? '', script: false, width: 1440 });
  await page.goto('/operator/diagnosis');
  await picture(page, 'trees');
  await page.getByRole('row', { name: /点卡/ }).getByRole('button', { name: '起草新版本' }).click();
  await page.getByRole('heading', { level: 1, name: /第 2 版/ }).waitFor();
  await page.getByText('没有问题：每条路都有结果').waitFor();
  const network = page.getByRole('listitem').filter({ hasText: /^network/ });
  await network.getByRole('link', { name: '修改' }).click();
  const english = page.getByLabel('问题或说明（英文）');
  const before = await english.inputValue();
  await english.fill('');
  await picture(page, 'tree-node');
  await press(page, '存进草稿');
  await page.getByText('中文和英文都要写').waitFor();
  await picture(page, 'tree-faults');
  await press(page, '发布这一版');
  await page.getByText('还有必须改的地方').waitFor();
  await network.getByRole('link', { name: '修改' }).click();
  await english.fill(`${before} Be patient.`);
  await press(page, '存进草稿');
  await page.getByText('没有问题：每条路都有结果').waitFor();
  await press(page, '发布这一版');
  await page.getByText('这一版不能改').waitFor();
  await page.goto('/operator/diagnosis/card/1');
  await page.getByText('这一版不能改').waitFor();
  await page.getByText('断开 Wi-Fi').first().waitFor();
});

test('the pages run without a complaint of the browser', () => assert.deepEqual(complaints, []));
