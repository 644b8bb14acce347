import { query, sql, t } from '../kit/sql.ts';
import type { ExceptionDecision, ExceptionKind, PaymentPurpose, RefundReason } from './contract.ts';
import type { PaymentState, RefundState } from './machine.ts';

const paymentShape = {
  paymentId: t.uuid,
  purpose: t.word<PaymentPurpose>(),
  checkoutKey: t.text.null,
  channel: t.text,
  amount: t.fen,
  received: t.fen,
  state: t.word<PaymentState>(),
  payUrl: t.text.null,
  failure: t.text.null,
  createdAt: t.instant,
  expiresAt: t.instant,
  paidAt: t.instant.null,
  creditedAt: t.instant.null,
};

/** 支付记录 (F174): every attempt of the viewer, newest first. `before` is the last one seen. */
export const paymentsOf = query(
  'payments.payments_of',
  paymentShape,
  (p: { viewerIds: readonly string[]; before: string | null; limit: number }) => sql`
  select id as payment_id, purpose, case when purpose = 'checkout' then request_key end as checkout_key, channel, amount_fen as amount, received_fen as received, state,
         case when state = 'open' then pay_url end as pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where buyer_id = any(${p.viewerIds}::uuid[]) and (${p.before}::uuid is null or id < ${p.before}::uuid)
   order by id desc limit ${p.limit}`,
);

export const paymentSeenBy = query(
  'payments.payment_seen_by',
  paymentShape,
  (p: { viewerIds: readonly string[]; id: string }) => sql`
  select id as payment_id, purpose, case when purpose = 'checkout' then request_key end as checkout_key, channel, amount_fen as amount, received_fen as received, state,
         case when state = 'open' then pay_url end as pay_url, failure, created_at, expires_at, paid_at, credited_at
    from payments.payments where id = ${p.id} and buyer_id = any(${p.viewerIds}::uuid[])`,
);

/** What went back of payments of the viewer. */
export const refundsOfPayments = query(
  'payments.refunds_of_payments',
  {
    paymentId: t.uuid,
    refundId: t.uuid,
    tradeNo: t.text,
    amount: t.fen,
    state: t.word<RefundState>(),
    reason: t.word<RefundReason>(),
    requestedAt: t.instant,
    doneAt: t.instant.null,
  },
  (p: { viewerIds: readonly string[]; ids: readonly string[] }) => sql`
  select p.id as payment_id, f.id as refund_id, f.trade_no, f.amount_fen as amount, f.state, f.reason, f.requested_at, f.done_at
    from payments.payments p
    join (select r.payment_id, r.channel, r.trade_no from payments.trades r where r.payment_id = any(${p.ids}::uuid[])
          union all
          select m.payment_id, m.channel, m.trade_no from payments.matches m where m.payment_id = any(${p.ids}::uuid[])) r on r.payment_id = p.id
    join payments.refunds f on f.channel = r.channel and f.trade_no = r.trade_no
   where p.id = any(${p.ids}::uuid[]) and p.buyer_id = any(${p.viewerIds}::uuid[])
   order by f.requested_at, f.id`,
);

/** Exceptions, for finance only: others see none. */
export const exceptionsSeen = query(
  'payments.exceptions_seen',
  {
    exceptionId: t.uuid,
    kind: t.word<ExceptionKind>(),
    channel: t.text,
    ref: t.text,
    paymentId: t.uuid.null,
    amount: t.fen,
    detail: t.json<Record<string, unknown>>(),
    at: t.instant,
    decision: t.word<ExceptionDecision>().null,
    by: t.uuid.null,
    decidedAt: t.instant.null,
    note: t.text.null,
  },
  (p: { viewerIsFinance: boolean; decided: boolean; limit: number }) => sql`
  select e.id as exception_id, e.kind, e.channel, e.ref, e.payment_id, e.amount_fen as amount, e.detail, e.at, d.decision, d.by_id as by, d.at as decided_at, d.note
    from payments.exceptions e left join payments.decisions d on d.exception_id = e.id
   where ${p.viewerIsFinance}::boolean and (${p.decided}::boolean or d.exception_id is null)
   order by d.exception_id is not null, e.id desc limit ${p.limit}`,
);

export const claimsOn = query(
  'payments.claims_on',
  { tradeNo: t.text, channel: t.text, buyerId: t.uuid, paymentId: t.uuid.null },
  (p: { viewerIsFinance: boolean; refs: readonly string[] }) => sql`
  select trade_no, channel, buyer_id, payment_id from payments.claims where ${p.viewerIsFinance}::boolean and trade_no = any(${p.refs}::text[]) order by at`,
);
