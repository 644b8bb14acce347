import { bare, query, sql, statement, t } from '../kit/sql.ts';

/** Losses of orders, under the lock of their order; a unit for which nothing went back has no row. */
export const lockLosses = query(
  'orders.lock_losses',
  { shopId: t.uuid, orderId: t.uuid, line: t.int, place: t.int, paid: t.fen },
  (p: { shops: string[]; orders: string[] }) => sql`
  select l.shop_id, l.order_id, l.line, l.place, l.paid_fen as paid
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id) order by 1, 2) x
   cross join lateral (select * from orders.losses l where l.shop_id = x.shop_id and l.order_id = x.order_id order by l.line, l.place for update) l`,
);

/** Every unit of these lines with its price and what went back for it, in the order of lines and places. */
export const unitsOfLines = query(
  'orders.units_of_lines',
  { orderId: t.uuid, line: t.int, place: t.int, cap: t.fen, paid: t.fen },
  (p: { shops: string[]; orders: string[]; lines: number[] }) => sql`
  select g.order_id, g.number as line, u.place, g.price_fen as cap, coalesce(l.paid_fen, 0) as paid
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[]) as x(shop_id, order_id, number)) x
   cross join lateral (select * from orders.lines g where g.shop_id = x.shop_id and g.order_id = x.order_id and g.number = x.number) g
   cross join lateral generate_series(1, g.quantity) as u(place)
    left join orders.losses l on l.shop_id = g.shop_id and l.order_id = g.order_id and l.line = g.number and l.place = u.place
   order by g.order_id, g.number, u.place`,
);

type Places = { shops: string[]; orders: string[]; lines: number[]; places: number[] };

/** Adds what was paid for each unit. The check of the table refuses what would pass its price, whoever computed it. */
export const addLosses = statement(
  'orders.add_losses',
  (p: Places & { caps: bigint[]; amounts: bigint[] }) => sql`
  insert into orders.losses as l (shop_id, order_id, line, place, cap_fen, paid_fen)
  select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.places)}::int[], ${bare(p.caps)}::bigint[], ${bare(p.amounts)}::bigint[])
  on conflict (shop_id, order_id, line, place) do update set paid_fen = l.paid_fen + excluded.paid_fen`,
);
