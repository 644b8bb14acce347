import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

export const clockRefusals = {
  CLOCK_STANDS: {
    status: 403,
    zh: '正式环境没有时间机器。',
    en: 'A production has no time machine.',
  },
} as const satisfies RefusalCatalogue;

const clockOut = z.object({
  business: instantOut.describe('orders, deadlines and evidence go by this clock'),
  wall: instantOut.describe('sessions, codes and limits go by this one'),
  offset_ms: z.number().int().describe('how far the business clock was moved'),
  movable: z.boolean(),
  nextDueAt: instantOut.nullable().describe('when the next deadline falls due'),
});

export const clockContract = {
  read: endpoint({
    at: 'GET /clock',
    who: 'anyone',
    summary: 'The two clocks 两个时钟',
    input: z.object({}),
    output: clockOut,
    refusals: {},
  }),
  move: endpoint({
    at: 'POST /operator/clock',
    who: { staff: ['admin'] },
    summary: 'Move the business clock of a demo forwards 拨快演示的业务时间',
    input: z.object({
      minutes: z
        .number()
        .int()
        .min(1)
        .max(60 * 24 * 400),
    }),
    output: clockOut.extend({
      fired: z.record(z.string(), z.number().int()).describe('what fell due and was done'),
      failed: z.array(z.object({ what: z.string(), count: z.number().int(), error: z.string() })),
    }),
    refusals: clockRefusals,
  }),
};
