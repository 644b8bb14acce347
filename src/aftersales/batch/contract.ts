import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { ableOut, caseStates, reasonCodes } from '../contract.ts';
import { judged } from '../desk.contract.ts';
import { caseRefusals } from '../refusals.contract.ts';

const groupId = idIn('caseGroup');
const caseId = idIn('case');
const desk = { staff: ['support' as const, 'arbitrator' as const] };
const { amount: _none, reason: _kept, ...finding } = judged;
const groupStates = ['none', 'open', 'signing', 'decided', 'dissolved'] as const;
const stateOut = z.object({ groupId: idOut('caseGroup'), state: z.enum(groupStates) });
const caseOut = z.object({ caseId: idOut('case') });
const words = z.array(z.object({ number: z.int(), text: z.string(), at: instantOut }));

export const groupContract = {
  list: endpoint({
    at: 'GET /case-groups',
    who: desk,
    summary: 'Cases about one batch that are heard together, and batches that rang (articles 9 and 28)',
    input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({
      groups: z.array(
        z.object({
          groupId: idOut('caseGroup'),
          shopName: z.string(),
          title: z.string(),
          state: z.enum(groupStates),
          openedAt: instantOut,
          cases: z.int(),
          waiting: z.int(),
          asked: fenOut,
        }),
      ),
      alarms: z.array(
        z.object({
          shopName: z.string(),
          listingId: idOut('listing'),
          title: z.string(),
          isBatch: z.boolean(),
          cases: z.int(),
          sold: z.int(),
          alarmedAt: instantOut,
          suspended: z.boolean(),
        }),
      ),
    }),
    refusals: caseRefusals,
  }),
  one: endpoint({
    at: 'GET /case-groups/{groupId}',
    who: desk,
    summary: 'One group: its cases, what they ask, what its representative says, how far the finding got',
    input: z.object({ groupId }),
    output: z.object({
      groupId: idOut('caseGroup'),
      shopName: z.string(),
      listingId: idOut('listing'),
      title: z.string(),
      isBatch: z.boolean(),
      state: z.enum(groupStates),
      rulebook: z.string(),
      mine: z.boolean().describe('I wrote the finding that waits for a second person'),
      twoPeople: z.boolean(),
      limit: fenOut,
      total: fenOut,
      finding: z
        .object({
          facts: z.string(),
          weighing: z.string(),
          reasons: z.string(),
          articles: z.array(z.string()),
          remedy: z.string(),
        })
        .nullable(),
      openedAt: instantOut,
      decidedAt: instantOut.nullable(),
      words,
      members: z.array(
        z.object({
          caseId: idOut('case'),
          state: z.enum(caseStates),
          reason: z.enum(reasonCodes),
          remedy: z.string(),
          asked: fenOut,
          paid: fenOut.nullable(),
          outcome: z.string().nullable(),
          left: z.boolean(),
          representative: z.boolean(),
          joinedAt: instantOut,
        }),
      ),
    }),
    refusals: caseRefusals,
  }),
  find: endpoint({
    at: 'POST /case-groups/{groupId}/finding',
    who: desk,
    summary: 'Decide all cases of a group by one finding; each by what it asks',
    input: z.object({ groupId, ...finding }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  sign: endpoint({
    at: 'POST /case-groups/{groupId}/signature',
    who: desk,
    summary: 'A second person signs the finding of a group, or sends it back',
    input: z.object({ groupId, agrees: z.boolean(), text: z.string().trim().max(1000).default('') }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  resume: endpoint({
    at: 'POST /batch-alarms/{listingId}/resumption',
    who: desk,
    summary: 'What an alarm stopped is sold again, for a reason (article 9)',
    input: z.object({ listingId: idIn('listing'), text: z.string().trim().min(2).max(1000) }),
    output: z.object({ listingId: idOut('listing') }),
    refusals: caseRefusals,
  }),
  dissolve: endpoint({
    at: 'POST /case-groups/{groupId}/dissolution',
    who: desk,
    summary: 'Let the cases of a group go on one by one',
    input: z.object({ groupId, text: z.string().trim().min(2).max(1000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  ofCase: endpoint({
    at: 'GET /cases/{caseId}/group',
    who: 'user',
    summary: 'The group that a case belongs to, for its parties; nobody learns who the others are',
    input: z.object({ caseId }),
    output: z.object({
      group: z
        .object({
          state: z.enum(groupStates),
          cases: z.int(),
          representative: z.boolean().describe('the viewer speaks for all'),
          left: z.boolean(),
          outcome: z.string().nullable(),
          words,
          openedAt: instantOut,
        })
        .nullable(),
      able: z.record(z.string(), ableOut),
    }),
    refusals: caseRefusals,
  }),
  leave: endpoint({
    at: 'POST /cases/{caseId}/group-departure',
    who: 'user',
    summary: 'Take a case out of its group; it goes on by itself',
    input: z.object({ caseId }),
    output: caseOut,
    refusals: caseRefusals,
  }),
  speak: endpoint({
    at: 'POST /cases/{caseId}/group-words',
    who: 'user',
    summary: 'The representative says something for all',
    input: z.object({ caseId, text: z.string().trim().min(2).max(2000) }),
    output: caseOut,
    refusals: caseRefusals,
  }),
};
