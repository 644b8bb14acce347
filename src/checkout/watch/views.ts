import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

// What the platform watches of purchases by itself.

/** What the buyers of these orders, with young accounts, bought of the same cards since a moment. */
export const burstsOf = query(
  'checkout.bursts_of',
  {
    buyerId: t.uuid,
    variantId: t.uuid,
    units: t.int,
    createdAt: t.instant,
    orders: t.json<{ shopId: string; id: string }[]>(),
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[]; since: Instant; bornAfter: Instant }) => sql`
  select o.buyer_id, l.variant_id, sum(l.quantity)::int as units, u.created_at,
         jsonb_agg(distinct jsonb_build_object('shopId', o.shop_id, 'id', o.id)) as orders
    from (select distinct n.buyer_id from unnest(${[...p.viewerShops]}::uuid[], ${[...p.ids]}::uuid[]) as x(shop_id, id)
           cross join lateral (select * from orders.orders n where n.shop_id = x.shop_id and n.id = x.id offset 0) n) b
    join identity.users u on u.id = b.buyer_id and u.created_at > ${ts(p.bornAfter)}::timestamptz
   cross join lateral (select * from orders.orders o where o.buyer_id = b.buyer_id and o.paid_at > ${ts(p.since)}::timestamptz offset 0) o
   cross join lateral (select * from orders.lines l where l.shop_id = o.shop_id and l.order_id = o.id and l.goods = 'card' offset 0) l
   group by o.buyer_id, l.variant_id, u.created_at order by o.buyer_id, l.variant_id`,
);

/** Orders of high value among these, that are not in their class yet. */
export const highOrdersAmong = query(
  'checkout.high_orders_among',
  { shopId: t.uuid, id: t.uuid, buyerId: t.uuid, total: t.fen, hasAccount: t.bool },
  (p: { viewerShops: readonly string[]; ids: readonly string[]; from: bigint }) => sql`
  select o.shop_id, o.id, o.buyer_id, o.total_fen as total,
         exists (select 1 from orders.lines l where l.shop_id = o.shop_id and l.order_id = o.id and l.goods = 'account') as has_account
    from unnest(${[...p.viewerShops]}::uuid[], ${[...p.ids]}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from orders.orders o where o.shop_id = x.shop_id and o.id = x.id and o.total_fen >= ${p.from}::bigint offset 0) o
   where not exists (select 1 from risk.high_orders h where h.shop_id = o.shop_id and h.order_id = o.id) order by o.shop_id, o.id`,
);

/** Where the goods of one order came from: the listing as it was ordered, and the batches of its keys. */
export const soldOf = query(
  'checkout.sold_of',
  {
    version: t.int,
    listingHash: t.text,
    batches: t.json<{ id: string; root: string; source: string }[]>(),
    saleCommitment: t.text,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select l.version, encode(v.hash, 'hex') as listing_hash,
         (select coalesce(jsonb_agg(distinct jsonb_build_object('id', b.id, 'root', encode(b.root, 'hex'), 'source', b.source)), '[]')
            from unnest(l.numbers) n
            join inventory.batches b on b.shop_id = l.shop_id and b.pool_id = l.pool_id and n >= b.first_number and n < b.first_number + b.count) as batches,
         (select encode(e.commitment, 'hex') from evidence.events e where e.shop_id = l.shop_id and e.about = l.order_id and e.seq = 1) as sale_commitment
    from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
   where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder} order by l.number`,
);

/** What limited buyers spent on risky goods since a moment. */
export const spentOnRisky = query(
  'checkout.spent_on_risky',
  { buyerId: t.uuid, spent: t.fen },
  (p: { viewerBuyers: readonly string[]; goods: readonly string[]; since: Instant }) => sql`
  select b.id as buyer_id, coalesce(sum(l.total_fen), 0)::bigint as spent from unnest(${[...p.viewerBuyers]}::uuid[]) as b(id)
   cross join lateral (select * from orders.orders o where o.buyer_id = b.id and o.placed_at > ${ts(p.since)}::timestamptz and o.state <> 'cancelled' offset 0) o
   cross join lateral (select * from orders.lines l where l.shop_id = o.shop_id and l.order_id = o.id and l.goods = any(${[...p.goods]}::text[]) offset 0) l
   group by b.id`,
);

/** Who placed these orders, to be told of a review. */
export const reviewedBy = query(
  'checkout.reviewed_by',
  { shopId: t.uuid, orderId: t.uuid, buyerId: t.uuid },
  (p: { viewerTicket: string }) => sql`
  select h.shop_id, h.order_id, o.buyer_id from orders.holds h join orders.orders o on o.shop_id = h.shop_id and o.id = h.order_id
   where h.reason = 'risk' and h.ref = ${p.viewerTicket} order by h.shop_id, h.order_id`,
);
