import { assert, must } from './assert.ts';

declare const brand: unique symbol;
/** One hundredth of a yuan, the only money unit in memory and in SQL (bigint). Never negative: direction belongs to debit and credit. */
export type Fen = bigint & { readonly [brand]: 'Fen' };

export function fen(value: bigint | number | string): Fen {
  const whole = BigInt(value);
  assert(whole >= 0n, 'money is never negative: direction belongs to debit and credit');
  return whole as Fen;
}

export const noFen = fen(0n);

export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return fen(sum);
};

/** 9750n becomes '97.50'. */
export function yuan(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** '97.5' becomes 9750n; undefined for anything that is not an amount with at most two decimals. */
export function parseYuan(text: string): Fen | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  return fen(BigInt(must(match[1], 'the yuan matched')) * 100n + BigInt((match[2] ?? '').padEnd(2, '0')));
}

/** Splits exactly: the fee is rounded down, and the other side receives the rest. */
export function splitFee(price: Fen, fee_bps: bigint): { fee: Fen; net: Fen } {
  assert(fee_bps >= 0n && fee_bps <= 10_000n, 'a fee is between 0% and 100%');
  const fee = fen((price * fee_bps) / 10_000n);
  return { fee, net: fen(price - fee) };
}

/** Shares `total` by `weights` with the largest remainder method: the parts add up to the total, to the fen. */
export function allocate(total: Fen, weights: readonly bigint[]): Fen[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(whole > 0n || total === 0n, 'something is shared among somebody');
  if (whole === 0n) return weights.map(() => noFen);
  const parts = weights.map((weight, index) => ({
    index,
    floor: (total * weight) / whole,
    rest: (total * weight) % whole,
  }));
  let left = total - parts.reduce((sum, part) => sum + part.floor, 0n);
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1,
  );
  const extra = new Set<number>();
  for (const part of byRest) {
    if (left === 0n) break;
    extra.add(part.index);
    left -= 1n;
  }
  return parts.map((part) => fen(part.floor + (extra.has(part.index) ? 1n : 0n)));
}
