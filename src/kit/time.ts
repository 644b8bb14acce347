import { assert } from './assert.ts';

declare const brand: unique symbol;
/** Milliseconds since 1970-01-01T00:00Z. Always passed in, never asked for (kit and app hold the only clocks). */
export type Instant = number & { readonly [brand]: 'Instant' };

export function instant(at: number | string | Date): Instant {
  const ms = typeof at === 'number' ? at : new Date(at).getTime();
  assert(Number.isSafeInteger(ms), 'an instant is a whole number of milliseconds');
  return ms as Instant;
}

export type Span = { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number };

export const spanMs = (span: Span): number =>
  (((span.days ?? 0) * 24 + (span.hours ?? 0)) * 60 + (span.minutes ?? 0)) * 60_000 +
  (span.seconds ?? 0) * 1000 +
  (span.ms ?? 0);

/** Elapsed time: an hour is an hour, also across holidays (Civil Code art. 200). */
export const plus = (at: Instant, span: Span): Instant => instant(at + spanMs(span));

export type Clock = { now: () => Instant };
export const systemClock: Clock = { now: () => instant(Date.now()) };
export const stoppedClock = (at: Instant): Clock => ({ now: () => at });

/** ISO 8601 in UTC. A batch has few instants and says them often, so the last one is remembered. */
export function iso(at: Instant): string {
  if (at !== lastInstant) lastText = new Date((lastInstant = at)).toISOString();
  return lastText;
}
let lastInstant: Instant | undefined;
let lastText = '';

const beijingOffset_ms = 8 * 3_600_000;

/** The Beijing calendar day of an instant, as '2026-11-20'. */
export const beijingDay = (at: Instant): string => new Date(at + beijingOffset_ms).toISOString().slice(0, 10);

/** 24:00 Beijing of a calendar day. */
export const endOfBeijingDay = (day: string): Instant =>
  instant(Date.parse(`${day}T00:00:00+08:00`) + 24 * 3_600_000);

/** '2026-11-20 20:14:07' in Beijing. */
export const beijingText = (at: Instant): string =>
  new Date(at + beijingOffset_ms).toISOString().slice(0, 19).replace('T', ' ');
