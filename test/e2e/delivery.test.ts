import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { markLateLines, refundLateLines } from '../../src/delivery/jobs.ts';
import { dueNow } from '../../src/kit/deadlines.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { manualListing } from '../listings.ts';
import { aShop } from '../world.ts';
import { account, password, picture, says, tickAll } from './steps.ts';

const { db, clock } = await testDatabase({ at: systemClock.now() });
const shelf = await aShop(db, [manualListing()]);
const { variantId, listingId } = must(shelf.listings[0], 'a listing');
const shop = await openConsole(db);

/** A buyer with a password, since what is delivered asks for it in a new browser. */
const aBuyer = async (): Promise<string> => (await account(db, { money: 100_000n })).userId;

async function checkout(page: Page): Promise<void> {
  await page.goto(`/checkout/${encodeId('variant', variantId)}?quantity=1`);
}

/** Buys, with the number typed twice. */
async function bought(page: Page): Promise<string> {
  await checkout(page);
  await page.getByLabel('要充的手机号', { exact: true }).fill('138 0013 8000');
  await page.getByLabel('再填一遍：要充的手机号').pressSequentially('13800138000');
  await tickAll(page);
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL('**/orders/ord_*');
  await page.getByText('等商家交付').first().waitFor();
  return must(page.url().split('/').at(-1), 'an order');
}
/** The shop takes the order on, looks at what the buyer gave, and delivers; saying only "sent" is refused on the way. */
async function fulfilled(orderId: string, script: boolean): Promise<void> {
  const work = await shop.visit({ userId: shelf.ownerId, script, width: 1440 });
  await work.goto('/merchant/deliveries');
  await work.getByRole('checkbox').first().check();
  await picture(work, `todo-${script}`);
  await work.getByRole('button', { name: '接下选中的' }).click();
  await work.getByText('接下了 1 单').waitFor();
  await work.goto(`/merchant/deliveries/${orderId}`);
  await says(work, /138\*\*\*\*8000/);
  await work.getByRole('button', { name: '看完整内容' }).click();
  await work.getByText('13800138000').waitFor();
  await says(work, /已经记录：你看过/);
  await work.goto(`/merchant/deliveries/${orderId}`);
  await work.getByLabel('账号', { exact: true }).fill('已发');
  await work.getByLabel('密码', { exact: true }).fill('已发');
  await work.getByRole('button', { name: '交付', exact: true }).click();
  await work.getByRole('alert').first().waitFor();
  await says(work, /只写“已发”不算交付/);
  await work.getByLabel('账号', { exact: true }).fill('wang@example.cn');
  await work.getByLabel('密码', { exact: true }).fill('Geheim-2026');
  await picture(work, `fulfil-${script}`);
  await work.getByRole('button', { name: '交付', exact: true }).click();
  await work.getByText('交付了，买家已经收到通知').waitFor();
  assert.doesNotMatch(await work.content(), /Geheim-2026/, 'the shop does not read it again');
  await work.context().close();
}

for (const script of [true, false])
  test(`F012 F017 F062 by hand, ${script ? 'with' : 'without'} JavaScript: bought at 390 px, delivered by the shop, looked at and confirmed`, async () => {
    const buyerId = await aBuyer();
    const page = await shop.visit({ userId: buyerId, script });
    await page.goto(`/g/${encodeId('listing', listingId)}`);
    await says(page, /付款后 30 分内交付，晚了全额退/);
    await says(page, /说到做到了吗/);
    await picture(page, `listing-${script}`);
    if (!script) {
      await checkout(page);
      await page.getByLabel('要充的手机号', { exact: true }).fill('13800138000');
      await page.getByLabel('再填一遍：要充的手机号').fill('13800138001');
      await tickAll(page);
      await page.getByRole('button', { name: /^付款 ¥/ }).click();
      await page.getByRole('alert').first().waitFor();
      await says(page, /两次填的不一样/);
    } else {
      await checkout(page);
      await page.getByLabel('要充的手机号', { exact: true }).fill('13800138000');
      await page.getByLabel('再填一遍：要充的手机号').pressSequentially('13800138000');
      await page.getByText('将用于 138****8000').waitFor();
      await picture(page, 'checkout');
    }
    const orderId = await bought(page);
    await says(page, /钱在托管里，等商家交付/);
    await says(page, /只在聊天里说“已发”不算交付/);
    assert.doesNotMatch(await page.content(), /13800138000/, 'the number is masked');
    await picture(page, `order-waiting-${script}`);

    await fulfilled(orderId, script);

    await page.goto(`/orders/${orderId}`);
    await says(page, /交付了，先看看对不对/);
    assert.doesNotMatch(await page.content(), /Geheim/);
    await says(page, /怎么确认到没到/);
    await picture(page, `order-arrived-${script}`);
    await page.getByLabel('再输一次密码').fill(password);
    await page.getByRole('button', { name: '查看内容' }).click();
    await page.getByText('Geheim-2026').waitFor();
    await picture(page, `order-shown-${script}`);
    await page.goto(`/orders/${orderId}`);
    assert.doesNotMatch(await page.content(), /Geheim/, 'a reload shows nothing');
    await says(page, /看过 1 次/);
    await page.getByRole('button', { name: '确认收货' }).click();
    await page
      .getByText(/订单完成了/)
      .first()
      .waitFor();
    await page.context().close();
  });

test('O5x late: the buyer cancels with one click and has everything back; what is never delivered goes back by itself', async () => {
  const buyerId = await aBuyer();
  const page = await shop.visit({ userId: buyerId });
  const first = await bought(page);
  const second = await bought(page);
  await page.goto(`/orders/${first}`);
  await says(page, /还没到承诺的时间/);
  clock.forward({ minutes: 31 });
  await transaction(db, async (tx) =>
    markLateLines(tx, await dueNow(tx, { now: tx.business, what: 'delivery.late', limit: 100 })),
  );
  await page.goto(`/orders/${first}`);
  await says(page, /过了承诺时间还没交付，你可以一键取消/);
  await picture(page, 'order-late');
  const work = await shop.visit({ userId: shelf.ownerId, width: 1440 });
  await work.goto('/merchant/deliveries?filter=late');
  await says(work, /晚了/);
  await picture(work, 'todo-late');
  await page.getByRole('button', { name: '取消并全额退款' }).click();
  await page.getByText(/取消了。钱退到你付款的地方/).waitFor();
  await page.goto('/account/wallet');
  await says(page, /902\.50/);
  clock.forward({ minutes: 31 });
  await transaction(db, async (tx) =>
    refundLateLines(tx, await dueNow(tx, { now: tx.business, what: 'delivery.undelivered', limit: 100 })),
  );
  await page.goto(`/orders/${second}`);
  await says(page, /钱已经退回/);
  await work.goto('/merchant/promises');
  await says(work, /望川视频 会员代开/);
  await picture(work, 'promises');
  assert.deepEqual(shop.complaints, []);
  await page.context().close();
  await work.context().close();
});
