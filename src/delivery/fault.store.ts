import { bare, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

type Numbers = { shops: string[]; pools: string[]; numbers: bigint[] };

/** Dead keys leave the table of units; what was is kept, with the number that took their place. */
export const replaceUnits = statement(
  'delivery.replace_units',
  (p: Numbers & { places: number[]; byNumbers: bigint[]; at: Instant }) => sql`
  with gone as (
    delete from delivery.units u using unnest(${bare(p.shops)}::uuid[], ${bare(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[], ${bare(p.places)}::int[], ${bare(p.byNumbers)}::bigint[]) as x(shop_id, pool_id, number, place, by_number)
     where u.shop_id = x.shop_id and u.pool_id = x.pool_id and u.number = x.number
    returning u.shop_id, u.pool_id, u.number, u.order_id, u.line, x.place, x.by_number, u.delivered_at, u.revealed_at, u.reveals)
  insert into delivery.replaced (shop_id, pool_id, number, order_id, line, place, by_number, delivered_at, revealed_at, reveals, at)
  select gone.*, ${ts(p.at)}::timestamptz from gone`,
);

/** How often each place of an order was replaced; the caller holds the order. */
export const countReplaced = query(
  'delivery.count_replaced',
  { line: t.int, place: t.int, times: t.int },
  (p: { shopId: string; orderId: string }) => sql`
  select line, place, count(*) as times from delivery.replaced where shop_id = ${p.shopId} and order_id = ${p.orderId} group by line, place`,
);
