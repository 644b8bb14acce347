import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { clockwork } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { aShop, stock } from '../world.ts';
import { account, type Account, buy, loggedIn, picture, reveal, says } from './steps.ts';

const database = await testDatabase({ at: systemClock.now() });
const { db, clock, asOwner } = database;
const log = testLog(db);
installLogKey(db, log.signer);
const site = await openConsole(db);
const work = clockwork(db);

const shelf = await aShop(db, [{ title: '青禾软件屋 激活码', goods: 'card' }]);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 60);

const aBuyer = (): Promise<Account> => account(db, { money: 100_000n });
const aClerk = (): Promise<Account> => account(db, { shop: { shopId: shelf.shopId, role: 'orders' } });

async function filed(page: Page): Promise<void> {
  await buy(page, `/checkout/${encodeId('variant', variantId)}`);
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  await reveal(page);
  await sequenceAll(log);
  await page.getByRole('link', { name: '不能用' }).click();
  await page.getByRole('link', { name: '跳过，直接提交售后' }).click();
  await page.getByRole('heading', { name: '说清三件事，钱马上冻住' }).waitFor();
  await page.getByLabel('具体表现').fill('13:40 激活，提示“授权码不存在”');
  await page.getByLabel('试过什么').fill('去掉空格重试三次，换过网络');
  await page.getByLabel('错误代码（有就填）').fill('E404');
  await picture(page, 'claim');
  await page.getByRole('button', { name: '提交，冻住这笔钱' }).click();
  await page.getByText('提交好了，钱已经冻住').waitFor();
}

for (const script of [true, false])
  test(`stories 3, 4 ${script ? 'with' : 'without'} JavaScript: the buyer files from the key, sees who must act by when; the shop cannot refuse without proof, and its silence refunds (F049, F078, F087, F103, F122)`, async () => {
    const page = await site.visit({ script });
    await loggedIn(page, await aBuyer());
    await filed(page);
    const main = page.locator('main');
    await says(page.getByRole('heading', { level: 1 }), /你的 ¥97\.50 还在托管，\s*商家拿不走/);
    const said = await main.innerText();
    for (const part of [
      '轮到商家',
      '接下来只有这几种可能',
      '系统自动退 ¥97.50',
      '证据夹',
      '这笔钱冻住了',
      '先推定你说得对',
      '授权码不存在',
    ])
      assert.ok(said.includes(part), part);
    await picture(page, 'case');
    const caseUrl = new URL(page.url()).pathname;

    const shop = await site.visit({ script });
    await loggedIn(shop, await aClerk());
    await shop.goto('/merchant/cases');
    await picture(shop, 'shop-cases');
    await shop.getByRole('link', { name: '处理' }).first().click();
    await shop.getByRole('heading', { level: 1, name: /轮到你/ }).waitFor();
    await picture(shop, 'shop-case');
    await shop.getByText('拒绝', { exact: true }).click();
    await shop.getByLabel('理由').selectOption('USER_ERROR');
    await shop.getByLabel('说明').fill('操作不当');
    await shop.getByLabel('上面写了什么').last().fill('没有');
    await shop.getByRole('button', { name: '提交拒绝' }).click();
    await shop.getByRole('alert').getByText('只说“操作不当”不算答复').waitFor();
    await shop.context().close();

    clock.forward({ hours: 24 });
    await work.due();
    await page.goto(caseUrl);
    await says(page.getByRole('heading', { level: 1 }), /¥97\.50 退给你了/);
    await picture(page, 'case-refunded');
    await page.goto('/account/wallet');
    await says(page.getByRole('heading', { level: 1 }), /¥1,000\.00/);
    await page.context().close();
  });

test('stories 5, 6 in a browser: refused with proof, escalated, taken, decided with articles and money, carried out (F051, F125, F212)', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
  await filed(page);
  const caseUrl = new URL(page.url()).pathname;
  const shop = await site.visit();
  await loggedIn(shop, await aClerk());
  await shop.goto(caseUrl.replace('/cases/', '/merchant/cases/'));
  await shop.getByText('拒绝', { exact: true }).click();
  await shop.getByLabel('理由').selectOption('CONSUMED_AFTER_REVEAL');
  await shop.getByLabel('说明').fill('查看后由买家账号兑换');
  await shop.getByLabel('上面写了什么').last().fill('2026-11-20 13:02 由买家账号兑换');
  await shop.getByRole('button', { name: '提交拒绝' }).click();
  await shop.getByText('记下了。').waitFor();

  await page.goto(caseUrl);
  await says(page.getByRole('heading', { level: 1 }), /商家没同意，\s*钱还冻着/);
  await picture(page, 'case-refused');
  await page.getByLabel('你想让平台看什么').fill('兑换的不是我的账号');
  await page.getByRole('button', { name: '申请平台介入' }).click();
  await page.getByText('记下了。').waitFor();
  await says(page.getByRole('heading', { level: 1 }), /平台接手了/);

  const desk = await site.visit({ width: 1440 });
  await loggedIn(desk, await account(db, { staff: 'support' }));
  await desk.goto('/operator/cases');
  await picture(desk, 'desk');
  await desk.getByRole('link', { name: '看', exact: true }).first().click();
  await desk.getByRole('checkbox').check();
  await desk.getByRole('button', { name: '接案' }).click();
  await desk.getByText('记下了。').waitFor();
  await desk.getByLabel('一、查明').fill('发码方记录显示兑换账号不是买家的账号，早于查看时间。');
  await desk.getByLabel('二、证据与责任').fill('商家提交的记录与发码方回执矛盾。');
  await desk.getByLabel('责任认定').fill('商家未能证明卡密交付时有效，应当退款。');
  await picture(desk, 'desk-case');
  await desk.getByRole('button', { name: '作出裁决' }).click();
  await desk.getByText('没有引用条款').waitFor();
  await desk.getByLabel('依据条款').fill('5、22');
  await desk.getByRole('button', { name: '作出裁决' }).click();
  await desk.getByText('记下了。').waitFor();

  await page.goto(caseUrl);
  await says(page.getByRole('heading', { level: 1 }), /平台支持你：\s*¥97\.50/);
  await says(page.locator('main'), /裁决书[\s\S]*商家未能证明/);
  await picture(page, 'case-decided');

  await desk.getByText('写下这一案的认定').click();
  await desk.getByLabel('认定了什么').selectOption('false_evidence');
  await desk.getByLabel('凭哪份证据').selectOption({ index: 1 });
  await desk.getByLabel('证据说明了什么').fill('记录里的兑换时间与发码方回执矛盾');
  await picture(desk, 'desk-finding');
  await desk.getByRole('button', { name: '记下认定' }).click();
  await desk.getByText('认定记下了，风控台看得到。').waitFor();
  const [signal] = await asOwner(
    `select side, kind, evidence from risk.signals where kind = 'false_evidence'`,
    [],
  );
  assert.ok(signal);
  assert.equal(signal['side'], 'merchant');
  const { exhibit, says: found } = signal['evidence'] as { exhibit: number; says: string };
  assert.deepEqual([exhibit, found], [1, '记录里的兑换时间与发码方回执矛盾']);
  clock.forward({ hours: 72 });
  await work.due();
  await page.goto(caseUrl);
  await says(page.getByRole('heading', { level: 1 }), /¥97\.50 退给你了/);
  for (const one of [page, shop, desk]) await one.context().close();
});

test('the pages of cases speak no error into the console', () => assert.deepEqual(site.complaints, []));
