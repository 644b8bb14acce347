import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { ExceptionKind, RefundReason } from './contract.ts';
import type { RefundState } from './machine.ts';

export const insertRefunds = statement(
  'payments.insert_refunds',
  (p: {
    ids: string[];
    payments: (string | null)[];
    channels: string[];
    nos: string[];
    amounts: bigint[];
    reasons: string[];
    due: Instant;
    at: Instant;
  }) => sql`
  insert into payments.refunds (id, payment_id, channel, trade_no, amount_fen, reason, state, due_at, requested_at)
  select x.*, 'requested', ${ts(p.due)}::timestamptz, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.payments}::uuid[], ${p.channels}::text[], ${p.nos}::text[], ${p.amounts}::bigint[], ${p.reasons}::text[]) as x`,
);

const refundShape = {
  id: t.uuid,
  paymentId: t.uuid.null,
  channel: t.text,
  tradeNo: t.text,
  amount: t.fen,
  state: t.word<RefundState>(),
  reason: t.word<RefundReason>(),
  request: t.int,
  tries: t.int,
};

/** Due refunds, each marked as sent before it is sent: after a crash nobody believes that it was not. */
export const takeRefunds = query(
  'payments.take_refunds',
  { ...refundShape, asked: t.bool },
  (p: { wall: Instant; again: Instant; limit: number }) => sql`
  update payments.refunds f set state = 'unknown', tries = f.tries + 1, due_at = ${ts(p.again)}::timestamptz
    from (select d.id, d.state from payments.refunds d where d.due_at <= ${ts(p.wall)}::timestamptz order by d.due_at limit ${p.limit} for update skip locked) b
   where f.id = b.id
  returning f.id, f.payment_id, f.channel, f.trade_no, f.amount_fen as amount, f.state, f.reason, f.request, f.tries, b.state = 'unknown' as asked`,
);

export const lockRefunds = query(
  'payments.lock_refunds',
  refundShape,
  (p: { ids: readonly string[] }) => sql`
  select id, payment_id, channel, trade_no, amount_fen as amount, state, reason, request, tries from payments.refunds where id = any(${p.ids}::uuid[]) order by id for update`,
);

export const writeRefund = statement(
  'payments.write_refund',
  (p: {
    id: string;
    state: RefundState;
    request: number;
    due: Instant | null;
    failure: string | null;
    doneAt: Instant | null;
  }) => sql`
  update payments.refunds set state = ${p.state}, request = ${p.request}, due_at = ${ts(p.due)}::timestamptz, failure = ${p.failure}, done_at = ${ts(p.doneAt)}::timestamptz where id = ${p.id}`,
);

export const findException = query(
  'payments.find_exception',
  {
    id: t.uuid,
    kind: t.word<ExceptionKind>(),
    channel: t.text,
    ref: t.text,
    paymentId: t.uuid.null,
    refundId: t.uuid.null,
    amount: t.fen,
    decided: t.bool,
  },
  (p: { id: string }) => sql`
  select e.id, e.kind, e.channel, e.ref, e.payment_id, e.refund_id, e.amount_fen as amount, exists (select from payments.decisions d where d.exception_id = e.id) as decided
    from payments.exceptions e where e.id = ${p.id}`,
);

/** Answers 0 when somebody decided before. */
export const insertDecision = statement(
  'payments.insert_decision',
  (p: {
    id: string;
    decision: string;
    paymentId: string | null;
    note: string;
    by: string;
    at: Instant;
  }) => sql`
  insert into payments.decisions (exception_id, decision, payment_id, note, by_id, at)
  values (${p.id}, ${p.decision}, ${p.paymentId}, ${p.note}, ${p.by}, ${ts(p.at)}::timestamptz) on conflict (exception_id) do nothing`,
);
