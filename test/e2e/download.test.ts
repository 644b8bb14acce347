import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { moveClock } from '../../src/kit/clock.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { forgetOffset, transaction } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { aDisk, aDownloadShop, bought, pump, sweep } from '../downloads.ts';
import { eicar, testFiles } from '../files.ts';
import { picture, says } from './steps.ts';

const { db } = await testDatabase({ at: systemClock.now() });
testFiles(db);
const disk = await aDisk(db, { '/s/one': '文件 1 个，输入提取码' });
const shop = await aDownloadShop(db, { delivery: { mode: 'automatic', within_seconds: 3600 } });
const site = await openConsole(db);
const main = (page: Page): Promise<string> => page.innerText('main');
const bytes = Buffer.from('十二份简历模板\n'.repeat(200));
const hash = sha256(bytes).toString('hex');

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('F140 F142 F177 a shop uploads a file, its buyer sees what it is, downloads it, and it is the same', async () => {
  const owner = await site.visit({ userId: shop.ownerId });
  await owner.goto('/merchant/downloads');
  await picture(owner, 'download-shop-list');
  await owner.getByRole('link', { name: '松果模板 简历 12 款' }).click();
  await owner.getByRole('heading', { name: '上传文件' }).waitFor();
  const field = owner.getByLabel('选择文件');
  await field.setInputFiles({ name: 'virus.txt', mimeType: 'text/plain', buffer: eicar });
  await owner.getByRole('button', { name: '上传并给买家' }).click();
  await owner.getByText('文件里有已知的恶意程序，没有保存。').waitFor();
  await field.setInputFiles({ name: '简历 12 款.txt', mimeType: 'text/plain', buffer: bytes });
  await owner.getByLabel('版本号').first().fill('5.2');
  await owner.getByRole('button', { name: '上传并给买家' }).click();
  await owner.getByText('已登记。等着的买家马上就能下载。').waitFor();
  await says(owner, new RegExp(hash));
  await picture(owner, 'download-shop');

  const order = await bought(db, shop);
  await pump(db);
  const page = await site.visit({ userId: order.buyerId });
  await page.goto(`/orders/${encodeId('order', order.orderId)}`);
  const told = await main(page);
  for (const sign of [
    /简历 12 款\.txt/,
    /5\.2/,
    /没有发现恶意程序/,
    /3 次（共 3 次）/,
    new RegExp(hash),
    /sha256sum/,
    /Get-FileHash/,
  ])
    assert.match(told + (await page.content()), sign);
  await picture(page, 'download-ready');
  const file = await saved(page, '下载');
  assert.deepEqual(file.bytes, bytes);
  assert.equal(file.name, '简历 12 款.txt');
  await page.reload();
  await says(page, /2 次（共 3 次）/);
  assert.doesNotMatch(await main(page), /不要了，取消并退款/);

  const plain = await site.visit({ userId: order.buyerId, script: false });
  await plain.goto(`/orders/${encodeId('order', order.orderId)}`);
  assert.deepEqual((await saved(plain, '再下载一次')).bytes, bytes);
});

test('F211 F181 nothing came: after ten minutes one click says so, the shop registers an address without a script, and it is there', async () => {
  const late = await aDownloadShop(db, {
    title: '松果模板 婚礼请柬',
    delivery: { mode: 'automatic', within_seconds: 3600 },
  });
  const order = await bought(db, late);
  await pump(db);
  const page = await site.visit({ userId: order.buyerId });
  const at = `/orders/${encodeId('order', order.orderId)}`;
  await page.goto(at);
  await page.getByText('还没收到下载地址', { exact: true }).waitFor();
  await page.getByText('付款满 10 分钟还没收到，再点这里。').waitFor();
  await picture(page, 'download-waiting');
  await transaction(db, (tx) => moveClock(tx, { minutes: 10 }));
  forgetOffset(db);
  await sweep(db);
  await page.reload();
  await page.getByRole('button', { name: '未收到下载地址' }).click();
  await page.getByText('商家更正下载地址').waitFor();
  await picture(page, 'download-reported');

  const owner = await site.visit({ userId: late.ownerId, script: false });
  await owner.goto('/merchant/downloads');
  await says(owner, /1 单没收到/);
  await owner.getByRole('link', { name: '松果模板 婚礼请柬' }).click();
  await says(owner, /平台核实：没有地址/);
  await picture(owner, 'download-shop-problem');
  await owner.getByLabel('下载地址', { exact: true }).fill(disk.url('/s/none'));
  await owner.getByLabel('提取码（没有就空着）').fill('a1b2');
  await owner.getByLabel('文件名').fill('请柬.zip');
  await owner.getByLabel('文件的 SHA-256').fill(hash);
  await owner.getByRole('button', { name: '检查并登记' }).click();
  await says(owner, /平台打不开这个地址，没有登记/);
  await owner.getByLabel('下载地址', { exact: true }).fill(disk.url('/s/one'));
  await owner.getByRole('button', { name: '检查并登记' }).click();
  await says(owner, /已登记/);
  await pump(db);

  await page.goto(at);
  await page.getByRole('button', { name: '看下载地址' }).click();
  await page.getByRole('link', { name: '打开下载地址' }).waitFor();
  await says(page, /a1b2/);
  await picture(page, 'download-address');
  await page.getByRole('link', { name: '回到订单' }).click();
  await page.getByRole('heading', { name: '下载', exact: true }).waitFor();
  const english = await site.visit({ userId: order.buyerId, language: 'en-GB' });
  await english.goto(at);
  await says(english, /Show the address/);
  await picture(english, 'download-english');
  assert.deepEqual(site.complaints, []);
});
