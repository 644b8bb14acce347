import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { openPages } from '../../src/app/pages.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { deadlines, reactions } from '../../src/app/reactions.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { buildWeb, webIsBuilt } from '../../src/app/web-build.ts';
import { askIssuers } from '../../src/delivery/issuer/actions.ts';
import { addMembers, createUsers } from '../../src/identity/people.actions.ts';
import { hashPassword } from '../../src/identity/password.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { fen } from '../../src/kit/money.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import { post } from '../../src/ledger/actions.ts';
import { demoOpening } from '../../src/ledger/rules.ts';
import { findBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { testIssuer } from '../issuer.ts';
import { clubListing } from '../listings.ts';
import { aShop, stock } from '../world.ts';
import { buy, keysOn, loggedIn, password, reveal, says } from './steps.ts';

// What helps a buyer: the code checker and the issuer beside a key that was seen, and memberships with their days.
const { db, clock } = await testDatabase({ at: systemClock.now() });
const issuer = await testIssuer(db);
if (!webIsBuilt()) await buildWeb();
const config = { publicOrigin: undefined, mode: 'demo' as const, trustedProxies: '' };
const log = openLog('silent');
const pages = await openPages({ demo: true });
const app = createApp({ db, config, log, viewerOf: viewerOfRequest, pages });
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
after(() => browser.close());

const shelf = await aShop(db, [
  { issuer: issuer.id },
  clubListing(),
  clubListing({ title: '自选开始的会员' }, { starts: 'buyer' }),
]);
const [card, club, chosen] = shelf.listings.map((one) => one.variantId) as [string, string, string];
await stock(db, shelf, card, 10);
const checkout = (variantId: string): string => `/checkout/${encodeId('variant', variantId)}`;
const sweep = openSweep(db, deadlines, log);

let people = 0;
async function account(shopId?: string): Promise<string> {
  const login = `helped${(people += 1)}@example.com`;
  const passwordHash = await hashPassword(password);
  await transaction(db, async (tx) => {
    const [userId = ''] = await createUsers(tx, [
      { kind: 'account', contact: login, passwordHash, name: '小林' },
    ]);
    await post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId, amount: fen(100_000n) })] }]);
    if (shopId) await addMembers(tx, [{ shopId, userId, role: 'owner' }]);
  });
  return login;
}

const complaints: string[] = [];
async function visit({ script = true, width = 390 } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    javaScriptEnabled: script,
    locale: 'zh-CN',
    baseURL: server.address,
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return page;
}
const shots = process.env['SHOTS'];
/** Looked at by hand: the page on a phone and on a desk. */
async function shot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
}
const shopOwner = await account(shelf.shopId);
const open = (page: Page) => page.getByText('用不了？先对一对').click();

for (const script of [true, false])
  test(`F045 F070 ${script ? 'with' : 'without'} JavaScript: a swapped O and 0 is found without a word of the key, and the issuer's answer stands on both pages`, async () => {
    const page = await visit({ script });
    await loggedIn(page, await account());
    await page.goto(`/g/${encodeId('listing', must(shelf.listings[0], 'a listing').listingId)}`);
    await page.getByRole('heading', { name: '买之前先看：怎么用' }).waitFor();
    if (script) await shot(page, 'listing');
    await buy(page, checkout(card));
    await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
    assert.equal(await page.getByText('用不了？先对一对').count(), 0, 'a sealed key has no checker');
    await reveal(page);
    const [key = ''] = await keysOn(page);
    await page.goto(page.url());
    await open(page);
    await page.getByLabel('把你在官网输入的那一串粘过来').fill(` ${key.replace('0', 'O')}`);
    await page.getByRole('button', { name: '对一对' }).click();
    await page.getByText('就是这一张，只是写法有出入').waitFor();
    const said = await page.locator('main').innerText();
    assert.match(said, /看混了：O 和 0/);
    assert.match(said, /多了空格/);
    assert.ok(!(await page.content()).includes(key), 'the key is not in the page');
    await page.getByLabel('把你在官网输入的那一串粘过来').fill(key);
    await page.getByRole('button', { name: '对一对' }).click();
    await page.getByText('和发给你的一模一样').waitFor();
    await issuer.mood('used_before_delivery', key);
    await page.getByRole('button', { name: '向发行方核验' }).click();
    await page.getByText('正在问发行方。').waitFor();
    assert.equal(await askIssuers(db, 10), 1);
    await page.reload();
    await says(page.locator('main'), /发给你之前就用过了。这是商家的责任/);
    if (script) await shot(page, 'key');
    const orderId = page.url().split('/orders/')[1]?.split('?')[0] ?? '';
    const shop = await visit({ width: 1440 });
    await loggedIn(shop, shopOwner);
    await shop.goto(`/merchant/orders/${orderId}`);
    const seen = await shop.locator('main').innerText();
    assert.match(seen, /买家对过 2 次/);
    assert.match(seen, /交付以前就用过了/);
    assert.ok(!(await shop.content()).includes(key));
    if (script) await shot(shop, 'shop-order');
    await shop.context().close();
    await page.context().close();
  });

test('F204 a membership is bought, runs down on a moved clock, is renewed before its end, and the shop sees its member', async () => {
  const page = await visit();
  await loggedIn(page, await account());
  await buy(page, checkout(club));
  await page.waitForURL('**/orders/**');
  await pumpAll(db, reactions, log);
  await page.reload();
  await page.getByText('还剩 30 天').waitFor();
  clock.forward({ days: 24, hours: 12 });
  await sweep.run();
  await page.reload();
  await page.getByText('快到期').first().waitFor();
  await says(page.locator('main'), /还剩 [56] 天/);
  await shot(page, 'order-membership');
  const left = Number(/还剩 (\d+) 天/.exec(await page.locator('main').innerText())?.[1]);
  await page.goto('/messages');
  await page
    .getByText(/会员还剩 \d+ 天/)
    .first()
    .waitFor();
  await page.goto('/account/memberships');
  await page.getByRole('link', { name: '续一期' }).click();
  await page.waitForURL('**/checkout/**');
  await buy(page, page.url());
  await page.waitForURL('**/orders/**');
  await pumpAll(db, reactions, log);
  await page.goto('/account/memberships');
  await page.getByText(`还剩 ${left + 30} 天`).waitFor();
  await shot(page, 'memberships');
  const shop = await visit({ width: 1440 });
  await loggedIn(shop, shopOwner);
  await shop.goto('/merchant/members');
  const row = shop.getByRole('row', { name: /小林/ }).first();
  assert.match(await row.innerText(), /2 期/);
  await shot(shop, 'members');
  await shop.getByLabel('会员名、等级、商品名').fill('没有这个人');
  await shop.getByRole('button', { name: '搜索' }).click();
  await shop.getByText('没有这样的会员').waitFor();
  await shop.context().close();
  await page.context().close();
});

test('F204 without JavaScript a membership that waits is started by its buyer', async () => {
  const page = await visit({ script: false });
  await loggedIn(page, await account());
  await buy(page, checkout(chosen));
  await page.waitForURL('**/orders/**');
  await pumpAll(db, reactions, log);
  await page.reload();
  await shot(page, 'waiting');
  await page.getByRole('button', { name: '现在开始' }).click();
  await page.getByText('会员开始了，天数从明天起算').waitFor();
  await page.getByText('还剩 30 天').waitFor();
  await page.context().close();
});

test('no page complained', () => assert.deepEqual(complaints, []));
