import { bare, instants, query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { PaymentPurpose } from './contract.ts';
import type { PaymentState } from './machine.ts';

export const insertPayments = statement(
  'payments.insert_payments',
  (p: {
    ids: string[];
    purposes: string[];
    buyers: string[];
    keys: string[];
    channels: string[];
    amounts: bigint[];
    expires: (Instant | null)[];
    at: Instant;
  }) => sql`
  insert into payments.payments (id, purpose, buyer_id, request_key, channel, amount_fen, expires_at, state, created_at)
  select x.*, 'opening', ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.ids)}::uuid[], ${p.purposes}::text[], ${uuids(p.buyers)}::uuid[], ${p.keys}::text[], ${p.channels}::text[], ${bare(p.amounts)}::bigint[], ${instants(p.expires)}::timestamptz[]) as x
  on conflict (buyer_id, purpose, request_key) do nothing`,
);

/** A payment that was not inserted because its request was there before has no check of its own. */
export const insertChecks = statement(
  'payments.insert_checks',
  (p: { ids: string[]; due: Instant }) => sql`
  insert into payments.checks (payment_id, due_at, expires_at)
  select p.id, ${ts(p.due)}::timestamptz, p.expires_at from payments.payments p where p.id = any(${uuids(p.ids)}::uuid[])
  on conflict (payment_id) do nothing`,
);

const paymentShape = {
  id: t.uuid,
  purpose: t.word<PaymentPurpose>(),
  buyerId: t.uuid,
  checkoutKey: t.text,
  channel: t.text,
  amount: t.fen,
  received: t.fen,
  state: t.word<PaymentState>(),
  channelRef: t.text.null,
  payUrl: t.text.null,
  failure: t.text.null,
  createdAt: t.instant,
  expiresAt: t.instant,
  paidAt: t.instant.null,
  creditedAt: t.instant.null,
};
export const lockPaymentRows = query(
  'payments.lock_payments',
  paymentShape,
  (p: { ids: readonly string[] }) => sql`
  select id, purpose, buyer_id, request_key as checkout_key, channel, amount_fen as amount, received_fen as received, state, channel_ref, pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where id = any(${uuids(p.ids)}::uuid[]) order by id for update`,
);

export const readPaymentRows = query(
  'payments.read_payments',
  paymentShape,
  (p: { ids: readonly string[] }) => sql`
  select id, purpose, buyer_id, request_key as checkout_key, channel, amount_fen as amount, received_fen as received, state, channel_ref, pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where id = any(${uuids(p.ids)}::uuid[]) order by id`,
);

export const findRequest = query(
  'payments.find_request',
  { id: t.uuid, amount: t.fen, channel: t.text },
  (p: { buyerId: string; purpose: string; key: string }) => sql`
  select id, amount_fen as amount, channel from payments.payments where buyer_id = ${p.buyerId} and purpose = ${p.purpose} and request_key = ${p.key}`,
);

export const writeStates = statement(
  'payments.write_states',
  (p: {
    ids: string[];
    states: string[];
    refs: (string | null)[];
    urls: (string | null)[];
    failures: (string | null)[];
  }) => sql`
  merge into payments.payments p
   using unnest(${uuids(p.ids)}::uuid[], ${p.states}::text[], ${p.refs}::text[], ${p.urls}::text[], ${p.failures}::text[]) as x(id, state, ref, url, failure) on p.id = x.id
    when matched then update set state = x.state, channel_ref = x.ref, pay_url = x.url, failure = x.failure when not matched then do nothing`,
);

export const writeReceived = statement(
  'payments.write_received',
  (p: { ids: string[]; states: string[]; sums: bigint[]; paid: (Instant | null)[] }) => sql`
  merge into payments.payments p
   using unnest(${uuids(p.ids)}::uuid[], ${bare(p.states)}::text[], ${bare(p.sums)}::bigint[], ${instants(p.paid)}::timestamptz[]) as x(id, state, received, paid) on p.id = x.id
    when matched then update set state = x.state, received_fen = x.received, paid_at = x.paid when not matched then do nothing`,
);

export const writeCredited = statement(
  'payments.write_credited',
  (p: { ids: string[]; at: Instant }) => sql`
  update payments.payments set credited_at = ${ts(p.at)}::timestamptz where id = any(${uuids(p.ids)}::uuid[]) and credited_at is null`,
);

const tradeShape = {
  channel: t.text,
  tradeNo: t.text,
  id: t.uuid,
  paymentId: t.uuid.null,
  named: t.text.null,
  amount: t.fen,
  channelAt: t.instant,
  at: t.instant,
};
export const findTrades = query(
  'payments.find_trades',
  tradeShape,
  (p: { channels: string[]; nos: string[] }) => sql`
  select r.channel, r.trade_no, r.id, r.payment_id, r.named, r.amount_fen as amount, r.channel_at, r.at
    from unnest(${p.channels}::text[], ${p.nos}::text[]) as x(channel, no)
   cross join lateral (select * from payments.trades r where r.channel = x.channel and r.trade_no = x.no offset 0) r`,
);

/** What came in for payments, also by a person's match, with what of it has gone back or is on its way. */
export const tradesOfPayments = query(
  'payments.trades_of_payments',
  {
    paymentId: t.uuid,
    tradeNo: t.text,
    id: t.uuid,
    amount: t.fen,
    returned: t.fen,
    matched: t.bool,
    at: t.instant,
  },
  (p: { ids: readonly string[] }) => sql`
  select m.payment_id, m.trade_no, m.id, m.amount_fen as amount, m.matched, m.at,
         coalesce((select sum(f.amount_fen) from payments.refunds f where f.channel = m.channel and f.trade_no = m.trade_no and f.state <> 'credited'), 0)::bigint as returned
    from (select r.payment_id, r.channel, r.trade_no, r.id, r.amount_fen, false as matched, r.at from payments.trades r where r.payment_id = any(${uuids(p.ids)}::uuid[])
          union all
          select y.payment_id, r.channel, r.trade_no, r.id, r.amount_fen, true, r.at from payments.matches y join payments.trades r on r.channel = y.channel and r.trade_no = y.trade_no
           where y.payment_id = any(${uuids(p.ids)}::uuid[])) m
   order by m.payment_id, m.at, m.trade_no`,
);

export const insertTrades = statement(
  'payments.insert_trades',
  (p: {
    channels: string[];
    nos: string[];
    ids: string[];
    payments: (string | null)[];
    named: (string | null)[];
    amounts: bigint[];
    sources: string[];
    proofs: Buffer[];
    channelAts: (Instant | null)[];
    payers: (Buffer | null)[];
    at: Instant;
  }) => sql`
  insert into payments.trades (channel, trade_no, id, payment_id, named, amount_fen, source, proof, channel_at, payer, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.channels}::text[], ${p.nos}::text[], ${uuids(p.ids)}::uuid[], ${uuids(p.payments)}::uuid[], ${p.named}::text[], ${bare(p.amounts)}::bigint[], ${p.sources}::text[], ${p.proofs}::bytea[], ${instants(p.channelAts)}::timestamptz[], ${p.payers}::bytea[]) as x`,
);

export const insertMatch = statement(
  'payments.insert_match',
  (p: { channel: string; tradeNo: string; paymentId: string; by: string; at: Instant }) => sql`
  insert into payments.matches (channel, trade_no, payment_id, by_id, at) values (${p.channel}, ${p.tradeNo}, ${p.paymentId}, ${p.by}, ${ts(p.at)}::timestamptz)`,
);

export const insertNotices = statement(
  'payments.insert_notices',
  (p: {
    ids: string[];
    channels: string[];
    verified: boolean[];
    decisions: string[];
    nos: (string | null)[];
    payments: (string | null)[];
    hashes: Buffer[];
    headers: string[];
    at: Instant;
  }) => sql`
  insert into payments.notices (id, channel, verified, decision, trade_no, payment_id, body_hash, headers, at)
  select x.id, x.channel, x.verified, x.decision, x.no, x.payment, x.hash, x.headers::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.ids)}::uuid[], ${p.channels}::text[], ${bare(p.verified)}::bool[], ${p.decisions}::text[], ${p.nos}::text[], ${uuids(p.payments)}::uuid[], ${p.hashes}::bytea[], ${p.headers}::text[])
      as x(id, channel, verified, decision, no, payment, hash, headers)`,
);

/** Takes checks that are due and moves each forward, so that no two processes ask about the same payment at once. */
export const takeChecks = query(
  'payments.take_checks',
  { paymentId: t.uuid, done: t.int },
  (p: { wall: Instant; business: Instant; again: Instant; limit: number }) => sql`
  update payments.checks c set due_at = ${ts(p.again)}::timestamptz, last_at = ${ts(p.wall)}::timestamptz, done = c.done + 1,
         expires_at = case when c.expires_at <= ${ts(p.business)}::timestamptz then null else c.expires_at end
   where c.payment_id in (select d.payment_id from payments.checks d where d.due_at <= ${ts(p.wall)}::timestamptz or d.expires_at <= ${ts(p.business)}::timestamptz
                           order by d.due_at limit ${p.limit} for update skip locked)
  returning c.payment_id, c.done`,
);

/** One check on a person's wish; nothing when the channel was asked a moment ago. */
export const takeCheckNow = query(
  'payments.take_check_now',
  { paymentId: t.uuid },
  (p: { id: string; wall: Instant; before: Instant; due: Instant }) => sql`
  insert into payments.checks as c (payment_id, due_at, last_at) values (${p.id}, ${ts(p.due)}::timestamptz, ${ts(p.wall)}::timestamptz)
  on conflict (payment_id) do update set last_at = excluded.last_at where c.last_at is null or c.last_at <= ${ts(p.before)}::timestamptz
  returning payment_id`,
);

export const moveCheck = statement(
  'payments.move_check',
  (p: { id: string; due: Instant }) => sql`
  update payments.checks set due_at = ${ts(p.due)}::timestamptz where payment_id = ${p.id}`,
);

export const dropCheck = statement(
  'payments.drop_check',
  (p: { id: string }) => sql`delete from payments.checks where payment_id = ${p.id}`,
);

export const insertExceptions = statement(
  'payments.insert_exceptions',
  (p: {
    ids: string[];
    kinds: string[];
    channels: string[];
    refs: string[];
    payments: (string | null)[];
    refunds: (string | null)[];
    amounts: bigint[];
    details: string[];
    at: Instant;
  }) => sql`
  insert into payments.exceptions (id, kind, channel, ref, payment_id, refund_id, amount_fen, detail, at)
  select x.id, x.kind, x.channel, x.ref, x.payment, x.refund, x.amount, x.detail::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.ids)}::uuid[], ${p.kinds}::text[], ${p.channels}::text[], ${p.refs}::text[], ${uuids(p.payments)}::uuid[], ${uuids(p.refunds)}::uuid[], ${bare(p.amounts)}::bigint[], ${p.details}::text[])
      as x(id, kind, channel, ref, payment, refund, amount, detail)
  on conflict (kind, channel, ref) do nothing`,
);

/** Whose a trade is: null when nobody's. No row when we never heard of it. */
export const tradeOwner = query(
  'payments.trade_owner',
  { paymentId: t.uuid.null, buyerId: t.uuid.null },
  (p: { channel: string; tradeNo: string }) => sql`
  select p.id as payment_id, p.buyer_id
    from payments.trades r
    left join payments.matches m on m.channel = r.channel and m.trade_no = r.trade_no
    left join payments.payments p on p.id = coalesce(r.payment_id, m.payment_id)
   where r.channel = ${p.channel} and r.trade_no = ${p.tradeNo}`,
);

export const insertClaim = statement(
  'payments.insert_claim',
  (p: { channel: string; tradeNo: string; buyerId: string; paymentId: string | null; at: Instant }) => sql`
  insert into payments.claims (channel, trade_no, buyer_id, payment_id, at) values (${p.channel}, ${p.tradeNo}, ${p.buyerId}, ${p.paymentId}, ${ts(p.at)}::timestamptz)
  on conflict do nothing`,
);
