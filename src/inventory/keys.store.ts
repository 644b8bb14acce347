import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

type Numbers = { shops: string[]; pools: string[]; numbers: bigint[] };

/** `limit 1` makes each key a look into the index, also in a plan that was made while the tables were empty. */
export const readSealed = query(
  'inventory.read_sealed',
  { place: t.int, sealed: t.bytes, dataKeyId: t.uuid, wrapped: t.bytes },
  (p: Numbers) => sql`
  select x.place, k.sealed, k.batch_id as data_key_id, d.wrapped
    from unnest(${p.shops}::uuid[], ${p.pools}::uuid[], ${p.numbers}::bigint[]) with ordinality as x(shop_id, pool_id, number, place)
   cross join lateral (select k.sealed, k.batch_id from inventory.keys k
                        where k.shop_id = x.shop_id and k.pool_id = x.pool_id and k.number = x.number limit 1) k
   cross join lateral (select d.wrapped from inventory.data_keys d where d.shop_id = x.shop_id and d.id = k.batch_id limit 1) d`,
);

export const readCommitment = query(
  'inventory.read_commitment',
  { batchId: t.uuid, first: t.big, count: t.int, root: t.bytes },
  (p: { shopId: string; poolId: string; number: bigint }) => sql`
  select b.id as batch_id, b.first_number as first, b.count, b.root
    from inventory.keys k join inventory.batches b on b.shop_id = k.shop_id and b.id = k.batch_id
   where k.shop_id = ${p.shopId} and k.pool_id = ${p.poolId} and k.number = ${p.number}`,
);

export const readLeaves = query(
  'inventory.read_leaves',
  { leaves: t.bytes },
  (p: { shopId: string; batchId: string }) => sql`
  select leaves from inventory.commitments where shop_id = ${p.shopId} and batch_id = ${p.batchId} order by part`,
);

/** Pools before keys: whoever voids keys holds their pools first, in the order of their keys. */
export const lockPoolsOfKeys = query(
  'inventory.lock_pools_of_keys',
  { shopId: t.uuid, id: t.uuid },
  (p: { shops: string[]; pools: string[] }) => sql`
  select o.shop_id, o.id from inventory.pools o
   where (o.shop_id, o.id) in (select * from unnest(${p.shops}::uuid[], ${p.pools}::uuid[]))
   order by o.shop_id, o.id for update`,
);

/** Marks keys; answers which of them were still on sale: ahead of the pool's cursor, or given back. The caller holds the pools. */
export const voidNumbers = query(
  'inventory.void_numbers',
  { shopId: t.uuid, poolId: t.uuid, number: t.big, onSale: t.bool, wasReturned: t.bool },
  (p: Numbers & { at: Instant }) => sql`
  update inventory.keys k set voided_at = ${ts(p.at)}::timestamptz
    from unnest(${p.shops}::uuid[], ${p.pools}::uuid[], ${p.numbers}::bigint[]) as x(shop_id, pool_id, number)
    join inventory.pools o on o.shop_id = x.shop_id and o.id = x.pool_id
    left join inventory.returned r on r.shop_id = x.shop_id and r.pool_id = x.pool_id and r.number = x.number
   where k.shop_id = x.shop_id and k.pool_id = x.pool_id and k.number = x.number and k.voided_at is null
  returning k.shop_id, k.pool_id, k.number, k.number >= o.next_number or r.number is not null as on_sale, r.number is not null as was_returned`,
);

export const dropVoided = statement(
  'inventory.drop_voided',
  (p: Numbers) => sql`
  delete from inventory.returned r using unnest(${p.shops}::uuid[], ${p.pools}::uuid[], ${p.numbers}::bigint[]) as x(shop_id, pool_id, number)
   where r.shop_id = x.shop_id and r.pool_id = x.pool_id and r.number = x.number`,
);

/** Keys left the shelf: fewer on hand, and from now on numbers are chosen by looking. */
export const lowerPools = statement(
  'inventory.lower_pools',
  (p: { shops: string[]; pools: string[]; gone: number[]; back: number[] }) => sql`
  update inventory.pools o set on_hand = o.on_hand - x.gone, returned = o.returned - x.back, careful = true
    from unnest(${p.shops}::uuid[], ${p.pools}::uuid[], ${p.gone}::bigint[], ${p.back}::int[]) as x(shop_id, id, gone, back)
   where o.shop_id = x.shop_id and o.id = x.id`,
);

/** Keys on sale that would expire within the time that their listing promises for using them (VGSR article 14). */
export const expiringNumbers = query(
  'inventory.expiring_numbers',
  { shopId: t.uuid, poolId: t.uuid, number: t.big },
  (p: { now: Instant; from: Instant; until: Instant; limit: number }) => sql`
  select k.shop_id, k.pool_id, k.number
    from inventory.keys k
    join inventory.pools o on o.shop_id = k.shop_id and o.id = k.pool_id
    join catalog.variants v on v.shop_id = o.shop_id and v.id = o.variant_id
    join catalog.listings l on l.shop_id = v.shop_id and l.id = v.listing_id
    join catalog.listing_versions c on c.shop_id = l.shop_id and c.listing_id = l.id and c.version = l.version
   where k.expires_at is not null and k.voided_at is null and k.expires_at between ${ts(p.from)}::timestamptz and ${ts(p.until)}::timestamptz
     and k.expires_at < ${ts(p.now)}::timestamptz + coalesce((c.content->>'useWithin_hours')::int, 0) * interval '1 hour'
     and (k.number >= o.next_number
          or exists (select from inventory.returned r where r.shop_id = k.shop_id and r.pool_id = k.pool_id and r.number = k.number))
   order by k.expires_at, k.shop_id, k.pool_id, k.number limit ${p.limit}`,
);

/** Numbers of a pool that nobody has: ahead of the cursor or given back, and not void. */
export const unsoldNumbers = query(
  'inventory.unsold_numbers',
  { number: t.big, expiresAt: t.instant.null },
  (p: { shopId: string; poolId: string; after: bigint; limit: number }) => sql`
  select k.number, k.expires_at
    from inventory.keys k join inventory.pools o on o.shop_id = k.shop_id and o.id = k.pool_id
   where k.shop_id = ${p.shopId} and k.pool_id = ${p.poolId} and k.number > ${p.after}::bigint and k.voided_at is null
     and (k.number >= o.next_number
          or exists (select from inventory.returned r where r.shop_id = k.shop_id and r.pool_id = k.pool_id and r.number = k.number))
   order by k.number limit ${p.limit}`,
);
