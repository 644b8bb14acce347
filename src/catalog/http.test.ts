import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../test/caller.ts';
import { testDatabase } from '../../test/database.ts';
import { aListing } from '../../test/listings.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { nobody, type ShopRole, type Viewer } from '../kit/viewer.ts';
import { catalogRoutes } from './http.ts';

const { db, asOwner, clock } = await testDatabase();
const cards = encodeId('category', '01900000-0000-7000-8000-00000000c001');
const [pine, moss] = [await aShop('松间数字商行'), await aShop('青禾软件屋')];
const shopId = encodeId('shop', pine);

async function aShop(name: string): Promise<string> {
  const id = newId(clock.now());
  await asOwner(
    `insert into merchants.shops (id, name, slug, intro, tier, fee_bps, opened_at) values ($1, $2, $3, '', 'trusted', 200, $4)`,
    [id, name, `s-${id.slice(-8)}`, new Date(clock.now())],
  );
  return id;
}

const member = (shop: string, role: ShopRole): Viewer => {
  const userId = newId(clock.now());
  return { ...nobody, userId, buyerIds: [userId], shops: [{ shopId: shop, role }] };
};
const owner = member(pine, 'owner');
const stranger = { ...nobody, userId: newId(clock.now()) };
let keys = 0;

const call = callerAs(db, clock, catalogRoutes);
const callAs = (viewer: Viewer, key: string | null = `key-${(keys += 1)}`) => call(viewer, key);

const create = (parts: object = {}, viewer: Viewer = owner) =>
  callAs(viewer).create({ shopId, categoryId: cards, content: aListing(), live: true, ...parts });
const read = (listingId: string, viewer: Viewer = owner) => callAs(viewer).myListing({ shopId, listingId });

test('everybody sees the categories in their order', async () => {
  const { categories } = await callAs(nobody).categories({});
  deepEqual(
    categories.map((one: { name: { zh: string } }) => one.name.zh),
    ['卡密点卡', '会员权益', '话费流量', '软件授权', '游戏币道具', '成品账号', '下载与课程', '实物与服务'],
  );
});

test('a merchant writes a listing, edits what was read back, and sees what each version changed', async () => {
  const made = await create();
  deepEqual([made.version, made.state], [1, 'live']);
  const mine = await read(made.listingId);
  deepEqual(
    [mine.hash, mine.findings, mine.events, mine.categoryId],
    [made.hash, [], ['suspend', 'delist'], cards],
  );
  const content = { ...mine.content, validity: '至 2028年05月31日' };
  const next = await callAs(owner).publishVersion({
    shopId,
    listingId: made.listingId,
    categoryId: cards,
    content,
    after: 1,
  });
  equal(next.version, 2);
  const { versions } = await callAs(owner).versions({ shopId, listingId: made.listingId });
  deepEqual(
    versions.map((one: { version: number; changes: unknown }) => [one.version, one.changes]),
    [
      [2, [{ field: 'validity', before: '至 2027年05月31日', after: '至 2028年05月31日' }]],
      [1, []],
    ],
  );
  equal((await read(made.listingId)).content.variants[0].id, mine.content.variants[0].id);
});

test('my listings are searched, filtered by state, counted and paged', async () => {
  const shop = member(await aShop('分页店'), 'goods');
  const own = encodeId('shop', shop.shops[0]?.shopId ?? '');
  const titles = ['甲点卡', '乙点卡', '丙月卡'];
  for (const title of titles) {
    clock.forward({ seconds: 1 });
    await create({ shopId: own, content: aListing({ title }), live: title !== '乙点卡' }, shop);
  }
  const list = async (asked: object) => await callAs(shop).myListings({ shopId: own, ...asked });
  const names = (page: { listings: { title: string }[] }) => page.listings.map((one) => one.title);
  deepEqual(names(await list({})), ['丙月卡', '乙点卡', '甲点卡']);
  deepEqual(names(await list({ q: '甲点' })), ['甲点卡']);
  deepEqual(names(await list({ state: 'draft' })), ['乙点卡']);
  deepEqual((await list({})).counts, { draft: 1, live: 2, suspended: 0, delisted: 0 });
  const first = await list({ limit: 2 });
  deepEqual(names(await list({ limit: 2, cursor: first.next })), ['甲点卡']);
  await rejects(list({ cursor: 'x' }), { code: 'CURSOR_INVALID' });
});

test('the same idempotency key writes one listing', async () => {
  const api = callAs(owner, 'same');
  const asked = { shopId, categoryId: cards, content: aListing({ title: '只此一份' }), live: true };
  const [one, two] = [await api.create(asked), await api.create(asked)];
  equal(one.listingId, two.listingId);
  await rejects(api.create({ ...asked, live: false }), { code: 'IDEMPOTENCY_KEY_REUSED' });
  await rejects(callAs(owner, null).create(asked), { code: 'IDEMPOTENCY_KEY_REQUIRED' });
});

test('F157 a refusal names the field, the article and the words; the check tells all of them before', async () => {
  const content = aListing({ description: '一经售出，概不退款。', validity: '' });
  await rejects(create({ content }), (error: { code: string; data: { detail: Record<string, unknown> } }) => {
    deepEqual(
      [error.code, error.data.detail['field'], error.data.detail['article'], error.data.detail['found']],
      ['LISTING_TERM_VOID', 'description', '21', '一经售出,概不退'],
    );
    return true;
  });
  const { findings } = await callAs(owner).check({ shopId, content });
  deepEqual(
    findings.map((one: { refusal: string }) => one.refusal),
    ['LISTING_TERM_VOID', 'LISTING_INCOMPLETE'],
  );
});

test('a merchant suspends, resumes and delists; what a state does not allow is refused', async () => {
  const { listingId } = await create();
  const change = (event: string) => callAs(owner).change({ shopId, listingId, event });
  equal((await change('suspend')).state, 'suspended');
  await rejects(change('suspend'), { code: 'LISTING_STATE_REFUSED' });
  equal((await change('resume')).state, 'live');
  equal((await change('delist')).state, 'delisted');
  await rejects(change('resume'), { code: 'LISTING_STATE_REFUSED' });
});

test('nobody else may: each answer to a foreign listing is the answer to one that does not exist', async () => {
  const { listingId } = await create();
  const calls = (api: ReturnType<typeof callAs>, id: string) => [
    () => api.myListings({ shopId }),
    () => api.myListing({ shopId, listingId: id }),
    () => api.versions({ shopId, listingId: id }),
    () => api.create({ shopId, categoryId: cards, content: aListing() }),
    () => api.check({ shopId, content: aListing() }),
    () => api.publishVersion({ shopId, listingId: id, categoryId: cards, content: aListing(), after: 1 }),
    () => api.change({ shopId, listingId: id, event: 'suspend' }),
  ];
  for (const viewer of [stranger, member(moss, 'owner'), member(pine, 'orders'), member(pine, 'money')])
    for (const id of [listingId, encodeId('listing', newId(clock.now()))])
      for (const call of calls(callAs(viewer), id)) await rejects(call(), { code: 'NOT_FOUND' });
  for (const call of calls(callAs(nobody), listingId)) await rejects(call(), { code: 'LOGIN_REQUIRED' });
  const other = encodeId('shop', moss);
  for (const call of [
    () => callAs(member(moss, 'owner')).myListing({ shopId: other, listingId }),
    () => callAs(member(moss, 'owner')).versions({ shopId: other, listingId }),
    () => callAs(member(moss, 'owner')).change({ shopId: other, listingId, event: 'suspend' }),
  ])
    await rejects(call(), { code: 'LISTING_NOT_FOUND' });
});

test('F172 a form with a field that a listing does not have is refused', async () => {
  await rejects(create({ content: { ...aListing(), serviceFee: '100' } }), { code: 'BAD_REQUEST' });
  ok((await create()).listingId);
});
