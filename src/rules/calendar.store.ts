import { json, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Calendar } from './calendar.data.ts';

/** Calendars follow one another; whoever adds one holds the newest. */
export const lockNewestCalendar = query(
  'rules.lock_newest_calendar',
  { version: t.text, number: t.int, body: t.json<Calendar>() },
  () => sql`select version, number, body from rules.calendars order by number desc limit 1 for update`,
);

export const insertCalendar = statement(
  'rules.insert_calendar',
  (p: {
    calendar: Calendar;
    number: number;
    byId: string | null;
    at: Instant;
    recountFrom: Instant | null;
  }) => sql`
  insert into rules.calendars (version, number, body, by_id, at, recount_from)
  values (${p.calendar.version}, ${p.number}::int, ${json(p.calendar)}::jsonb, ${p.byId}::uuid, ${ts(p.at)}::timestamptz, ${ts(p.recountFrom)}::timestamptz)
  on conflict do nothing`,
);

/** The calendar whose deadlines are still to be computed again, held by the one who does it. */
export const takeRecount = query(
  'rules.take_recount',
  { version: t.text, recountFrom: t.instant },
  () => sql`
  select version, recount_from from rules.calendars where recount_from is not null order by number limit 1 for update skip locked`,
);

export const finishRecount = statement(
  'rules.finish_recount',
  (p: { version: string }) =>
    sql`update rules.calendars set recount_from = null where version = ${p.version}`,
);

export const insertOutage = statement(
  'rules.insert_outage',
  (p: { id: string; from: Instant; to: Instant; zh: string; en: string; byId: string; at: Instant }) => sql`
  insert into rules.outages (id, from_at, to_at, reason_zh, reason_en, by_id, at)
  values (${p.id}, ${ts(p.from)}::timestamptz, ${ts(p.to)}::timestamptz, ${p.zh}, ${p.en}, ${p.byId}, ${ts(p.at)}::timestamptz)`,
);

export const takeOutage = query(
  'rules.take_outage',
  { id: t.uuid, from: t.instant, to: t.instant, zh: t.text, en: t.text },
  () => sql`
  select id, from_at as "from", to_at as "to", reason_zh as zh, reason_en as en from rules.outages where not applied order by id limit 1 for update skip locked`,
);

export const finishOutage = statement(
  'rules.finish_outage',
  (p: { id: string }) => sql`update rules.outages set applied = true where id = ${p.id}`,
);
