import { assert } from '../kit/assert.ts';

/** A locked pool in memory. Every purchase of a batch takes from it one after another; then it is written once. */
export type Pool = {
  readonly shopId: string;
  readonly id: string;
  next: bigint;
  readonly last: bigint;
  reserved: bigint;
  onHand: bigint;
  returned: number;
  readonly careful: boolean;
  /** Looked up only where numbers cannot simply be counted: numbers given back, and keys in order with their usability. */
  readonly back: bigint[];
  readonly keys: { number: bigint; usable: boolean }[];
  readonly tookBack: bigint[];
  readonly skipped: bigint[];
  touched: boolean;
};

/** What a new buyer can have: what is on hand less what unpaid orders hold. */
export const freeIn = (pool: Pool): bigint => pool.onHand - pool.reserved;

/**
 * Takes `count` numbers for a buyer, all or none; undefined when there are not enough. Numbers that were given back go first,
 * keys that cannot be used any more are skipped (and voided when the pool is written).
 * @param held true when the order reserved them before
 */
export function takeNumbers(pool: Pool, count: number, held: boolean): bigint[] | undefined {
  const wanted = BigInt(count);
  if (held) assert(pool.reserved >= wanted, 'what an order reserved is still reserved');
  const found = findNumbers(pool, count, held);
  if (!found) return undefined;
  const { back, fresh } = found;
  pool.back.splice(0, back.length);
  pool.tookBack.push(...back);
  pool.returned -= back.length;
  pool.next = fresh.next;
  pool.skipped.push(...fresh.skipped);
  pool.onHand -= wanted + BigInt(fresh.skipped.length);
  if (held) pool.reserved -= wanted;
  pool.touched = true;
  return [...back, ...fresh.numbers];
}

/** Whether `count` numbers could be taken now. Keys that were there when an order reserved them may have expired since. */
export const canTake = (pool: Pool, count: number, held: boolean): boolean =>
  findNumbers(pool, count, held) !== undefined;

function findNumbers(pool: Pool, count: number, held: boolean): { back: bigint[]; fresh: Fresh } | undefined {
  if ((held ? pool.onHand : freeIn(pool)) < BigInt(count)) return undefined;
  const back = pool.back.slice(0, count);
  const rest = count - back.length;
  const fresh = pool.careful ? carefully(pool, rest) : counted(pool, rest);
  return fresh && { back, fresh };
}

type Fresh = { numbers: bigint[]; next: bigint; skipped: bigint[] };

function counted(pool: Pool, count: number): Fresh | undefined {
  if (pool.next + BigInt(count) - 1n > pool.last) return undefined;
  return {
    numbers: Array.from({ length: count }, (_, i) => pool.next + BigInt(i)),
    next: pool.next + BigInt(count),
    skipped: [],
  };
}

function carefully(pool: Pool, count: number): Fresh | undefined {
  const fresh: Fresh = { numbers: [], next: pool.next, skipped: [] };
  for (const key of pool.keys) {
    if (fresh.numbers.length === count) break;
    if (key.number < pool.next) continue;
    (key.usable ? fresh.numbers : fresh.skipped).push(key.number);
    fresh.next = key.number + 1n;
  }
  return fresh.numbers.length === count ? fresh : undefined;
}

/** Holds `count` for an unpaid order without numbering them; false when they are not free. At most `share` of the pool may be held, in percent. */
export function reserve(pool: Pool, count: number, sharePercent: number): boolean {
  const wanted = BigInt(count);
  const allowed = (pool.onHand * BigInt(sharePercent) + 99n) / 100n;
  if (freeIn(pool) < wanted || pool.reserved + wanted > (allowed > 1n ? allowed : 1n)) return false;
  pool.reserved += wanted;
  pool.touched = true;
  return true;
}

/** An unpaid order ended: what it held is free again. */
export function unreserve(pool: Pool, count: bigint): void {
  assert(pool.reserved >= count, 'what is freed was reserved');
  pool.reserved -= count;
  pool.touched = true;
}

/** A cancelled, never revealed number can be sold again. */
export function giveBack(pool: Pool, numbers: readonly bigint[]): void {
  pool.returned += numbers.length;
  pool.onHand += BigInt(numbers.length);
  pool.touched = true;
}
