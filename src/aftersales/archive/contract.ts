import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const archiveRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
} as const satisfies RefusalCatalogue;

const wordsOut = z.object({ zh: z.string(), en: z.string() });

export const archiveContract = {
  archive: endpoint({
    at: 'GET /orders/{orderId}/archive',
    who: 'user',
    summary: 'The sealed binder of an order with its supplements, and how long it is kept (F072, F073)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      seals: z.array(
        z.object({
          number: z.int().describe('1 is the archive, the others are supplements'),
          from: z.int(),
          to: z.int(),
          count: z.int(),
          root: z.string().describe('RFC 6962 root over the commitments of these records, hexadecimal'),
          record: z.int().describe('the record of the order that says so'),
          at: instantOut,
          fixed: z.boolean().describe('under a signed and published checkpoint'),
        }),
      ),
      within_hours: z.int(),
      article: z.string(),
      keptUntil: instantOut.nullable(),
      kept: z.array(z.object({ why: z.enum(['retention', 'case']), words: wordsOut })),
    }),
    refusals: archiveRefusals,
  }),
};
