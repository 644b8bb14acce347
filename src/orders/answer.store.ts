import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const insertAnswers = statement(
  'orders.insert_answers',
  (p: {
    shops: string[];
    orders: string[];
    lines: number[];
    buyers: string[];
    sealed: Buffer[];
    at: Instant;
  }) => sql`
  insert into orders.answers (shop_id, order_id, line, buyer_id, sealed, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${p.shops}::uuid[], ${p.orders}::uuid[], ${p.lines}::smallint[], ${p.buyers}::uuid[], ${p.sealed}::bytea[]) as x`,
);

export const readAnswers = query(
  'orders.read_answers',
  { shopId: t.uuid, orderId: t.uuid, line: t.int, buyerId: t.uuid, sealed: t.bytes },
  (p: { shops: string[]; orders: string[]; lines: number[] }) => sql`
  select a.shop_id, a.order_id, a.line, a.buyer_id, a.sealed from unnest(${p.shops}::uuid[], ${p.orders}::uuid[], ${p.lines}::smallint[]) as x(shop_id, order_id, line)
   cross join lateral (select * from orders.answers a where a.shop_id = x.shop_id and a.order_id = x.order_id and a.line = x.line offset 0) a`,
);
