import { query, sql, t } from '../kit/sql.ts';

/** What channels say came in for payments, each with its own number and time; the caller has decided that the viewer may see them. */
export const tradesSeen = query(
  'payments.trades_seen',
  { paymentId: t.uuid, channel: t.text, tradeNo: t.text, amount: t.fen, channelAt: t.instant },
  (p: { viewerPayments: readonly string[] }) => sql`
  select r.payment_id, r.channel, r.trade_no, r.amount_fen as amount, r.channel_at from payments.trades r where r.payment_id = any(${p.viewerPayments}::uuid[])
  union all
  select m.payment_id, r.channel, r.trade_no, r.amount_fen as amount, r.channel_at
    from payments.matches m join payments.trades r on r.channel = m.channel and r.trade_no = m.trade_no where m.payment_id = any(${p.viewerPayments}::uuid[])
   order by channel_at`,
);
