import { test } from 'node:test';
import { encodeId } from '../../src/kit/public-id.ts';
import { bought, caseShop, filed } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { stock } from '../world.ts';
import { picture, says } from './steps.ts';

const { db } = await testDatabase();
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 5);
const site = await openConsole(db);

test('F143 F007 the page of a case says what the law gives for a counterfeit, and of a price how it is computed again', async () => {
  const who = await bought(db, shelf);
  const page = await site.visit({ userId: who.buyerId });
  const fake = await filed(db, who, { reason: 'COUNTERFEIT' });
  await page.goto(`/cases/${encodeId('case', fake)}`);
  await says(page, '退一赔三');
  await says(page, '¥500.00');
  await picture(page, 'case-counterfeit');
  const other = await bought(db, shelf, { buyerId: who.buyerId });
  const price = await filed(db, other, { reason: 'PRICE_ERROR' });
  await page.goto(`/cases/${encodeId('case', price)}`);
  await says(page, '按下单时的商品版本重算应付 ¥97.50，实收 ¥97.50，没有多收');
  await picture(page, 'case-price');
});
