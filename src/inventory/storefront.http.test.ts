import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../test/caller.ts';
import { testDatabase } from '../../test/database.ts';
import { aListing } from '../../test/listings.ts';
import { changeListing, createListing } from '../catalog/actions.ts';
import type { ListingDraft } from '../catalog/content.contract.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { nobody } from '../kit/viewer.ts';
import { storefrontRoutes } from './storefront.http.ts';

const { db, asOwner, clock } = await testDatabase();
const callAs = callerAs(db, clock, storefrontRoutes);
const api = callAs(nobody);

const category = (n: number): string => `01900000-0000-7000-8000-00000000c00${n}`;
const [pine, moss] = [await aShop('松间数字商行'), await aShop('青禾软件屋')];

async function aShop(name: string): Promise<string> {
  const id = newId(clock.now());
  await asOwner(
    `insert into merchants.shops (id, name, slug, intro, tier, fee_bps, opened_at) values ($1, $2, $3, '卖点卡', 'whitelisted', 200, $4)`,
    [id, name, `s-${id.slice(-8)}`, new Date(clock.now())],
  );
  return id;
}

type Made = { listingId: string; variantIds: readonly string[] };

async function onSale(
  p: {
    shopId?: string;
    category?: number;
    sold?: number;
    stock?: number;
    live?: boolean;
  } & Partial<ListingDraft>,
): Promise<Made> {
  const { shopId = pine, category: n = 1, sold = 0, stock, live = true, ...parts } = p;
  clock.forward({ seconds: 6 });
  const made = await transaction(db, (tx) =>
    createListing(tx, { shopId, categoryId: category(n), content: aListing(parts), live, byId: shopId }),
  );
  ok(made.ok, JSON.stringify(made));
  if (stock !== undefined)
    await asOwner(
      'insert into inventory.pools (shop_id, id, variant_id, next_number, last_number, on_hand, reserved) values ($1, $2, $2, $3, $4, $5, 1)',
      [shopId, made.value.variantIds[0], sold + 1, sold + stock + 1, stock + 1],
    );
  return made.value;
}

const priced = (price: string): Partial<ListingDraft> => ({
  variants: [{ id: null, name: '一张', price, on: true, tiers: [] }],
});
const star = await onSale({ title: '星屿游戏点卡 100 元', stock: 3, sold: 9, ...priced('9750') });
const deep = await onSale({
  title: '深海纪元点卡 50 元',
  keywords: ['深海'],
  stock: 500,
  sold: 40,
  ...priced('4900'),
});
const note = await onSale({
  shopId: moss,
  category: 4,
  title: '墨笺文档专业版',
  keywords: ['办公', 'MOJIAN'],
  ...priced('26800'),
});
const draft = await onSale({ title: '还没上架', live: false });
const gone = await onSale({ title: '已暂停的点卡', stock: 5 });
await transaction(db, (tx) =>
  changeListing(tx, { shopId: pine, listingId: gone.listingId, event: 'suspend', by: 'merchant' }),
);
clock.forward({ seconds: 6 });

const titles = (page: { listings: { title: string }[] }): string[] => page.listings.map((one) => one.title);

for (const [sort, expected] of [
  ['best', ['深海纪元点卡 50 元', '星屿游戏点卡 100 元', '墨笺文档专业版']],
  ['new', ['墨笺文档专业版', '深海纪元点卡 50 元', '星屿游戏点卡 100 元']],
  ['cheap', ['深海纪元点卡 50 元', '星屿游戏点卡 100 元', '墨笺文档专业版']],
  ['dear', ['墨笺文档专业版', '星屿游戏点卡 100 元', '深海纪元点卡 50 元']],
] as const) {
  test(`all that is on sale, ${sort} first, whole and in pages of one`, async () => {
    deepEqual(titles(await api.products({ sort })), expected);
    deepEqual(await inPages({ sort }), expected);
  });
  test(`what a search finds, ${sort} first, in pages of one`, async () => {
    const found = await inPages({ sort, q: '点卡' });
    deepEqual([...found].sort(), ['星屿游戏点卡 100 元', '深海纪元点卡 50 元'].sort());
    deepEqual(found, titles(await api.products({ sort, q: '点卡' })));
  });
}

async function inPages(asked: Record<string, unknown>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: { listings: { title: string }[]; next: string | null } = await api.products({
      ...asked,
      limit: 1,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...titles(page));
    cursor = page.next ?? undefined;
  } while (cursor && seen.length < 20);
  return seen;
}

for (const [q, expected] of [
  ['星屿', ['星屿游戏点卡 100 元']],
  ['屿', ['星屿游戏点卡 100 元']],
  ['游戏 100', ['星屿游戏点卡 100 元']],
  ['ｍｏｊｉａｎ', ['墨笺文档专业版']],
  ['青禾', ['墨笺文档专业版']],
  ['software', ['墨笺文档专业版']],
  ['屿星', []],
  ['%', []],
  ['_', []],
  ['还没上架', []],
  ['已暂停', []],
  ["'; drop table", []],
] as const)
  test(`the search ${q} finds ${expected.length}`, async () =>
    deepEqual(titles(await api.products({ q })), expected));

test('a category and a shop show their own listings and count them', async () => {
  const software = await api.category({ slug: 'software' });
  deepEqual(
    [software.category.name, software.category.listings, titles(software)],
    ['软件授权', 1, ['墨笺文档专业版']],
  );
  equal(
    (await callAs(nobody, null, { language: 'en' }).category({ slug: 'software' })).category.name,
    'Software licences',
  );
  const shop = await api.shopPage({ shopId: encodeId('shop', pine), sort: 'cheap' });
  deepEqual(
    [shop.shop.name, shop.shop.settle_days, shop.shop.listings, titles(shop)],
    ['松间数字商行', 3, 2, ['深海纪元点卡 50 元', '星屿游戏点卡 100 元']],
  );
});

test('the start page has categories with counts, what sells well, and words to search for', async () => {
  const home = await api.home({});
  deepEqual(titles(home), ['深海纪元点卡 50 元', '星屿游戏点卡 100 元', '墨笺文档专业版']);
  deepEqual(
    home.categories.map((one: { slug: string; listings: number }) => [one.slug, one.listings]).slice(0, 4),
    [
      ['cards', 2],
      ['memberships', 0],
      ['topups', 0],
      ['software', 1],
    ],
  );
  equal(home.onSale, 3);
});

test('F006 the stock is told exactly up to 20 and as plenty above, without what is reserved', async () => {
  const page = await api.products({ sort: 'cheap' });
  deepEqual(
    page.listings.map((one: { stock: number | null }) => one.stock),
    [null, 3, 0],
  );
  equal((await api.product({ listingId: encodeId('listing', star.listingId) })).variants[0].stock, 3);
  equal((await api.product({ listingId: encodeId('listing', deep.listingId) })).variants[0].stock, null);
});

test('F056 a product tells its version, its terms and the rights with computed times', async () => {
  const product = await api.product({ listingId: encodeId('listing', star.listingId) });
  const now = clock.now();
  deepEqual(
    [product.state, product.version, product.hash.length, product.binding.rule],
    ['live', 1, 64, '充入即绑定该账号，不能转出'],
  );
  deepEqual(
    [product.rights.deliverBy, product.rights.refundBy],
    [new Date(now + 60_000).toISOString(), new Date(now + 120_000).toISOString()],
  );
  deepEqual(
    [product.rights.settle_days, product.rights.remedy_hours, product.rights.verify_hours],
    [3, 12, 2],
  );
  equal(product.rights.cancelUntil, '2026-11-27T16:00:00.000Z');
  ok(note.listingId);
});

test('a suspended listing is shown as suspended; a draft, a foreign and a malformed id are not there', async () => {
  equal((await api.product({ listingId: encodeId('listing', gone.listingId) })).state, 'suspended');
  for (const listingId of [
    encodeId('listing', draft.listingId),
    encodeId('listing', newId(clock.now())),
    'lst_x',
    encodeId('shop', pine),
  ])
    await rejects(api.product({ listingId }), { code: 'LISTING_NOT_FOUND' });
  await rejects(api.shopPage({ shopId: encodeId('shop', newId(clock.now())) }), { code: 'SHOP_NOT_FOUND' });
  await rejects(api.category({ slug: 'nowhere' }), { code: 'NOT_FOUND' });
  deepEqual(await api.products({ category: 'nowhere' }), { listings: [], next: null });
});

test('a cursor that is not ours is refused', async () => {
  for (const cursor of ['x', 'b~', 'nzzzzzzzzzzzzz~00000000000000000000000000000000', `c1~${'0'.repeat(32)}`])
    await rejects(api.products({ cursor, sort: 'new' }), { code: 'CURSOR_INVALID' });
});
