import { json, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { ListingContent } from './content.contract.ts';
import type { ListingState } from './machine.ts';

export type CardRow = {
  shopId: string;
  listingId: string;
  state: ListingState;
  categoryId: string;
  content: ListingContent;
  price_fen: bigint;
  priceMax_fen: bigint;
  variantIds: readonly string[];
  pooled: boolean;
  foundBy: string;
  grams: readonly string[];
};

/**
 * Listings, locked in the order of their keys; unknown ones give no row. Their version is read afterwards: joined here, a row that
 * waited for a lock would be compared with the version from before the wait and vanish.
 */
export const lockListings = query(
  'catalog.lock_listings',
  { shopId: t.uuid, id: t.uuid, state: t.word<ListingState>(), version: t.int, categoryId: t.uuid },
  (p: { shopIds: readonly string[]; listingIds: readonly string[] }) => sql`
  select l.shop_id, l.id, l.state, l.version, l.category_id
    from catalog.listings l
   where (l.shop_id, l.id) in (select * from unnest(${p.shopIds}::uuid[], ${p.listingIds}::uuid[]))
   order by l.shop_id, l.id
     for update`,
);

/** The same without a lock, for a look before work begins. */
export const readListings = query(
  'catalog.read_listing',
  { state: t.word<ListingState>(), version: t.int, categoryId: t.uuid },
  (p: { shopId: string; listingId: string }) => sql`
  select state, version, category_id from catalog.listings where shop_id = ${p.shopId} and id = ${p.listingId}`,
);

/** What the words of a listing's card are made of: names of categories and shops. */
export const readNames = query(
  'catalog.read_names',
  { id: t.uuid, kind: t.word<'category' | 'shop'>(), name: t.text },
  (p: { categoryIds: readonly string[]; shopIds: readonly string[] }) => sql`
  select id, 'category' as kind, name_zh || ' ' || name_en as name from catalog.categories where id = any(${p.categoryIds}::uuid[])
  union all
  select id, 'shop', name from merchants.shops where id = any(${p.shopIds}::uuid[])`,
);

export const insertListings = statement(
  'catalog.insert_listings',
  (p: {
    shopIds: readonly string[];
    ids: readonly string[];
    states: readonly ListingState[];
    categoryIds: readonly string[];
    at: Instant;
  }) => sql`
  insert into catalog.listings (shop_id, id, state, version, category_id, created_at)
  select n.shop_id, n.id, n.state, 1, n.category_id, ${ts(p.at)}::timestamptz
    from unnest(${p.shopIds}::uuid[], ${p.ids}::uuid[], ${p.states}::text[], ${p.categoryIds}::uuid[]) as n(shop_id, id, state, category_id)`,
);

export const insertVersions = statement(
  'catalog.insert_versions',
  (p: {
    shopIds: readonly string[];
    listingIds: readonly string[];
    versions: readonly number[];
    contents: readonly string[];
    hashes: readonly Buffer[];
    byIds: readonly string[];
    at: Instant;
  }) => sql`
  insert into catalog.listing_versions (shop_id, listing_id, version, content, hash, by_id, at)
  select n.shop_id, n.listing_id, n.version, n.content::jsonb, n.hash, n.by_id, ${ts(p.at)}::timestamptz
    from unnest(${p.shopIds}::uuid[], ${p.listingIds}::uuid[], ${p.versions}::int[], ${p.contents}::text[], ${p.hashes}::bytea[], ${p.byIds}::uuid[])
      as n(shop_id, listing_id, version, content, hash, by_id)`,
);

export const setNewest = statement(
  'catalog.set_newest',
  (p: { shopId: string; listingId: string; version: number; categoryId: string }) => sql`
  update catalog.listings set version = ${p.version}, category_id = ${p.categoryId}
   where shop_id = ${p.shopId} and id = ${p.listingId}`,
);

export const setState = statement(
  'catalog.set_state',
  (p: { shopId: string; listingId: string; state: ListingState }) => sql`
  with listing as (update catalog.listings set state = ${p.state} where shop_id = ${p.shopId} and id = ${p.listingId})
  update catalog.cards set state = ${p.state} where shop_id = ${p.shopId} and listing_id = ${p.listingId}`,
);

/** Variants are never deleted: their pools and orders stay. Those that a version no longer has are switched off. */
export const putVariants = statement(
  'catalog.put_variants',
  (p: {
    shopIds: readonly string[];
    ids: readonly string[];
    listingIds: readonly string[];
    names: readonly string[];
    positions: readonly number[];
    states: readonly string[];
  }) => sql`
  insert into catalog.variants (shop_id, id, listing_id, name, position, state)
  select * from unnest(${p.shopIds}::uuid[], ${p.ids}::uuid[], ${p.listingIds}::uuid[], ${p.names}::text[], ${p.positions}::smallint[], ${p.states}::text[])
  on conflict (shop_id, id) do update set name = excluded.name, position = excluded.position, state = excluded.state
   where catalog.variants.listing_id = excluded.listing_id`,
);

/** The variants a listing ever had; read under the listing's lock. */
export const variantsOfListing = query(
  'catalog.variants_of_listing',
  { id: t.uuid },
  (p: { shopId: string; listingId: string }) => sql`
  select id from catalog.variants where shop_id = ${p.shopId} and listing_id = ${p.listingId}`,
);

export const dropVariants = statement(
  'catalog.drop_variants',
  (p: { shopId: string; listingId: string; kept: readonly string[] }) => sql`
  update catalog.variants set state = 'off'
   where shop_id = ${p.shopId} and listing_id = ${p.listingId} and state <> 'off' and id <> all(${p.kept}::uuid[])`,
);

export const putCards = statement(
  'catalog.put_cards',
  (p: { rows: readonly CardRow[] }) => sql`
  insert into catalog.cards (shop_id, listing_id, state, category_id, title, subtitle, goods, face_colour, face_title, face_subtitle,
                             delivery_mode, delivery_seconds, pooled, price_fen, price_max_fen, variant_ids, found_by, grams)
  select (r->>'shopId')::uuid, (r->>'listingId')::uuid, r->>'state', (r->>'categoryId')::uuid, r->'content'->>'title', r->'content'->>'subtitle',
         r->'content'->>'goods', r->'content'->'face'->>'colour', r->'content'->'face'->>'title', r->'content'->'face'->>'subtitle',
         r->'content'->'delivery'->>'mode', coalesce((r->'content'->'delivery'->>'within_seconds')::int, 0), (r->>'pooled')::boolean, (r->>'price_fen')::bigint,
         (r->>'priceMax_fen')::bigint,
         array(select jsonb_array_elements_text(r->'variantIds')::uuid), r->>'foundBy', array(select jsonb_array_elements_text(r->'grams'))
    from jsonb_array_elements(${json(p.rows)}::jsonb) as r
  on conflict (shop_id, listing_id) do update set state = excluded.state, category_id = excluded.category_id, title = excluded.title,
    subtitle = excluded.subtitle, goods = excluded.goods, face_colour = excluded.face_colour, face_title = excluded.face_title,
    face_subtitle = excluded.face_subtitle, delivery_mode = excluded.delivery_mode, delivery_seconds = excluded.delivery_seconds, pooled = excluded.pooled,
    price_fen = excluded.price_fen, price_max_fen = excluded.price_max_fen, variant_ids = excluded.variant_ids, found_by = excluded.found_by, grams = excluded.grams`,
);

export const putGroup = statement(
  'catalog.put_group',
  (p: { shopId: string; id: string; name: string; discount_bps: number }) => sql`
  insert into catalog.groups (shop_id, id, name, discount_bps) values (${p.shopId}, ${p.id}, ${p.name}, ${p.discount_bps})
  on conflict (shop_id, id) do update set name = excluded.name, discount_bps = excluded.discount_bps`,
);

export const putMembers = statement(
  'catalog.put_members',
  (p: { shopId: string; groupId: string; userIds: readonly string[] }) => sql`
  insert into catalog.group_members (shop_id, user_id, group_id)
  select ${p.shopId}::uuid, u, ${p.groupId}::uuid from unnest(${p.userIds}::uuid[]) as u
  on conflict (shop_id, user_id) do update set group_id = excluded.group_id`,
);

export const dropMembers = statement(
  'catalog.drop_members',
  (p: { shopId: string; userIds: readonly string[] }) => sql`
  delete from catalog.group_members where shop_id = ${p.shopId} and user_id = any(${p.userIds}::uuid[])`,
);
