import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { installCarriers, sandboxCarrier } from '../../src/delivery/parcel/carriers.actions.ts';
import { askCarriers } from '../../src/delivery/parcel/jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { clockwork } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { parcelListing } from '../listings.ts';
import { testLog } from '../log.ts';
import { shippedRules } from '../rules.ts';
import { aShop, buyers } from '../world.ts';
import { picture, says, tickAll } from './steps.ts';

const { db, clock } = await testDatabase({ at: systemClock.now() });
installLogKey(db, testLog(db).signer);
testFiles(db);
await shippedRules(db);
installCarriers(db, sandboxCarrier);
const site = await openConsole(db);
const work = clockwork(db);

const address = {
  key: 'address',
  label: '收货地址',
  type: 'text' as const,
  required: true,
  pattern: null,
  options: [],
  sensitive: true,
  confirmTwice: false,
};
const shelf = await aShop(db, [parcelListing({ questions: [address] })]);
const variantId = must(shelf.listings[0], 'a listing').variantId;

async function pass(hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 4) {
    clock.forward({ hours: Math.min(4, left) });
    await askCarriers(db);
    await work.due();
    await work.news();
  }
}

async function bought(): Promise<{ page: Page; path: string; orderId: string; buyerId: string }> {
  const [buyerId = ''] = await buyers(db, 1);
  const page = await site.visit({ userId: buyerId });
  await page.goto(`/checkout/${encodeId('variant', variantId)}`);
  await page.getByLabel('收货地址').first().fill('杭州市西湖区文二路 391 号');
  await tickAll(page);
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL('**/orders/**');
  const path = new URL(page.url()).pathname;
  return { page, path, buyerId, orderId: path.split('/').at(-1) ?? '' };
}

const shop = await site.visit({ userId: shelf.ownerId });
async function send(orderId: string, tracking: string): Promise<void> {
  await shop.goto(`/merchant/parcels/${orderId}`);
  await shop.getByRole('button', { name: '看收货地址' }).click();
  await says(shop, '文二路 391 号');
  await shop.getByLabel('快递单号').fill(tracking);
  await picture(shop, 'merchant-parcel');
  await shop.getByRole('button', { name: '填好了，已寄出' }).click();
  await says(shop, '已保存');
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('F021 F025 a thing is bought, sent, signed for and unpacked, and what is missing has its price', async () => {
  const { page, path, orderId } = await bought();
  await says(page.locator('#parcel'), '还没寄出');
  await shop.goto('/merchant/parcels');
  await says(shop, '窄轨机车');
  await picture(shop, 'merchant-parcels');
  await send(orderId, 'SF1234567890');
  await pass(16);
  await page.goto(path);
  await says(page.locator('#parcel'), '到达转运中心');
  await picture(page, 'parcel-moving');
  await pass(28);
  await page.goto(path);
  await says(page.locator('#parcel'), '包装和快递面单先留着');
  await page.getByLabel('木片（应有 2）').fill('1');
  await page.getByRole('button', { name: '核对好了' }).click();
  await says(page.locator('#parcel'), '少的部分值 ¥30.00');
  await picture(page, 'parcel-signed');
});

test('F022 F023 a damaged parcel is refused with a photo, without JavaScript; the shop waits for its return', async () => {
  const { path, orderId, buyerId } = await bought();
  await send(orderId, 'SF2234567890');
  await pass(16);
  const page = await site.visit({ userId: buyerId, script: false });
  await page.goto(path);
  await page.getByText('有破损？可以拒收').click();
  await page.getByLabel('哪里不对').fill('箱子压扁了');
  await page.getByRole('button', { name: '我拒收了' }).click();
  await says(page.locator('#parcel'), '拒收要至少一张照片');
  await page.getByText('有破损？可以拒收').click();
  await page.getByLabel('哪里不对').fill('箱子压扁了');
  await page
    .getByLabel('照片（可多选）')
    .last()
    .setInputFiles({ name: 'box.png', mimeType: 'image/png', buffer: png });
  await page.getByRole('button', { name: '我拒收了' }).click();
  await says(page.locator('#parcel'), '已固定 1 张照片');
  await picture(page, 'parcel-refused');
  await shop.goto(`/merchant/parcels/${orderId}`);
  await says(shop, '买家拒收：箱子压扁了');
  await picture(shop, 'merchant-refused');
  await shop.getByRole('button', { name: '等退件' }).click();
  await says(shop, '已保存');
  await pass(28);
  await page.goto(path);
  await says(page.locator('#parcel'), '已退款');
});

test('no page broke the content policy', () => assert.deepEqual(site.complaints, []));
