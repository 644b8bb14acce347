import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, instantOut } from '../kit/public-id.ts';
import { derivationOut } from '../rules/calendar.contract.ts';
import { wordsOut } from '../rules/contract.ts';
import { caseRefusals } from './refusals.contract.ts';

/** Why a case stands where it stands: each step by its article, each running time by its parameter (F124, F158). */
export const caseExplanationContract = {
  explanation: endpoint({
    at: 'GET /cases/{caseId}/explanation',
    who: 'user',
    summary: 'The derivation of a case: steps with their articles, times with how they came about 推导过程',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({
      rulebook: z.string().describe('the version that its order is bound to'),
      steps: z.array(
        z.object({
          at: instantOut,
          event: z.string(),
          state: z.string(),
          by: z.string(),
          article: z.string(),
        }),
      ),
      deadlines: z.array(derivationOut),
      text: wordsOut,
    }),
    refusals: caseRefusals,
  }),
};
