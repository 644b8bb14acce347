import { query, sql, t, uuids } from '../kit/sql.ts';
import type { ListingContent } from './content.contract.ts';
import type { ShopTier } from '../merchants/contract.ts';
import type { ListingState } from './machine.ts';

/**
 * Two kinds of rows in one statement, so that 256 requests cost one round trip and a variant that many want is read once: 'variant' rows
 * with what changes (state, version, the shop's fee), and 'discount' rows of buyers who are in a price group of some shop.
 */
export const findOffers = query(
  'catalog.find_offers',
  {
    kind: t.word<'variant' | 'discount'>(),
    id: t.uuid,
    shopId: t.uuid,
    shopName: t.text.null,
    listingId: t.uuid.null,
    version: t.int.null,
    state: t.word<ListingState | 'off'>().null,
    feeBps: t.int.null,
    tier: t.word<ShopTier>().null,
    discountBps: t.int.null,
  },
  (p: { variantIds: readonly string[]; buyerIds: readonly string[] }) => sql`
  select 'variant' as kind, v.id, v.shop_id, s.name as shop_name, v.listing_id, l.version,
         case when v.state = 'live' then l.state else v.state end as state, s.fee_bps, s.tier, null::smallint as discount_bps
    from catalog.variants v
    join catalog.listings l on l.shop_id = v.shop_id and l.id = v.listing_id
    join merchants.shops s on s.id = v.shop_id
   where v.id = any(${uuids(p.variantIds)}::uuid[])
  union all
  select 'discount', m.user_id, m.shop_id, null, null, null, null, null, null, g.discount_bps
    from catalog.group_members m
    join catalog.groups g on g.shop_id = m.shop_id and g.id = m.group_id
   where m.user_id = any(${uuids(p.buyerIds)}::uuid[])`,
);

/** The content of versions, which never changes and is therefore kept in the process once read. */
export const readVersions = query(
  'catalog.read_versions',
  { listingId: t.uuid, version: t.int, content: t.json<ListingContent>(), hash: t.bytes },
  (p: { shopIds: readonly string[]; listingIds: readonly string[]; versions: readonly number[] }) => sql`
  select v.listing_id, v.version, v.content, v.hash
    from unnest(${p.shopIds}::uuid[], ${p.listingIds}::uuid[], ${p.versions}::int[]) as n(shop_id, listing_id, version)
    join catalog.listing_versions v on v.shop_id = n.shop_id and v.listing_id = n.listing_id and v.version = n.version`,
);
