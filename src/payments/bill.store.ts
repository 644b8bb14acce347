import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { RefundState } from './machine.ts';

/** Our books of one day at a channel, by the channel's own times. */
export const tradesOfDay = query(
  'payments.trades_of_day',
  { no: t.text, amount: t.fen },
  (p: { channel: string; from: Instant; to: Instant }) => sql`
  select trade_no as no, amount_fen as amount from payments.trades where channel = ${p.channel} and channel_at >= ${ts(p.from)}::timestamptz and channel_at < ${ts(p.to)}::timestamptz`,
);

/** Refunds with these numbers that are done in our books, whatever the day. */
export const refundsByIds = query(
  'payments.refunds_by_ids',
  { id: t.uuid, request: t.int, amount: t.fen, state: t.word<RefundState>() },
  (p: { ids: readonly string[] }) => sql`
  select id, request, amount_fen as amount, state from payments.refunds where id = any(${p.ids}::uuid[])`,
);

export const insertBill = statement(
  'payments.insert_bill',
  (p: { channel: string; day: string; hash: Buffer; rows: number; differences: number; at: Instant }) => sql`
  insert into payments.bills (channel, day, body_hash, rows, differences, at) values (${p.channel}, ${p.day}::date, ${p.hash}, ${p.rows}, ${p.differences}, ${ts(p.at)}::timestamptz)
  on conflict (channel, day, body_hash) do nothing`,
);
