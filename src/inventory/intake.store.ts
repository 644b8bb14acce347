import { query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { KeyFormat } from './layout.rules.ts';

/** Where keys of a variant go, and what its listing says of them now. A variant of another shop is not there. */
export const findShelf = query(
  'inventory.find_shelf',
  { variantId: t.uuid, format: t.word<KeyFormat>().null, useWithin_hours: t.int.null },
  (p: { shopId: string; variantId: string }) => sql`
  select v.id as variant_id, c.content->>'keyFormat' as format, (c.content->>'useWithin_hours')::int as "useWithin_hours"
    from catalog.variants v
    join catalog.listings l on l.shop_id = v.shop_id and l.id = v.listing_id
    join catalog.listing_versions c on c.shop_id = l.shop_id and c.listing_id = l.id and c.version = l.version
   where v.shop_id = ${p.shopId} and v.id = ${p.variantId}`,
);

/** One import of a shop at a time: its numbers and its attempts are then its own to count. Other shops and all buyers go on. */
export const lockShop = statement(
  'inventory.lock_shop',
  (p: { shopId: string }) => sql`select pg_advisory_xact_lock(7305010, hashtext(${p.shopId}))`,
);

export const insertPools = statement(
  'inventory.insert_pools',
  (p: { shops: string[]; pools: string[]; variants: string[] }) => sql`
  insert into inventory.pools (shop_id, id, variant_id)
  select * from unnest(${p.shops}::uuid[], ${p.pools}::uuid[], ${p.variants}::uuid[]) on conflict do nothing`,
);

export const lastNumber = query(
  'inventory.last_number',
  { last: t.big },
  (p: { shopId: string; poolId: string }) => sql`
  select last_number as last from inventory.pools where shop_id = ${p.shopId} and id = ${p.poolId}`,
);

export const hitsOfDay = query(
  'inventory.hits_of_day',
  { hits: t.int },
  (p: { shopId: string; day: string }) => sql`
  select hits from inventory.attempts where shop_id = ${p.shopId} and day = ${p.day}::date`,
);

export const addHits = statement(
  'inventory.add_hits',
  (p: { shopId: string; day: string; hits: number }) => sql`
  insert into inventory.attempts as a (shop_id, day, hits) values (${p.shopId}, ${p.day}::date, ${p.hits}::bigint)
  on conflict (shop_id, day) do update set hits = a.hits + excluded.hits`,
);

/**
 * Which of these fingerprints (16 bytes each, one after another) are known, and whose they are; `place` counts from 0. `limit 1` makes each
 * a look into the index: a plan made while the table was empty would otherwise read all of it for every chunk.
 */
export const knownPrints = query(
  'inventory.known_prints',
  { place: t.int, shopId: t.uuid, poolId: t.uuid, number: t.big },
  (p: { prints: Buffer; count: number }) => sql`
  select i as place, f.shop_id, f.pool_id, f.number
    from generate_series(0, ${p.count}::int - 1) as i
   cross join lateral (select f.shop_id, f.pool_id, f.number from inventory.fingerprints f
                        where f.fingerprint = substr(${p.prints}::bytea, 1 + i * 16, 16) limit 1) f`,
);

/** `per` fingerprints for each number from `first` on; answers how many were new. */
export const insertPrints = statement(
  'inventory.insert_prints',
  (p: {
    prints: Buffer;
    count: number;
    per: number;
    first: bigint;
    shopId: string;
    poolId: string;
    at: Instant;
  }) => sql`
  insert into inventory.fingerprints (fingerprint, shop_id, pool_id, number, at)
  select substr(${p.prints}::bytea, 1 + i * 16, 16), ${p.shopId}::uuid, ${p.poolId}::uuid, ${p.first}::bigint + i / ${p.per}::int, ${ts(p.at)}::timestamptz
    from generate_series(0, ${p.count}::int - 1) as i
  on conflict (fingerprint) do nothing`,
);

/** Sealed keys under consecutive numbers, cut out of one buffer: an array of bytea would travel twice as long. */
export const insertKeys = statement(
  'inventory.insert_keys',
  (p: {
    sealed: Buffer;
    from: readonly number[];
    lengths: readonly number[];
    expiries: readonly (Instant | null)[];
    first: bigint;
    shopId: string;
    poolId: string;
    batchId: string;
  }) => sql`
  insert into inventory.keys (shop_id, pool_id, number, batch_id, sealed, expires_at)
  select ${p.shopId}::uuid, ${p.poolId}::uuid, ${p.first}::bigint + x.place - 1, ${p.batchId}::uuid, substr(${p.sealed}::bytea, x.start, x.bytes), x.expires_at
    from unnest(${p.from}::int[], ${p.lengths}::int[], ${tsAll(p.expiries)}::timestamptz[]) with ordinality as x(start, bytes, expires_at, place)`,
);

export const insertDataKey = statement(
  'inventory.insert_data_key',
  (p: { shopId: string; id: string; wrapped: Buffer; at: Instant }) => sql`
  insert into inventory.data_keys (shop_id, id, wrapped, at) values (${p.shopId}, ${p.id}, ${p.wrapped}, ${ts(p.at)}::timestamptz)`,
);

export const insertBatch = statement(
  'inventory.insert_batch',
  (p: {
    shopId: string;
    id: string;
    poolId: string;
    first: bigint;
    count: number;
    root: Buffer;
    source: string;
    by: string;
    at: Instant;
  }) => sql`
  insert into inventory.batches (shop_id, id, pool_id, first_number, count, root, source, by_id, at)
  values (${p.shopId}, ${p.id}, ${p.poolId}, ${p.first}::bigint, ${p.count}::bigint, ${p.root}, ${p.source}, ${p.by}, ${ts(p.at)}::timestamptz)`,
);

export const insertLeaves = statement(
  'inventory.insert_leaves',
  (p: { shopId: string; batchId: string; part: number; leaves: Buffer }) => sql`
  insert into inventory.commitments (shop_id, batch_id, part, leaves) values (${p.shopId}, ${p.batchId}, ${p.part}::int, ${p.leaves})`,
);

/** The last step of an import: from here on its keys are on sale. Answers 0 when the numbers were not free. */
export const raisePool = statement(
  'inventory.raise_pool',
  (p: { shopId: string; poolId: string; first: bigint; count: number; careful: boolean }) => sql`
  update inventory.pools set last_number = last_number + ${p.count}::bigint, on_hand = on_hand + ${p.count}::bigint, careful = careful or ${p.careful}::boolean
   where shop_id = ${p.shopId} and id = ${p.poolId} and last_number = ${p.first}::bigint - 1`,
);

export const insertQuarantine = statement(
  'inventory.insert_quarantine',
  (p: {
    shopId: string;
    poolId: string;
    importId: string;
    at: Instant;
    ids: string[];
    rows: number[];
    sealed: Buffer[];
    prints: Buffer[];
    shops: string[];
    pools: string[];
    numbers: bigint[];
  }) => sql`
  insert into inventory.quarantine (shop_id, id, pool_id, import_id, row_number, data_key_id, sealed, fingerprint, other_shop_id, other_pool_id, other_number, at)
  select ${p.shopId}::uuid, x.id, ${p.poolId}::uuid, ${p.importId}::uuid, x.row_number, ${p.importId}::uuid, x.sealed, x.print, x.shop_id, x.pool_id, x.number, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.rows}::bigint[], ${p.sealed}::bytea[], ${p.prints}::bytea[], ${p.shops}::uuid[], ${p.pools}::uuid[], ${p.numbers}::bigint[])
      as x(id, row_number, sealed, print, shop_id, pool_id, number)`,
);
