import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn } from '../../kit/public-id.ts';
import { outsideRefusals } from './refusals.contract.ts';

export const bundleContract = {
  bundle: endpoint({
    at: 'GET /orders/{orderId}/evidence-bundle.zip',
    who: 'user',
    summary:
      'The court bundle: originals by hash, events with proofs, decisions, a manual, and a verifier that works offline (F047, F162, F163)',
    input: z.object({ orderId: idIn('order') }),
    output: z.instanceof(ReadableStream),
    refusals: outsideRefusals,
  }),
};
