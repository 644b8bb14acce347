import { assert } from '../kit/assert.ts';
import { beijingDay, endOfBeijingDay, instant, plus, type Instant } from '../kit/time.ts';
import { calendar as published, fixedDaysOff, type Calendar } from './calendar.data.ts';
import type { Clock, Unit } from './contract.ts';

const day_ms = 24 * 3_600_000;

/** A time limit: so many of a unit on a clock. */
export type Limit = { readonly v: number; readonly unit: Unit; readonly clock: Clock };

/** When a limit ends. `provisional`: it needs a year whose days off are not published, and is computed again when they are. */
export type DueDate = { readonly dueAt: Instant; readonly provisional: boolean; readonly calendar: string };

/** An outage that the platform has declared: no limit runs in it (article 6). */
export type Pause = { readonly from: Instant; readonly to: Instant };

type DayKind = { readonly works: boolean; readonly published: boolean };

const indexes = new WeakMap<Calendar, Map<string, boolean>>();

/** Every listed day of a calendar: true for a make-up working day, false for a day off. */
function listedDays(calendar: Calendar): Map<string, boolean> {
  const known = indexes.get(calendar);
  if (known) return known;
  const days = new Map<string, boolean>();
  for (const year of calendar.years) {
    for (const [from, to] of year.off)
      for (let day = from; day <= to; day = nextDay(day)) days.set(day, false);
    for (const day of year.work) days.set(day, true);
  }
  indexes.set(calendar, days);
  return days;
}

const nextDay = (day: string): string => beijingDay(endOfBeijingDay(day));

/** 0 is Sunday. 1970-01-01 was a Thursday; the last instant of a Beijing day lies 16 hours into the same day of UTC. */
const weekdayOf = (day: string): number => (Math.floor((endOfBeijingDay(day) - 1) / day_ms) + 4) % 7;

/** Whether people in China work on a Beijing day, and whether the State Council has said so or we assume it. */
export function dayKind(day: string, calendar: Calendar = published): DayKind {
  const listed = listedDays(calendar).get(day);
  const isPublished = calendar.years.some(({ year }) => year === Number(day.slice(0, 4)));
  if (listed !== undefined) return { works: listed, published: isPublished };
  const weekday = weekdayOf(day);
  const isWeekend = weekday === 0 || weekday === 6;
  return {
    works: !isWeekend && (isPublished || !fixedDaysOff.includes(day.slice(5))),
    published: isPublished,
  };
}

type Counted = { readonly day: string; readonly provisional: boolean };

/** The n-th working day after a day; the day itself is not counted. */
function workdayAfter(start: string, n: number, calendar: Calendar): Counted {
  let day = start;
  let provisional = false;
  for (let counted = 0; counted < n;) {
    day = nextDay(day);
    const kind = dayKind(day, calendar);
    provisional ||= !kind.published;
    if (kind.works) counted++;
  }
  return { day, provisional };
}

/** The day itself, or the first working day after it (Civil Code art. 203). */
function pastDaysOff(start: string, calendar: Calendar): Counted {
  let day = start;
  let provisional = !dayKind(day, calendar).published;
  while (!dayKind(day, calendar).works) {
    day = nextDay(day);
    provisional ||= !dayKind(day, calendar).published;
  }
  return { day, provisional };
}

const elapsed_ms = ({ v, unit }: Limit): number =>
  v * { min: 60_000, h: 3_600_000, d: day_ms }[unit as 'min' | 'h' | 'd'];

/**
 * When a limit that starts at `start` ends (lifecycles 2.0, Civil Code arts. 200 to 203, article 6): hours run through; days begin with
 * the day after and end at 24:00 of the last, which moves past days off; working days end at 24:00 of the n-th working day after.
 */
export function dueOf(start: Instant, limit: Limit, calendar: Calendar = published): DueDate {
  assert(Number.isInteger(limit.v) && limit.v >= 0, 'a limit is a whole number of its unit');
  const { version } = calendar;
  if (limit.clock === 'elapsed') {
    assert(['min', 'h', 'd'].includes(limit.unit), 'elapsed time is counted in minutes, hours or days');
    return { dueAt: instant(start + elapsed_ms(limit)), provisional: false, calendar: version };
  }
  const startDay = beijingDay(start);
  const { day, provisional } =
    limit.clock === 'workday'
      ? workdayAfter(startDay, limit.v, calendar)
      : pastDaysOff(beijingDay(plus(start, { days: limit.v })), calendar);
  return { dueAt: endOfBeijingDay(day), provisional, calendar: version };
}

/**
 * The same with declared outages: what of them lies inside the limit is added at its end, and what lies in the added time too. Limits in
 * days still end at 24:00 of a working day. Pauses may overlap and come in any order; a limit never becomes shorter by one.
 */
export function dueWithPauses(
  start: Instant,
  limit: Limit,
  pauses: readonly Pause[],
  calendar: Calendar = published,
): DueDate {
  const due = dueOf(start, limit, calendar);
  let end = due.dueAt;
  for (const { from, to } of merged(pauses, start)) if (from < end) end = instant(end + (to - from));
  if (end === due.dueAt || limit.clock === 'elapsed') return { ...due, dueAt: end };
  const last = pastDaysOff(beijingDay(instant(end - 1)), calendar);
  return { ...due, dueAt: endOfBeijingDay(last.day), provisional: due.provisional || last.provisional };
}

/** In order of time, without overlaps, and only from the start of the limit on. */
function merged(pauses: readonly Pause[], start: Instant): Pause[] {
  const list: Pause[] = [];
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    const from = instant(Math.max(pause.from, list.at(-1)?.to ?? start, start));
    if (pause.to > from) list.push({ from, to: pause.to });
  }
  return list;
}

/** A limit that people were told may be computed again with a newer calendar, but only become later (article 6). */
export const lengthened = (told: DueDate, anew: DueDate): DueDate =>
  anew.dueAt >= told.dueAt ? anew : { ...anew, dueAt: told.dueAt };
