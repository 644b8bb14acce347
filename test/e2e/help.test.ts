import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { deadlines, reactions } from '../../src/app/reactions.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { askIssuers } from '../../src/delivery/issuer/actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testIssuer } from '../issuer.ts';
import { clubListing } from '../listings.ts';
import { aShop, stock } from '../world.ts';
import { account, type Account, buy, keysOn, loggedIn, picture, reveal, says } from './steps.ts';

// What helps a buyer: the code checker and the issuer beside a key that was seen, and memberships with their days.
const { db, clock } = await testDatabase({ at: systemClock.now() });
const issuer = await testIssuer(db);
const log = openLog('silent');
const site = await openConsole(db);

const shelf = await aShop(db, [
  { issuer: issuer.id },
  clubListing(),
  clubListing({ title: '自选开始的会员' }, { starts: 'buyer' }),
]);
const [card, club, chosen] = shelf.listings.map((one) => one.variantId) as [string, string, string];
await stock(db, shelf, card, 10);
const checkout = (variantId: string): string => `/checkout/${encodeId('variant', variantId)}`;
const sweep = openSweep(db, deadlines, log);

const aBuyer = (): Promise<Account> => account(db, { money: 100_000n });

const shopOwner = await account(db, { shop: { shopId: shelf.shopId, role: 'owner' } });
const open = (page: Page) => page.getByText('用不了？先对一对').click();

for (const script of [true, false])
  test(`F045 F070 ${script ? 'with' : 'without'} JavaScript: a swapped O and 0 is found without a word of the key, and the issuer's answer stands on both pages`, async () => {
    const page = await site.visit({ script });
    await loggedIn(page, await aBuyer());
    await page.goto(`/g/${encodeId('listing', must(shelf.listings[0], 'a listing').listingId)}`);
    await page.getByRole('heading', { name: '买之前先看：怎么用' }).waitFor();
    if (script) await picture(page, 'listing');
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
    if (script) await picture(page, 'key');
    const orderId = page.url().split('/orders/')[1]?.split('?')[0] ?? '';
    const shop = await site.visit({ width: 1440 });
    await loggedIn(shop, shopOwner);
    await shop.goto(`/merchant/orders/${orderId}`);
    const seen = await shop.locator('main').innerText();
    assert.match(seen, /买家对过 2 次/);
    assert.match(seen, /交付以前就用过了/);
    assert.ok(!(await shop.content()).includes(key));
    if (script) await picture(shop, 'shop-order');
    await shop.context().close();
    await page.context().close();
  });

test('F204 a membership is bought, runs down on a moved clock, is renewed before its end, and the shop sees its member', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
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
  await picture(page, 'order-membership');
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
  await picture(page, 'memberships');
  const shop = await site.visit({ width: 1440 });
  await loggedIn(shop, shopOwner);
  await shop.goto('/merchant/members');
  const row = shop.getByRole('row', { name: /小林/ }).first();
  assert.match(await row.innerText(), /2 期/);
  await picture(shop, 'members');
  await shop.getByLabel('会员名、等级、商品名').fill('没有这个人');
  await shop.getByRole('button', { name: '搜索' }).click();
  await shop.getByText('没有这样的会员').waitFor();
  await shop.context().close();
  await page.context().close();
});

test('F204 without JavaScript a membership that waits is started by its buyer', async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await aBuyer());
  await buy(page, checkout(chosen));
  await page.waitForURL('**/orders/**');
  await pumpAll(db, reactions, log);
  await page.reload();
  await picture(page, 'waiting');
  await page.getByRole('button', { name: '现在开始' }).click();
  await page.getByText('会员开始了，天数从明天起算').waitFor();
  await page.getByText('还剩 30 天').waitFor();
  await page.context().close();
});

test('no page complained', () => assert.deepEqual(site.complaints, []));
