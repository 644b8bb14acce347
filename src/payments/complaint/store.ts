import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { ComplaintState } from './contract.ts';
import type { Complaint } from './rules.ts';

export const complaintShape = {
  channel: t.text,
  number: t.text,
  tradeNo: t.text,
  paymentId: t.uuid.null,
  amount: t.fen,
  state: t.word<ComplaintState>(),
  text: t.text,
  userConfirmed: t.bool,
  version: t.int,
  refunded: t.fen,
  refundNo: t.text.null,
  toldAt: t.instant,
  answerBy: t.instant,
  settleBy: t.instant,
  answeredAt: t.instant.null,
};
export const complaintColumns = sql`
  c.channel, c.number, c.trade_no, c.payment_id, c.amount_fen as amount, c.state, c.text, c.user_confirmed, c.version, c.refunded_fen as refunded, c.refund_no, c.told_at, c.answer_by, c.settle_by,
  c.answered_at`;

type Key = { channel: string; number: string };

/** Notices about one complaint come one after another, also before its row is there. */
export const holdNumber = query(
  'payments.hold_complaint_number',
  { held: t.bool },
  (p: Key) => sql`
  select pg_advisory_xact_lock(hashtextextended(${p.channel} || '/' || ${p.number}, 7305020)) is not null as held`,
);

export const lockComplaint = query(
  'payments.lock_complaint',
  complaintShape,
  (p: Key) => sql`
  select ${complaintColumns} from payments.complaints c where c.channel = ${p.channel} and c.number = ${p.number} for update`,
);

/** Which payment a trade belongs to, by itself or because a person matched it. */
export const paymentOfTrade = query(
  'payments.payment_of_trade',
  { paymentId: t.uuid.null },
  (p: { channel: string; tradeNo: string }) => sql`
  select coalesce(r.payment_id, (select m.payment_id from payments.matches m where m.channel = r.channel and m.trade_no = r.trade_no)) as payment_id
    from payments.trades r where r.channel = ${p.channel} and r.trade_no = ${p.tradeNo}`,
);

export const putComplaint = statement(
  'payments.put_complaint',
  (p: { one: Complaint; at: Instant }) => sql`
  insert into payments.complaints (channel, number, trade_no, payment_id, amount_fen, state, text, user_confirmed, version, refunded_fen, refund_no, told_at, answer_by, settle_by, answered_at, at)
  values (${p.one.channel}, ${p.one.number}, ${p.one.tradeNo}, ${p.one.paymentId}::uuid, ${p.one.amount}::bigint, ${p.one.state}, ${p.one.text}, ${p.one.userConfirmed}::boolean, ${p.one.version}::int,
          ${p.one.refunded}::bigint, ${p.one.refundNo}, ${ts(p.one.toldAt)}::timestamptz, ${ts(p.one.answerBy)}::timestamptz, ${ts(p.one.settleBy)}::timestamptz, ${ts(p.one.answeredAt)}::timestamptz, ${ts(p.at)}::timestamptz)
  on conflict (channel, number) do update set state = excluded.state, text = excluded.text, user_confirmed = excluded.user_confirmed, version = excluded.version, refunded_fen = excluded.refunded_fen,
     refund_no = excluded.refund_no, answered_at = excluded.answered_at`,
);

/** True once for each sending of a channel: its own number of it. */
export const insertNotice = statement(
  'payments.insert_complaint_notice',
  (p: {
    id: string;
    channel: string;
    verified: boolean;
    decision: string;
    number: string | null;
    request: string | null;
    hash: Buffer;
    at: Instant;
  }) => sql`
  insert into payments.complaint_notices (id, channel, verified, decision, number, request, body_sha256, at)
  values (${p.id}, ${p.channel}, ${p.verified}::boolean, ${p.decision}, ${p.number}, ${p.request}, ${p.hash}::bytea, ${ts(p.at)}::timestamptz)
  on conflict do nothing`,
);

export const insertAnswer = statement(
  'payments.insert_complaint_answer',
  (p: {
    id: string;
    channel: string;
    number: string;
    kind: string;
    text: string;
    byId: string;
    due: Instant;
    at: Instant;
  }) => sql`
  insert into payments.complaint_answers (id, channel, number, kind, text, state, by_id, due_at, at)
  values (${p.id}, ${p.channel}, ${p.number}, ${p.kind}, ${p.text}, 'waiting', ${p.byId}, ${ts(p.due)}::timestamptz, ${ts(p.at)}::timestamptz)`,
);

/** Due answers, each put off before it is sent, so that two processes do not send it at once. */
export const takeAnswers = query(
  'payments.take_complaint_answers',
  {
    id: t.uuid,
    channel: t.text,
    number: t.text,
    kind: t.word<'reply' | 'complete'>(),
    text: t.text,
    tries: t.int,
  },
  (p: { wall: Instant; again: Instant; limit: number }) => sql`
  update payments.complaint_answers a set tries = a.tries + 1, due_at = ${ts(p.again)}::timestamptz
    from (select d.id from payments.complaint_answers d where d.due_at <= ${ts(p.wall)}::timestamptz order by d.due_at limit ${p.limit} for update skip locked) b
   where a.id = b.id
  returning a.id, a.channel, a.number, a.kind, a.text, a.tries`,
);

export const writeAnswer = statement(
  'payments.write_complaint_answer',
  (p: {
    id: string;
    state: string;
    failure: string | null;
    due: Instant | null;
    doneAt: Instant | null;
  }) => sql`
  update payments.complaint_answers set state = ${p.state}, failure = ${p.failure}, due_at = ${ts(p.due)}::timestamptz, done_at = ${ts(p.doneAt)}::timestamptz
   where id = ${p.id} and state = 'waiting'`,
);
