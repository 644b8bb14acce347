import { assert } from '../kit/assert.ts';
import { beijingDay, endOfBeijingDay, instant, plus, type Instant } from '../kit/time.ts';
import type { DeliveryMode } from './content.contract.ts';
import type { Opening } from './manual.contract.ts';

export type Promised = {
  /** When half of the promised time is over: by then somebody should have accepted. */
  readonly acceptBy: Instant;
  /** From then on the delivery is late, and the buyer cancels with one click (VGSR article 18). */
  readonly promisedAt: Instant;
  /** From then on the money goes back by itself: at twice the promise, or after LATE_AUTO, whichever is first. */
  readonly dueAt: Instant;
};

const minute_ms = 60_000;
const day_ms = 24 * 60 * minute_ms;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Adds time that runs only within the opening hours of each Beijing day; '22:00' to '02:00' ends on the next day. */
export function plusOpen(start: Instant, span_ms: number, opening: Opening | null): Instant {
  if (opening === null) return instant(start + span_ms);
  const [from, to] = [minutesOf(opening.from), minutesOf(opening.to)];
  const length_ms = (((to - from + 1440 - 1) % 1440) + 1) * minute_ms;
  const midnight = endOfBeijingDay(beijingDay(start)) - day_ms;
  let left = span_ms;
  // Yesterday's hours may reach into today.
  for (let day = -1; day <= 400; day++) {
    const opens = midnight + day * day_ms + from * minute_ms;
    const closes = opens + length_ms;
    const begins = Math.max(start, opens);
    if (begins >= closes) continue;
    if (left <= closes - begins) return instant(begins + left);
    left -= closes - begins;
  }
  assert(false, 'a promise ends within a year');
}

/**
 * What a promise of `within_seconds` means for a line that was paid at `paidAt`. Opening hours lengthen it, but never beyond LATE_AUTO after
 * the payment: no shop can close its way out of article 18 (F062, F104).
 */
export function promiseOf(p: {
  paidAt: Instant;
  within_seconds: number;
  opening: Opening | null;
  lateAuto_hours: number;
  mode: DeliveryMode;
}): Promised {
  // A parcel may take days to leave; its money goes back by itself when twice its promise is over.
  const end =
    p.mode === 'shipping' ? instant(Number.MAX_SAFE_INTEGER) : plus(p.paidAt, { hours: p.lateAuto_hours });
  const after = (span_ms: number): Instant => instant(Math.min(end, plusOpen(p.paidAt, span_ms, p.opening)));
  const within_ms = p.within_seconds * 1000;
  return {
    acceptBy: after(Math.floor(within_ms / 2)),
    promisedAt: after(within_ms),
    dueAt: after(within_ms * 2),
  };
}
