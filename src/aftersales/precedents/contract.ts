import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn } from '../../kit/public-id.ts';
import { exhibitKinds, reasonCodes } from '../contract.ts';
import { caseRefusals } from '../refusals.contract.ts';
import { liable } from '../words.contract.ts';

export const outcomes = ['refund', 'part_refund', 'reissue', 'perform', 'none', 'channel'] as const;
const number = z.coerce.number().int().min(1).max(2_000_000_000);

export const precedentOut = z.object({
  number: z.int(),
  month: z.string().describe('in which it was closed, 2026-11'),
  goods: z.string(),
  reason: z.enum(reasonCodes),
  presumed: z.boolean(),
  asked: z.string(),
  outcome: z.enum(outcomes),
  settledBy: z.string(),
  paidFirst: z.boolean(),
  band: z.string().describe('how much was at stake, roughly'),
  took: z.string().describe('hours, days or weeks'),
  defence: z.string().nullable(),
  rulebook: z.string(),
  articles: z.array(z.string()),
  exhibits: z.array(z.enum(exhibitKinds)),
  liability: z.record(z.enum(liable), z.int()),
  summary: z.string().nullable().describe('written by a person and checked; null: the codes speak'),
});

export const precedentsContract = {
  list: endpoint({
    at: 'GET /precedents',
    who: 'anyone',
    summary: 'What was decided in closed cases, without anything that says who it was (F201)',
    input: z.object({
      reason: z.enum(reasonCodes).optional(),
      outcome: z.enum(outcomes).optional(),
      article: z
        .string()
        .regex(/^\d{1,3}$/)
        .optional(),
      search: z.string().trim().max(60).optional(),
      before: number.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ precedents: z.array(precedentOut), next: z.int().nullable() }),
    refusals: {},
  }),
  one: endpoint({
    at: 'GET /precedents/{number}',
    who: 'anyone',
    summary: 'One precedent',
    input: z.object({ number }),
    output: precedentOut,
    refusals: { PRECEDENT_NOT_FOUND: caseRefusals.PRECEDENT_NOT_FOUND },
  }),
};

export const precedentDeskContract = {
  precedent: endpoint({
    at: 'GET /case-desk/{caseId}/precedent',
    who: { staff: ['support', 'arbitrator'] },
    summary: 'The precedent that a closed case became, for whoever writes its summary',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({ precedent: precedentOut.nullable() }),
    refusals: caseRefusals,
  }),
  review: endpoint({
    at: 'PUT /case-desk/{caseId}/precedent',
    who: { staff: ['arbitrator'] },
    summary: 'Write the summary of a precedent; what could identify somebody is refused (F201)',
    input: z.object({ caseId: idIn('case'), summary: z.string().trim().min(20).max(2000) }),
    output: precedentOut,
    refusals: caseRefusals,
  }),
};
