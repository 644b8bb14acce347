import { bare, query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const lockPools = query(
  'inventory.lock_pools',
  {
    shopId: t.uuid,
    id: t.uuid,
    next: t.big,
    last: t.big,
    reserved: t.big,
    onHand: t.big,
    returned: t.int,
    careful: t.bool,
  },
  (p: { ids: string[] }) => sql`
  select shop_id, id, next_number as next, last_number as last, reserved, on_hand, returned, careful
    from inventory.pools where variant_id = any(${uuids(p.ids)}::uuid[]) order by shop_id, id for update`,
);

export const returnedNumbers = query(
  'inventory.returned_numbers',
  { poolId: t.uuid, number: t.big },
  (p: { shops: string[]; pools: string[]; limits: number[] }) => sql`
  select x.pool_id, r.number from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.limits)}::int[]) as x(shop_id, pool_id, most)
   cross join lateral (select r.number from inventory.returned r where r.shop_id = x.shop_id and r.pool_id = x.pool_id order by r.number limit x.most) r`,
);

/** The next keys of pools with holes or expiry, in order, and whether each can still be sold. */
export const nextKeys = query(
  'inventory.next_keys',
  { poolId: t.uuid, number: t.big, usable: t.bool },
  (p: {
    shops: string[];
    pools: string[];
    nexts: bigint[];
    limits: number[];
    usableUntil: (string | null)[];
  }) => sql`
  select x.pool_id, k.number, k.expires_at is null or k.expires_at >= x.usable_until as usable
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.nexts)}::bigint[], ${bare(p.limits)}::int[], ${p.usableUntil}::timestamptz[]) as x(shop_id, pool_id, next, most, usable_until)
   cross join lateral (select k.number, k.expires_at from inventory.keys k
                        where k.shop_id = x.shop_id and k.pool_id = x.pool_id and k.number >= x.next and k.voided_at is null order by k.number limit x.most) k`,
);

/** Which of these keys would expire too soon. */
export const expiringAmong = query(
  'inventory.expiring_among',
  { poolId: t.uuid, number: t.big },
  (p: { shops: string[]; pools: string[]; numbers: bigint[]; usableUntil: (string | null)[] }) => sql`
  select k.pool_id, k.number
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[], ${p.usableUntil}::timestamptz[]) as x(shop_id, pool_id, number, usable_until)
    join inventory.keys k on k.shop_id = x.shop_id and k.pool_id = x.pool_id and k.number = x.number
   where k.expires_at < x.usable_until`,
);

export const writePools = statement(
  'inventory.write_pools',
  (p: {
    shops: string[];
    pools: string[];
    nexts: bigint[];
    reserved: bigint[];
    onHand: bigint[];
    returned: number[];
  }) => sql`
  merge into inventory.pools o
   using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.nexts)}::bigint[], ${bare(p.reserved)}::bigint[], ${bare(p.onHand)}::bigint[], ${bare(p.returned)}::int[]) as x(shop_id, id, next, reserved, on_hand, returned)
      on o.shop_id = x.shop_id and o.id = x.id
    when matched then update set next_number = x.next, reserved = x.reserved, on_hand = x.on_hand, returned = x.returned when not matched then do nothing`,
);

type Numbers = { shops: string[]; pools: string[]; numbers: bigint[] };

export const dropReturned = statement(
  'inventory.drop_returned',
  (p: Numbers) => sql`
  delete from inventory.returned r using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[]) as x(shop_id, pool_id, number)
   where r.shop_id = x.shop_id and r.pool_id = x.pool_id and r.number = x.number`,
);

export const insertReturned = statement(
  'inventory.insert_returned',
  (p: Numbers & { at: Instant }) => sql`
  insert into inventory.returned (shop_id, pool_id, number, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[]) as x`,
);

export const voidSkipped = statement(
  'inventory.void_skipped',
  (p: Numbers & { at: Instant }) => sql`
  merge into inventory.keys k using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${bare(p.numbers)}::bigint[]) as x(shop_id, pool_id, number)
     on k.shop_id = x.shop_id and k.pool_id = x.pool_id and k.number = x.number
   when matched then update set voided_at = ${ts(p.at)}::timestamptz when not matched then do nothing`,
);

export const insertReservations = statement(
  'inventory.insert_reservations',
  (p: {
    shops: string[];
    pools: string[];
    orders: string[];
    listings: string[];
    buyers: string[];
    addresses: Buffer[];
    quantities: number[];
    until: Instant;
  }) => sql`
  insert into inventory.reservations (shop_id, pool_id, order_id, listing_id, buyer_id, address_hash, quantity, until)
  select x.*, ${ts(p.until)}::timestamptz
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.pools)}::uuid[], ${uuids(p.orders)}::uuid[], ${uuids(p.listings)}::uuid[], ${uuids(p.buyers)}::uuid[], ${p.addresses}::bytea[], ${bare(p.quantities)}::bigint[]) as x`,
);

export const dropReservations = query(
  'inventory.drop_reservations',
  { poolId: t.uuid, orderId: t.uuid, quantity: t.big },
  (p: { shops: string[]; orders: string[]; pools: string[] }) => sql`
  delete from inventory.reservations where ctid = any(array(
    select r.ctid from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${uuids(p.pools)}::uuid[]) as x(shop_id, order_id, pool_id)
     cross join lateral (select r.ctid from inventory.reservations r where r.shop_id = x.shop_id and r.pool_id = x.pool_id and r.order_id = x.order_id offset 0) r))
  returning pool_id, order_id, quantity`,
);

/** How much is held unpaid by these buyers, for these listings, from these addresses: the limits of VGSR (per buyer, per listing, per address). */
export const countReservations = query(
  'inventory.count_reservations',
  { what: t.text, ref: t.text, count: t.int },
  (p: { buyers: string[]; addresses: Buffer[] }) => sql`
  select 'buyer' as what, buyer_id::text as ref, count(distinct order_id) as count from inventory.reservations where buyer_id = any(${uuids(p.buyers)}::uuid[]) group by buyer_id
  union all
  select 'listing', buyer_id::text || '/' || listing_id::text, count(distinct order_id) from inventory.reservations where buyer_id = any(${uuids(p.buyers)}::uuid[]) group by buyer_id, listing_id
  union all
  select 'address', encode(address_hash, 'hex'), count(distinct order_id) from inventory.reservations where address_hash = any(${p.addresses}::bytea[]) group by address_hash`,
);
