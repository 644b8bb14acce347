import { fen, type Fen } from '../kit/money.ts';
import { beijingDay, plus, type Instant } from '../kit/time.ts';

/** The Beijing days that end with the day of `now`, oldest first. */
export const lastDays = (now: Instant, count: number): string[] =>
  Array.from({ length: count }, (_, index) => beijingDay(plus(now, { days: index - count + 1 })));

/**
 * The smallest uuid v7 that something can have whose business time is `since` or later. The business clock only ever moves away from the wall
 * clock, so what happened then has a wall time no earlier than this.
 */
export function oldestId(since: Instant, clocks: { business: Instant; wall: Instant }): string {
  const hex = Math.max(0, since - (clocks.business - clocks.wall))
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

export type Counted = { readonly day: string; readonly units: number };

/** The stock at the end of each day: today's, walked back over what came and went on the days after it. Never below nothing. */
export function stockByDay(p: {
  days: readonly string[];
  now: number;
  sold: readonly Counted[];
  added: readonly Counted[];
  back: readonly Counted[];
}): number[] {
  const after = (list: readonly Counted[], day: string): number =>
    list.reduce((sum, one) => (one.day > day ? sum + one.units : sum), 0);
  return p.days.map((day) =>
    Math.max(0, p.now + after(p.sold, day) - after(p.added, day) - after(p.back, day)),
  );
}

/** The amount of a day, nothing when the day has no row. */
export const amountOf = <K extends string>(
  rows: readonly ({ readonly day: string } & { readonly [key in K]: Fen })[],
  day: string,
  key: K,
): Fen => rows.find((row) => row.day === day)?.[key] ?? fen(0n);
