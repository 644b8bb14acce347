import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenIn, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { caseStates, reasonCodes } from '../contract.ts';
import { remedies } from '../reasons.data.ts';
import { caseRefusals } from '../refusals.contract.ts';

const support = { staff: ['support' as const] };
const prose = (max: number) => z.string().trim().min(2).max(max);

/** Where somebody called the support for help, and what became of it: the second way into a case, beside the form (F048). */
export const ticketContract = {
  ticket: endpoint({
    at: 'GET /case-desk/tickets/{orderId}',
    who: support,
    summary: 'When the buyer of an order first called the support, and what was answered how soon',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      calledAt: instantOut.nullable().describe('null: the buyer never called'),
      answer_ms: z.int().nullable().describe('from the first call to the first word of the support'),
    }),
    refusals: caseRefusals,
  }),
  convert: endpoint({
    at: 'POST /case-desk/tickets/{orderId}',
    who: support,
    keyed: true,
    summary: 'Turn a call for help into a case; its time of filing is that of the first call (F048)',
    input: z.object({
      orderId: idIn('order'),
      line: z.int().min(1).max(1000),
      places: z.array(z.int().min(1).max(100_000)).min(1).max(1000),
      reason: z.enum(reasonCodes),
      symptom: prose(2000).describe('what the buyer told the support'),
      triedSteps: prose(1000),
      errorCode: z.string().trim().max(80).default(''),
      remedy: z.enum(remedies),
      amount: fenIn.optional(),
    }),
    output: z.object({ caseId: idOut('case'), state: z.enum(caseStates) }),
    refusals: caseRefusals,
  }),
  support: endpoint({
    at: 'GET /case-desk/support-figures',
    who: support,
    summary: 'How soon the support answered those who called it, in the last thirty days (F184)',
    input: z.object({}),
    output: z.object({
      since: instantOut,
      calls: z.int(),
      answered: z.int(),
      waiting: z.int(),
      median_ms: z.int().nullable(),
      slowest_ms: z.int().nullable(),
    }),
    refusals: {},
  }),
};
