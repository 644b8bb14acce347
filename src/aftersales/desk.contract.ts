import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut } from '../kit/public-id.ts';
import { caseStates, exhibitKinds, reasonCodes } from './contract.ts';
import { remedies } from './reasons.data.ts';
import { caseRefusals } from './refusals.contract.ts';
import { sources } from './words.contract.ts';

const desk = { staff: ['support' as const, 'arbitrator' as const] };
const prose = (max: number, min = 2) => z.string().trim().min(min).max(max);
const caseId = idIn('case');
const stateOut = z.object({ caseId: idOut('case'), state: z.enum(caseStates) });
const share = z.int().min(0).max(100);
export const judged = {
  facts: prose(4000, 10).describe('what is found, and by which evidence'),
  weighing: prose(4000, 2).describe('how the evidence was weighed'),
  reasons: prose(4000, 10).describe('who answers for it, and why'),
  articles: z.array(z.string().max(10)).max(20),
  remedy: z.enum([...remedies, 'none']),
  amount: fenIn.optional(),
  liability: z.object({
    merchant: share,
    buyer: share,
    platform: share,
    carrier: share.default(0),
    issuer: share.default(0),
  }),
  reason: z.enum(reasonCodes).optional().describe('the scene that fits, where another was chosen'),
};

export const deskContract = {
  preview: endpoint({
    at: 'GET /case-desk/{caseId}/payout',
    who: desk,
    summary: 'Which money an award would move',
    input: z.object({
      caseId,
      amount: fenIn.optional(),
      platform: z.coerce.number().int().min(0).max(100).default(0),
    }),
    output: z.object({
      amount: fenOut,
      refundable: fenOut,
      shares: z.array(z.object({ source: z.enum(sources), amount: fenOut })),
      twoPeople: z.boolean(),
      limit: fenOut,
    }),
    refusals: caseRefusals,
  }),
  assign: endpoint({
    at: 'POST /case-desk/{caseId}/assignment',
    who: desk,
    summary: 'Take a case; with a conflict of interest it is refused',
    input: z.object({ caseId, declared: z.literal(true).describe('no interest in this case') }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  decline: endpoint({
    at: 'POST /case-desk/{caseId}/declination',
    who: desk,
    summary: 'Do not take a case up, with a code and a reason (F110)',
    input: z.object({
      caseId,
      code: z.enum(['OUT_OF_SCOPE', 'ALREADY_DECIDED', 'NO_CLAIM', 'COURT']),
      text: prose(2000),
    }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  ask: endpoint({
    at: 'POST /case-desk/{caseId}/requests',
    who: desk,
    summary: 'Ask one party for named evidence, within a day, twice at most',
    input: z.object({
      caseId,
      party: z.enum(['buyer', 'merchant']),
      kinds: z.array(z.enum(exhibitKinds)).min(1).max(10),
      text: prose(1000),
    }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  judge: endpoint({
    at: 'POST /case-desk/{caseId}/decision',
    who: desk,
    summary: 'Decide: facts, evidence weighed, articles, liability, remedy (article 28)',
    input: z.object({ caseId, ...judged }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  sign: endpoint({
    at: 'POST /case-desk/{caseId}/signature',
    who: desk,
    summary: 'A second person signs a decision above the limit, or sends it back',
    input: z.object({ caseId, agrees: z.boolean(), text: z.string().trim().max(1000).default('') }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  rule: endpoint({
    at: 'POST /case-desk/{caseId}/ruling',
    who: { staff: ['arbitrator'] },
    summary: 'Rule on the one appeal; whoever had the case before cannot',
    input: z.object({ caseId, ...judged }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  channelRefund: endpoint({
    at: 'POST /channel-refunds',
    who: { staff: ['finance', 'support'] },
    scope: 'payments:write',
    summary:
      'Note that a payment channel returned money of an order by its own decision; the case about it is settled by that (F126)',
    input: z.object({
      orderId: idIn('order'),
      channel: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/),
      amount: fenIn,
      reference: z
        .string()
        .regex(/^[\w.:-]{1,80}$/)
        .describe("the channel's number of this refund"),
    }),
    output: z.object({ noted: z.string().describe('what of it was still in escrow') }),
    refusals: caseRefusals,
  }),
  objection: endpoint({
    at: 'POST /case-desk/{caseId}/objection-decision',
    who: desk,
    summary:
      'Decide whether a shop was rightly charged before it answered; the buyer keeps the money (article 30)',
    input: z.object({ caseId, upholds: z.boolean(), reasons: prose(2000, 10) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
};
