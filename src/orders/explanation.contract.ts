import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, instantOut } from '../kit/public-id.ts';
import { derivationOut } from '../rules/calendar.contract.ts';
import { wordsOut } from '../rules/contract.ts';
import { orderRefusals } from './contract.ts';

/** Why an order stands where it stands: each step by its article, each running time by its parameter (F124, F158). */
export const explanationContract = {
  explanation: endpoint({
    at: 'GET /orders/{orderId}/explanation',
    who: 'user',
    summary: 'The derivation of an order: steps with their articles, times with how they came about 推导过程',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      rulebook: z.string().describe('the version that the order is bound to'),
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
    refusals: orderRefusals,
  }),
};
