import { assert } from '../../kit/assert.ts';
import { fen, type Fen } from '../../kit/money.ts';
import { instant, type Instant } from '../../kit/time.ts';
import type { MembershipTerm } from '../../catalog/content.contract.ts';

const day_ms = 86_400_000;
const beijing_ms = 8 * 3_600_000;

/** The Beijing calendar day of an instant, counted from 1970-01-01. */
const dayOf = (at: Instant): number => Math.floor((at + beijing_ms) / day_ms);
/** 24:00 of a day. */
const endOf = (day: number): Instant => instant((day + 1) * day_ms - beijing_ms);
const isMidnight = (at: Instant): boolean => (at + beijing_ms) % day_ms === 0;

/** The day before the first that counts: the day of the beginning itself is free (Civil Code art. 201), unless it begins with the day. */
const dayBefore = (from: Instant): number => dayOf(from) - (isMidnight(from) ? 1 : 0);

/**
 * So many months after a day: the same day of that month, or its last (Civil Code art. 202). The last day of a month stays the last, so that
 * months bought one after another never lose a day to February.
 */
export function monthsAfter(day: number, months: number): number {
  const date = new Date(day * day_ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = Math.floor(Date.UTC(year, month + 1, 0) / day_ms);
  const wasLast = new Date((day + 1) * day_ms).getUTCDate() === 1;
  const same = Math.floor(Date.UTC(year, month, date.getUTCDate()) / day_ms);
  return wasLast || same > last ? last : same;
}

export type Stretch = { readonly from: Instant; readonly until: Instant; readonly days: number };

/** The time that a term gives from `from` on: whole Beijing days, to 24:00 of the last one. */
export function stretchOf(from: Instant, { count, unit }: MembershipTerm): Stretch {
  const before = dayBefore(from);
  const last = unit === 'day' ? before + count : monthsAfter(before, count);
  return { from, until: endOf(last), days: last - before };
}

/** The same number of days from another beginning. */
export const stretchOfDays = (from: Instant, days: number): Stretch =>
  stretchOf(from, { count: days, unit: 'day' });

/** So many whole days later. */
export const daysLater = (at: Instant, days: number): Instant => instant(at + days * day_ms);

/** Days that a stop lasted, a begun one counting whole: who waits loses none. */
export const daysStopped = (from: Instant, to: Instant): number => Math.ceil((to - from) / day_ms);

export type Counted = {
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly days: number | null;
  readonly pausedDays: number;
};

/** Days of a stretch that are gone at an instant; a day that has begun is gone. Nothing is gone before it began. */
export function daysUsed({ from, until, days, pausedDays }: Counted, at: Instant): number {
  if (from === null || until === null || days === null || at < from) return 0;
  if (at >= until) return days;
  return Math.min(days, Math.max(0, dayOf(at) - dayBefore(from) - pausedDays));
}

export const daysLeft = (one: Counted, at: Instant): number =>
  one.days === null ? 0 : one.days - daysUsed(one, at);

export type ProRata = {
  readonly value: Fen;
  readonly usedDays: number;
  readonly unusedDays: number;
  readonly totalDays: number;
};

/**
 * What the unused days of a membership are worth: price × unused days ÷ all days, rounded up to the fen in the buyer's favour (F093, the
 * table of article 31: 会员未用天数 ÷ 总天数 × 价格). One that has not begun is worth its whole price, one that is over nothing.
 */
export function proRataValue(p: {
  readonly total: Fen;
  readonly period: Counted;
  readonly at: Instant;
}): ProRata {
  const { days } = p.period;
  if (days === null) return { value: p.total, usedDays: 0, unusedDays: 0, totalDays: 0 };
  const usedDays = daysUsed(p.period, p.at);
  const unusedDays = days - usedDays;
  const [all, unused] = [BigInt(days), BigInt(unusedDays)];
  const value = fen((p.total * unused + all - 1n) / all);
  assert(value <= p.total, 'unused days are worth the whole price at most');
  return { value, usedDays, unusedDays, totalDays: days };
}
