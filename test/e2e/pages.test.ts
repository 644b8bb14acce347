import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createListing } from '../../src/catalog/actions.ts';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { aListing } from '../listings.ts';
import { fits, says } from './steps.ts';

const { db, asOwner, clock } = await testDatabase();
const site = await openConsole(db);

const shopId = newId(clock.now());
await asOwner(
  `insert into merchants.shops (id, name, slug, intro, tier, fee_bps, opened_at) values ($1, '松间数字商行', 'songjian', '卖点卡', 'whitelisted', 200, $2)`,
  [shopId, new Date(clock.now())],
);
const variants = [
  { id: null, name: '100 元', price: '9750', on: true, tiers: [{ from: 10, price: '9700' }] },
  { id: null, name: '300 元', price: '29100', on: true, tiers: [] },
];
const star = await onSale({ variants });
const sold = await onSale({ title: '深海纪元点卡 50 元' }, 0);
clock.forward({ seconds: 6 });

async function onSale(parts: Parameters<typeof aListing>[0], stock = 500): Promise<string> {
  const content = aListing(parts);
  const made = await transaction(db, (tx) =>
    createListing(tx, {
      shopId,
      categoryId: '01900000-0000-7000-8000-00000000c001',
      content,
      live: true,
      byId: shopId,
    }),
  );
  assert.ok(made.ok, JSON.stringify(made));
  for (const id of made.value.variantIds)
    await asOwner(
      'insert into inventory.pools (shop_id, id, variant_id, next_number, last_number, on_hand, reserved) values ($1, $2, $2, 1, $3, $3, 0)',
      [shopId, id, stock],
    );
  return encodeId('listing', made.value.listingId);
}

const storefront = [
  '/',
  '/search',
  '/search?q=星屿',
  '/c/cards',
  `/g/${star}`,
  `/g/${sold}`,
  `/s/${encodeId('shop', shopId)}`,
  '/rules',
  '/rules?q=卡密',
  '/rules/5',
  '/login',
  '/register',
];

test('storefront pages send no script and no inline style, under a policy without unsafe-inline', async () => {
  for (const path of storefront) {
    const answer = await fetch(site.address + encodeURI(path));
    const html = await answer.text();
    assert.equal(answer.status, 200, path);
    assert.doesNotMatch(html, /<script|<style|\sstyle=|\son[a-z]+=/, path);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(answer.headers.get('content-security-policy') ?? '', /unsafe/);
  }
});

test('a page has one title, which its loader gave; one that is not there has the name of the house', async () => {
  const titles = new Set<string>();
  for (const path of [...storefront, '/no-such-page', '/rules/999']) {
    const html = await (await fetch(site.address + encodeURI(path))).text();
    const found = [...html.matchAll(/<title[^>]*>([^<]*)<\/title>/g)].map(([, title]) => title);
    assert.equal(found.length, 1, `${path}: ${found}`);
    if (path === '/no-such-page' || path === '/rules/999') assert.equal(found[0], '盟约', path);
    else titles.add(found[0] ?? '');
  }
  assert.ok(!titles.has('') && titles.size > storefront.length / 2, [...titles].join());
});

test('no page is wider than its screen, at 320, 390 and 1440 px, in both languages', async () => {
  for (const [width, language] of [
    [320, 'en'],
    [390, 'zh'],
    [1440, 'zh'],
  ] as const) {
    const page = await site.visit({ width });
    for (const path of storefront) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await fits(page, path);
    }
    await page.context().close();
  }
  assert.deepEqual(site.complaints, []);
});

test('what a finger presses on a phone page is at least 48 px high', async () => {
  const page = await site.visit();
  await page.goto(`/g/${star}`);
  const heights = await page.evaluate(() =>
    [...document.querySelectorAll('.btn, .in, .chips a, .qty button, .top nav a')]
      .map((element) => ({
        height: element.getBoundingClientRect().height,
        name: element.className || element.textContent,
      }))
      .filter(({ height }) => height > 0 && height < 48),
  );
  assert.deepEqual(heights, []);
  await page.context().close();
});

test('F056 without JavaScript: search, open, choose a variant and a quantity, and see price and rights follow', async () => {
  const page = await site.visit({ script: false });
  await page.goto('/');
  await page.fill('.hs input[name=q]', '星屿');
  await page.press('.hs input[name=q]', 'Enter');
  await page.click('text=星屿游戏点卡 100 元');
  await says(page.locator('.price'), /¥97\.50/);
  await page.click('text=300 元');
  await says(page.locator('.price'), /¥291\.00/);
  await page.click('text=100 元 >> nth=-1');
  await page.goto(`/g/${star}?quantity=9`);
  await page.click('[aria-label=增加一张]');
  await says(page.locator('.price'), /¥97\.00/);
  await says(page.locator('.dock'), /¥970\.00/);
  await says(page.locator('.cov'), /10 张可用的卡密/);
  await says(page.locator('.cov'), /〔第18条〕/);
  await page.fill('[name=quantity]', '3');
  await page.press('[name=quantity]', 'Enter');
  await says(page.locator('.dock'), /¥292\.50/);
  await page.context().close();
});

test('a citation leads to its article, with its numbers and its meaning in plain words', async () => {
  const page = await site.visit({ script: false });
  await page.goto(`/g/${star}`);
  await page.click('.cov .cite:has-text("第5条") >> nth=0');
  assert.match(page.url(), /\/rules\/5$/);
  await says(page.locator('.lawtext'), /首次查看卡密/);
  assert.deepEqual((await page.locator('.lawtext .p').allInnerTexts()).slice(0, 2), ['2小时', '24小时']);
  await says(page.locator('.plain'), /白话/);
  await page.goto('/rules');
  await page.fill('main [name=q]', '七日无理由');
  await page.press('main [name=q]', 'Enter');
  await says(page, /第20条/);
  await page.context().close();
});

test('what is sold out cannot be bought, stays visible and says why', async () => {
  const page = await site.visit();
  await page.goto(`/g/${sold}`);
  const button = page.locator('.why .btn');
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  const reason = await button.getAttribute('aria-describedby');
  assert.match(await page.innerText(`[id="${reason}"]`), /卖完了/);
  await page.context().close();
});

test('register, log in, see the session, log out, with plain forms', async () => {
  const page = await site.visit({ script: false });
  await page.goto('/account');
  assert.match(page.url(), /\/login\?next=%2Faccount$/);
  await page.goto('/register?next=/account');
  await page.fill('[name=login]', 'lin@example.com');
  await page.fill('[name=password]', 'long enough 长一点');
  await page.fill('[name=name]', '小林');
  await page.click('button:has-text("注册")');
  await page.fill('[name=login]', 'lin@example.com');
  await page.fill('[name=password]', 'not this one');
  await page.click('button:has-text("登录")');
  await says(page.locator('[role=alert]'), /账号或密码不对/);
  assert.equal(await page.inputValue('[name=login]'), 'lin@example.com');
  assert.equal(await page.inputValue('[name=password]'), '');
  await page.fill('[name=password]', 'long enough 长一点');
  await page.click('button:has-text("登录")');
  assert.match(page.url(), /\/account$/);
  await says(page.locator('h1'), /小林/);
  await says(page, /就是这里/);
  await page.click('button:has-text("退出登录")');
  await page.goto('/account');
  assert.match(page.url(), /\/login/);
  await page.context().close();
});

test('a page in English holds no Chinese outside of what shops wrote, and the choice is remembered', async () => {
  const page = await site.visit();
  await page.goto('/login?lang=en');
  for (const path of [
    '/',
    '/search?q=nothing-of-the-kind',
    '/rules',
    '/rules/5',
    '/login',
    '/register',
    '/no-such-page',
  ]) {
    await page.goto(path);
    assert.equal(await page.getAttribute('html', 'lang'), 'en', path);
    const text = await page.evaluate(() => {
      for (const listing of document.querySelectorAll('.goods, .hot, [lang=zh-CN]')) listing.remove();
      return document.body.innerText;
    });
    assert.doesNotMatch(text, /\p{Script=Han}/u, path);
  }
  await page.context().close();
});

test('what is not there is 404 with a page that says so, and the money is safe', async () => {
  for (const path of [
    '/no-such-page',
    '/g/lst_nothing',
    '/s/shp_nothing',
    '/c/nothing',
    '/rules/999',
    '/rules/5?version=0.0.1',
  ]) {
    const answer = await fetch(site.address + path);
    const html = await answer.text();
    assert.equal(answer.status, 404, path);
    assert.match(html, /钱安全吗/, path);
    assert.doesNotMatch(html, /<script/, path);
  }
});

test('a form that comes from another site is refused', async () => {
  const answer = await fetch(`${site.address}/login`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'login=a&password=b',
  });
  assert.equal(answer.status, 400);
});

test('built files come compressed and are kept for ever; nothing outside the client folder is served', async () => {
  const html = await (await fetch(site.address)).text();
  const css = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
  const answer = await fetch(site.address + css, { headers: { 'accept-encoding': 'br, gzip' } });
  assert.equal(answer.headers.get('content-encoding'), 'br');
  assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
  for (const path of ['/.vite/manifest.json', '/assets/../../server/index.js', '/package.json'])
    assert.equal((await fetch(site.address + path)).status, 404, path);
});

test('nothing was complained about in any console', () => assert.deepEqual(site.complaints, []));
