import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { encodeId } from '../../src/kit/public-id.ts';
import { newId } from '../../src/kit/ids.ts';
import { fen } from '../../src/kit/money.ts';
import { transaction } from '../../src/kit/tx.ts';
import { post } from '../../src/ledger/actions.ts';
import { demoOpening } from '../../src/ledger/rules.ts';
import { clockwork, staffer } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { aShop, buyers, stock } from '../world.ts';
import { picture, says } from './steps.ts';

const { db, asOwner, clock } = await testDatabase();
const shelf = await aShop(db, [{}]);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 5);
const transfers = [demoOpening({ userId: shelf.ownerId, amount: fen(500_000n) })];
await transaction(db, (tx) => post(tx, [{ key: newId(tx.wall), transfers }]));
const site = await openConsole(db);
const work = clockwork(db);
const listing = `/g/${encodeId('listing', shelf.listings[0]?.listingId ?? '')}`;

async function payIn(page: Page, yuan: string): Promise<void> {
  await page.getByLabel('金额（元）').fill(yuan);
  await page.getByLabel(/我的钱包/).check();
  await page.getByRole('button', { name: '缴存' }).click();
}

test('F094 F096 a shop pays its deposit out of the owner’s wallet; its pages say so, and stop saying so the moment a cent is missing', async () => {
  const page = await site.visit({ userId: shelf.ownerId });
  await page.goto('/merchant/deposit');
  await says(page, '还没要求缴存');
  await picture(page, 'deposit-none');
  await payIn(page, '400');
  await says(page, '还差 ¥600.00');
  await says(page, /最迟/);
  await picture(page, 'deposit-short');
  await payIn(page, '9999');
  await says(page, '这个账户里的钱不够');
  await page.goto('/merchant/deposit');
  await payIn(page, '600');
  await says(page, '保证金充足');
  await picture(page, 'deposit-enough');
  const [visitor = ''] = await buyers(db, 1, 0n);
  const guest = await site.visit({ userId: visitor });
  await guest.goto(listing);
  await says(guest, '保证金充足');
  await guest.goto(`/search?deposit=full`);
  assert.equal(await guest.locator('.goods a').count(), 1);
  await picture(guest, 'search-deposit');
  await asOwner(
    `update ledger.accounts set balance_fen = balance_fen - 1 where kind = 'deposit' and id = $1`,
    [shelf.shopId],
  );
  await guest.goto(listing);
  assert.ok(!(await guest.innerText('main')).includes('保证金充足'));
  await guest.goto(`/search?deposit=full`);
  assert.equal(await guest.locator('.goods a').count(), 0);
  await asOwner(
    `update ledger.accounts set balance_fen = balance_fen + 1 where kind = 'deposit' and id = $1`,
    [shelf.shopId],
  );
});

test('F094 a shop closes, without JavaScript too; its deposit goes back when one of the staff asked and another agreed', async () => {
  const owner = await site.visit({ userId: shelf.ownerId, script: false });
  await owner.goto('/merchant/deposit');
  await owner.getByText('关店并退还保证金').click();
  await owner.getByRole('button', { name: '我要关店' }).click();
  await says(owner, '店铺退出中');
  await picture(owner, 'deposit-leaving');
  clock.forward({ days: 91 });
  await work.due();
  const [first, second] = [await staffer(db, 'finance'), await staffer(db, 'finance')];
  const asks = await site.visit({ userId: first.userId ?? '' });
  await asks.goto('/operator/deposits');
  await asks.getByLabel('理由').fill('已退店，期满');
  await asks.getByRole('button', { name: '申请退还' }).click();
  await says(asks, '你申请的，要另一个人复核');
  const agrees = await site.visit({ userId: second.userId ?? '' });
  await agrees.goto('/operator/deposits');
  await says(agrees, '等第二人复核');
  await picture(agrees, 'operator-deposits');
  await agrees.getByRole('button', { name: '同意退还' }).click();
  await says(agrees, '已退还');
  const back = await site.visit({ userId: shelf.ownerId });
  await back.goto('/merchant/deposit');
  await says(back, '保证金已退还');
});
