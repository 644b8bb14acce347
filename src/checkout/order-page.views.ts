import { query, sql, t } from '../kit/sql.ts';

/** How the order was paid. */
export const paidWith = query(
  'checkout.paid_with',
  {
    paidBy: t.word<'wallet' | 'channel'>(),
    paymentId: t.uuid.null,
    acknowledgements: t.json<{ name: string; language: string; hash: string; at: number }[]>(),
  },
  (p: { buyerId: string; viewerKey: string }) => sql`
  select paid_by, payment_id, acknowledgements from checkout.checkouts where buyer_id = ${p.buyerId} and idempotency_key = ${p.viewerKey}`,
);

/** The payment that funded one of the viewer's orders; null where a wallet did. */
export const paidWithByOrder = query(
  'checkout.paid_with_by_order',
  { paymentId: t.uuid.null },
  (p: { viewerIds: readonly string[]; orderId: string }) => sql`
  select c.payment_id from orders.orders o join checkout.checkouts c on c.buyer_id = o.buyer_id and c.idempotency_key = o.checkout_key
   where o.id = ${p.orderId} and o.buyer_id = any(${p.viewerIds}::uuid[])`,
);

/** A checkout of the viewer by its key. */
export const checkoutSeenBy = query(
  'checkout.seen_by',
  { state: t.word<'open' | 'paid' | 'expired' | 'cancelled'>(), orderIds: t.array(t.uuid) },
  (p: { viewerIds: readonly string[]; key: string }) => sql`
  select state, order_ids from checkout.checkouts where buyer_id = any(${p.viewerIds}::uuid[]) and idempotency_key = ${p.key}`,
);
