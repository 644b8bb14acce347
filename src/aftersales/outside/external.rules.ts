import { done, refuse, type Result } from '../../kit/result.ts';
import { beijingDay, type Instant } from '../../kit/time.ts';
import { dueOf } from '../../rules/calendar.rules.ts';
import { lawClocks, type ExternalKind } from './laws.data.ts';

export type External = {
  readonly kind: ExternalKind;
  readonly filedAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly endedAt: Instant | null;
};

/**
 * The authority's own clocks, by the calendar: seven working days until it says whether it takes the complaint up, and forty-five from then
 * for its mediation. Courts and the police have none that we could count.
 */
export function clocksOf(one: External, now: Instant) {
  if (one.kind !== '12315' && one.kind !== 'association') return [];
  const accept = { what: 'accept' as const, ...dueOf(one.filedAt, lawClocks.accept) };
  const mediate =
    one.acceptedAt === null
      ? []
      : [{ what: 'mediate' as const, ...dueOf(one.acceptedAt, lawClocks.mediate) }];
  return [...(one.acceptedAt === null ? [accept] : []), ...mediate].map(({ what, dueAt, provisional }) => ({
    what,
    dueAt,
    provisional,
    over: one.endedAt === null && dueAt <= now,
  }));
}

/** A record is of the past, and of this order. A day of a form is its first moment: of the order's own day it is not before the order. */
export function decideExternal(p: {
  at: Instant;
  placedAt: Instant;
  now: Instant;
}): Result<Instant, 'NOT_YET'> {
  if (p.at > p.now) return refuse('NOT_YET');
  if (p.at >= p.placedAt) return done(p.at);
  return beijingDay(p.at) === beijingDay(p.placedAt) ? done(p.placedAt) : refuse('NOT_YET');
}
