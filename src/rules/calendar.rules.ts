import { assert } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { beijingDay, endOfBeijingDay, instant, plus, type Instant } from '../kit/time.ts';
import type { CalendarRefusal } from './calendar.contract.ts';
import { calendar as shippedCalendar, fixedDaysOff, type Calendar, type Year } from './calendar.data.ts';
import type { Clock, Unit } from './contract.ts';

const day_ms = 24 * 3_600_000;

/** A time limit: so many of a unit on a clock. */
export type Limit = { readonly v: number; readonly unit: Unit; readonly clock: Clock };

/** When a limit ends. `provisional`: it needs a year whose days off are not published, and is computed again when they are. */
export type DueDate = { readonly dueAt: Instant; readonly provisional: boolean; readonly calendar: string };

/** An outage that the platform has declared: no limit runs in it (article 6). */
export type Pause = { readonly from: Instant; readonly to: Instant };

// The calendar that this process counts with: the newest one that was loaded, at first the shipped one. `loadRules` keeps it new.
let newest: Calendar = shippedCalendar;
export const calendarNow = (): Calendar => newest;
export const countWith = (calendar: Calendar): void => void (newest = calendar);

/** The last instant of the last year whose days off are published; what ends after it is provisional. */
export const coveredUntil = (calendar: Calendar): Instant =>
  endOfBeijingDay(`${Math.max(...calendar.years.map(({ year }) => year))}-12-31`);

/** The years of a calendar, each with the days that it covers. */
export const coveredYears = (calendar: Calendar = newest): { version: string; from: string; to: string }[] =>
  calendar.years.map(({ year }) => ({
    version: calendar.version,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
  }));

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
export function dayKind(day: string, calendar: Calendar = newest): DayKind {
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
export function dueOf(start: Instant, limit: Limit, calendar: Calendar = newest): DueDate {
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
  calendar: Calendar = newest,
): DueDate {
  const due = dueOf(start, limit, calendar);
  const last = extended({ start, nominal: due.dueAt, clock: limit.clock }, pauses, calendar);
  return { ...due, ...last, provisional: due.provisional || last.provisional };
}

/** A limit that would end at `nominal`, with the outages inside it added (article 6); for limits that are no parameter too. */
export function extended(
  p: { start: Instant; nominal: Instant; clock: Clock },
  pauses: readonly Pause[],
  calendar: Calendar = newest,
): Pick<DueDate, 'dueAt' | 'provisional'> {
  let end = p.nominal;
  for (const { from, to } of merged(pauses, p.start)) if (from < end) end = instant(end + (to - from));
  if (end === p.nominal || p.clock === 'elapsed') return { dueAt: end, provisional: false };
  const last = pastDaysOff(beijingDay(instant(end - 1)), calendar);
  return { dueAt: endOfBeijingDay(last.day), provisional: last.provisional };
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

/**
 * The calendar with a year added or said anew. Refuses a day that is not of the year, a range that ends before it begins, days off that
 * overlap, and a make-up working day that is no weekend day or lies in the days off.
 */
export function decideCalendar(
  before: Calendar,
  version: string,
  year: Year,
): Result<Calendar, CalendarRefusal> {
  const ofYear = (text: string): boolean => Number(text.slice(0, 4)) === year.year;
  const off = new Set<string>();
  for (const [from, to] of year.off) {
    if (!ofYear(from) || !ofYear(to) || from > to) return refuse('CALENDAR_WRONG', { day: from });
    for (let day = from; day <= to; day = nextDay(day)) {
      if (off.has(day)) return refuse('CALENDAR_WRONG', { day });
      off.add(day);
    }
  }
  for (const day of year.work) {
    const isWeekend = [0, 6].includes(weekdayOf(day));
    if (!ofYear(day) || !isWeekend || off.has(day)) return refuse('CALENDAR_WRONG', { day });
  }
  if (year.off.length === 0) return refuse('CALENDAR_WRONG', { day: `${year.year}-01-01` });
  const others = before.years.filter((one) => one.year !== year.year);
  return done({ version, years: [...others, year].sort((a, b) => a.year - b.year) });
}
