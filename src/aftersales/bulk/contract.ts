import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { ableOut, caseStates, listOut } from '../contract.ts';
import { remedies } from '../reasons.data.ts';
import { caseRefusals } from '../refusals.contract.ts';

const orders = { shop: ['orders' as const] };
const shopId = idIn('shop');
/** Cases that can be answered at once. */
export const bulkMost = 50;
const caseIds = z.array(idIn('case')).min(1).max(bulkMost);
export const inboxTurns = ['mine', 'others', 'all'] as const;

export const bulkContract = {
  inbox: endpoint({
    at: 'GET /shops/{shopId}/cases',
    who: orders,
    scope: 'shop-cases:read',
    summary: 'The open cases of a shop, by the time that is left, page by page',
    input: z.object({
      shopId,
      turn: z.enum(inboxTurns).default('all').describe('whether they wait for the shop'),
      search: z
        .string()
        .trim()
        .max(64)
        .optional()
        .describe('number of a case or an order, or words of the listing'),
      after: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ cases: listOut.shape.cases, next: z.string().nullable(), now: instantOut }),
    refusals: caseRefusals,
  }),
  outlook: endpoint({
    at: 'POST /shops/{shopId}/cases/outlook',
    who: orders,
    scope: 'shop-cases:read',
    summary: 'What agreeing to these cases would do, one by one and in all; changes nothing',
    input: z.object({ shopId, caseIds }),
    output: z.object({
      rows: z.array(
        z.object({
          caseId: idOut('case'),
          title: z.string(),
          units: z.int(),
          remedy: z.enum(remedies),
          amount: fenOut.describe('what goes back at once'),
          escrow: fenOut.describe('of it out of escrow'),
          own: fenOut.describe('of it out of what the shop has already'),
          able: ableOut,
        }),
      ),
      amount: fenOut,
      escrow: fenOut,
      own: fenOut,
      units: z.int().describe('to be replaced from stock'),
      now: instantOut,
    }),
    refusals: caseRefusals,
  }),
  agreeAll: endpoint({
    at: 'POST /shops/{shopId}/cases/agreements',
    who: orders,
    scope: 'shop-cases:write',
    summary: 'Agree to many cases: each its own transaction with its own result; done twice it is done once',
    input: z.object({ shopId, caseIds }),
    output: z.object({
      results: z.array(
        z.object({
          caseId: idOut('case'),
          done: z.boolean(),
          state: z.enum(caseStates).nullable(),
          code: z.string().nullable(),
          why: z.object({ zh: z.string(), en: z.string() }).nullable(),
        }),
      ),
      done: z.int(),
      failed: z.int(),
    }),
    refusals: caseRefusals,
  }),
};
