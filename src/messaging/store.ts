import { bare, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { MessageKind, Side, Speaker } from './contract.ts';
import type { DemandState } from './machine.ts';

type At = { shopId: string; orderId: string };

export const lockThread = query(
  'messaging.lock_thread',
  {
    messages: t.int,
    lastAt: t.instant,
    lastSide: t.word<Side>(),
    waitsSince: t.instant.null,
    supportSince: t.instant.null,
  },
  (p: At) => sql`
  select messages, last_at, last_side, waits_since, support_since from messaging.threads
   where shop_id = ${p.shopId} and order_id = ${p.orderId} for update`,
);

/** The conversation as it is after a message; the first one begins it. */
export const writeThread = statement(
  'messaging.write_thread',
  (
    p: At & {
      buyerId: string;
      title: string;
      messages: number;
      at: Instant;
      lastSide: Side;
      waitsSince: Instant | null;
      supportSince: Instant | null;
    },
  ) => sql`
  insert into messaging.threads (shop_id, order_id, buyer_id, title, messages, opened_at, last_at, last_side, waits_since, support_since)
  values (${p.shopId}, ${p.orderId}, ${p.buyerId}, ${p.title}, ${p.messages}, ${ts(p.at)}::timestamptz, ${ts(p.at)}::timestamptz, ${p.lastSide},
          ${ts(p.waitsSince)}::timestamptz, ${ts(p.supportSince)}::timestamptz)
  on conflict (shop_id, order_id) do update
     set messages = excluded.messages, last_at = excluded.last_at, last_side = excluded.last_side, waits_since = excluded.waits_since,
         support_since = excluded.support_since`,
);

export const insertMessage = statement(
  'messaging.insert_message',
  (
    p: At & {
      seq: number;
      id: string;
      kind: MessageKind;
      side: Side;
      authorId: string | null;
      at: Instant;
      eventSeq: number;
      dueAt: Instant | null;
      flags: readonly string[];
    },
  ) => sql`
  insert into messaging.messages (shop_id, order_id, seq, id, kind, side, author_id, at, event_seq, due_at, flags)
  values (${p.shopId}, ${p.orderId}, ${p.seq}, ${p.id}, ${p.kind}, ${p.side}, ${p.authorId}, ${ts(p.at)}::timestamptz, ${p.eventSeq},
          ${ts(p.dueAt)}::timestamptz, ${bare(p.flags)}::text[])`,
);

/** How often somebody spoke in a conversation since an id was made. */
export const countLately = query(
  'messaging.count_lately',
  { lately: t.int },
  (p: At & { authorId: string; since: string }) => sql`
  select count(*) as lately from messaging.messages
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and author_id = ${p.authorId}::uuid and id >= ${p.since}::uuid`,
);

export const findMessage = query(
  'messaging.find_message',
  { id: t.uuid, kind: t.text, side: t.word<Side>(), authorId: t.uuid.null, hidden: t.bool },
  (p: At & { seq: number }) => sql`
  select m.id, m.kind, m.side, m.author_id, h.seq is not null as hidden
    from messaging.messages m left join messaging.hidings h using (shop_id, order_id, seq)
   where m.shop_id = ${p.shopId} and m.order_id = ${p.orderId} and m.seq = ${p.seq}::int`,
);

export const insertHiding = statement(
  'messaging.insert_hiding',
  (p: At & { seq: number; byId: string; at: Instant; eventSeq: number }) => sql`
  insert into messaging.hidings (shop_id, order_id, seq, by_id, at, event_seq)
  values (${p.shopId}, ${p.orderId}, ${p.seq}, ${p.byId}, ${ts(p.at)}::timestamptz, ${p.eventSeq})`,
);

/** Notes that a side has seen the conversation up to a message that is there; nothing, when it had seen as far before. */
export const insertRead = statement(
  'messaging.insert_read',
  (p: At & { side: Speaker; upTo: number; byId: string; at: Instant }) => sql`
  insert into messaging.reads (shop_id, order_id, side, seq, by_id, at)
  select t.shop_id, t.order_id, ${p.side}::text, least(${p.upTo}::int, t.messages), ${p.byId}::uuid, ${ts(p.at)}::timestamptz
    from messaging.threads t
   where t.shop_id = ${p.shopId} and t.order_id = ${p.orderId}
     and not exists (select 1 from messaging.reads r where r.shop_id = t.shop_id and r.order_id = t.order_id and r.side = ${p.side}::text
                        and r.seq >= least(${p.upTo}::int, t.messages))
  on conflict do nothing`,
);

const demandShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  seq: t.int,
  state: t.word<DemandState>(),
  rulebook: t.text,
  askedAt: t.instant,
  dueAt: t.instant,
  closedAt: t.instant.null,
};

/** The open demand of an order; the caller holds the conversation. */
export const lockOpenDemand = query(
  'messaging.lock_open_demand',
  demandShape,
  (p: At) => sql`
  select shop_id, id, order_id, seq, state, rulebook, asked_at, due_at, closed_at from messaging.demands
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and state = 'open' for update`,
);

/** Demands by their ids, with the orders whose locks come first. Not locked. */
export const findDemands = query(
  'messaging.find_demands',
  demandShape,
  (p: { shopIds: readonly string[]; ids: readonly string[] }) => sql`
  select d.shop_id, d.id, d.order_id, d.seq, d.state, d.rulebook, d.asked_at, d.due_at, d.closed_at
    from unnest(${bare(p.shopIds)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from messaging.demands d where d.shop_id = x.shop_id and d.id = x.id offset 0) d`,
);

export const insertDemand = statement(
  'messaging.insert_demand',
  (p: At & { id: string; seq: number; rulebook: string; at: Instant; dueAt: Instant }) => sql`
  insert into messaging.demands (shop_id, id, order_id, seq, state, rulebook, asked_at, due_at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.seq}, 'open', ${p.rulebook}, ${ts(p.at)}::timestamptz, ${ts(p.dueAt)}::timestamptz)`,
);

export const closeDemand = statement(
  'messaging.close_demand',
  (p: { shopId: string; id: string; state: DemandState; at: Instant; answerSeq: number | null }) => sql`
  update messaging.demands set state = ${p.state}, closed_at = ${ts(p.at)}::timestamptz, answer_seq = ${p.answerSeq}
   where shop_id = ${p.shopId} and id = ${p.id}`,
);

export const insertFeed = statement(
  'messaging.insert_feed',
  (p: At & { id: string }) => sql`
  insert into messaging.feed (id, shop_id, order_id) values (${p.id}, ${p.shopId}, ${p.orderId})`,
);

/** Changes since an id was made, for whoever looks on in this process. */
export const readFeed = query(
  'messaging.read_feed',
  { id: t.uuid, orderId: t.uuid },
  (p: { since: string }) => sql`
  select id, order_id from messaging.feed where id >= ${p.since}::uuid order by id limit 5000`,
);

export const emptyFeed = statement(
  'messaging.empty_feed',
  (p: { before: string }) => sql`delete from messaging.feed where id < ${p.before}::uuid`,
);

export const deleteQuickReplies = statement(
  'messaging.delete_quick_replies',
  (p: { shopId: string }) => sql`delete from messaging.quick_replies where shop_id = ${p.shopId}`,
);
export const insertQuickReplies = statement(
  'messaging.insert_quick_replies',
  (p: { shopId: string; texts: readonly string[] }) => sql`
  insert into messaging.quick_replies (shop_id, number, text)
  select ${p.shopId}::uuid, n, text from unnest(${p.texts}::text[]) with ordinality as x(text, n)`,
);
