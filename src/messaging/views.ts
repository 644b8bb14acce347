import { bare, query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { MessageKind, Side, Speaker } from './contract.ts';
import type { DemandState } from './machine.ts';

// Whose order it is was decided by whoever asks: orders lie above. `viewerOrder` is an order that the viewer may see.

export const threadHead = query(
  'messaging.thread_head',
  {
    messages: t.int,
    waitsSince: t.instant.null,
    supportSince: t.instant.null,
    lastAt: t.instant,
    lastSide: t.word<Side>(),
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select messages, waits_since, support_since, last_at, last_side from messaging.threads where shop_id = ${p.shopId} and order_id = ${p.viewerOrder}`,
);

/** Messages of a conversation in their order: the last ones, those before one, or those after one. */
export const messagesOf = query(
  'messaging.messages_of',
  {
    seq: t.int,
    id: t.uuid,
    kind: t.word<MessageKind>(),
    side: t.word<Side>(),
    authorId: t.uuid.null,
    at: t.instant,
    eventSeq: t.int,
    dueAt: t.instant.null,
    flags: t.array(t.text),
    hidden: t.bool,
  },
  (p: {
    shopId: string;
    viewerOrder: string;
    before: number | null;
    after: number | null;
    limit: number;
  }) => sql`
  select * from (
    select m.seq, m.id, m.kind, m.side, m.author_id, m.at, m.event_seq, m.due_at, m.flags, h.seq is not null as hidden
      from messaging.messages m left join messaging.hidings h using (shop_id, order_id, seq)
     where m.shop_id = ${p.shopId} and m.order_id = ${p.viewerOrder}
       and (${p.before}::int is null or m.seq < ${p.before}::int) and (${p.after}::int is null or m.seq > ${p.after}::int)
     order by case when ${p.after}::int is null then -m.seq else m.seq end limit ${p.limit}::int) as page
   order by seq`,
);

export const readsOf = query(
  'messaging.reads_of',
  { side: t.word<Speaker>(), seq: t.int, at: t.instant },
  (p: { shopId: string; viewerOrder: string; from: number }) => sql`
  select side, seq, at from messaging.reads where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} and seq >= ${p.from}::int order by seq`,
);

/** How many messages of the others a side has not seen. */
export const unreadOf = query(
  'messaging.unread_of',
  { unread: t.int },
  (p: { shopId: string; viewerOrder: string; side: Speaker }) => sql`
  select count(*) as unread from messaging.messages m
   where m.shop_id = ${p.shopId} and m.order_id = ${p.viewerOrder} and m.side <> ${p.side}
     and m.seq > coalesce((select max(r.seq) from messaging.reads r where r.shop_id = m.shop_id and r.order_id = m.order_id and r.side = ${p.side}), 0)`,
);

/** What else changes in a conversation: how far its other party has seen it, and how much was taken out of view. */
export const changesOf = query(
  'messaging.changes_of',
  { seenUpTo: t.int, hidden: t.int },
  (p: { shopId: string; viewerOrder: string; other: Speaker }) => sql`
  select coalesce((select max(r.seq) from messaging.reads r where r.shop_id = ${p.shopId}::uuid and r.order_id = ${p.viewerOrder}::uuid and r.side = ${p.other}::text), 0) as seen_up_to,
         (select count(*) from messaging.hidings h where h.shop_id = ${p.shopId}::uuid and h.order_id = ${p.viewerOrder}::uuid) as hidden`,
);

/** The demands of orders with what became of them, newest first; for pages and for cases (F080, F081). */
export const demandsOf = query(
  'messaging.demands_of',
  {
    orderId: t.uuid,
    id: t.uuid,
    seq: t.int,
    state: t.word<DemandState>(),
    askedAt: t.instant,
    dueAt: t.instant,
    closedAt: t.instant.null,
  },
  (p: { shopIds: readonly string[]; viewerOrders: readonly string[] }) => sql`
  select d.order_id, d.id, d.seq, d.state, d.asked_at, d.due_at, d.closed_at
    from unnest(${bare(p.shopIds)}::uuid[], ${bare(p.viewerOrders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from messaging.demands d where d.shop_id = x.shop_id and d.order_id = x.order_id offset 0) d
   order by d.order_id, d.seq desc`,
);

/** What shops promised about orders: which message says it, and until when; for cases. */
export const promisesOf = query(
  'messaging.promises_of',
  { orderId: t.uuid, seq: t.int, eventSeq: t.int, at: t.instant, until: t.instant.null },
  (p: { shopIds: readonly string[]; viewerOrders: readonly string[] }) => sql`
  select m.order_id, m.seq, m.event_seq, m.at, m.due_at as until
    from unnest(${bare(p.shopIds)}::uuid[], ${bare(p.viewerOrders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from messaging.messages m where m.shop_id = x.shop_id and m.order_id = x.order_id and m.kind = 'promise' offset 0) m
   order by m.order_id, m.seq`,
);

const rowShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  shopName: t.text,
  title: t.text,
  lastAt: t.instant,
  lastSide: t.word<Side>(),
  lastSeq: t.int,
  messages: t.int,
  unread: t.int,
  waitsSince: t.instant.null,
  supportSince: t.instant.null,
  demandDueAt: t.instant.null,
};
const rowsFor = (side: Speaker) => sql`
  select c.shop_id, c.order_id, s.name as shop_name, c.title, c.last_at, last.side as last_side, last.event_seq as last_seq, c.messages, c.waits_since, c.support_since,
         (select d.due_at from messaging.demands d where d.shop_id = c.shop_id and d.order_id = c.order_id and d.state = 'open') as demand_due_at,
         (select count(*) from messaging.messages m
           where m.shop_id = c.shop_id and m.order_id = c.order_id and m.side <> ${side}::text
             and m.seq > coalesce((select max(r.seq) from messaging.reads r where r.shop_id = c.shop_id and r.order_id = c.order_id and r.side = ${side}::text), 0)) as unread
    from page c join merchants.shops s on s.id = c.shop_id
    cross join lateral (select m.event_seq, m.side from messaging.messages m where m.shop_id = c.shop_id and m.order_id = c.order_id and m.kind <> 'notice' order by m.seq desc limit 1) last`;
type Page = { before: Instant | null; limit: number };

export const conversationsOfBuyer = query(
  'messaging.conversations_of_buyer',
  rowShape,
  (p: Page & { viewerIds: readonly string[] }) => sql`
  with page as (
    select * from messaging.threads t where t.buyer_id = any(${bare(p.viewerIds)}::uuid[]) and (${ts(p.before)}::timestamptz is null or t.last_at < ${ts(p.before)}::timestamptz)
     order by t.last_at desc limit ${p.limit}::int)
  ${rowsFor('buyer')} order by c.last_at desc`,
);

/** Those that wait for the shop, longest first. */
export const conversationsWaiting = query(
  'messaging.conversations_waiting',
  rowShape,
  (p: { viewerShop: string; limit: number }) => sql`
  with page as (
    select * from messaging.threads t where t.shop_id = ${p.viewerShop} and t.waits_since is not null order by t.waits_since limit ${p.limit}::int)
  ${rowsFor('merchant')} order by c.waits_since`,
);

export const conversationsOfShop = query(
  'messaging.conversations_of_shop',
  rowShape,
  (p: Page & { viewerShop: string }) => sql`
  with page as (
    select * from messaging.threads t where t.shop_id = ${p.viewerShop} and (${ts(p.before)}::timestamptz is null or t.last_at < ${ts(p.before)}::timestamptz)
     order by t.last_at desc limit ${p.limit}::int)
  ${rowsFor('merchant')} order by c.last_at desc`,
);

/** Those into which the support was called, of all shops; the route lets only staff in. */
export const conversationsForViewerStaff = query(
  'messaging.conversations_for_staff',
  rowShape,
  (p: { limit: number }) => sql`
  with page as (
    select * from messaging.threads t where t.support_since is not null order by t.support_since limit ${p.limit}::int)
  ${rowsFor('support')} order by c.support_since`,
);

export const waitingIn = query(
  'messaging.waiting_in',
  { waiting: t.int },
  (p: { viewerShop: string }) => sql`
  select count(*) as waiting from messaging.threads where shop_id = ${p.viewerShop} and waits_since is not null`,
);

export const quickRepliesOf = query(
  'messaging.quick_replies_of',
  { text: t.text },
  (p: { viewerShop: string }) => sql`
  select text from messaging.quick_replies where shop_id = ${p.viewerShop} order by number`,
);

/** Who hears of what is said: the buyer, and those of the shop who answer; with the first message that each side has not seen. Not for screens. */
export const hearersToTell = query(
  'messaging.hearers_to_tell',
  {
    orderId: t.uuid,
    buyerId: t.uuid,
    title: t.text,
    staff: t.array(t.uuid),
    buyerFirst: t.uuid.null,
    merchantFirst: t.uuid.null,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select c.order_id, c.buyer_id, c.title,
         array(select distinct m.user_id from identity.memberships m where m.shop_id = c.shop_id and m.role in ('owner', 'orders')) as staff,
         (select m.id from messaging.messages m where m.shop_id = c.shop_id and m.order_id = c.order_id and m.side <> 'buyer'
             and m.seq > coalesce((select max(r.seq) from messaging.reads r where r.shop_id = c.shop_id and r.order_id = c.order_id and r.side = 'buyer'), 0)
           order by m.seq limit 1) as buyer_first,
         (select m.id from messaging.messages m where m.shop_id = c.shop_id and m.order_id = c.order_id and m.side <> 'merchant'
             and m.seq > coalesce((select max(r.seq) from messaging.reads r where r.shop_id = c.shop_id and r.order_id = c.order_id and r.side = 'merchant'), 0)
           order by m.seq limit 1) as merchant_first
    from messaging.threads c join unnest(${bare(p.viewerShops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id) on c.shop_id = x.shop_id and c.order_id = x.id`,
);

/** The first time that the support was called into a conversation, and the words before it: what somebody asked for help with (F048). */
export const firstCallOf = query(
  'messaging.first_call_of',
  { seq: t.int, at: t.instant },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select seq, at from messaging.messages where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} and kind = 'call' and side = 'buyer' order by seq limit 1`,
);

/**
 * Calls for the support in a period, and how soon its first word came after each; public as sums and counts (F184). A call is answered by
 * the next word of the support in its conversation.
 */
export const supportAnswers = query(
  'messaging.support_answers',
  { calls: t.int, answered: t.int, median: t.real.null, slowest: t.real.null },
  (p: { from: Instant; to: Instant }) => sql`
  select count(*) as calls, count(a.at) as answered,
         percentile_cont(0.5) within group (order by extract(epoch from a.at - c.at) * 1000) as median,
         max(extract(epoch from a.at - c.at) * 1000)::float8 as slowest
    from messaging.messages c
    left join lateral (
      select m.at from messaging.messages m
       where m.shop_id = c.shop_id and m.order_id = c.order_id and m.seq > c.seq and m.side = 'support' order by m.seq limit 1) a on true
   where c.kind = 'call' and c.at >= ${ts(p.from)}::timestamptz and c.at < ${ts(p.to)}::timestamptz`,
);

/** How soon the support answered the first call in one conversation. */
export const firstAnswerOf = query(
  'messaging.first_answer_of',
  { at: t.instant },
  (p: { shopId: string; viewerOrder: string; seq: number }) => sql`
  select at from messaging.messages where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} and seq > ${p.seq}::int and side = 'support' order by seq limit 1`,
);
