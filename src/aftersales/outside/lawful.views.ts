import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import { requestColumns, requestShape } from './lawful.store.ts';

/** The register, open ones first; for staff. */
export const requestsSeen = query(
  'aftersales.lawful_requests_seen',
  { ...requestShape, looks: t.int },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select ${requestColumns}, (select count(*) from aftersales.lawful_looks l where l.request_id = r.id) as looks
    from aftersales.lawful_requests r where ${p.viewerStaff}::boolean order by r.state in ('answered', 'declined'), r.due_at, r.id limit ${p.limit}::int`,
);

type Span = { viewerShop: string | null; from: Instant; to: Instant };

/** Every shop, or one, with the figures of a time; for reports to authorities. */
export const shopFigures = query(
  'aftersales.shop_figures',
  {
    id: t.uuid,
    name: t.text,
    openedAt: t.instant,
    verifiedAt: t.instant.null,
    orders: t.int,
    turnover: t.fen,
    refunded: t.fen,
    cases: t.int,
  },
  (p: Span) => sql`
  select s.id, s.name, s.opened_at, s.verified_at, coalesce(o.orders, 0) as orders, coalesce(o.turnover, 0)::bigint as turnover, coalesce(o.refunded, 0)::bigint as refunded, coalesce(c.cases, 0) as cases
    from merchants.shops s
    left join (select shop_id, count(*) as orders, sum(total_fen) as turnover, sum(refunded_fen) as refunded from orders.orders
                where paid_at >= ${ts(p.from)}::timestamptz and paid_at < ${ts(p.to)}::timestamptz group by shop_id) o on o.shop_id = s.id
    left join (select shop_id, count(*) as cases from aftersales.cases where filed_at >= ${ts(p.from)}::timestamptz and filed_at < ${ts(p.to)}::timestamptz group by shop_id) c on c.shop_id = s.id
   where (${p.viewerShop}::uuid is null or s.id = ${p.viewerShop}::uuid) order by s.id`,
);

const orderShape = {
  id: t.uuid,
  shopId: t.uuid,
  buyerId: t.uuid,
  state: t.text,
  placedAt: t.instant,
  paidAt: t.instant.null,
  total: t.fen,
  refunded: t.fen,
  paymentId: t.uuid.null,
  goods: t.json<{ title: string; variant: string; quantity: number; total: string }[]>(),
};

/** The orders of one shop in a time, or one order, with their goods as they were sold; for reports to authorities. Buyers are not in it. */
export const ordersFor = query(
  'aftersales.orders_for_authority',
  orderShape,
  (p: Span & { orderId: string | null; limit: number }) => sql`
  select o.id, o.shop_id, o.buyer_id, o.state, o.placed_at, o.paid_at, o.total_fen as total, o.refunded_fen as refunded, k.payment_id,
         (select json_agg(json_build_object('title', v.content->>'title', 'variant', w.name, 'quantity', l.quantity, 'total', l.total_fen::text) order by l.number)
            from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
            join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id where l.shop_id = o.shop_id and l.order_id = o.id) as goods
    from orders.orders o join checkout.checkouts k on k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key
   where (${p.orderId}::uuid is not null and o.id = ${p.orderId}::uuid)
      or (${p.orderId}::uuid is null and o.shop_id = ${p.viewerShop}::uuid and o.placed_at >= ${ts(p.from)}::timestamptz and o.placed_at < ${ts(p.to)}::timestamptz)
   order by o.placed_at, o.id limit ${p.limit}::int`,
);

/** Cases of a shop or an order in a time; for reports to authorities. */
export const casesFor = query(
  'aftersales.cases_for_authority',
  {
    id: t.uuid,
    orderId: t.uuid,
    reason: t.text,
    state: t.text,
    filedAt: t.instant,
    endedAt: t.instant.null,
    asked: t.fen,
    award: t.fen.null,
    article: t.text.null,
  },
  (p: Span & { orderId: string | null; limit: number }) => sql`
  select c.id, c.order_id, c.reason, c.state, c.filed_at, c.ended_at, c.asked_fen as asked, e.amount_fen as award, e.article
    from aftersales.cases c left join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
   where (${p.orderId}::uuid is not null and c.order_id = ${p.orderId}::uuid)
      or (${p.orderId}::uuid is null and (${p.viewerShop}::uuid is null or c.shop_id = ${p.viewerShop}::uuid) and c.filed_at >= ${ts(p.from)}::timestamptz and c.filed_at < ${ts(p.to)}::timestamptz)
   order by c.filed_at, c.id limit ${p.limit}::int`,
);
