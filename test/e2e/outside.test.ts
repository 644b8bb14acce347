import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import { recordIdentity } from '../../src/merchants/identity.actions.ts';
import { startPayments } from '../../src/payments/actions.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { unzip, verifyBundle } from '../../bin/verify.mjs';
import { clockwork } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { testLog } from '../log.ts';
import { testSandbox, until, type SandboxPayment } from '../sandbox.ts';
import { aShop, stock, wishFor } from '../world.ts';
import { account, type Account, buy, loggedIn, picture, reveal, says } from './steps.ts';

const database = await testDatabase({ at: systemClock.now() });
const { db, asOwner } = database;
testFiles(db);
const log = testLog(db);
installLogKey(db, log.signer);
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
const site = await openConsole(db);
const work = clockwork(db);

const shelf = await aShop(db, [{ title: '青禾软件屋 激活码', goods: 'card' }]);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 20);
await transaction(db, (tx) =>
  recordIdentity(tx, {
    shopId: shelf.shopId,
    kind: 'company',
    legalName: '杭州青禾数字科技有限公司',
    licenceNo: '91330106MA2GXXXX0K',
    registeredAt: '杭州市西湖区市场监督管理局',
    address: '浙江省杭州市西湖区文三路 100 号',
    contactName: '王建国',
    phone: '0571-88880000',
    email: 'legal@qinghe.example',
    byId: null,
  }),
);

const aBuyer = (): Promise<Account> => account(db, { money: 100_000n });
const aClerk = (): Promise<Account> => account(db, { shop: { shopId: shelf.shopId, role: 'orders' } });

async function bytesOf(page: Page, press: () => Promise<unknown>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path());
}

for (const script of [true, false])
  test(`F052 F127 F163 story 18 in a browser ${script ? 'with' : 'without'} JavaScript: from the order to 12315 and to the court`, async () => {
    const page = await site.visit({ script });
    await loggedIn(page, await aBuyer());
    await buy(page, `/checkout/${encodeId('variant', variantId)}`);
    await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
    await reveal(page);
    await sequenceAll(log);
    await page.getByRole('link', { name: '12315、法院、公安：材料和证据包' }).first().click();
    await page.getByRole('heading', { level: 1, name: '维权出路' }).waitFor();
    await says(page, '杭州青禾数字科技有限公司');
    await page.getByLabel('姓名').fill('李晓明');
    await page.getByLabel('电话', { exact: true }).fill('13812345678');
    await page.getByLabel('通讯地址').fill('广东省深圳市南山区科技园 1 号');
    await picture(page, 'outside');
    const pdf = await bytesOf(page, () => page.getByRole('button', { name: '下载 PDF' }).click());
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    const pack = JSON.parse(
      String(await bytesOf(page, () => page.getByRole('button', { name: '下载 JSON' }).click())),
    );
    assert.deepEqual([pack.complainant.name, pack.missing], ['李晓明', []]);
    const zip = await bytesOf(page, () => page.getByRole('link', { name: '下载证据包（zip）' }).click());
    const wrong: string[] = [];
    verifyBundle(unzip(zip), {}, (where, what) => void wrong.push(`${where}: ${what}`));
    assert.deepEqual(wrong, []);
    const voucher = await bytesOf(page, () => page.getByRole('link', { name: '订单凭证 PDF' }).click());
    assert.equal(voucher.subarray(0, 5).toString(), '%PDF-');
    await page.locator('summary', { hasText: '记一笔' }).click();
    await page.getByLabel('机构名称').fill('南山区市场监督管理局');
    await page.getByLabel('编号（没有就空着）').fill('1440305002026112100001');
    await page.getByRole('button', { name: '记一笔' }).click();
    await page.getByText('记下了。').waitFor();
    await says(page, /最迟 .*告诉你是否受理/);
    await picture(page, 'outside-recorded');
    await page.context().close();
  });

test('F156 whoever scans the code of a key sees its chain without a login', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
  await buy(page, `/checkout/${encodeId('variant', variantId)}`);
  await reveal(page);
  await sequenceAll(log);
  await page.getByRole('link', { name: '溯源码' }).first().click();
  await page.getByRole('img', { name: /溯源码/ }).waitFor();
  await picture(page, 'provenance-code');
  const href = (await page.getByRole('link', { name: '打开溯源页' }).getAttribute('href')) ?? '';
  const stranger = await site.visit();
  await stranger.goto(href);
  await stranger.getByRole('heading', { level: 1, name: '来源完整，验证通过' }).waitFor();
  await says(stranger, /入库[\s\S]*售出[\s\S]*查看/);
  assert.ok(!/KEY-\d/.test(await stranger.content()));
  await picture(stranger, 'provenance');
  await stranger.goto('/verify/voucher');
  await stranger.getByLabel('凭证或 SHA-256').fill('00'.repeat(32));
  await stranger.getByRole('button', { name: '核验' }).click();
  await stranger.getByText('无效：没有开过这张凭证').waitFor();
  for (const one of [page, stranger]) await one.context().close();
});

test('F126 in a browser: a complaint at the channel comes to the shop with both clocks, and the answer goes back', async () => {
  const { userId } = await account(db);
  const answer = await purchaseLane(db).submit(
    await wishFor(db, { buyerId: userId, variantId, paidBy: 'channel' }),
  );
  assert.ok(answer.ok);
  const paymentId = answer.value.paymentId ?? '';
  await startPayments(db, [paymentId]);
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'pay' });
  const trade = await until(
    async () => (await driver<SandboxPayment>(`payments/${paymentNumber(paymentId)}`)).trades[0],
    'it is paid',
  );
  await until(
    async () =>
      (await asOwner(`select 1 from payments.trades where trade_no = $1`, [trade.tradeNo])).length > 0,
    'we know of it',
  );
  await work.news();
  const { number } = await driver<{ number: string }>('complaints', {
    trade_no: trade.tradeNo,
    text: '激活码提示无效，商家两小时没回',
  });
  await until(
    async () => (await asOwner('select 1 from payments.complaints where number = $1', [number])).length > 0,
    'the notice came',
  );
  await work.news();
  const shop = await site.visit();
  await loggedIn(shop, await aClerk());
  await shop.goto('/merchant/complaints');
  await says(shop, /激活码提示无效[\s\S]*渠道的时间[\s\S]*首次回复最迟[\s\S]*平台售后[\s\S]*商家处理中/);
  await picture(shop, 'shop-complaints');
  await shop.getByLabel('回复内容（200 字以内）').fill('抱歉，马上核实，有问题直接退');
  await shop.getByRole('button', { name: '回复' }).click();
  await shop.getByText('写下了，正在发给渠道。').waitFor();
  const desk = await site.visit({ width: 1440 });
  await loggedIn(desk, await account(db, { staff: 'support' }));
  await desk.goto('/operator/complaints');
  await says(desk, '抱歉，马上核实');
  await picture(desk, 'operator-complaints');
  for (const one of [shop, desk]) await one.context().close();
});

test('F189 F167 in a browser: a hold and a request by two people, and the authority looks with its code', async () => {
  const who = await aBuyer();
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId: who.userId, variantId }));
  assert.ok(answer.ok);
  const orderId = encodeId('order', answer.value.orders[0]?.orderId ?? '');
  const [anna, boris] = [await site.visit({ width: 1440 }), await site.visit({ width: 1440 })];
  await loggedIn(anna, await account(db, { staff: 'risk' }));
  await loggedIn(boris, await account(db, { staff: 'risk' }));
  await anna.goto('/operator/lawful');
  await anna.getByText('登记冻结').first().click();
  const hold = anna.locator('details').filter({ hasText: '登记冻结' });
  await hold.getByLabel('机关名称').fill('杭州市西湖区人民法院');
  await hold.getByLabel('文号').fill('（2026）浙0106财保123号');
  await hold.getByLabel('文书的 SHA-256').fill('ab'.repeat(32));
  await hold.getByLabel('编号（ord_、shp_、usr_）').fill(orderId);
  await hold.getByLabel('事由').fill('财产保全');
  await hold.getByLabel('到哪天').fill('2027-11-21');
  await hold.getByRole('button', { name: '登记冻结' }).click();
  await anna.getByText('记下了。').waitFor();
  await says(anna, '这一步要另一个人');
  await anna.getByText('登记调取').first().click();
  const wish = anna.locator('details').filter({ hasText: '登记调取' });
  await wish.getByLabel('机关名称').fill('杭州市西湖区人民法院');
  await wish.getByLabel('文号').fill('（2026）浙0106民初456号');
  await wish.getByLabel('文书的 SHA-256').fill('cd'.repeat(32));
  await wish.getByLabel('法律依据').fill('民事诉讼法第六十七条');
  await wish.getByLabel('要什么').fill('该订单全部证据');
  await wish.getByLabel('编号（ord_、shp_、usr_）').fill(orderId);
  await wish.getByLabel('到哪天').fill('2027-01-01');
  await wish.getByRole('button', { name: '登记调取' }).click();
  await anna.getByText('该订单全部证据').waitFor();
  await boris.goto('/operator/lawful');
  await boris.getByRole('button', { name: '复核，冻结' }).click();
  await boris.getByText('冻结中').waitFor();
  await boris.getByRole('button', { name: '复核，开放' }).click();
  const code = (await boris.getByText('调取码只显示这一次').locator('.mono').innerText()).trim();
  await picture(boris, 'lawful');
  const court = await site.visit();
  await court.goto('/authority');
  await court.getByLabel('调取码').fill(code);
  await court.getByRole('button', { name: '查看' }).click();
  await says(court, /杭州市西湖区人民法院[\s\S]*订单 1 个/);
  await picture(court, 'authority');
  const zip = await bytesOf(court, () => court.getByRole('button', { name: '下载证据包（zip）' }).click());
  assert.ok(unzip(zip).has('verify.mjs'));
  assert.equal((await court.goto('/schemas/regulator-export-1.json'))?.status(), 200);
  const buyer = await site.visit();
  await loggedIn(buyer, who);
  await buyer.goto(`/orders/${orderId}/outside`);
  await says(buyer, /依法冻结[\s\S]*财保123号/);
  for (const one of [anna, boris, court, buyer]) await one.context().close();
});

test('the pages of the ways out speak no error into the console', () =>
  assert.deepEqual(site.complaints, []));
