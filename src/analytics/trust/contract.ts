import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const trustRefusals = {
  QUARTER_UNKNOWN: {
    status: 404,
    zh: '这个季度还没有报告。',
    en: 'There is no report of this quarter.',
  },
} as const satisfies RefusalCatalogue;

const words = z.object({ zh: z.string(), en: z.string() });
const numberOut = z.object({
  key: z.string(),
  words,
  unit: z.enum(['count', 'fen', 'ms', 'share', 'mark']),
  value: z.string().nullable().describe('fen and counts as decimal strings; null: nothing to measure'),
  definition: z.string().describe('the query that gives it; $1 and $2 are the ends of the period'),
});
const pointOut = z.object({ week: z.string(), orders: z.int(), cases: z.int(), paid: z.string() });
export const reportOut = z.object({
  from: instantOut,
  to: instantOut,
  complete: z.boolean().describe('the period is over'),
  numbers: z.array(numberOut),
  reasons: z.array(z.object({ reason: z.string(), cases: z.int() })).describe('most frequent first'),
  sources: z.array(z.object({ source: z.string(), amount: z.string() })).describe('who paid what went back'),
  weeks: z.array(pointOut),
  definitions: z.object({ reasons: z.string(), sources: z.string(), weeks: z.string() }),
});
export const quarterText = z.string().regex(/^(?:\d{4}-Q[1-4]|current)$/);

export const trustContract = {
  report: endpoint({
    at: 'GET /trust/{quarter}',
    who: 'anyone',
    summary: 'The trust report of a quarter: every number with the query that gives it (F199)',
    input: z.object({ quarter: quarterText.describe('2026-Q4, in Beijing time; current: the running one') }),
    output: reportOut.extend({ quarter: z.string(), quarters: z.array(z.string()) }),
    refusals: trustRefusals,
  }),
  quality: endpoint({
    at: 'GET /operator/quality',
    who: { staff: ['support', 'arbitrator', 'risk', 'finance'] },
    summary: 'The same numbers of the last thirty days, not kept: what the database says now (F059)',
    input: z.object({}),
    output: reportOut,
    refusals: {},
  }),
};
