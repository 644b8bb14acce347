import { plus, type Instant } from '../kit/time.ts';
import { ts } from '../kit/sql.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Pool } from './pool.rules.ts';
import { giveBack } from './pool.rules.ts';
import {
  countReservations,
  dropReservations,
  dropReturned,
  expiringAmong,
  insertReservations,
  insertReturned,
  lockPools,
  nextKeys,
  returnedNumbers,
  voidSkipped,
  writePools,
} from './pool.store.ts';

export type PoolWish = { readonly poolId: string; readonly count: number };

// A pool may begin with keys that have expired since the last sweep; so many of them are looked over at once.
const lookAhead = 64;

/** Locks these pools in the order of their keys, with the numbers that were given back. A pool that is not there is not in the answer. */
export async function lockPoolsFor(tx: Tx, wishes: readonly PoolWish[]): Promise<Map<string, Pool>> {
  const rows = await lockPools(tx, { ids: [...new Set(wishes.map((wish) => wish.poolId))] });
  const pools = new Map(
    rows.map((row): [string, Pool] => [
      row.id,
      { ...row, back: [], keys: [], tookBack: [], skipped: [], touched: false },
    ]),
  );
  const some = rows.filter((row) => row.returned > 0);
  if (some.length === 0) return pools;
  const counts = countsOf(wishes);
  const back = await returnedNumbers(tx, {
    shops: some.map((p) => p.shopId),
    pools: some.map((p) => p.id),
    limits: some.map((p) => counts.get(p.id) ?? 0),
  });
  for (const row of back) pools.get(row.poolId)?.back.push(row.number);
  return pools;
}

function countsOf(wishes: readonly PoolWish[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const wish of wishes) counts.set(wish.poolId, (counts.get(wish.poolId) ?? 0) + wish.count);
  return counts;
}

/** Loads the next keys of locked pools with expiry or holes. Pools without either have nothing to load. */
export async function lookAtKeys(
  tx: Tx,
  pools: ReadonlyMap<string, Pool>,
  wishes: readonly (PoolWish & { useWithin_hours: number | null })[],
): Promise<void> {
  const some = [...pools.values()].filter((pool) => pool.careful);
  if (some.length === 0) return;
  const counts = countsOf(wishes);
  const hours = new Map<string, number>();
  for (const wish of wishes)
    hours.set(wish.poolId, Math.max(hours.get(wish.poolId) ?? 0, wish.useWithin_hours ?? 0));
  const until = (pool: Pool): string | null => ts(plus(tx.business, { hours: hours.get(pool.id) ?? 0 }));
  await forgetExpiring(tx, some, until);
  const rows = await nextKeys(tx, {
    shops: some.map((p) => p.shopId),
    pools: some.map((p) => p.id),
    nexts: some.map((p) => p.next),
    limits: some.map((p) => (counts.get(p.id) ?? 0) + lookAhead),
    usableUntil: some.map(until),
  });
  for (const row of rows) pools.get(row.poolId)?.keys.push(row);
}

/** A number that was given back is not sold again when its key expires too soon; the next sweep takes it off the shelf (VGSR article 14). */
async function forgetExpiring(
  tx: Tx,
  pools: readonly Pool[],
  until: (pool: Pool) => string | null,
): Promise<void> {
  const back = pools.flatMap((pool) => pool.back.map((number) => ({ pool, number })));
  if (back.length === 0) return;
  const rows = await expiringAmong(tx, {
    shops: back.map(({ pool }) => pool.shopId),
    pools: back.map(({ pool }) => pool.id),
    numbers: back.map(({ number }) => number),
    usableUntil: back.map(({ pool }) => until(pool)),
  });
  for (const { poolId, number } of rows) {
    const pool = pools.find((one) => one.id === poolId);
    if (pool) pool.back.splice(pool.back.indexOf(number), 1);
  }
}

const columns = (pools: readonly Pool[], numbers: (pool: Pool) => readonly bigint[]) => {
  const rows = pools.flatMap((pool) =>
    numbers(pool).map((number) => ({ shopId: pool.shopId, poolId: pool.id, number })),
  );
  return {
    shops: rows.map((r) => r.shopId),
    pools: rows.map((r) => r.poolId),
    numbers: rows.map((r) => r.number),
  };
};

/** Writes the pools that were touched, once each; it travels with the commit. */
export function writeBackPools(tx: Tx, pools: Iterable<Pool>): void {
  const touched = [...pools].filter((pool) => pool.touched);
  if (touched.length === 0) return;
  send(
    tx,
    writePools(tx, {
      shops: touched.map((p) => p.shopId),
      pools: touched.map((p) => p.id),
      nexts: touched.map((p) => p.next),
      reserved: touched.map((p) => p.reserved),
      onHand: touched.map((p) => p.onHand),
      returned: touched.map((p) => p.returned),
    }),
  );
  const tookBack = columns(touched, (pool) => pool.tookBack);
  if (tookBack.numbers.length > 0) send(tx, dropReturned(tx, tookBack));
  const skipped = columns(touched, (pool) => pool.skipped);
  if (skipped.numbers.length > 0) send(tx, voidSkipped(tx, { ...skipped, at: tx.business }));
}

export type Reservation = {
  shopId: string;
  poolId: string;
  orderId: string;
  listingId: string;
  buyerId: string;
  addressHash: Buffer;
  quantity: number;
};

/** Writes what unpaid orders hold; the pools were reserved in memory before. */
export function writeReservations(tx: Tx, list: readonly Reservation[], until: Instant): void {
  if (list.length === 0) return;
  send(
    tx,
    insertReservations(tx, {
      shops: list.map((r) => r.shopId),
      pools: list.map((r) => r.poolId),
      orders: list.map((r) => r.orderId),
      listings: list.map((r) => r.listingId),
      buyers: list.map((r) => r.buyerId),
      addresses: list.map((r) => r.addressHash),
      quantities: list.map((r) => r.quantity),
      until,
    }),
  );
}

/** Ends reservations; answers those that were still there, so that their pools can be freed. */
export const endReservations = (
  tx: Tx,
  list: readonly { shopId: string; orderId: string; poolId: string }[],
) =>
  dropReservations(tx, {
    shops: list.map((r) => r.shopId),
    orders: list.map((r) => r.orderId),
    pools: list.map((r) => r.poolId),
  });

/** How many unpaid orders these buyers and addresses hold: keys 'buyer/…', 'listing/buyer/listing', 'address/hex'. */
export async function reservationCounts(
  tx: Tx,
  p: { buyers: string[]; addresses: Buffer[] },
): Promise<Map<string, number>> {
  const rows = await countReservations(tx, p);
  return new Map(rows.map((row) => [`${row.what}/${row.ref}`, row.count]));
}

/** Numbers of cancelled, never revealed units go back on sale, before all others. */
export function returnNumbers(tx: Tx, pool: Pool, numbers: readonly bigint[]): void {
  giveBack(pool, numbers);
  send(
    tx,
    insertReturned(tx, {
      shops: numbers.map(() => pool.shopId),
      pools: numbers.map(() => pool.id),
      numbers: [...numbers],
      at: tx.business,
    }),
  );
}
