import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import { lineShape } from './line.store.ts';

/** The later lines of an order; the caller has decided that the viewer may see it. */
export const laterLines = query(
  'delivery.later_lines',
  lineShape,
  (p: { shopId: string; viewerOrder: string }) => sql`
  select d.shop_id, d.order_id, d.line, d.listing_id, d.goods, d.mode, d.state, d.payment_id, d.paid_at, d.accept_by, d.promised_at, d.due_at, d.accepted_at, d.accepted_by, d.started_at,
         d.late_at, d.cancel_asked_at, d.delivered_at, d.ended_at, d.refunded_fen as refunded
    from delivery.lines d where d.shop_id = ${p.shopId} and d.order_id = ${p.viewerOrder} order by d.line`,
);

// What was promised and what was reached: lines whose end, or whose promise, lies in the window. A line that never came counts as late; one
// that the shop refused before its time was over counts as neither.
const measured = sql`
  select d.listing_id, d.paid_at, d.promised_at, d.delivered_at, d.late_at,
         extract(epoch from d.promised_at - d.paid_at) as promised, extract(epoch from d.delivered_at - d.paid_at) as reached,
         d.state = 'delivered' as came, d.late_at is not null as was_late
    from delivery.lines d`;

const figureShape = { delivered: t.int, onTime: t.int, late: t.int, median: t.real.null };
const figures = sql`
  count(*) filter (where m.came) as delivered, count(*) filter (where m.came and not m.was_late) as on_time, count(*) filter (where m.was_late) as late,
  percentile_cont(0.5) within group (order by m.reached) filter (where m.came) as median`;

/** How one listing was delivered since then: public, and of nobody in particular. */
export const listingFigures = query(
  'delivery.listing_figures',
  { ...figureShape, promised: t.int.null },
  (p: { listingId: string; since: Instant }) => sql`
  select ${figures}, (select (v.content->'delivery'->>'within_seconds')::int from catalog.listings g
                        join catalog.listing_versions v on v.shop_id = g.shop_id and v.listing_id = g.id and v.version = g.version where g.id = ${p.listingId}) as promised
    from (${measured} join catalog.listings g on g.shop_id = d.shop_id and g.id = d.listing_id where g.id = ${p.listingId} and d.paid_at >= ${ts(p.since)}::timestamptz) m`,
);

const dayShape = {
  day: t.text,
  delivered: t.int,
  late: t.int,
  promised: t.real.null,
  reached: t.real.null,
};
const days = sql`
  to_char(m.paid_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) filter (where m.came) as delivered, count(*) filter (where m.was_late) as late,
  percentile_cont(0.5) within group (order by m.promised) as promised, percentile_cont(0.5) within group (order by m.reached) filter (where m.came) as reached`;

/** The same by the Beijing day of the payment; public. */
export const listingDays = query(
  'delivery.listing_days',
  dayShape,
  (p: { listingId: string; since: Instant }) => sql`
  select ${days} from (${measured} join catalog.listings g on g.shop_id = d.shop_id and g.id = d.listing_id where g.id = ${p.listingId} and d.paid_at >= ${ts(p.since)}::timestamptz) m
   group by day order by day`,
);

export const shopDays = query(
  'delivery.shop_days',
  dayShape,
  (p: { viewerShop: string; since: Instant }) => sql`
  select ${days} from (${measured} where d.shop_id = ${p.viewerShop} and d.paid_at >= ${ts(p.since)}::timestamptz) m group by day order by day`,
);

/** Each listing of a shop that was delivered later, the most often late first. */
export const shopFigures = query(
  'delivery.shop_figures',
  { ...figureShape, listingId: t.uuid, title: t.text, promised: t.int.null, lastLateAt: t.instant.null },
  (p: { viewerShop: string; since: Instant }) => sql`
  select f.listing_id, v.content->>'title' as title, (v.content->'delivery'->>'within_seconds')::int as promised, f.delivered, f.on_time, f.late, f.median, f.last_late_at
    from (select m.listing_id, ${figures}, max(m.late_at) as last_late_at
            from (${measured} where d.shop_id = ${p.viewerShop} and d.paid_at >= ${ts(p.since)}::timestamptz) m group by m.listing_id) f
    join catalog.listings g on g.shop_id = ${p.viewerShop} and g.id = f.listing_id
    join catalog.listing_versions v on v.shop_id = g.shop_id and v.listing_id = g.id and v.version = g.version
   order by f.late desc, f.delivered desc, f.listing_id`,
);

/** What the people of orders are told about their delivery; for notifications, not for screens. `hands` work on the orders of the shop. */
export const deliveriesToTell = query(
  'delivery.to_tell',
  {
    id: t.uuid,
    buyerId: t.uuid,
    title: t.text,
    units: t.int,
    amount: t.fen,
    mode: t.text,
    promisedAt: t.instant,
    dueAt: t.instant,
    hands: t.array(t.uuid),
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select o.id, o.buyer_id, o.total_fen as amount, o.mode, first.title, first.units, first.promised_at, first.due_at,
         array(select distinct m.user_id from identity.memberships m where m.shop_id = o.shop_id and m.role in ('owner', 'orders')) as hands
    from unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) join orders.orders o on o.shop_id = x.shop_id and o.id = x.id
    cross join lateral (
      select coalesce(min(v.content->>'title'), '') as title, coalesce(sum(l.quantity), 0)::int as units, coalesce(min(d.promised_at), o.placed_at) as promised_at, coalesce(min(d.due_at), o.placed_at) as due_at
        from delivery.lines d join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
        join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
       where d.shop_id = o.shop_id and d.order_id = o.id having count(*) > 0) first`,
);
