import { bare, query, sql, statement, t, ts, uuids, instants } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { UnitState } from './machine.ts';

type Numbers = { shops: string[]; pools: string[]; numbers: bigint[] };

export const insertUnits = statement(
  'delivery.insert_units',
  (p: Numbers & { orders: string[]; lines: number[]; at: Instant }) => sql`
  insert into delivery.units (shop_id, pool_id, number, order_id, line, delivered_at)
  select (${uuids(p.shops)}::uuid[])[x.n], (${uuids(p.pools)}::uuid[])[x.n], x.number, (${uuids(p.orders)}::uuid[])[x.n], (${bare(p.lines)}::smallint[])[x.n], ${ts(p.at)}::timestamptz
    from unnest(${bare(p.numbers)}::bigint[]) with ordinality as x(number, n)`,
);

export const unitShape = {
  shopId: t.uuid,
  poolId: t.uuid,
  number: t.big,
  orderId: t.uuid,
  line: t.int,
  state: t.word<UnitState>(),
  deliveredAt: t.instant,
  revealedAt: t.instant.null,
  decidedAt: t.instant.null,
  reveals: t.int,
};

/** Locks units under the lock of their orders. */
export const lockUnits = query(
  'delivery.lock_units',
  unitShape,
  (p: Numbers) => sql`
  select u.shop_id, u.pool_id, u.number, u.order_id, u.line, u.state, u.delivered_at, u.revealed_at, u.decided_at, u.reveals
    from (select * from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[]) as x(shop_id, pool_id, number) order by shop_id, pool_id, number) x
   cross join lateral (select * from delivery.units u where u.shop_id = x.shop_id and u.pool_id = x.pool_id and u.number = x.number for update) u`,
);

export const writeUnits = statement(
  'delivery.write_units',
  (
    p: Numbers & {
      states: string[];
      revealed: (Instant | null)[];
      decided: (Instant | null)[];
      reveals: number[];
    },
  ) => sql`
  merge into delivery.units u using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[], ${bare(p.states)}::text[], ${instants(p.revealed)}::timestamptz[], ${instants(p.decided)}::timestamptz[], ${bare(p.reveals)}::int[])
      as x(shop_id, pool_id, number, state, revealed, decided, reveals)
     on u.shop_id = x.shop_id and u.pool_id = x.pool_id and u.number = x.number
   when matched then update set state = x.state, revealed_at = x.revealed, decided_at = x.decided, reveals = x.reveals when not matched then do nothing`,
);

export const insertReveals = statement(
  'delivery.insert_reveals',
  (
    p: Numbers & {
      nths: number[];
      orders: string[];
      users: string[];
      devices: Buffer[];
      addresses: Buffer[];
      at: Instant;
    },
  ) => sql`
  insert into delivery.reveals (shop_id, pool_id, number, nth, order_id, user_id, device_hash, address_hash, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[], ${bare(p.nths)}::int[], ${uuids(p.orders)}::uuid[], ${uuids(p.users)}::uuid[], ${p.devices}::bytea[], ${p.addresses}::bytea[]) as x`,
);

/** Cancelled units leave the table, because their number will be sold again; what was is kept in delivery.withdrawn. */
export const withdrawUnits = statement(
  'delivery.withdraw_units',
  (p: Numbers & { ids: string[]; at: Instant }) => sql`
  with gone as (
    delete from delivery.units u using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[], ${uuids(p.ids)}::uuid[]) as x(shop_id, pool_id, number, id)
     where u.shop_id = x.shop_id and u.pool_id = x.pool_id and u.number = x.number
    returning u.shop_id, x.id, u.pool_id, u.number, u.order_id, u.line, u.delivered_at)
  insert into delivery.withdrawn (shop_id, id, pool_id, number, order_id, line, delivered_at, at)
  select gone.*, ${ts(p.at)}::timestamptz from gone`,
);
