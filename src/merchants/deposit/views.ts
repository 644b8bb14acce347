import { query, sql } from '../../kit/sql.ts';
import { depositColumns, depositShape } from './store.ts';

/** Where a shop stands with its deposit; its people and staff may see it. */
export const readDeposit = query(
  'merchants.read_deposit',
  depositShape,
  (p: { shopId: string; viewerShop: string }) =>
    sql`select ${depositColumns} from merchants.deposits d where d.shop_id = ${p.shopId}`,
);
