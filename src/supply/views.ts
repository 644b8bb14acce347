import { query, sql, t } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import { ts } from '../kit/sql.ts';
import type { TopupCarrier } from '../catalog/topup.contract.ts';
import type { AttemptState, RequestState } from './machine.ts';

/** The suppliers of a shop; never their keys. */
export const suppliersOfShop = query(
  'supply.of_shop',
  {
    supplierId: t.uuid,
    name: t.text,
    protocol: t.word<'yrapi' | 'sandbox'>(),
    address: t.text,
    userNo: t.text,
    isOn: t.bool,
    alarm: t.fen,
    balance: t.fen.null,
    balanceAt: t.instant.null,
    trouble: t.text.null,
    silent: t.bool,
    products: t.int,
  },
  (p: { viewerShop: string; wall: Instant }) => sql`
  select s.id as supplier_id, s.name, s.protocol, s.address, s.user_no, s.is_on, s.alarm_fen as alarm, h.balance_fen as balance, h.balance_at, h.trouble,
         coalesce(h.open_until > ${ts(p.wall)}::timestamptz, false) as silent,
         (select count(*) from supply.products g where g.shop_id = s.shop_id and g.supplier_id = s.id) as products
    from supply.suppliers s left join supply.health h on h.shop_id = s.shop_id and h.supplier_id = s.id
   where s.shop_id = ${p.viewerShop} order by s.at, s.id`,
);

export const productsOfSupplier = query(
  'supply.products_of',
  {
    productNo: t.text,
    name: t.text,
    carrier: t.word<TopupCarrier>(),
    price: t.fen,
    onSale: t.bool,
  },
  (p: { viewerShop: string; supplierId: string }) => sql`
  select product_no, name, carrier, price_fen as price, on_sale from supply.products where shop_id = ${p.viewerShop} and supplier_id = ${p.supplierId} order by carrier, price_fen, product_no`,
);

export const routesOfShop = query(
  'supply.routes_of_shop',
  {
    variantId: t.uuid,
    supplierId: t.uuid,
    supplier: t.text,
    productNo: t.text,
    product: t.text.null,
    maxCost: t.fen,
    price: t.fen.null,
  },
  (p: { viewerShop: string }) => sql`
  select r.variant_id, r.supplier_id, s.name as supplier, r.product_no, g.name as product, r.max_cost_fen as max_cost, g.price_fen as price
    from supply.routes r join supply.suppliers s on s.shop_id = r.shop_id and s.id = r.supplier_id
    left join supply.products g on g.shop_id = r.shop_id and g.supplier_id = r.supplier_id and g.product_no = r.product_no
   where r.shop_id = ${p.viewerShop} order by r.variant_id, r.place`,
);

/** The variants of a shop that are filled directly, as their newest version names them. */
export const directVariants = query(
  'supply.direct_variants',
  {
    variantId: t.uuid,
    listingId: t.uuid,
    title: t.text,
    variantName: t.text,
    price: t.fen,
    face: t.fen.null,
  },
  (p: { viewerShop: string }) => sql`
  select (x->>'id')::uuid as variant_id, l.id as listing_id, v.content->>'title' as title, x->>'name' as variant_name, (x->>'price')::bigint as price, (x->>'faceValue')::bigint as face
    from catalog.listings l
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version
   cross join lateral jsonb_array_elements(v.content->'variants') x
   where l.shop_id = ${p.viewerShop} and v.content->'delivery'->>'mode' = 'direct' order by l.id, x->>'name'`,
);

const attemptShown = {
  attemptId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  nth: t.int,
  number: t.text,
  supplier: t.text,
  productNo: t.text,
  masked: t.text,
  face: t.fen,
  maxCost: t.fen,
  cost: t.fen.null,
  charged: t.fen.null,
  state: t.word<AttemptState>(),
  request: t.word<RequestState>(),
  why: t.text.null,
  supplierNo: t.text.null,
  voucher: t.text.null,
  said: t.text.null,
  sends: t.int,
  asks: t.int,
  wish: t.word<'send' | 'ask' | 'cancel'>(),
  cancelWanted: t.bool,
  abandoned: t.bool,
  refusal: t.text.null,
  newest: t.bool,
  at: t.instant,
  endedAt: t.instant.null,
  nextAt: t.instant.null,
};
const shownColumns = sql`a.id as attempt_id, a.order_id, a.line, a.nth, a.number, s.name as supplier, a.product_no, r.masked, a.face_fen as face, a.max_cost_fen as max_cost, a.cost_fen as cost,
  a.charged_fen as charged, a.state, r.state as request, r.why, a.supplier_no, a.voucher, a.said, a.sends, a.asks, a.wish, a.cancel_wanted, a.abandoned, a.refusal, a.nth = r.attempts as newest,
  a.at, a.ended_at, a.due_at as next_at`;
const shownFrom = sql`supply.attempts a
    join supply.requests r on r.shop_id = a.shop_id and r.order_id = a.order_id and r.line = a.line
    join supply.suppliers s on s.shop_id = a.shop_id and s.id = a.supplier_id`;

/** A page of a shop's attempts. The search is a number of ours, the supplier's number, the carrier's serial, or an order. */
export const attemptsOfShop = query(
  'supply.attempts_of_shop',
  attemptShown,
  (p: {
    viewerShop: string;
    state: string;
    search: string | null;
    orderId: string | null;
    before: string | null;
    limit: number;
  }) => sql`
  select ${shownColumns} from ${shownFrom}
   where a.shop_id = ${p.viewerShop} and (${p.before}::uuid is null or a.id < ${p.before}::uuid)
     and (${p.state}::text = 'all' or (${p.state}::text = 'open' and a.state in ('queued', 'submitted', 'unknown')) or (${p.state}::text = 'held' and r.state = 'held' and a.nth = r.attempts)
          or (${p.state}::text = 'failed' and a.state in ('refused', 'failed', 'cancelled')) or a.state = ${p.state}::text)
     and (${p.search}::text is null or a.number = upper(${p.search}::text) or a.supplier_no = ${p.search}::text or a.voucher = ${p.search}::text or a.order_id = ${p.orderId}::uuid)
   order by a.id desc limit ${p.limit}::int`,
);

export const attemptShownOne = query(
  'supply.attempt_shown',
  attemptShown,
  (p: { viewerShop: string; id: string }) => sql`
  select ${shownColumns} from ${shownFrom} where a.shop_id = ${p.viewerShop} and a.id = ${p.id}`,
);

export const exchangesOf = query(
  'supply.exchanges_of',
  { act: t.text, answer: t.text, said: t.text, at: t.instant },
  (p: { viewerShop: string; id: string }) => sql`
  select act, answer, said, at from supply.exchanges where shop_id = ${p.viewerShop} and attempt_id = ${p.id} order by nth desc limit 100`,
);

/** Requests of one order with their newest attempt, for its page. */
export const suppliedOfOrder = query(
  'supply.of_order',
  {
    line: t.int,
    state: t.word<RequestState>(),
    why: t.text.null,
    attempt: t.word<AttemptState>().null,
    supplierNo: t.text.null,
    voucher: t.text.null,
    charged: t.fen.null,
    sends: t.int.null,
    sentAt: t.instant.null,
    askedAt: t.instant.null,
    cancelWanted: t.bool.null,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select r.line, r.state, r.why, a.state as attempt, a.supplier_no, a.voucher, a.charged_fen as charged, a.sends, a.sent_at, e.at as asked_at, a.cancel_wanted
    from supply.requests r
    left join lateral (select * from supply.attempts a where a.shop_id = r.shop_id and a.order_id = r.order_id and a.line = r.line order by (a.state in ('success', 'partial', 'late')) desc, a.nth desc limit 1) a on true
    left join lateral (select max(e.at) as at from supply.exchanges e where e.shop_id = a.shop_id and e.attempt_id = a.id) e on true
   where r.shop_id = ${p.shopId} and r.order_id = ${p.viewerOrder} order by r.line`,
);
