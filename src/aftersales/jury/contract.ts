import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { caseStates, exhibitKinds, reasonCodes } from '../contract.ts';
import { caseRefusals } from '../refusals.contract.ts';

const caseId = idIn('case');
const stateOut = z.object({ caseId: idOut('case'), state: z.enum(caseStates) });
export const juryChoices = ['buyer', 'merchant'] as const;

export const juryContract = {
  mine: endpoint({
    at: 'GET /jury',
    who: 'account',
    summary: 'Whether I sit on juries, what that takes, and where I sit',
    input: z.object({}),
    output: z.object({
      willing: z.boolean(),
      fit: z.boolean(),
      orders: z.int(),
      wanted: z.int(),
      seats: z.array(
        z.object({
          caseId: idOut('case'),
          state: z.string(),
          voted: z.boolean(),
          opened: z.boolean(),
          live: z.boolean(),
          dueAt: instantOut.nullable(),
          seatedAt: instantOut,
        }),
      ),
    }),
    refusals: caseRefusals,
  }),
  volunteer: endpoint({
    at: 'POST /jury',
    who: 'account',
    summary: 'Offer to sit on juries, or no longer',
    input: z.object({ willing: z.boolean() }),
    output: z.object({ willing: z.boolean() }),
    refusals: caseRefusals,
  }),
  sheet: endpoint({
    at: 'GET /jury/{caseId}',
    who: 'account',
    summary: 'The case without names, for those who sit on its jury',
    input: z.object({ caseId }),
    output: z.object({
      caseId: idOut('case'),
      subject: z.string().describe('the case as the sealed text names it'),
      seat: z.string(),
      state: z.string(),
      live: z.boolean(),
      sealed: z.boolean(),
      opened: z.boolean(),
      choice: z.string().nullable(),
      dueAt: instantOut.nullable(),
      opensAt: instantOut.nullable(),
      reason: z.enum(reasonCodes),
      goods: z.string(),
      remedy: z.string(),
      asked: fenOut,
      rulebook: z.string(),
      said: z.array(z.object({ by: z.string(), kind: z.string(), text: z.string(), at: instantOut })),
      shown: z.array(
        z.object({ by: z.string(), kind: z.enum(exhibitKinds), text: z.string(), sha256: z.string() }),
      ),
    }),
    refusals: caseRefusals,
  }),
  seal: endpoint({
    at: 'POST /jury/{caseId}/sealed-vote',
    who: 'account',
    summary: 'Hand in a sealed vote: the SHA-256 of the case, the seat, the choice and a nonce',
    input: z.object({ caseId, commitment: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  open: endpoint({
    at: 'POST /jury/{caseId}/opened-vote',
    who: 'account',
    summary: 'Open the sealed vote, with reasons; one that stays closed does not count',
    input: z.object({
      caseId,
      choice: z.enum(juryChoices),
      nonce: z.string().regex(/^[\w-]{16,64}$/),
      reasons: z.string().trim().min(10).max(1000),
    }),
    output: stateOut,
    refusals: caseRefusals,
  }),
};
