import { query, sql } from '../kit/sql.ts';
import { unitShape } from './card-key.store.ts';

/** Units of one order by the numbers its lines got. A number that was cancelled and sold again belongs to another order and is not here. */
export const unitsOfOrder = query(
  'delivery.units_of_order',
  unitShape,
  (p: { shopId: string; viewerOrder: string; pools: string[]; numbers: bigint[] }) => sql`
  select u.shop_id, u.pool_id, u.number, u.order_id, u.line, u.state, u.delivered_at, u.revealed_at, u.decided_at, u.reveals
    from delivery.units u join unnest(${p.pools}::uuid[], ${p.numbers}::bigint[]) as x(pool_id, number) on u.pool_id = x.pool_id and u.number = x.number
   where u.shop_id = ${p.shopId} and u.order_id = ${p.viewerOrder}`,
);
