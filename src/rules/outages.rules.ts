import type { Words } from '../kit/text.ts';
import { plus, type Instant } from '../kit/time.ts';
import { extended, type Pause } from './calendar.rules.ts';
import type { CalendarRefusal } from './calendar.contract.ts';
import type { Clock } from './contract.ts';
import { done, refuse, type Result } from '../kit/result.ts';

/** A time in which the platform did not work, or will not, as it declared (article 6, F186). */
export type Outage = Pause & { readonly id: string; readonly reason: Words };

// What this process knows; kept new by `loadRules`. A deadline that fires looks here first, so one that an outage moved never fires early.
let declared: readonly Outage[] = [];
export const outagesNow = (): readonly Outage[] => declared;
export const pauseFor = (outages: readonly Outage[]): void => void (declared = outages);

/** A deadline as its row says: the outages that were counted before are part of `dueAt`. */
export type Running = {
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly paused: number;
  readonly clock: Clock;
};

/** When a deadline would end without outages. */
export const nominalOf = (row: Running): Instant => plus(row.dueAt, { ms: -row.paused });

/** The same deadline with every declared outage; undefined when nothing changes. It only ever becomes later, and counting again changes nothing. */
export function pausedTo(row: Running, outages: readonly Outage[] = declared): Running | undefined {
  if (outages.length === 0) return undefined;
  const nominal = nominalOf(row);
  const { dueAt } = extended({ start: row.startAt, nominal, clock: row.clock }, outages);
  return dueAt > row.dueAt ? { ...row, dueAt, paused: dueAt - nominal } : undefined;
}

/** The outages that lie inside a limit, for the page that shows how a time came about. */
export const outagesIn = (
  row: Pick<Running, 'startAt' | 'dueAt'>,
  outages: readonly Outage[] = declared,
): Outage[] => outages.filter(({ from, to }) => from < row.dueAt && to > row.startAt);

const longest = { days: 30 } as const;
const announcedAhead = { days: 90 } as const;

/** Refuses an end before its beginning, more than 30 days at once, and what lies over 90 days ahead. */
export function decideOutage(
  p: { from: Instant; to: Instant },
  now: Instant,
): Result<{ from: Instant; to: Instant }, CalendarRefusal> {
  if (p.to <= p.from) return refuse('OUTAGE_ENDS_EARLY');
  if (p.to > plus(p.from, longest) || p.from > plus(now, announcedAhead)) return refuse('OUTAGE_TOO_LONG');
  return done(p);
}
