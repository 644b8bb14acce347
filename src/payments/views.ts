import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { ExceptionDecision, ExceptionKind, PaymentPurpose, RefundReason } from './contract.ts';
import type { PaymentState, RefundState } from './machine.ts';

const paymentShape = {
  paymentId: t.uuid, purpose: t.word<PaymentPurpose>(), checkoutKey: t.text.null, channel: t.text, amount: t.fen, received: t.fen, state: t.word<PaymentState>(), payUrl: t.text.null,
  failure: t.text.null, createdAt: t.instant, expiresAt: t.instant, paidAt: t.instant.null, creditedAt: t.instant.null,
};

/** 支付记录 (F174): every attempt of the viewer, newest first. `before` is the last one seen. */
export const paymentsOf = query('payments.payments_of', paymentShape, (p: { viewerIds: readonly string[]; before: string | null; limit: number }) => sql`
  select id as payment_id, purpose, case when purpose = 'checkout' then request_key end as checkout_key, channel, amount_fen as amount, received_fen as received, state,
         case when state = 'open' then pay_url end as pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where buyer_id = any(${p.viewerIds}::uuid[]) and (${p.before}::uuid is null or id < ${p.before}::uuid)
   order by id desc limit ${p.limit}`);

export const paymentSeenBy = query('payments.payment_seen_by', paymentShape, (p: { viewerIds: readonly string[]; id: string }) => sql`
  select id as payment_id, purpose, case when purpose = 'checkout' then request_key end as checkout_key, channel, amount_fen as amount, received_fen as received, state,
         case when state = 'open' then pay_url end as pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where id = ${p.id} and buyer_id = any(${p.viewerIds}::uuid[])`);

/** What went back of payments that the viewer may see. */
export const refundsOfPayments = query('payments.refunds_of_payments', {
  paymentId: t.uuid, refundId: t.uuid, tradeNo: t.text, amount: t.fen, state: t.word<RefundState>(), reason: t.word<RefundReason>(), requestedAt: t.instant, doneAt: t.instant.null,
}, (p: { ids: readonly string[] }) => sql`
  select p.id as payment_id, f.id as refund_id, f.trade_no, f.amount_fen as amount, f.state, f.reason, f.requested_at, f.done_at
    from payments.payments p
    join payments.trades r on r.payment_id = p.id
    join payments.refunds f on f.channel = r.channel and f.trade_no = r.trade_no
   where p.id = any(${p.ids}::uuid[])
  union all
  select m.payment_id, f.id, f.trade_no, f.amount_fen, f.state, f.reason, f.requested_at, f.done_at
    from payments.matches m join payments.refunds f on f.channel = m.channel and f.trade_no = m.trade_no
   where m.payment_id = any(${p.ids}::uuid[])
   order by requested_at, refund_id`);

/** Whose a trade is: null when nobody's. No row when we never heard of it. */
export const tradeOwner = query('payments.trade_owner', { paymentId: t.uuid.null, buyerId: t.uuid.null }, (p: { channel: string; tradeNo: string }) => sql`
  select p.id as payment_id, p.buyer_id
    from payments.trades r
    left join payments.matches m on m.channel = r.channel and m.trade_no = r.trade_no
    left join payments.payments p on p.id = coalesce(r.payment_id, m.payment_id)
   where r.channel = ${p.channel} and r.trade_no = ${p.tradeNo}`);

export const exceptionsSeen = query('payments.exceptions_seen', {
  exceptionId: t.uuid, kind: t.word<ExceptionKind>(), channel: t.text, ref: t.text, paymentId: t.uuid.null, amount: t.fen, detail: t.json<Record<string, unknown>>(), at: t.instant,
  decision: t.word<ExceptionDecision>().null, by: t.uuid.null, decidedAt: t.instant.null, note: t.text.null,
}, (p: { decided: boolean; limit: number }) => sql`
  select e.id as exception_id, e.kind, e.channel, e.ref, e.payment_id, e.amount_fen as amount, e.detail, e.at, d.decision, d.by_id as by, d.at as decided_at, d.note
    from payments.exceptions e left join payments.decisions d on d.exception_id = e.id
   where ${p.decided}::boolean or d.exception_id is null
   order by d.exception_id is not null, e.id desc limit ${p.limit}`);

export const claimsOn = query('payments.claims_on', { tradeNo: t.text, channel: t.text, buyerId: t.uuid, paymentId: t.uuid.null }, (p: { refs: readonly string[] }) => sql`
  select trade_no, channel, buyer_id, payment_id from payments.claims where trade_no = any(${p.refs}::text[]) order by at`);

/** Our books of one day at a channel, by the channel's own times. */
export const tradesOfDay = query('payments.trades_of_day', { no: t.text, amount: t.fen }, (p: { channel: string; from: Instant; to: Instant }) => sql`
  select trade_no as no, amount_fen as amount from payments.trades where channel = ${p.channel} and channel_at >= ${ts(p.from)}::timestamptz and channel_at < ${ts(p.to)}::timestamptz`);

/** Refunds with these numbers that are done in our books, whatever the day. */
export const refundsByIds = query('payments.refunds_by_ids', { id: t.uuid, request: t.int, amount: t.fen, state: t.word<RefundState>() }, (p: { ids: readonly string[] }) => sql`
  select id, request, amount_fen as amount, state from payments.refunds where id = any(${p.ids}::uuid[])`);

/** The operator's numbers: open exceptions, refunds under way, and how long the oldest of them waits. */
export const paymentWork = query('payments.payment_work', { exceptions: t.int, refunds: t.int, oldestRefundAt: t.instant.null }, () => sql`
  select (select count(*) from payments.exceptions e where not exists (select from payments.decisions d where d.exception_id = e.id)) as exceptions,
         (select count(*) from payments.refunds where due_at is not null) as refunds,
         (select min(requested_at) from payments.refunds where due_at is not null) as oldest_refund_at`);
