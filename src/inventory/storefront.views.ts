import { gather } from '../kit/gather.ts';
import { query, sql, t, type Queryable, type RowOf } from '../kit/sql.ts';
import { perDb, reader, type Db } from '../kit/tx.ts';
import type { DeliveryMode, GoodsKind, ListingContent } from '../catalog/content.contract.ts';
import type { ListingState } from '../catalog/machine.ts';
import { gramsAsked, patternOf } from '../catalog/search.rules.ts';
import type { ShopTier } from '../merchants/contract.ts';
import type { Cursor } from './storefront.rules.ts';

// Everything here is public: what anybody may see of goods that are on sale, with the stock that catalog, a layer lower, does not know.

const cardShape = {
  listingId: t.uuid,
  shopId: t.uuid,
  shopName: t.text,
  title: t.text,
  subtitle: t.text,
  goods: t.word<GoodsKind>(),
  faceColour: t.word<ListingContent['face']['colour']>(),
  faceTitle: t.text,
  faceSubtitle: t.text,
  deliveryMode: t.word<DeliveryMode>(),
  deliverySeconds: t.int,
  price: t.fen,
  priceMax: t.fen,
  pooled: t.bool,
  stock: t.big.null,
  key: t.big,
};

/** What a card shows; the stock is what buyers can still have, over all variants. */
const cardColumns = sql`
  c.listing_id, c.shop_id, s.name as shop_name, c.title, c.subtitle, c.goods, c.face_colour, c.face_title, c.face_subtitle, c.delivery_mode,
  c.delivery_seconds, c.price_fen as price, c.price_max_fen as price_max,
  c.pooled, (select sum(greatest(p.on_hand - p.reserved, 0)) from inventory.pools p where p.shop_id = c.shop_id and p.id = any(c.variant_ids)) as stock`;

type Page = { after: Cursor; limit: number };
type Filter = {
  categoryId: string | null;
  shopId: string | null;
  /** Only of these shops; null: of all. */
  shops: readonly string[] | null;
};

/** 保证金充足, as it is at this moment: what is in the deposit of shop s covers what must be. A deduction ends it with its own commit (F096). */
const inFull = sql`exists (select 1 from merchants.deposits d join ledger.accounts a on a.kind = 'deposit' and a.id = d.shop_id::text
  where d.shop_id = s.id and d.state in ('enough', 'short') and d.required_fen > 0 and a.balance_fen >= d.required_fen)`;

/** The shops whose deposit is there in full; public. */
export const shopsInFull = query(
  'storefront.shops_in_full',
  { shopId: t.uuid },
  () => sql`
  select d.shop_id from merchants.deposits d join ledger.accounts a on a.kind = 'deposit' and a.id = d.shop_id::text
   where d.state in ('enough', 'short') and d.required_fen > 0 and a.balance_fen >= d.required_fen order by d.shop_id`,
);

/** Newest first; public. */
export const newestCards = query(
  'storefront.newest_cards',
  cardShape,
  (p: Page & Filter) => sql`
  select ${cardColumns}, 0::bigint as key
    from catalog.cards c join merchants.shops s on s.id = c.shop_id
   where c.state = 'live' and c.listing_id < ${p.after.id}::uuid
     and (${p.categoryId}::uuid is null or c.category_id = ${p.categoryId}::uuid) and (${p.shopId}::uuid is null or c.shop_id = ${p.shopId}::uuid) and (${p.shops}::uuid[] is null or c.shop_id = any(${p.shops}::uuid[]))
   order by c.listing_id desc limit ${p.limit}`,
);

/** Cheapest first; public. */
export const cheapestCards = query(
  'storefront.cheapest_cards',
  cardShape,
  (p: Page & Filter) => sql`
  select ${cardColumns}, c.price_fen as key
    from catalog.cards c join merchants.shops s on s.id = c.shop_id
   where c.state = 'live' and (c.price_fen, c.listing_id) > (${p.after.key}::bigint, ${p.after.id}::uuid)
     and (${p.categoryId}::uuid is null or c.category_id = ${p.categoryId}::uuid) and (${p.shopId}::uuid is null or c.shop_id = ${p.shopId}::uuid) and (${p.shops}::uuid[] is null or c.shop_id = any(${p.shops}::uuid[]))
   order by c.price_fen, c.listing_id limit ${p.limit}`,
);

/** Dearest first; public. */
export const dearestCards = query(
  'storefront.dearest_cards',
  cardShape,
  (p: Page & Filter) => sql`
  select ${cardColumns}, c.price_fen as key
    from catalog.cards c join merchants.shops s on s.id = c.shop_id
   where c.state = 'live' and (c.price_fen, c.listing_id) < (${p.after.key}::bigint, ${p.after.id}::uuid)
     and (${p.categoryId}::uuid is null or c.category_id = ${p.categoryId}::uuid) and (${p.shopId}::uuid is null or c.shop_id = ${p.shopId}::uuid) and (${p.shops}::uuid[] is null or c.shop_id = any(${p.shops}::uuid[]))
   order by c.price_fen desc, c.listing_id desc limit ${p.limit}`,
);

/** These listings as cards, in no order; those that are not on sale are left out; public. */
const cardsByKey = query(
  'storefront.cards_by_key',
  cardShape,
  (p: { shopIds: readonly string[]; listingIds: readonly string[] }) => sql`
  select ${cardColumns}, 0::bigint as key
    from unnest(${p.shopIds}::uuid[], ${p.listingIds}::uuid[]) as n(shop_id, listing_id)
    join catalog.cards c on c.shop_id = n.shop_id and c.listing_id = n.listing_id
    join merchants.shops s on s.id = c.shop_id
   where c.state = 'live'`,
);

type Key = { readonly shopId: string; readonly listingId: string };
export type CardRow = RowOf<typeof cardShape>;

const cardReaders = perDb((db) =>
  gather(async (asked: readonly (readonly Key[])[]) => {
    const keys = [...new Map(asked.flat().map((key) => [key.listingId, key])).values()];
    const rows = await cardsByKey(await reader(db), {
      shopIds: keys.map((key) => key.shopId),
      listingIds: keys.map((key) => key.listingId),
    });
    const found = new Map(rows.map((row) => [row.listingId, row]));
    return asked.map((list) => list.flatMap((key) => found.get(key.listingId) ?? []));
  }),
);

/** These listings in this order as cards, without those that are no longer on sale; public. Who asks at the same moment shares one query. */
export const cardsInOrder = (db: Db, keys: readonly Key[]): Promise<CardRow[]> => cardReaders(db)(keys);

/**
 * What a search finds, public: every term stands somewhere in the listing's words. The sort key is one number for all sorts, smallest
 * first: the price, its negative, or for the best match whether the title itself has the terms.
 */
const foundCards = query(
  'storefront.found_cards',
  cardShape,
  (p: { grams: readonly string[]; patterns: readonly string[]; sort: string } & Page & Filter) => sql`
  with found as (
    select c.*, (case ${p.sort} when 'cheap' then c.price_fen when 'dear' then -c.price_fen
                                when 'best' then case when lower(c.title) like all(${p.patterns}::text[]) then 0 else 1 end else 0 end)::bigint as key
      from catalog.cards c
     where c.state = 'live' and c.grams @> ${p.grams}::text[] and c.found_by like all(${p.patterns}::text[])
       and (${p.categoryId}::uuid is null or c.category_id = ${p.categoryId}::uuid) and (${p.shopId}::uuid is null or c.shop_id = ${p.shopId}::uuid) and (${p.shops}::uuid[] is null or c.shop_id = any(${p.shops}::uuid[]))
  ), page as (
    select * from found where key > ${p.after.key}::bigint or (key = ${p.after.key}::bigint and listing_id < ${p.after.id}::uuid)
     order by key, listing_id desc limit ${p.limit}
  )
  select ${cardColumns}, c.key from page c join merchants.shops s on s.id = c.shop_id order by c.key, c.listing_id desc`,
);

/** A page of what a search finds; public. */
export const searchCards = (on: Queryable, p: { terms: readonly string[]; sort: string } & Page & Filter) =>
  foundCards(on, { ...p, grams: gramsAsked(p.terms), patterns: p.terms.map(patternOf) });

/** Every listing on sale with how much of it was ever sold: what the ranking is made of; public, and read once in a few seconds. */
export const readRanking = query(
  'storefront.read_ranking',
  { shopId: t.uuid, listingId: t.uuid, categoryId: t.uuid, sold: t.int },
  () => sql`
  select c.shop_id, c.listing_id, c.category_id, coalesce(sum(p.next_number - 1 - p.returned), 0)::bigint as sold
    from catalog.cards c left join inventory.pools p on p.shop_id = c.shop_id and p.id = any(c.variant_ids)
   where c.state = 'live' group by c.shop_id, c.listing_id order by sold desc, c.listing_id desc`,
);

/** The categories in their order; public. */
export const readCategories = query(
  'storefront.read_categories',
  { id: t.uuid, slug: t.text, zh: t.text, en: t.text, icon: t.text },
  () => sql`
  select id, slug, name_zh as zh, name_en as en, icon from catalog.categories order by position`,
);

/** What changes about listings; their content is immutable and read apart. Public, so a draft is not there. */
const findProducts = query(
  'storefront.find_products',
  {
    shopId: t.uuid,
    listingId: t.uuid,
    state: t.word<ListingState>(),
    version: t.int,
    slug: t.text,
    zh: t.text,
    en: t.text,
    shopName: t.text,
    tier: t.word<ShopTier>(),
    openedAt: t.instant,
    verified: t.bool,
    selfRun: t.bool,
    deposit: t.bool,
    poolIds: t.array(t.uuid),
    stocks: t.array(t.int),
  },
  (p: { ids: readonly string[] }) => sql`
  select l.shop_id, l.id as listing_id, l.state, l.version, g.slug, g.name_zh as zh, g.name_en as en, s.name as shop_name, s.tier, s.opened_at,
         s.verified_at is not null as verified, s.self_run, ${inFull} as deposit, coalesce(v.pool_ids, '{}') as pool_ids, coalesce(v.stocks, '{}') as stocks
    from catalog.listings l
    join catalog.categories g on g.id = l.category_id
    join merchants.shops s on s.id = l.shop_id
    left join lateral (
      select array_agg(p.id) as pool_ids, array_agg(greatest(p.on_hand - p.reserved, 0)) as stocks
        from catalog.variants n join inventory.pools p on p.shop_id = n.shop_id and p.id = n.id
       where n.shop_id = l.shop_id and n.listing_id = l.id) v on true
   where l.id = any(${p.ids}::uuid[]) and l.state <> 'draft'`,
);

const productReaders = perDb((db) =>
  gather(async (ids: readonly string[]) => {
    const rows = await findProducts(await reader(db), { ids: [...new Set(ids)] });
    const found = new Map(rows.map((row) => [row.listingId, row]));
    return ids.map((id) => found.get(id));
  }),
);

/** A listing with its stock as it is now, or undefined; public. Who asks at the same moment shares one query. */
export const findProduct = (db: Db, listingId: string): ReturnType<ReturnType<typeof productReaders>> =>
  productReaders(db)(listingId);

/** A shop as everybody sees it; public. */
export const findShop = query(
  'storefront.find_shop',
  {
    id: t.uuid,
    name: t.text,
    intro: t.text,
    tier: t.word<ShopTier>(),
    openedAt: t.instant,
    verified: t.bool,
    deposit: t.bool,
    listings: t.int,
  },
  (p: { id: string }) => sql`
  select s.id, s.name, s.intro, s.tier, s.opened_at, s.verified_at is not null as verified, ${inFull} as deposit,
         (select count(*) from catalog.cards c where c.shop_id = s.id and c.state = 'live') as listings
    from merchants.shops s where s.id = ${p.id}`,
);
