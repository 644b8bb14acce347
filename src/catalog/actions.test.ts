import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aListing } from '../../test/listings.ts';
import { canonicalJson } from '../kit/json.ts';
import { newId } from '../kit/ids.ts';
import { sha256 } from '../kit/secret.ts';
import { reader, transaction } from '../kit/tx.ts';
import {
  changeListing,
  createListing,
  createListings,
  publishVersion,
  savePriceGroup,
  setPriceGroup,
  type NewListing,
} from './actions.ts';
import type { ListingDraft } from './content.contract.ts';
import { offersOf } from './offers.actions.ts';
import { priceOf } from './rules.ts';

const { db, asOwner, clock } = await testDatabase();
const cards = '01900000-0000-7000-8000-00000000c001';
const owner = newId(clock.now());
const [shopA, shopB] = [await aShop('松间数字商行', 'whitelisted'), await aShop('青禾软件屋', 'trusted')];

async function aShop(name: string, tier: string): Promise<string> {
  const id = newId(clock.now());
  await asOwner(
    `insert into merchants.shops (id, name, slug, intro, tier, fee_bps, opened_at) values ($1, $2, $3, '', $4, 200, $5)`,
    [id, name, `s-${id.slice(-8)}`, tier, new Date(clock.now())],
  );
  return id;
}

const asked = (shopId: string, content: ListingDraft = aListing(), live = true): NewListing => ({
  shopId,
  categoryId: cards,
  content,
  live,
  byId: owner,
});

async function onSale(
  shopId: string,
  content?: ListingDraft,
): Promise<{ listingId: string; variantIds: readonly string[] }> {
  const made = await transaction(db, (tx) => createListing(tx, asked(shopId, content)));
  ok(made.ok, JSON.stringify(made));
  return made.value;
}

const contentOf = async (listingId: string, version: number): Promise<Record<string, unknown>> =>
  (
    await asOwner('select * from catalog.listing_versions where listing_id = $1 and version = $2', [
      listingId,
      version,
    ])
  )[0] ?? {};

/** The newest version as a form would send it back, with one thing changed. */
async function edited(
  listingId: string,
  version: number,
  parts: Partial<ListingDraft>,
): Promise<ListingDraft> {
  return { ...((await contentOf(listingId, version))['content'] as ListingDraft), ...parts };
}

test('F068 a version is stored with the SHA-256 of its canonical JSON, and its snapshot is an event of the log', async () => {
  const { listingId } = await onSale(shopA);
  const row = await contentOf(listingId, 1);
  equal((row['hash'] as Buffer).toString('hex'), sha256(canonicalJson(row['content'])).toString('hex'));
  const events = await asOwner('select kind, seq from evidence.events where about = $1', [listingId]);
  deepEqual(events, [{ kind: 'listing.snapshot', seq: 1 }]);
  const [pending] = await asOwner(
    'select p.public_leaves from evidence.pending p join evidence.events e on e.batch = p.id where e.about = $1',
    [listingId],
  );
  match(
    String((pending?.['public_leaves'] as string[] | undefined)?.[0]),
    new RegExp((row['hash'] as Buffer).toString('base64').replace(/[+/]/g, '.')),
  );
});

test('F006 a later version leaves the one that was ordered as it was', async () => {
  const { listingId } = await onSale(shopA);
  const before = await contentOf(listingId, 1);
  const content = await edited(listingId, 1, { title: '星屿游戏点卡 100 元（新包装）' });
  const next = await transaction(db, (tx) =>
    publishVersion(tx, { ...asked(shopA, content), listingId, after: 1 }),
  );
  ok(next.ok);
  equal(next.value.version, 2);
  deepEqual(await contentOf(listingId, 1), before);
  equal(
    (await asOwner('select count(*)::int as n from evidence.events where about = $1', [listingId]))[0]?.['n'],
    2,
  );
});

test('F068 the program cannot change or delete a version', async () => {
  await onSale(shopA);
  for (const text of [
    `update catalog.listing_versions set content = '{}'`,
    'delete from catalog.listing_versions',
    'truncate catalog.listing_versions',
  ])
    await rejects(db.pool.query(text), /permission denied/);
});

test('F172 a change of the price alone is a version too', async () => {
  const { listingId, variantIds } = await onSale(shopA);
  const content = await edited(listingId, 1, {});
  const dearer = { ...content, variants: content.variants.map((one) => ({ ...one, price: '9900' })) };
  ok(
    (await transaction(db, (tx) => publishVersion(tx, { ...asked(shopA, dearer), listingId, after: 1 }))).ok,
  );
  const [offer] = await offersOf(await reader(db), [{ variantId: variantIds[0] ?? '', buyerId: owner }]);
  deepEqual([offer?.version, offer?.price], [2, 9900n]);
});

for (const [what, parts, refusal] of [
  ['nothing', {}, 'LISTING_UNCHANGED'],
  ['a void term', { description: '一经售出，概不退款。' }, 'LISTING_TERM_VOID'],
  ['a missing validity', { validity: '' }, 'LISTING_INCOMPLETE'],
] as const)
  test(`F157 the next version of a listing on sale with ${what} is refused: ${refusal}`, async () => {
    const { listingId } = await onSale(shopA);
    const content = await edited(listingId, 1, parts);
    const answer = await transaction(db, (tx) =>
      publishVersion(tx, { ...asked(shopA, content), listingId, after: 1 }),
    );
    equal(answer.ok ? 'written' : answer.refusal, refusal);
    equal((await contentOf(listingId, 2))['version'], undefined);
  });

test('two people who edit the same version: the second waits for the first and is told that there is a newer one', async () => {
  const { listingId } = await onSale(shopA);
  const [first, second] = [
    await edited(listingId, 1, { subtitle: '甲' }),
    await edited(listingId, 1, { subtitle: '乙' }),
  ];
  const publish = (content: ListingDraft) =>
    transaction(db, (tx) => publishVersion(tx, { ...asked(shopA, content), listingId, after: 1 }));
  let waiting: ReturnType<typeof publish> | undefined;
  const written = await transaction(db, async (tx) => {
    const answer = await publishVersion(tx, { ...asked(shopA, first), listingId, after: 1 });
    waiting = publish(second);
    await someoneWaits();
    return answer;
  });
  const late = await waiting;
  deepEqual([written.ok, late?.ok ? 'written' : late?.refusal], [true, 'LISTING_CHANGED_MEANWHILE']);
});

/** Until a session of this database waits for a lock. */
async function someoneWaits(): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const [row] = await asOwner(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row?.['n'] !== 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody waited for the lock');
}

test('the listing of another shop is not there', async () => {
  const { listingId } = await onSale(shopA);
  const content = await edited(listingId, 1, { subtitle: '别家' });
  const version = await transaction(db, (tx) =>
    publishVersion(tx, { ...asked(shopB, content), listingId, after: 1 }),
  );
  const state = await transaction(db, (tx) =>
    changeListing(tx, { shopId: shopB, listingId, event: 'suspend', by: 'merchant' }),
  );
  deepEqual(
    [version.ok ? '' : version.refusal, state.ok ? '' : state.refusal],
    ['LISTING_NOT_FOUND', 'LISTING_NOT_FOUND'],
  );
});

test('a variant of another listing cannot be taken over with its keys', async () => {
  const [mine, other] = [await onSale(shopA), await onSale(shopA)];
  const content = await edited(mine.listingId, 1, {});
  const stolen = {
    ...content,
    variants: content.variants.map((one) => ({ ...one, id: other.variantIds[0] ?? '' })),
  };
  const answer = await transaction(db, (tx) =>
    publishVersion(tx, { ...asked(shopA, stolen), listingId: mine.listingId, after: 1 }),
  );
  equal(answer.ok ? '' : answer.refusal, 'VARIANT_NOT_FOUND');
});

test('of many new listings the refused one leaves nothing and the others are written', async () => {
  const answers = await transaction(db, (tx) =>
    createListings(tx, [
      asked(shopA),
      asked(shopA, aListing({ description: '破解版，外挂' })),
      { ...asked(shopA), categoryId: newId(tx.wall) },
      asked(shopB),
    ]),
  );
  deepEqual(
    answers.map((one) => (one.ok ? one.value.state : one.refusal)),
    ['live', 'LISTING_FORBIDDEN', 'CATEGORY_NOT_FOUND', 'live'],
  );
});

test('F160 a draft may have gaps, but goes on sale only without them', async () => {
  const gaps = aListing({
    afterSales: { noReason_days: null, faultResponse_hours: null, refunds: [], terms: '' },
  });
  const made = await transaction(db, (tx) => createListing(tx, asked(shopA, gaps, false)));
  ok(made.ok);
  const { listingId } = made.value;
  const publish = () =>
    transaction(db, (tx) =>
      changeListing(tx, { shopId: shopA, listingId, event: 'publish', by: 'merchant' }),
    );
  const early = await publish();
  equal(early.ok ? '' : early.refusal, 'LISTING_INCOMPLETE');
  const full = await edited(listingId, 1, { afterSales: aListing().afterSales });
  ok((await transaction(db, (tx) => publishVersion(tx, { ...asked(shopA, full), listingId, after: 1 }))).ok);
  deepEqual(await publish(), { ok: true, value: { listingId, state: 'live' } });
});

test('a suspended listing is offered as suspended, a resumed one as live, and a variant that was dropped not at all', async () => {
  const { listingId, variantIds } = await onSale(shopA);
  const [variantId = ''] = variantIds;
  const state = async () => (await offersOf(await reader(db), [{ variantId, buyerId: owner }]))[0]?.state;
  const change = (event: 'suspend' | 'resume') =>
    transaction(db, (tx) => changeListing(tx, { shopId: shopA, listingId, event, by: 'merchant' }));
  equal(await state(), 'live');
  ok((await change('suspend')).ok);
  equal(await state(), 'suspended');
  ok(!(await change('suspend')).ok);
  ok((await change('resume')).ok);
  const content = await edited(listingId, 1, {});
  const other = { ...content, variants: content.variants.map((one) => ({ ...one, id: null })) };
  ok((await transaction(db, (tx) => publishVersion(tx, { ...asked(shopA, other), listingId, after: 1 }))).ok);
  equal(await state(), undefined);
});

test('F006 offers come in the order asked, with the price group of each buyer and nothing for what is not there', async () => {
  const [one, two] = [
    await onSale(shopA, aListing({ limits: { perBuyer: 5, perOrder: 2 } })),
    await onSale(shopB),
  ];
  const [plain, member] = [newId(clock.now()), newId(clock.now())];
  await transaction(db, async (tx) => {
    const { id } = await savePriceGroup(tx, { shopId: shopA, id: null, name: '老客户', discount_bps: 500 });
    await setPriceGroup(tx, { shopId: shopA, groupId: id, userIds: [member] });
  });
  const [a = '', b = ''] = [one.variantIds[0], two.variantIds[0]];
  const offers = await offersOf(await reader(db), [
    { variantId: b, buyerId: member },
    { variantId: a, buyerId: member },
    { variantId: newId(clock.now()), buyerId: plain },
    { variantId: a, buyerId: plain },
  ]);
  deepEqual(
    offers.map((offer) => offer && [offer.variantId, offer.groupDiscount_bps]),
    [[b, 0], [a, 500], undefined, [a, 0]],
  );
  const offer = offers[1];
  ok(offer);
  deepEqual(
    [
      offer.shopName,
      offer.settleDays,
      offer.feeBps,
      offer.perBuyerMax,
      offer.perOrderMax,
      offer.useWithin_hours,
      offer.noReasonDays,
      offer.poolId,
      offer.title,
    ],
    ['松间数字商行', 3, 200, 5, 2, 24, 7, a, '星屿游戏点卡 100 元'],
  );
  deepEqual(offer.acks, ['digital-no-return-after-reveal', 'binding-rule', 'key-expiry']);
  equal(priceOf(offer, 10).unit, 9215n);
});
