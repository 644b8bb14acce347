import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { listingDraft } from '../../catalog/content.contract.ts';
import { lint } from '../../catalog/lint.rules.ts';
import { newId } from '../../kit/ids.ts';
import type { ShopKey } from './family.ts';
import { demoListings, demoShops, layOutGoods } from './goods.ts';

const listings = demoListings();
const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

test('the demo world has at least 3 shops and 200 listings of all nine kinds, most of them delivered by themselves', () => {
  ok(demoShops.length >= 3);
  ok(listings.length >= 200, `${listings.length} listings`);
  equal(new Set(listings.map((one) => one.content.goods)).size, 9);
  ok(listings.filter((one) => one.content.delivery.mode === 'automatic').length >= 180);
  equal(new Set(listings.map((one) => one.categoryId)).size, 8);
});

for (const [what, value] of [
  ['title', (one: (typeof listings)[number]) => one.content.title],
  ['description', (one: (typeof listings)[number]) => one.content.description],
  ['票面', (one: (typeof listings)[number]) => `${one.content.face.title} ${one.content.face.subtitle}`],
  [
    'first sentence of its own',
    (one: (typeof listings)[number]) => one.content.description.split('\n')[1] ?? '',
  ],
] as const)
  test(`no two listings of the demo world have the same ${what}`, () =>
    deepEqual(twice(listings.map(value)), []));

test('F157 F160 F178 F183 every listing of the demo world has the shape of a listing and passes the lints', () => {
  for (const { content } of listings) {
    const parsed = listingDraft.safeParse(content);
    ok(parsed.success, `${content.title}: ${parsed.error?.message}`);
    const findings = lint({ ...content, variants: content.variants.map((one) => ({ ...one, id: '' })) });
    deepEqual(
      findings.map((one) => `${content.title}: ${one.field} ${one.found} ${one.zh}`),
      [],
    );
  }
});

const { db, asOwner, clock } = await testDatabase();

test('the goods are laid out through the real actions in a few seconds, each with its versions, variants and snapshot', async () => {
  const shops = {} as Record<ShopKey, { shopId: string; ownerId: string }>;
  for (const shop of demoShops) {
    const shopId = newId(clock.now());
    shops[shop.key] = { shopId, ownerId: newId(clock.now()) };
    await asOwner(
      'insert into merchants.shops (id, name, slug, intro, tier, fee_bps, opened_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [shopId, shop.name, shop.slug, shop.intro, shop.tier, shop.feeBps, new Date(clock.now())],
    );
  }
  const laidOut = await layOutGoods(db, shops);
  equal(laidOut.length, listings.length);
  const [counts] = await asOwner(`select
    (select count(*)::int from catalog.cards where state = 'live') as cards,
    (select count(*)::int from catalog.listing_versions where version = 1) as versions,
    (select count(*)::int from evidence.events where kind = 'listing.snapshot') as events,
    (select count(*)::int from catalog.variants) as variants`);
  deepEqual(counts, {
    cards: listings.length,
    versions: listings.length,
    events: listings.length,
    variants: laidOut.flatMap((one) => one.variantIds).length,
  });
});
