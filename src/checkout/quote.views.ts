import { query, sql, t } from '../kit/sql.ts';

/** What a new buyer can have of each pool; public, as the listing says it to everybody. */
export const freeStock = query(
  'checkout.free_stock',
  { poolId: t.uuid, free: t.int },
  (p: { poolIds: readonly string[] }) => sql`
  select id as pool_id, on_hand - reserved as free from inventory.pools where variant_id = any(${p.poolIds}::uuid[])`,
);
