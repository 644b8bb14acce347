import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { ableOut, listOut, reasonCodes } from '../contract.ts';
import { caseRefusals } from '../refusals.contract.ts';

const desk = { staff: ['support' as const, 'arbitrator' as const] };

/** Ways to look at what waits for the platform; each is read in the order of the time that is left to decide. */
export const queueViews = ['all', 'mine', 'free', 'fast', 'late', 'signing', 'appealed'] as const;
export type QueueView = (typeof queueViews)[number];

/** Numbers beside the views count no further than this. */
export const countedTo = 99;

export const queueRow = listOut.shape.cases.element.extend({
  mine: z.boolean(),
  taken: z.boolean(),
  holder: z.string().nullable().describe('who has it in hands'),
  fast: z.boolean(),
});

export const queueContract = {
  queue: endpoint({
    at: 'GET /case-desk',
    who: desk,
    summary:
      'What waits for the platform, by the time until which it decides; page by page, however many there are',
    input: z.object({
      view: z.enum(queueViews).default('all'),
      reason: z.enum(reasonCodes).optional(),
      search: z
        .string()
        .trim()
        .max(64)
        .optional()
        .describe(
          'number of a case, or its last six characters; number of an order; the beginning of a shop’s name',
        ),
      after: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: z.object({
      cases: z.array(queueRow),
      next: z.string().nullable(),
      counts: z
        .record(z.enum(['all', 'mine', 'free', 'late']), z.int())
        .describe(`counted up to ${countedTo + 1}`),
      objections: z.array(
        z.object({
          caseId: idOut('case'),
          shopName: z.string(),
          text: z.string(),
          amount: fenOut,
          at: instantOut,
        }),
      ),
      now: instantOut,
    }),
    refusals: caseRefusals,
  }),
  standing: endpoint({
    at: 'GET /case-desk/{caseId}/standing',
    who: desk,
    summary: 'Who has a case in hands and had it before, and whether I may take it',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({
      mine: z.boolean(),
      holder: z.string().nullable(),
      before: z.array(z.object({ name: z.string(), tier: z.int(), at: instantOut, me: z.boolean() })),
      take: ableOut.describe('conflicts of interest are found by the machine'),
      contactAt: instantOut.nullable().describe('when the buyer first called the support about this order'),
    }),
    refusals: caseRefusals,
  }),
};
