import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const writeAlarm = statement(
  'inventory.write_alarm',
  (p: { shopId: string; poolId: string; alarmAt: number }) => sql`
  update inventory.pools set alarm_at = ${p.alarmAt}::bigint where shop_id = ${p.shopId} and id = ${p.poolId}`,
);

export const lockBatch = query(
  'inventory.lock_batch',
  { poolId: t.uuid, first: t.big, count: t.int, at: t.instant, next: t.big, free: t.big, withdrawn: t.bool },
  (p: { shopId: string; batchId: string }) => sql`
  select b.pool_id, b.first_number as first, b.count, b.at, o.next_number as next, o.on_hand - o.reserved as free,
         exists (select from inventory.withdrawals w where w.shop_id = b.shop_id and w.batch_id = b.id) as withdrawn
    from inventory.batches b join inventory.pools o on o.shop_id = b.shop_id and o.id = b.pool_id
   where b.shop_id = ${p.shopId} and b.id = ${p.batchId} for update of o`,
);

/** Voids the keys of a batch that are not void yet; the caller holds the pool and knows that none was given away. */
export const voidBatch = statement(
  'inventory.void_batch',
  (p: { shopId: string; poolId: string; batchId: string; first: bigint; count: number; at: Instant }) => sql`
  update inventory.keys set voided_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and pool_id = ${p.poolId} and number between ${p.first}::bigint and ${p.first}::bigint + ${p.count}::bigint - 1 and voided_at is null`,
);

export const insertWithdrawal = statement(
  'inventory.insert_withdrawal',
  (p: { shopId: string; batchId: string; by: string; count: number; at: Instant }) => sql`
  insert into inventory.withdrawals (shop_id, batch_id, by_id, count, at) values (${p.shopId}, ${p.batchId}, ${p.by}, ${p.count}::bigint, ${ts(p.at)}::timestamptz)`,
);

/** New alarms; a pool rings once until it has been filled above its number again. */
export const insertAlarms = query(
  'inventory.insert_alarms',
  { shopId: t.uuid, poolId: t.uuid },
  (p: { at: Instant }) => sql`
  insert into inventory.alarms (shop_id, pool_id, at)
  select shop_id, id, ${ts(p.at)}::timestamptz from inventory.pools where alarm_at > 0 and on_hand - reserved <= alarm_at
  on conflict do nothing returning shop_id, pool_id`,
);

export const dropAlarms = statement(
  'inventory.drop_alarms',
  () => sql`
  delete from inventory.alarms a using inventory.pools o
   where o.shop_id = a.shop_id and o.id = a.pool_id and (o.alarm_at = 0 or o.on_hand - o.reserved > o.alarm_at)`,
);

export const insertLevels = statement(
  'inventory.insert_levels',
  (p: { day: string }) => sql`
  insert into inventory.levels (shop_id, pool_id, day, given)
  select shop_id, id, ${p.day}::date, next_number - 1 - returned from inventory.pools on conflict do nothing`,
);
