import { query, sql, t } from '../kit/sql.ts';

/** Whether the buyer of an order ticked a text of this name before paying. */
export const ticked = query(
  'aftersales.ticked',
  { ticked: t.bool },
  (p: { shopId: string; viewerOrder: string; name: string }) => sql`
  select exists (select 1 from jsonb_array_elements(k.acknowledgements) a where a->>'name' = ${p.name}) as ticked
    from orders.orders o join checkout.checkouts k on k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key
   where o.shop_id = ${p.shopId} and o.id = ${p.viewerOrder}`,
);

/** The trades that a channel reported for the payment of an order. */
export const tradesOf = query(
  'aftersales.trades_of',
  { number: t.text, amount: t.fen },
  (p: { paymentId: string; viewerOrder: string }) => sql`
  select trade_no as number, amount_fen as amount from payments.trades where payment_id = ${p.paymentId} order by channel_at, trade_no`,
);
