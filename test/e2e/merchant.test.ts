import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { purchaseAll } from '../../src/checkout/purchase.actions.ts';
import { addMembers } from '../../src/identity/people.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';
import { fits, says } from './steps.ts';

const { db, asOwner } = await testDatabase();
const shelf = await aShop(db, [
  {},
  { title: '听澜音乐季卡', variants: [{ id: null, name: '季卡', price: '4500', on: true, tiers: [] }] },
]);
const foreign = await aShop(db);
const [star, music] = shelf.listings;
const starId = encodeId('variant', must(star, 'a listing').variantId);
const musicId = must(music, 'a listing').variantId;
await stock(db, shelf, musicId, 5);
await asOwner('update inventory.pools set alarm_at = 10 where id = $1', [musicId]);
const [buyerId = ''] = await buyers(db, 1);
const [bought] = await transaction(db, async (tx) =>
  purchaseAll(tx, [await wishFor(db, { buyerId, variantId: musicId, quantity: 2 })]),
);
assert.ok(bought?.ok);
const orderId = encodeId('order', must(bought.value.orders[0], 'an order').orderId);

const shop = await openConsole(db);
const owner = { userId: shelf.ownerId };
const main = (page: Page): Promise<string> => page.innerText('main');

/** Keys in a file, with one line that repeats the seventh. */
function file(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, index) => `XY-${String(index).padStart(8, '0')}-KEY`);
  return Buffer.from([...lines, lines[6]].join('\r\n'));
}

test('100,000 keys from a file: checked without writing, one bad row with its cure, then stocked and on sale', async () => {
  const page = await shop.visit(owner);
  await page.goto(`/merchant/import?variant=${starId}`);
  await page
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name: '星屿点卡.txt', mimeType: 'text/plain', buffer: file(100_000) });
  await page.getByLabel('供货方与单号').fill('区域代理 2611-118');
  await page.getByRole('button', { name: '检查，先不入库' }).click();
  await page.getByRole('heading', { name: '看一眼再入库，现在还没写进去' }).waitFor();
  const told = await main(page);
  assert.match(told, /100,001\s*读到的行/);
  assert.match(told, /100,000\s*可以入库/);
  assert.match(told, /第 100001 行\s*与第 7 行相同/);
  assert.match(told, /同一张卡只能卖一次/);
  assert.doesNotMatch(told, /XY-00000006-KEY/, 'keys are masked');
  assert.equal(
    Number(
      (
        await asOwner('select count(*) from inventory.keys where pool_id = $1', [must(star, '').variantId])
      )[0]?.['count'],
    ),
    0,
    'nothing is written',
  );

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 1 行错误表' }).click();
  assert.equal((await download).suggestedFilename(), 'rejects.csv');
  await page.getByRole('button', { name: '入库 100,000 行' }).click();
  await page.getByRole('heading', { name: '入库好了，已经在卖' }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: '看库存', exact: true }).click();
  await page.getByRole('heading', { name: '最近的批次' }).waitFor();
  await says(page, /100,000 张/);
  await says(page, /来自 区域代理 2611-118/);
  await page.goto(`/g/${encodeId('listing', must(star, '').listingId)}`);
  assert.doesNotMatch(await main(page), /卖完了/);
  await page.context().close();
});

test('without JavaScript: pasted keys are checked, and a deleted draft leaves nothing', async () => {
  const page = await shop.visit({ ...owner, script: false });
  await page.goto(`/merchant/import?variant=${starId}`);
  await page.getByLabel('或粘贴在这里，一行一张').fill('一号卡----PASS-A-001\n二号卡----PASS-A-002');
  await page.getByRole('button', { name: '检查，先不入库' }).click();
  await says(page, /四个短横/);
  await says(page, /A 列 卡号 · B 列 密码/);
  await page.getByRole('button', { name: '不要了，删除文件' }).click();
  assert.match(page.url(), /\/merchant\/import$/);
  await page.getByRole('button', { name: '检查，先不入库' }).click();
  await says(page.getByRole('alert'), /里面没有卡密/);
  await page.context().close();
});

test('the inbox says what waits and what happens if nothing is done; the sale of today is in the numbers', async () => {
  const page = await shop.visit({ ...owner, width: 1440 });
  await page.goto('/merchant');
  const told = await main(page);
  assert.match(told, /库存低，补货/);
  assert.match(told, /听澜音乐季卡 季卡，还剩 3 张/);
  assert.match(told, /不处理：卖完后自动停售/);
  assert.match(told, /¥90\.00\s*今天成交，1 单/);
  await page
    .getByRole('img', { name: /14 天日销售额与每日库存/ })
    .locator('canvas')
    .waitFor();
  await page.context().close();
});

test('a listing that says too much is refused at the field with its article; corrected it goes on sale, and the next version shows its difference', async () => {
  const page = await shop.visit({ ...owner, script: false });
  await page.goto('/merchant/listings/new');
  await page.getByLabel('商品名', { exact: true }).fill('浮光会员月卡');
  await page.getByLabel('说明', { exact: true }).fill('浮光会员一个月，全网最低。');
  await page.getByLabel('规格名').fill('月卡');
  await page.getByLabel('价格，元').fill('19.80');
  await page.getByLabel('有效期').fill('激活后 30 天');
  await page.getByLabel('绑定规则', { exact: true }).fill('激活后绑定账号');
  await page.getByLabel('买家怎么验证能用').fill('在官网兑换页输入卡密');
  await page.getByLabel('无理由退款天数').fill('7');
  await page.getByLabel('故障多久答复，小时').fill('12');
  await page.getByLabel('什么情况').first().fill('卡密无效');
  await page.getByLabel('售后说明').fill('卡密无效的，补发或退款由你选。');
  await page.getByLabel('大字').fill('浮光');
  await page.getByRole('button', { name: '保存并上架' }).click();
  const description = page.getByLabel('说明', { exact: true });
  assert.equal(await description.getAttribute('aria-invalid'), 'true');
  const said = await page
    .locator(`[id="${(await description.getAttribute('aria-describedby'))?.split(' ')[0]}"]`)
    .innerText();
  assert.match(said, /绝对化.*〔第12条〕/);
  assert.equal(await page.getByLabel('价格，元').inputValue(), '19.80', 'what was typed is kept');

  await description.fill('浮光会员一个月。');
  await page.getByRole('button', { name: '保存并上架' }).click();
  await says(page.getByRole('status'), /已保存为第 1 版/);
  await says(page, /在售/);
  await page.getByLabel('价格，元').fill('18.80');
  await page.getByRole('button', { name: '保存为新版本' }).click();
  await page.getByRole('link', { name: '历次版本' }).click();
  await says(page.locator('del').first(), /19\.80|1980/);
  await says(page.locator('ins').first(), /18\.80|1880/);
  await page.getByRole('button', { name: '暂停出售' }).click();
  await says(page, /状态已改/);
  await page.goto('/merchant/listings?state=suspended');
  await says(page, /浮光会员月卡/);
  await page.goto('/merchant/listings?q=没有这个');
  await says(page, /没有这样的商品/);
  await page.context().close();
});

test('orders and money: the shop sees that keys were delivered and where the money is, never the keys', async () => {
  const page = await shop.visit(owner);
  await page.goto('/merchant/orders');
  await says(page, /¥90\.00 在托管/);
  await page.getByRole('link', { name: '听澜音乐季卡' }).click();
  await page.getByRole('heading', { name: '听澜音乐季卡 × 2' }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/merchant/orders/${orderId}`);
  await says(page, /封着，没人看过/);
  assert.doesNotMatch(await page.content(), /KEY-\d/);
  await page.goto('/merchant/money');
  await says(page, /¥90\.00\s*托管中，还不是你的/);
  await page.context().close();
});

test('a shop of somebody else is not there, and an account without a shop hears why', async () => {
  const stranger = await shop.visit({ userId: foreign.ownerId });
  assert.equal((await stranger.goto(`/merchant/stock/${starId}`))?.status(), 404);
  assert.equal(
    (await stranger.goto(`/merchant/listings/${encodeId('listing', must(star, '').listingId)}`))?.status(),
    404,
  );
  assert.equal((await stranger.goto(`/merchant/orders/${orderId}`))?.status(), 404);
  const plain = await shop.visit({ userId: buyerId });
  assert.equal((await plain.goto('/merchant'))?.status(), 403);
  await says(plain, /还没有店铺/);
  await stranger.context().close();
  await plain.context().close();
});

test('console pages fit 320, 390 and 1440 px, in both languages, and browsers have nothing to complain about', async () => {
  const paths = [
    '/merchant',
    '/merchant/listings',
    '/merchant/listings/new',
    '/merchant/stock',
    `/merchant/stock/${starId}`,
    '/merchant/import',
    '/merchant/orders',
    `/merchant/orders/${orderId}`,
    '/merchant/money',
  ];
  for (const [width, language] of [
    [320, 'en'],
    [390, 'zh'],
    [1440, 'zh'],
  ] as const) {
    const page = await shop.visit({ ...owner, width });
    for (const path of paths) {
      await page.goto(`${path}?lang=${language}`);
      await fits(page, path);
    }
    await page.context().close();
  }
  assert.deepEqual(shop.complaints, []);
});

test('who works in several shops goes from one to the other, and to no other', async () => {
  await transaction(db, (tx) =>
    addMembers(tx, [{ shopId: foreign.shopId, userId: shelf.ownerId, role: 'orders' }]),
  );
  const names = await asOwner('select id, name from merchants.shops where id = any($1)', [
    [shelf.shopId, foreign.shopId],
  ]);
  const nameOf = (shopId: string): string => String(names.find((row) => row['id'] === shopId)?.['name']);
  const page = await shop.visit(owner);
  await page.goto('/merchant');
  const side = page.getByRole('complementary');
  // The list is by id; which of two shops of the same moment comes first is chance.
  const [here = '', there = ''] = [shelf.shopId, foreign.shopId].toSorted();
  await says(side, nameOf(here));
  await page.getByLabel('换到另一家店').selectOption(encodeId('shop', there));
  await page.getByRole('button', { name: '换店' }).click();
  await says(side, nameOf(there));
  await page.goto('/merchant/orders');
  await says(side, nameOf(there));
  await page.getByLabel('换到另一家店').selectOption(encodeId('shop', here));
  await page.getByRole('button', { name: '换店' }).click();
  await says(side, nameOf(here));
  const third = await aShop(db);
  const answer = await page.request.post(`${shop.address}/merchant/shop`, {
    form: { shop: encodeId('shop', third.shopId) },
    headers: { origin: shop.address },
    maxRedirects: 0,
  });
  assert.equal(answer.headers()['set-cookie'], undefined, 'a shop of others is not chosen');
});
