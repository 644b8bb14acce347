import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { clocks, wordsOut } from './contract.ts';

export const calendarRefusals = {
  CALENDAR_KNOWN: {
    status: 409,
    zh: '这个版本号的日历已经有了，请换一个。',
    en: 'A calendar with this version is there already; choose another name.',
  },
  CALENDAR_WRONG: {
    status: 422,
    zh: '日历里有一天不对，请照国务院的通知再核对。',
    en: 'A day of the calendar is not right; compare it with the notice again.',
  },
  OUTAGE_ENDS_EARLY: {
    status: 422,
    zh: '结束要晚于开始。',
    en: 'An outage ends after it begins.',
  },
  OUTAGE_TOO_LONG: {
    status: 422,
    zh: '一次最多登记 30 天，提前最多 90 天。',
    en: 'At most 30 days at once, and at most 90 days ahead.',
  },
} as const satisfies RefusalCatalogue;
export type CalendarRefusal = keyof typeof calendarRefusals;

const day = z.iso.date().meta({ examples: ['2027-01-01'] });

const outageOut = z.object({ from: instantOut, to: instantOut, reason: wordsOut, applied: z.boolean() });

/** How one time came about: the parameter of the version and article, its clock, its start, the outages inside it. */
export const derivationOut = z.object({
  what: z.string().describe('the kind of deadline'),
  article: z.string(),
  version: z.string(),
  param: z.string().nullable().describe('null where the time is a promise of the listing'),
  said: wordsOut.nullable().describe('the parameter as the text says it'),
  clock: z.enum(clocks),
  start: z.string().nullable().describe('the event it began with'),
  startAt: instantOut,
  nominalAt: instantOut.describe('its end without outages'),
  pauses: z.array(z.object({ from: instantOut, to: instantOut, reason: wordsOut })),
  dueAt: instantOut,
  calendar: z.string(),
  provisional: z.boolean(),
  who: z.string().nullable().describe('whose turn it is'),
  then: z.array(z.string()).describe('what may happen when it ends'),
  text: wordsOut,
});
export type Derivation = z.input<typeof derivationOut>;

export const calendarContract = {
  calendars: endpoint({
    at: 'GET /rules/calendars',
    who: 'anyone',
    summary: 'Days off and make-up working days, and the outages that were declared 日历与故障公告',
    input: z.object({}),
    output: z.object({
      current: z.string(),
      coveredUntil: instantOut.describe('what ends after this is provisional'),
      years: z.array(
        z.object({
          year: z.int(),
          source: z.string(),
          off: z.array(z.tuple([z.string(), z.string()])),
          work: z.array(z.string()),
        }),
      ),
      versions: z.array(z.object({ version: z.string(), at: instantOut.nullable() })),
      outages: z.array(outageOut),
    }),
    refusals: {},
  }),
  loadCalendar: endpoint({
    at: 'POST /operator/calendars',
    who: { staff: ['risk'] },
    summary: 'Publish a new calendar; provisional deadlines are computed again and can only become later',
    input: z.object({
      calendar: z.string().regex(/^cn-\d{4}\.\d{1,3}$/, 'cn-2027.1'),
      year: z.int().min(2025).max(2099),
      source: z.string().trim().min(4).max(200),
      off: z
        .array(z.tuple([day, day]))
        .max(20)
        .describe('from and to, both days off'),
      work: z.array(day).max(20).describe('Saturdays and Sundays on which people work'),
    }),
    output: z.object({ version: z.string() }),
    refusals: calendarRefusals,
    scope: 'operator:write',
  }),
  declareOutage: endpoint({
    at: 'POST /operator/outages',
    who: { staff: ['risk', 'support'] },
    summary: 'Declare an outage: deadlines that run in it end later by as much',
    input: z.object({
      fromAt: instantIn,
      toAt: instantIn,
      because: z.object({ zh: z.string().trim().min(2).max(200), en: z.string().trim().min(2).max(200) }),
    }),
    output: z.object({ id: z.string() }),
    refusals: calendarRefusals,
    keyed: true,
  }),
  derivations: endpoint({
    at: 'GET /operator/deadlines/{what}',
    who: { staff: ['support', 'finance', 'risk'] },
    summary: 'The running deadlines of one kind, each with how its time came about',
    input: z.object({ what: z.string().max(60), after: instantIn.optional() }),
    output: z.object({
      deadlines: z.array(z.object({ about: z.string(), derivation: derivationOut })),
      next: instantOut.nullable(),
    }),
    refusals: {},
  }),
};
