import { query, sql, statement, t, ts, uuids } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

type Keys = { shops: readonly string[]; orders: readonly string[] };

/** The newest seal of each order; the caller holds the orders. */
export const lastSeals = query(
  'aftersales.last_seals',
  { orderId: t.uuid, number: t.int, sealSeq: t.int },
  (p: Keys) => sql`
  select a.order_id, a.number, a.seal_seq
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (
     select * from aftersales.archives a where a.shop_id = x.shop_id and a.order_id = x.order_id order by a.number desc limit 1) a`,
);

/** The records of each order after a number. */
export const recordsAfter = query(
  'aftersales.records_after',
  { about: t.uuid, seq: t.int, commitment: t.bytes },
  (p: Keys & { afters: readonly number[] }) => sql`
  select e.about, e.seq, e.commitment
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${[...p.afters]}::int[]) as x(shop_id, order_id, after)
   cross join lateral (
     select * from evidence.events e where e.shop_id = x.shop_id and e.about = x.order_id and e.seq > x.after order by e.seq) e
   order by e.about, e.seq`,
);

export const insertArchives = statement(
  'aftersales.insert_archives',
  (p: {
    shops: readonly string[];
    orders: readonly string[];
    numbers: readonly number[];
    froms: readonly number[];
    tos: readonly number[];
    roots: readonly Buffer[];
    seals: readonly number[];
    at: Instant;
  }) => sql`
  insert into aftersales.archives (shop_id, order_id, number, from_seq, to_seq, root, seal_seq, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${[...p.numbers]}::int[], ${[...p.froms]}::int[], ${[...p.tos]}::int[], ${[...p.roots]}::bytea[], ${[...p.seals]}::int[]) as x`,
);

/** Orders that are archived and to which nothing is waiting to be added, of those to which something happened; by order or by case. */
export const archivedIdle = query(
  'aftersales.archived_idle',
  { shopId: t.uuid, orderId: t.uuid, rulebook: t.text },
  (p: { shops: readonly string[]; abouts: readonly string[] }) => sql`
  select distinct o.shop_id, o.id as order_id, o.rulebook
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.abouts)}::uuid[]) as x(shop_id, about)
   cross join lateral (
     select x.about as id union all
     select c.order_id from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.about) named
   cross join lateral (select * from orders.orders o where o.shop_id = x.shop_id and o.id = named.id offset 0) o
   where exists (select 1 from aftersales.archives a where a.shop_id = o.shop_id and a.order_id = o.id)
     and not exists (select 1 from kit.deadlines d where d.shop_id = o.shop_id and d.about = o.id and d.what = 'archive.seal')`,
);
