import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { IssuerCheckState } from './machine.ts';

export const insertIssuerCheck = statement(
  'delivery.insert_issuer_check',
  (p: {
    shopId: string;
    id: string;
    orderId: string;
    line: number;
    place: number;
    poolId: string;
    number: bigint;
    issuer: string;
    byKind: 'buyer' | 'system';
    byId: string | null;
    at: Instant;
    wall: Instant;
  }) => sql`
  insert into delivery.issuer_checks (shop_id, id, order_id, line, place, pool_id, number, issuer, state, by_kind, by_id, asked_at, next_at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.line}, ${p.place}, ${p.poolId}, ${p.number}, ${p.issuer}, 'asked', ${p.byKind}, ${p.byId}, ${ts(p.at)}::timestamptz, ${ts(p.wall)}::timestamptz)`,
);

/** Questions about keys of orders that the caller has locked: whether one is open, and how many there were since a moment. */
export const openAndLate = query(
  'delivery.issuer_open_and_late',
  { orderId: t.uuid, line: t.int, place: t.int, open: t.int, lately: t.int },
  (p: { shops: readonly string[]; orders: readonly string[]; since: Instant }) => sql`
  select c.order_id, c.line, c.place, count(*) filter (where c.state = 'asked') as open, count(*) filter (where c.asked_at > ${ts(p.since)}::timestamptz) as lately
    from unnest(${p.shops}::uuid[], ${p.orders}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.issuer_checks c where c.shop_id = x.shop_id and c.order_id = x.order_id offset 0) c
   group by c.order_id, c.line, c.place`,
);

/** Takes questions that wait, each for one process: until the lease ends nobody else asks them. */
export const takeQuestions = query(
  'delivery.take_issuer_questions',
  {
    shopId: t.uuid,
    id: t.uuid,
    orderId: t.uuid,
    line: t.int,
    place: t.int,
    poolId: t.uuid,
    number: t.big,
    issuer: t.text,
    tries: t.int,
    askedAt: t.instant,
  },
  (p: { wall: Instant; until: Instant; limit: number; issuers: readonly string[] }) => sql`
  update delivery.issuer_checks c set tries = c.tries + 1, next_at = ${ts(p.until)}::timestamptz
    from (select shop_id, id from delivery.issuer_checks
           where state = 'asked' and next_at <= ${ts(p.wall)}::timestamptz and issuer = any(${p.issuers}::text[])
           order by next_at limit ${p.limit} for update skip locked) x
   where c.shop_id = x.shop_id and c.id = x.id
  returning c.shop_id, c.id, c.order_id, c.line, c.place, c.pool_id, c.number, c.issuer, c.tries, c.asked_at`,
);

export const lockQuestion = query(
  'delivery.lock_issuer_question',
  { state: t.word<IssuerCheckState>(), tries: t.int },
  (p: { shopId: string; id: string }) => sql`
  select state, tries from delivery.issuer_checks where shop_id = ${p.shopId} and id = ${p.id} for update`,
);

export const postponeQuestion = statement(
  'delivery.postpone_issuer_question',
  (p: { shopId: string; id: string; nextAt: Instant }) => sql`
  update delivery.issuer_checks set next_at = ${ts(p.nextAt)}::timestamptz where shop_id = ${p.shopId} and id = ${p.id}`,
);

export const writeIssuerAnswer = statement(
  'delivery.write_issuer_answer',
  (p: {
    shopId: string;
    id: string;
    state: IssuerCheckState;
    used: boolean | null;
    usedAt: Instant | null;
    account: string | null;
    rawHash: Buffer | null;
    at: Instant;
  }) => sql`
  update delivery.issuer_checks set state = ${p.state}, used = ${p.used}, used_at = ${ts(p.usedAt)}::timestamptz, account = ${p.account},
         raw_hash = ${p.rawHash}, answered_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and id = ${p.id} and state = 'asked'`,
);

export const readIssuerChecks = query(
  'delivery.read_issuer_checks',
  {
    id: t.uuid,
    orderId: t.uuid,
    line: t.int,
    place: t.int,
    issuer: t.text,
    state: t.word<IssuerCheckState>(),
    byKind: t.word<'buyer' | 'system'>(),
    askedAt: t.instant,
    answeredAt: t.instant.null,
    used: t.bool.null,
    usedAt: t.instant.null,
    account: t.text.null,
    rawHash: t.bytes.null,
    deliveredAt: t.instant.null,
    revealedAt: t.instant.null,
  },
  (p: { shops: readonly string[]; orders: readonly string[] }) => sql`
  select c.id, c.order_id, c.line, c.place, c.issuer, c.state, c.by_kind, c.asked_at, c.answered_at, c.used, c.used_at, c.account, c.raw_hash, u.delivered_at, u.revealed_at
    from unnest(${p.shops}::uuid[], ${p.orders}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.issuer_checks c where c.shop_id = x.shop_id and c.order_id = x.order_id offset 0) c
    left join lateral (select u.delivered_at, u.revealed_at from delivery.units u
                        where u.shop_id = c.shop_id and u.pool_id = c.pool_id and u.number = c.number and u.order_id = c.order_id limit 1) u on true
   order by c.order_id, c.line, c.place, c.asked_at, c.id`,
);
