import { query, sql, t } from '../kit/sql.ts';

/** The payments that these orders wait for. */
export const paymentsOfOrders = query(
  'checkout.payments_of_orders',
  { paymentId: t.uuid.null },
  (p: { shops: string[]; orders: string[] }) => sql`
  select distinct c.payment_id from orders.orders o
    join unnest(${p.shops}::uuid[], ${p.orders}::uuid[]) as x(shop_id, id) on o.shop_id = x.shop_id and o.id = x.id
    join checkout.checkouts c on c.buyer_id = o.buyer_id and c.idempotency_key = o.checkout_key`,
);
