import { query, sql, t } from '../kit/sql.ts';

/**
 * The guest who bought an order, for 查询订单, which is public: whoever asks must then know the password. Orders have no index by number
 * alone, since every purchase would pay for it; one look per shop is cheap beside the password's 30 ms.
 */
export const guestOfOrder = query(
  'orders.guest_of_order',
  { guestId: t.uuid },
  (p: { orderId: string }) => sql`
  select g.user_id as guest_id
    from merchants.shops s
    join orders.orders o on o.shop_id = s.id and o.id = ${p.orderId}::uuid
    join identity.guests g on g.user_id = o.buyer_id`,
);
