import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { LineState } from '../line.machine.ts';

const rowShape = {
  orderId: t.uuid,
  line: t.int,
  title: t.text,
  variantName: t.text,
  quantity: t.int,
  total: t.fen,
  state: t.word<LineState>(),
  paidAt: t.instant,
  acceptBy: t.instant.null,
  promisedAt: t.instant,
  dueAt: t.instant,
  lateAt: t.instant.null,
  acceptedAt: t.instant.null,
  acceptedBy: t.text.null,
  deliveredAt: t.instant.null,
  endedAt: t.instant.null,
};

/** The columns of a line as a shop's pages show it; `d` is the line, `l` what was bought. */
const columns = sql`
  select d.order_id, d.line, v.content->>'title' as title, w.name as variant_name, l.quantity, l.total_fen as total, d.state, d.paid_at, d.accept_by, d.promised_at, d.due_at, d.late_at,
         d.accepted_at, (select u.name from identity.users u where u.id = d.accepted_by) as accepted_by, d.delivered_at, d.ended_at`;
const joined = sql`
    join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id`;

type Asked = {
  viewerShop: string;
  now: Instant;
  filter: string;
  search: string | null;
  limit: number;
  afterAt: Instant | null;
  afterId: string | null;
};

/** What a shop still has to deliver by hand, the shortest time left first. */
export const openDeliveries = query(
  'delivery.open_deliveries',
  rowShape,
  (p: Asked) => sql`
  ${columns}
    from delivery.lines d ${joined}
   where d.shop_id = ${p.viewerShop} and d.mode = 'manual' and d.state in ('waiting', 'accepted', 'delivering')
     and (${p.filter}::text = 'open' or (${p.filter}::text = 'late' and d.promised_at <= ${ts(p.now)}::timestamptz) or d.state = ${p.filter}::text)
     and (${p.search}::text is null or position(lower(${p.search}::text) in lower(v.content->>'title')) > 0)
     and (${ts(p.afterAt)}::timestamptz is null or (d.promised_at, d.order_id) > (${ts(p.afterAt)}::timestamptz, ${p.afterId}::uuid))
   order by d.promised_at, d.order_id, d.line limit ${p.limit}::int`,
);

/** What a shop delivered by hand, or did not, newest first. */
export const endedDeliveries = query(
  'delivery.ended_deliveries',
  rowShape,
  (p: Asked) => sql`
  ${columns}
    from delivery.lines d ${joined}
   where d.shop_id = ${p.viewerShop} and d.mode = 'manual' and d.state in ('delivered', 'failed', 'cancelled')
     and (${p.search}::text is null or position(lower(${p.search}::text) in lower(v.content->>'title')) > 0)
     and (${ts(p.afterAt)}::timestamptz is null or (d.ended_at, d.order_id) < (${ts(p.afterAt)}::timestamptz, ${p.afterId}::uuid))
   order by d.ended_at desc, d.order_id desc, d.line limit ${p.limit}::int`,
);

export const deliveryCounts = query(
  'delivery.delivery_counts',
  { open: t.int, waiting: t.int, accepted: t.int, late: t.int, done: t.int },
  (p: { viewerShop: string; now: Instant }) => sql`
  select count(*) filter (where d.state in ('waiting', 'accepted', 'delivering')) as open, count(*) filter (where d.state = 'waiting') as waiting,
         count(*) filter (where d.state = 'accepted') as accepted,
         count(*) filter (where d.state in ('waiting', 'accepted', 'delivering') and d.promised_at <= ${ts(p.now)}::timestamptz) as late,
         count(*) filter (where d.state in ('delivered', 'failed', 'cancelled')) as done
    from delivery.lines d where d.shop_id = ${p.viewerShop} and d.mode = 'manual'`,
);

/** The lines of one order that are delivered by hand; the caller has decided that the viewer may see the order. */
export const manualLines = query(
  'delivery.manual_lines',
  {
    ...rowShape,
    orderState: t.text,
    listingId: t.uuid,
    version: t.int,
    buyerId: t.uuid,
    price: t.fen,
    rulebook: t.text,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  ${columns}, o.state as order_state, l.listing_id, l.version, o.buyer_id, l.price_fen as price, o.rulebook
    from delivery.lines d ${joined} join orders.orders o on o.shop_id = d.shop_id and o.id = d.order_id
   where d.shop_id = ${p.shopId} and d.order_id = ${p.viewerOrder} and d.mode = 'manual' order by d.line`,
);

/** What was written for these lines, without opening it. */
export const contentsShown = query(
  'delivery.contents_shown',
  {
    line: t.int,
    place: t.int,
    version: t.int,
    at: t.instant,
    by: t.text.null,
    revealedAt: t.instant.null,
    reveals: t.int,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select c.line, c.place, c.version, c.at, (select u.name from identity.users u where u.id = c.by_id) as by, c.revealed_at, c.reveals
    from delivery.contents c where c.shop_id = ${p.shopId} and c.order_id = ${p.viewerOrder} order by c.line, c.place, c.version`,
);
