import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Viewer } from '../kit/viewer.ts';

// The route has checked that the viewer is staff; whoever is not has no rows here either.
const isStaff = (viewer: Viewer): boolean => viewer.staff.length > 0;

type Period = { viewerShop: string; variantId: string | null; since: Instant };

/** What a shop sold, by the Beijing day on which its money was there. */
export const soldByDay = query(
  'analytics.sold_by_day',
  { day: t.day, orders: t.int, sales: t.fen, units: t.int },
  (p: Period & { oldest: string }) => sql`
  select (o.paid_at at time zone 'Asia/Shanghai')::date as day, count(distinct o.id) as orders, coalesce(sum(l.total_fen), 0) as sales, coalesce(sum(l.quantity), 0) as units
    from orders.orders o join orders.lines l on l.shop_id = o.shop_id and l.order_id = o.id
   where o.shop_id = ${p.viewerShop} and o.id >= ${p.oldest}::uuid and o.paid_at >= ${ts(p.since)}::timestamptz and (${p.variantId}::uuid is null or l.variant_id = ${p.variantId}::uuid)
   group by 1 order by 1`,
);

/** Keys that came into a shop's pools; batches that were taken back never came. */
export const addedByDay = query(
  'analytics.added_by_day',
  { day: t.day, units: t.int },
  (p: Period) => sql`
  select (b.at at time zone 'Asia/Shanghai')::date as day, coalesce(sum(b.count), 0)::bigint as units
    from inventory.batches b
   where b.shop_id = ${p.viewerShop} and b.at >= ${ts(p.since)}::timestamptz and (${p.variantId}::uuid is null or b.pool_id = ${p.variantId}::uuid)
     and not exists (select 1 from inventory.withdrawals w where w.shop_id = b.shop_id and w.batch_id = b.id)
   group by 1 order by 1`,
);

/** Keys that were cancelled unseen and went back on sale. */
export const backByDay = query(
  'analytics.back_by_day',
  { day: t.day, units: t.int },
  (p: Period) => sql`
  select (w.at at time zone 'Asia/Shanghai')::date as day, count(*) as units
    from delivery.withdrawn w
   where w.shop_id = ${p.viewerShop} and w.at >= ${ts(p.since)}::timestamptz and (${p.variantId}::uuid is null or w.pool_id = ${p.variantId}::uuid)
   group by 1 order by 1`,
);

export const stockNow = query(
  'analytics.stock_now',
  { units: t.int },
  (p: { viewerShop: string; variantId: string | null }) => sql`
  select coalesce(sum(on_hand), 0)::bigint as units from inventory.pools where shop_id = ${p.viewerShop} and (${p.variantId}::uuid is null or id = ${p.variantId}::uuid)`,
);

/** What escrow holds for a shop now. */
export const heldForShop = query(
  'analytics.held_for_shop',
  { held: t.fen, orders: t.int, unconfirmed: t.int },
  (p: { viewerShop: string }) => sql`
  select coalesce(sum(total_fen - refunded_fen), 0) as held, count(*) as orders, count(*) filter (where state = 'delivered') as unconfirmed
    from orders.orders where shop_id = ${p.viewerShop} and state in ('delivered', 'completed') and released_at is null`,
);

/** What will be released to a shop, by Beijing day. Orders that are not confirmed have no day yet. */
export const releasesOfShop = query(
  'analytics.releases_of_shop',
  { day: t.day, orders: t.int, amount: t.fen },
  (p: { viewerShop: string }) => sql`
  select (release_at at time zone 'Asia/Shanghai')::date as day, count(*) as orders, coalesce(sum(total_fen - refunded_fen), 0) as amount
    from orders.orders where shop_id = ${p.viewerShop} and state = 'completed' and released_at is null and release_at is not null
   group by 1 order by 1 limit 31`,
);

/** Orders of a shop that wait for their money, first due first. */
export const waitingOrders = query(
  'analytics.waiting_orders',
  { orderId: t.uuid, title: t.text, variant: t.text, quantity: t.int, total: t.fen, dueAt: t.instant },
  (p: { viewerShop: string; limit: number }) => sql`
  select o.id as order_id, v.content->>'title' as title, w.name as variant, l.quantity, o.total_fen as total, d.due_at
    from kit.deadlines d
    join orders.orders o on o.shop_id = d.shop_id and o.id = d.about
    join orders.lines l on l.shop_id = o.shop_id and l.order_id = o.id and l.number = 1
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id
   where d.shop_id = ${p.viewerShop} and d.what = 'order.expire' and o.state = 'created'
   order by d.due_at limit ${p.limit}::int`,
);

/** The sales of all shops by Beijing day. */
export const houseSales = query(
  'analytics.house_sales',
  { day: t.day, orders: t.int, sales: t.fen },
  (p: { viewer: Viewer; since: Instant }) => sql`
  select (paid_at at time zone 'Asia/Shanghai')::date as day, count(*) as orders, coalesce(sum(total_fen), 0) as sales
    from orders.orders where ${isStaff(p.viewer)}::boolean and paid_at >= ${ts(p.since)}::timestamptz group by 1 order by 1`,
);

/** What went back to buyers by Beijing day. */
export const houseRefunds = query(
  'analytics.house_refunds',
  { day: t.day, refunds: t.fen },
  (p: { viewer: Viewer; since: Instant }) => sql`
  select (at at time zone 'Asia/Shanghai')::date as day, coalesce(sum(amount_fen), 0) as refunds
    from ledger.transfers where ${isStaff(p.viewer)}::boolean and kind in ('order.refunded', 'order.unfunded') and at >= ${ts(p.since)}::timestamptz group by 1 order by 1`,
);

/** Payment exceptions that nobody has decided. */
export const openExceptions = query(
  'analytics.open_exceptions',
  { open: t.int, oldestAt: t.instant.null },
  (p: { viewer: Viewer }) => sql`
  select count(*) as open, min(e.at) as oldest_at from payments.exceptions e
   where ${isStaff(p.viewer)}::boolean and not exists (select 1 from payments.decisions d where d.exception_id = e.id)`,
);

/** How far the log is, which is public: its leaves, its newest signed checkpoint, and the events that wait. */
export const logNow = query(
  'analytics.log_now',
  { size: t.int, publishedSize: t.int.null, publishedAt: t.instant.null, waiting: t.int },
  () => sql`
  select coalesce((select first + events from evidence.batches order by first desc limit 1), 0) as size,
         (select size from evidence.notes order by size desc limit 1) as published_size,
         (select at from evidence.notes order by size desc limit 1) as published_at,
         coalesce((select sum(events) from evidence.pending), 0) as waiting`,
);

/** The deadlines of all shops by kind. */
export const deadlinesByKind = query(
  'analytics.deadlines_by_kind',
  { what: t.text, article: t.text, open: t.int, day: t.int, overdue: t.int, nextAt: t.instant },
  (p: { viewer: Viewer; now: Instant }) => sql`
  select what, coalesce(min(article), '') as article, count(*) as open,
         count(*) filter (where due_at > ${ts(p.now)}::timestamptz and due_at <= ${ts(p.now)}::timestamptz + interval '24 hours') as day,
         count(*) filter (where due_at <= ${ts(p.now)}::timestamptz) as overdue, min(due_at) as next_at
    from kit.deadlines where ${isStaff(p.viewer)}::boolean group by what order by min(due_at)`,
);
