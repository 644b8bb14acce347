import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

// What the platform measures of listings by itself; its shop and the officers see it as risk.health.

/**
 * Listings that sell or are paused by a measurement, with what happened to them since a moment: delays of deliveries, and of lines that wait
 * longer than promised; free keys of all their variants; whether their suppliers can pay for one more.
 */
export const listingHealth = query(
  'delivery.listing_health',
  {
    shopId: t.uuid,
    listingId: t.uuid,
    promise: t.int,
    delays: t.json<{ seconds: number; promise: number }[]>(),
    stock: t.int.null,
    supplierShort: t.bool.null,
    causes: t.array(t.text),
  },
  (p: { viewerStaff: boolean; since: Instant; now: Instant; after: string; limit: number }) => sql`
  select c.shop_id, c.listing_id, c.delivery_seconds as promise, d.delays, s.stock, h.short as supplier_short,
         array(select x.cause from risk.pauses x where x.shop_id = c.shop_id and x.listing_id = c.listing_id and x.cause in ('delay', 'stock_out', 'supplier') order by 1) as causes
    from (select * from catalog.cards c where ${p.viewerStaff} and c.listing_id > ${p.after}::uuid
            and (c.state = 'live' or exists (select 1 from risk.pauses x where x.shop_id = c.shop_id and x.listing_id = c.listing_id))
           order by c.listing_id limit ${p.limit}::int) c
   cross join lateral (
     select coalesce(jsonb_agg(jsonb_build_object('seconds', extract(epoch from coalesce(l.delivered_at, ${ts(p.now)}::timestamptz) - l.paid_at)::int,
                                                  'promise', extract(epoch from l.promised_at - l.paid_at)::int)), '[]') as delays
       from delivery.lines l
      where not c.pooled and l.shop_id = c.shop_id and l.listing_id = c.listing_id
        and (l.delivered_at > ${ts(p.since)}::timestamptz or l.state in ('waiting', 'accepted', 'delivering') and l.promised_at <= ${ts(p.now)}::timestamptz)) d
   cross join lateral (
     select case when c.pooled then (select coalesce(sum(q.on_hand), 0)::int from unnest(c.variant_ids) v join inventory.pools q on q.variant_id = v) end as stock) s
   cross join lateral (
     select case when c.delivery_mode = 'direct' then
       (select bool_and(coalesce(b.balance_fen < g.price_fen, false)) from unnest(c.variant_ids) v
          join supply.routes r on r.shop_id = c.shop_id and r.variant_id = v
          join supply.products g on g.shop_id = r.shop_id and g.supplier_id = r.supplier_id and g.product_no = r.product_no
          left join supply.health b on b.shop_id = r.shop_id and b.supplier_id = r.supplier_id) end as short) h
   order by c.listing_id`,
);

/** Orders of a shop with something that is paid and not delivered. */
export const openOrdersOf = query(
  'delivery.open_orders_of',
  { id: t.uuid },
  (p: { viewerShop: string; limit: number }) => sql`
  select distinct order_id as id from delivery.lines where shop_id = ${p.viewerShop} and state in ('waiting', 'accepted', 'delivering') and cancel_asked_at is null
   order by order_id limit ${p.limit}::int`,
);

/** Whom to tell of a shop's listings: its owners and who keeps its goods. */
export const keepersOf = query(
  'delivery.keepers_of',
  { shopId: t.uuid, people: t.array(t.uuid) },
  (p: { viewerShops: readonly string[] }) => sql`
  select s.id as shop_id, array(select distinct m.user_id from identity.memberships m where m.shop_id = s.id and m.role in ('owner', 'goods') order by 1) as people
    from merchants.shops s where s.id = any(${[...p.viewerShops]}::uuid[])`,
);
