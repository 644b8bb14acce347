import { plus, type Instant } from '../kit/time.ts';
import { ts } from '../kit/sql.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Pool } from './pool.rules.ts';
import { giveBack } from './pool.rules.ts';
import { countReservations, dropReservations, dropReturned, insertReservations, insertReturned, lockPools, nextKeys, returnedNumbers, voidSkipped, writePools } from './pool.store.ts';

export type PoolWish = { readonly poolId: string; readonly count: number; readonly useWithin_hours: number | null };

// A pool may begin with keys that have expired since the last sweep; so many of them are looked over at once.
const lookAhead = 64;

/** Locks the pools of these wishes, in the order of their keys, and loads what taking numbers needs. A pool that is not there is not in the answer. */
export async function openPools(tx: Tx, wishes: readonly PoolWish[]): Promise<Map<string, Pool>> {
  const wanted = new Map<string, PoolWish>();
  for (const wish of wishes) {
    const known = wanted.get(wish.poolId);
    wanted.set(wish.poolId, known ? { ...wish, count: known.count + wish.count, useWithin_hours: Math.max(known.useWithin_hours ?? 0, wish.useWithin_hours ?? 0) } : wish);
  }
  const rows = await lockPools(tx, { ids: [...wanted.keys()] });
  const pools = rows.map((row): Pool => ({ ...row, back: [], keys: [], tookBack: [], skipped: [], touched: false }));
  await Promise.all([loadReturned(tx, pools, wanted), loadKeys(tx, pools, wanted)]);
  return new Map(pools.map((pool) => [pool.id, pool]));
}

async function loadReturned(tx: Tx, pools: readonly Pool[], wanted: ReadonlyMap<string, PoolWish>): Promise<void> {
  const some = pools.filter((pool) => pool.returned > 0);
  if (some.length === 0) return;
  const rows = await returnedNumbers(tx, { shops: some.map((p) => p.shopId), pools: some.map((p) => p.id), limits: some.map((p) => wanted.get(p.id)?.count ?? 0) });
  const byId = new Map(some.map((pool) => [pool.id, pool]));
  for (const row of rows) byId.get(row.poolId)?.back.push(row.number);
}

async function loadKeys(tx: Tx, pools: readonly Pool[], wanted: ReadonlyMap<string, PoolWish>): Promise<void> {
  const some = pools.filter((pool) => pool.careful);
  if (some.length === 0) return;
  const rows = await nextKeys(tx, {
    shops: some.map((p) => p.shopId), pools: some.map((p) => p.id), nexts: some.map((p) => p.next),
    limits: some.map((p) => (wanted.get(p.id)?.count ?? 0) + lookAhead),
    usableUntil: some.map((p) => ts(plus(tx.business, { hours: wanted.get(p.id)?.useWithin_hours ?? 0 }))),
  });
  const byId = new Map(some.map((pool) => [pool.id, pool]));
  for (const row of rows) byId.get(row.poolId)?.keys.push(row);
}

const columns = (pools: readonly Pool[], numbers: (pool: Pool) => readonly bigint[]) => {
  const rows = pools.flatMap((pool) => numbers(pool).map((number) => ({ shopId: pool.shopId, poolId: pool.id, number })));
  return { shops: rows.map((r) => r.shopId), pools: rows.map((r) => r.poolId), numbers: rows.map((r) => r.number) };
};

/** Writes the pools that were touched, once each; it travels with the commit. */
export function writeBackPools(tx: Tx, pools: Iterable<Pool>): void {
  const touched = [...pools].filter((pool) => pool.touched);
  if (touched.length === 0) return;
  send(tx, writePools(tx, {
    shops: touched.map((p) => p.shopId), pools: touched.map((p) => p.id), nexts: touched.map((p) => p.next),
    reserved: touched.map((p) => p.reserved), onHand: touched.map((p) => p.onHand), returned: touched.map((p) => p.returned),
  }));
  const tookBack = columns(touched, (pool) => pool.tookBack);
  if (tookBack.numbers.length > 0) send(tx, dropReturned(tx, tookBack));
  const skipped = columns(touched, (pool) => pool.skipped);
  if (skipped.numbers.length > 0) send(tx, voidSkipped(tx, { ...skipped, at: tx.business }));
}

export type Reservation = { shopId: string; poolId: string; orderId: string; listingId: string; buyerId: string; addressHash: Buffer; quantity: number };

/** Writes what unpaid orders hold; the pools were reserved in memory before. */
export function writeReservations(tx: Tx, list: readonly Reservation[], until: Instant): void {
  if (list.length === 0) return;
  send(tx, insertReservations(tx, {
    shops: list.map((r) => r.shopId), pools: list.map((r) => r.poolId), orders: list.map((r) => r.orderId), listings: list.map((r) => r.listingId),
    buyers: list.map((r) => r.buyerId), addresses: list.map((r) => r.addressHash), quantities: list.map((r) => r.quantity), until,
  }));
}

/** Ends reservations; answers those that were still there, so that their pools can be freed. */
export const endReservations = (tx: Tx, list: readonly { shopId: string; orderId: string; poolId: string }[]) =>
  dropReservations(tx, { shops: list.map((r) => r.shopId), orders: list.map((r) => r.orderId), pools: list.map((r) => r.poolId) });

/** How many unpaid orders these buyers and addresses hold: keys 'buyer/…', 'listing/buyer/listing', 'address/hex'. */
export async function reservationCounts(tx: Tx, p: { buyers: string[]; addresses: Buffer[] }): Promise<Map<string, number>> {
  const rows = await countReservations(tx, p);
  return new Map(rows.map((row) => [`${row.what}/${row.ref}`, row.count]));
}

/** Numbers of cancelled, never revealed units go back on sale, before all others. */
export function returnNumbers(tx: Tx, pool: Pool, numbers: readonly bigint[]): void {
  giveBack(pool, numbers);
  send(tx, insertReturned(tx, { shops: numbers.map(() => pool.shopId), pools: numbers.map(() => pool.id), numbers: [...numbers], at: tx.business }));
}
