import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { workTables } from '../../src/app/worker.ts';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { accountOf } from '../../src/delivery/licence/account.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { reader } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { openFile } from '../licence-client.ts';
import { aLicenceListing } from '../licences.ts';
import { aShop } from '../world.ts';
import { account, password, picture, says, tickAll } from './steps.ts';

const { db } = await testDatabase({ at: systemClock.now() });
const shelf = await aShop(db, [aLicenceListing({ unbind: { times: 1, per_days: 365 } }, { activations: 2 })]);
const { variantId } = must(shelf.listings[0], 'a listing');
const shop = await openConsole(db);

const aBuyer = async (): Promise<string> => (await account(db, { money: 100_000n })).userId;

/** Buys a licence; the worker of this test issues it. */
async function bought(page: Page): Promise<string> {
  await page.goto(`/checkout/${encodeId('variant', variantId)}?quantity=1`);
  await tickAll(page);
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL('**/orders/ord_*');
  await pumpAll(db, workTables.reactions, openLog('silent'));
  await page.reload();
  return must(page.url().split('/').at(-1), 'an order');
}

/** What the licensed software does on a device. */
const software = (key: string) => ({
  activate: async (fingerprint: string, name: string): Promise<number> => {
    const answer = await fetch(`${shop.address}/v1/machines`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.api+json', authorization: `License ${key}` },
      body: JSON.stringify({
        data: {
          type: 'machines',
          attributes: { fingerprint, name, platform: 'linux' },
          relationships: { license: { data: { type: 'licenses', id: key } } },
        },
      }),
    });
    return answer.status;
  },
  validate: async (fingerprint: string): Promise<string> => {
    const answer = await fetch(`${shop.address}/v1/licenses/actions/validate-key`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ meta: { key, scope: { fingerprint } } }),
    });
    return ((await answer.json()) as { meta: { code: string } }).meta.code;
  },
});

/** The key as the page shows it; the password is asked for in a new browser. */
async function revealed(page: Page): Promise<string> {
  await page.getByRole('button', { name: '查看密钥' }).click();
  const field = page.getByLabel('登录密码');
  await field.waitFor();
  await field.fill(password);
  await page.getByRole('button', { name: '查看密钥' }).click();
  const code = page.locator('.code b').first();
  await code.waitFor();
  return code.innerText();
}

for (const script of [true, false])
  test(`F035 F017 ${script ? 'with' : 'without'} JavaScript: a licence is bought, revealed, activated, unbound within its quota, and taken offline`, async () => {
    const name = script ? 'licence' : 'licence-plain';
    const page = await shop.visit({ userId: await aBuyer(), script });
    const orderId = await bought(page);
    await page.getByRole('heading', { name: '许可证和设备' }).waitFor();
    await says(page, /已绑定 0 \/ 2 台 · 长期有效/);
    await picture(page, `${name}-sealed`);
    const key = await revealed(page);
    assert.match(key, /^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
    await picture(page, `${name}-key`);

    const { activate, validate } = software(key);
    assert.deepEqual(
      [await activate('print-1', '书房的电脑'), await activate('print-2', '旧笔记本')],
      [201, 201],
    );
    assert.equal(await validate('print-2'), 'VALID');
    await page.goto(`/orders/${orderId}`);
    assert.ok(!(await page.content()).includes(key), 'the key is under its cover again');
    await says(page, /已绑定 2 \/ 2 台/);
    await picture(page, `${name}-devices`);
    await page
      .getByRole('listitem')
      .filter({ hasText: '旧笔记本' })
      .getByRole('button', { name: '解绑' })
      .click();
    await page.waitForURL('**/account/licences?order=*did=unbind');
    await page.getByText('已解绑，位置空出来了。').waitFor();
    assert.equal(await validate('print-2'), 'FINGERPRINT_SCOPE_MISMATCH');
    await page.getByText(/365 天内的 1 次解绑用完了/).waitFor();
    await picture(page, `${name}-quota`);

    await page.getByText('设备不联网怎么办').click();
    await page.getByLabel('设备指纹').fill('offline-9');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载离线文件' }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^mch_\w+\.lic$/);
    const stream = await file.createReadStream();
    let text = '';
    for await (const piece of stream) text += String(piece);
    const account = must(await accountOf(await reader(db), shelf.shopId), 'an account');
    const publicKey = account.publicKey.toString('hex');
    const opened = openFile(text, {
      kind: 'machine',
      publicKey,
      secret: `${key}offline-9`,
      now: new Date(systemClock.now() + 1000),
    });
    assert.equal(opened.data.attributes['fingerprint'], 'offline-9');
    assert.deepEqual(shop.complaints, []);
    await page.context().close();
  });

test('F035 the shop finds a licence by its device, reads its log, and copies its public key', async () => {
  const buyer = await shop.visit({ userId: await aBuyer() });
  await bought(buyer);
  const key = await revealed(buyer);
  await software(key).activate('print-7', '工作室一号机');
  await software(key).activate('print-8', '工作室二号机');
  await software(key).activate('print-9', '工作室三号机');
  await buyer.context().close();
  for (const width of [390, 1440]) {
    const page = await shop.visit({ userId: shelf.ownerId, width });
    await page.goto('/merchant/licences?q=工作室一号机');
    await says(page, /2 \/ 2/);
    await picture(page, 'shop-licences');
    await page.getByRole('link', { name: '墨笺文档授权 专业版' }).click();
    await page.waitForURL('**/merchant/licences/lic_*');
    await says(page, /激活被拒绝[\s\S]*设备台数已经满了/);
    assert.ok(!(await page.content()).includes(key), 'a shop sees no key');
    await picture(page, 'shop-licence');
    await page.goto('/merchant/licences/guide');
    const account = must(await accountOf(await reader(db), shelf.shopId), 'an account');
    assert.ok((await page.innerText('main')).includes(account.publicKey.toString('hex')));
    await picture(page, 'shop-guide');
    await page.context().close();
  }
});

test('F035 all my licences stand on one page, also on a wide screen', async () => {
  const page = await shop.visit({ userId: await aBuyer(), width: 1440 });
  await bought(page);
  await picture(page, 'licence-order');
  await page.goto('/account/licences');
  await page.getByRole('heading', { name: '我的许可证' }).waitFor();
  await says(page, /墨笺文档授权 专业版[\s\S]*密钥 \*{4}-/);
  await picture(page, 'licences');
  await page.context().close();
});
