import { bare, query, sql, t } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { CaseEvent, CaseState, ObjectionState } from './machine.ts';
import type { ReasonCode, Remedy } from './reasons.data.ts';
import { caseColumns, caseShape } from './store.ts';
import type { Source } from './words.contract.ts';

/** Where a case is that the viewer may see: its buyer, people of its shop who see orders, and staff who hear cases. Others learn nothing. */
export const caseSeenBy = query(
  'aftersales.case_seen_by',
  { shopId: t.uuid, orderId: t.uuid, buyerId: t.uuid },
  (p: { viewer: Pick<Viewer, 'buyerIds'>; shops: readonly string[]; staff: boolean; caseId: string }) => sql`
  select c.shop_id, c.order_id, c.buyer_id from aftersales.cases c
   where c.id = ${p.caseId} and (c.buyer_id = any(${bare(p.viewer.buyerIds)}::uuid[]) or c.shop_id = any(${bare(p.shops)}::uuid[]) or ${p.staff}::boolean)`,
);

/** The newest offer or demand of a case: an offer stands until something else is asked for. */
export const lastOffer = query(
  'aftersales.last_offer',
  { kind: t.text, body: t.json<Record<string, unknown>>(), at: t.instant },
  (p: { shopId: string; viewerCase: string }) => sql`
  select kind, body, at from aftersales.statements
   where shop_id = ${p.shopId} and case_id = ${p.viewerCase} and kind in ('offer', 'demand') order by number desc limit 1`,
);

/** The head of a case for its page; the caller has decided that the viewer may see it. */
export const headOf = query(
  'aftersales.head_of',
  {
    ...caseShape,
    shopName: t.text,
    shopSlug: t.text,
    title: t.text,
    variantName: t.text,
    version: t.int,
    newest: t.int,
    price: t.fen,
    paidBy: t.word<'wallet' | 'channel'>(),
    releasedAt: t.instant.null,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select ${caseColumns}, s.name as shop_name, s.slug as shop_slug, v.content->>'title' as title, w.name as variant_name, l.version, g.version as newest, l.price_fen as price, k.paid_by, o.released_at
    from aftersales.cases c join merchants.shops s on s.id = c.shop_id
    join orders.orders o on o.shop_id = c.shop_id and o.id = c.order_id
    join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
    join catalog.listings g on g.shop_id = l.shop_id and g.id = l.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id
    join checkout.checkouts k on k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key
   where c.shop_id = ${p.shopId} and c.id = ${p.viewerCase}`,
);

type Key = { shopId: string; viewerCase: string };

export const statementsOf = query(
  'aftersales.statements_of',
  {
    number: t.int,
    kind: t.text,
    by: t.text,
    byId: t.uuid.null,
    body: t.json<Record<string, unknown>>(),
    at: t.instant,
  },
  (p: Key) => sql`
  select number, kind, by_kind as by, by_id, body, at from aftersales.statements where shop_id = ${p.shopId} and case_id = ${p.viewerCase} order by number`,
);

/** The exhibits of a case as its buyer may have them in a copy of their own data: what the shop showed for the platform only is not in it. */
export const exhibitsOf = query(
  'aftersales.exhibits_of',
  {
    number: t.int,
    by: t.text,
    kind: t.text,
    caption: t.text,
    text: t.text,
    sha256: t.bytes,
    formedAt: t.instant.null,
    at: t.instant,
  },
  (p: Key) => sql`
  select number, by_kind as by, kind, caption, text, sha256, formed_at, at from aftersales.exhibits
   where shop_id = ${p.shopId} and case_id = ${p.viewerCase} and (audience = 'parties' or by_kind = 'buyer') order by number`,
);

export const stepsOf = query(
  'aftersales.steps_of',
  {
    step: t.int,
    event: t.word<CaseEvent>(),
    state: t.word<CaseState>(),
    by: t.text,
    article: t.text,
    at: t.instant,
  },
  (p: Key) => sql`
  select step, event, to_state as state, by_kind as by, article, at from aftersales.steps where shop_id = ${p.shopId} and case_id = ${p.viewerCase} order by step`,
);

export const executionOf = query(
  'aftersales.execution_of',
  {
    kind: t.text,
    amount: t.fen,
    shares: t.json<{ source: Source; amount: string }[]>(),
    paidFirst: t.bool,
    article: t.text,
    at: t.instant,
  },
  (p: Key) => sql`
  select kind, amount_fen as amount, shares, paid_first, article, at from aftersales.executions where shop_id = ${p.shopId} and case_id = ${p.viewerCase}`,
);

export const objectionOf = query(
  'aftersales.objection_of',
  { state: t.word<ObjectionState>(), text: t.text, reasons: t.text.null, at: t.instant },
  (p: Key) => sql`
  select state, text, reasons, at from aftersales.objections where shop_id = ${p.shopId} and case_id = ${p.viewerCase}`,
);

/** What of each unit of an order was paid back, for its page. */
export const lossesOf = query(
  'aftersales.losses_of',
  { line: t.int, place: t.int, paid: t.fen },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select line, place, paid_fen as paid from orders.losses where shop_id = ${p.shopId} and order_id = ${p.viewerOrder}`,
);

/** The cases of one order. */
export const casesOf = query(
  'aftersales.cases_of',
  { ...caseShape, executedBy: t.text.null },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select ${caseColumns}, (select e.kind from aftersales.executions e where e.shop_id = c.shop_id and e.case_id = c.id) as executed_by
    from aftersales.cases c where c.shop_id = ${p.shopId} and c.order_id = ${p.viewerOrder} order by c.id`,
);

export const summaryShape = {
  id: t.uuid,
  orderId: t.uuid,
  shopId: t.uuid,
  buyerId: t.uuid,
  shopName: t.text,
  title: t.text,
  variantName: t.text,
  units: t.int,
  state: t.word<CaseState>(),
  reason: t.word<ReasonCode>(),
  remedy: t.word<Remedy>(),
  asked: t.fen,
  offers: t.int,
  turn: t.text.null,
  sinceAt: t.instant.null,
  dueAt: t.instant.null,
  decideBy: t.instant.null,
  handlerId: t.uuid.null,
  seniorId: t.uuid.null,
  rulebook: t.text,
  filedAt: t.instant,
};
/** Rows of lists from a `page` of cases: `place` keeps the order in which keys were asked for. */
const summary = sql`
  select c.id, c.order_id, c.shop_id, c.buyer_id, s.name as shop_name, v.content->>'title' as title, w.name as variant_name, cardinality(c.places) as units, c.state, c.reason, c.remedy,
         c.asked_fen as asked, c.offers, c.turn, c.since_at, c.due_at, c.decide_by, c.handler_id, c.senior_id, c.rulebook, c.filed_at`;
const summaryOrigin = sql`
    from page c join merchants.shops s on s.id = c.shop_id
    join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id`;
export const summaryFrom = sql`${summary}, c.holder_id, c.place ${summaryOrigin}`;

/** A buyer's cases, newest first. */
export const casesOfBuyer = query(
  'aftersales.cases_of_buyer',
  summaryShape,
  (p: { viewerIds: readonly string[]; before: string | null; limit: number }) => sql`
  with page as (
    select * from aftersales.cases c where c.buyer_id = any(${bare(p.viewerIds)}::uuid[]) and (${p.before}::uuid is null or c.id < ${p.before}::uuid)
     order by c.id desc limit ${p.limit}::int)
  ${summary} ${summaryOrigin} order by c.id desc`,
);

/** Objections that wait for a person. */
export const openObjections = query(
  'aftersales.open_objections',
  { caseId: t.uuid, shopName: t.text, text: t.text, amount: t.fen, at: t.instant },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select o.case_id, s.name as shop_name, o.text, e.amount_fen as amount, o.at from aftersales.objections o
    join aftersales.executions e on e.shop_id = o.shop_id and e.case_id = o.case_id join merchants.shops s on s.id = o.shop_id
   where o.state = 'open' and ${p.viewerStaff}::boolean order by o.at limit ${p.limit}::int`,
);

/** What the people of a case are told; for notifications, not for screens. */
export const casesToTell = query(
  'aftersales.to_tell',
  {
    id: t.uuid,
    shopId: t.uuid,
    orderId: t.uuid,
    buyerId: t.uuid,
    state: t.word<CaseState>(),
    reason: t.word<ReasonCode>(),
    turn: t.text.null,
    dueAt: t.instant.null,
    article: t.text.null,
    handlerId: t.uuid.null,
    asked: t.fen,
    paid: t.fen.null,
    title: t.text,
    owners: t.array(t.uuid),
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select c.id, c.shop_id, c.order_id, c.buyer_id, c.state, c.reason, c.turn, c.due_at,
         (select d.article from kit.deadlines d where d.shop_id = c.shop_id and d.about = c.id and d.what <> 'case.remind' order by (d.due_at = c.due_at) desc, d.due_at limit 1) as article,
         c.handler_id, c.asked_fen as asked, e.amount_fen as paid, v.content->>'title' as title,
         array(select distinct m.user_id from identity.memberships m where m.shop_id = c.shop_id and m.role in ('owner', 'orders')) as owners
    from unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) join aftersales.cases c on c.shop_id = x.shop_id and c.id = x.id
    join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    left join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id`,
);
