import { query, sql, t } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { ListingContent } from './content.contract.ts';
import type { ListingState } from './machine.ts';
import { gramsAsked, patternOf } from './search.rules.ts';

const shopsOf = (viewer: Viewer): string[] => viewer.shops.map((shop) => shop.shopId);

type Listed = {
  viewer: Viewer;
  shopId: string;
  terms: readonly string[];
  state: ListingState | null;
  before: string;
  limit: number;
};

/** A merchant's own listings, newest first, of a state and with the words searched for. A foreign shop has none. */
export const listingsSeenBy = query(
  'catalog.listings_seen_by',
  {
    id: t.uuid,
    state: t.word<ListingState>(),
    version: t.int,
    title: t.text,
    goods: t.text,
    price: t.fen,
    variantIds: t.array(t.uuid),
    at: t.instant,
  },
  (p: Listed) => sql`
  select l.id, l.state, l.version, c.title, c.goods, c.price_fen as price, c.variant_ids, v.at
    from catalog.cards c
    join catalog.listings l on l.shop_id = c.shop_id and l.id = c.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version
   where c.shop_id = ${p.shopId} and c.shop_id = any(${shopsOf(p.viewer)}::uuid[])
     and (${p.state}::text is null or c.state = ${p.state}::text) and c.listing_id < ${p.before}::uuid
     and c.grams @> ${gramsAsked(p.terms)}::text[] and c.found_by like all(${p.terms.map(patternOf)}::text[])
   order by c.listing_id desc limit ${p.limit}`,
);

/** How many listings of a shop are in which state. */
export const countsSeenBy = query(
  'catalog.counts_seen_by',
  { state: t.word<ListingState>(), count: t.int },
  (p: { viewer: Viewer; shopId: string }) => sql`
  select state, count(*) as count from catalog.cards where shop_id = ${p.shopId} and shop_id = any(${shopsOf(p.viewer)}::uuid[]) group by state`,
);

/** All versions of a listing of the viewer's shop, newest first; none where it is not theirs. */
export const versionsSeenBy = query(
  'catalog.versions_seen_by',
  {
    version: t.int,
    content: t.json<ListingContent>(),
    hash: t.bytes,
    at: t.instant,
    state: t.word<ListingState>(),
    categoryId: t.uuid,
    newest: t.int,
  },
  (p: { viewer: Viewer; shopId: string; listingId: string; limit: number }) => sql`
  select v.version, v.content, v.hash, v.at, l.state, l.category_id, l.version as newest
    from catalog.listings l
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id
   where l.shop_id = ${p.shopId} and l.id = ${p.listingId} and l.shop_id = any(${shopsOf(p.viewer)}::uuid[])
   order by v.version desc limit ${p.limit}`,
);

/** The categories in their order; public. */
export const categoriesShown = query(
  'catalog.categories_shown',
  { id: t.uuid, slug: t.text, zh: t.text, en: t.text, icon: t.text },
  () => sql`select id, slug, name_zh as zh, name_en as en, icon from catalog.categories order by position`,
);

/** What a shop sells or would sell but for a pause; with a cause only what is paused by it. */
export const liveListingsOf = query(
  'catalog.live_listings_of',
  { listingId: t.uuid },
  (p: { viewerShop: string; cause: string | null }) => sql`
  select l.id as listing_id from catalog.listings l
   where l.shop_id = ${p.viewerShop}
     and case when ${p.cause}::text is null then l.state = 'live' or exists (select 1 from risk.pauses d where d.shop_id = l.shop_id and d.listing_id = l.id)
              else exists (select 1 from risk.pauses d where d.shop_id = l.shop_id and d.listing_id = l.id and d.cause = ${p.cause}::text) end
   order by l.id`,
);

/** What listings are called, public. */
export const titlesOf = query(
  'catalog.titles_of',
  { listingId: t.uuid, title: t.text },
  (p: { shopIds: readonly string[]; listingIds: readonly string[] }) => sql`
  select c.listing_id, c.title from unnest(${[...p.shopIds]}::uuid[], ${[...p.listingIds]}::uuid[]) as x(shop_id, listing_id)
   cross join lateral (select * from catalog.cards c where c.shop_id = x.shop_id and c.listing_id = x.listing_id) c`,
);
