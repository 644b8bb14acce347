import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantOut } from '../kit/public-id.ts';

/** Background work as an operator sees it: what waits, what is late, what failed and why. */
export const workContract = {
  read: endpoint({
    at: 'GET /operator/work',
    who: { staff: ['support', 'finance', 'risk'] },
    summary: 'Background work: what waits and what failed 后台任务',
    input: z.object({}),
    output: z.object({
      news: z.object({ waiting: z.number().int(), oldestAt: instantOut.nullable() }),
      failed: z.array(
        z.object({
          event: z.string(),
          attempts: z.number().int(),
          nextTryAt: instantOut.nullable(),
          error: z.string(),
        }),
      ),
      late: z
        .array(
          z.object({ what: z.string(), count: z.number().int(), oldestAt: instantOut, known: z.boolean() }),
        )
        .describe('deadlines that have come and are still there; known: something acts on this kind'),
    }),
    refusals: {},
  }),
};
