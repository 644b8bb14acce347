import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, instantIn, instantOut } from '../../kit/public-id.ts';
import { caseRefusals } from '../refusals.contract.ts';

export const toldSides = ['buyer', 'merchant', 'platform'] as const;
const wordsOut = z.object({ zh: z.string(), en: z.string() });
const tellingOut = z.object({
  at: instantOut,
  to: z.enum(toldSides),
  channel: z.enum(['message_centre']),
  what: wordsOut,
  people: z.int().describe('to whom it was delivered'),
  read: z.int(),
  readAt: instantOut.nullable().describe('by the first of them'),
});

export const toldContract = {
  tellings: endpoint({
    at: 'GET /cases/{caseId}/tellings',
    who: 'user',
    summary:
      'What was told to which side about a case, by which channel, and whether it arrived and was read (F136)',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({
      tellings: z.array(
        tellingOut.extend({
          next: wordsOut.describe('whose turn it was then, until when, by which article'),
        }),
      ),
      waiting: z.int().describe('news of this case that is still on its way'),
      remindAt: instantOut.nullable().describe('when the next reminder comes'),
    }),
    refusals: caseRefusals,
  }),
  ofDeadlines: endpoint({
    at: 'GET /operator/deadlines/{what}/tellings',
    who: { staff: ['support', 'finance', 'risk'] },
    summary:
      'Who was told of the running deadlines of one kind, by which channel, and whether it arrived and was read (F136)',
    input: z.object({ what: z.string().max(60), after: instantIn.optional() }),
    output: z.object({
      unreminded: wordsOut
        .nullable()
        .describe('why nobody is reminded of this kind, where nobody has to act'),
      deadlines: z.array(
        z.object({
          about: z.string(),
          waiting: z.int().describe('news that is still on its way'),
          tellings: z.array(tellingOut),
        }),
      ),
    }),
    refusals: {},
  }),
};
