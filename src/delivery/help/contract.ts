import { z } from 'zod';
import { listingContent } from '../../catalog/content.contract.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, instantOut } from '../../kit/public-id.ts';
import { orderRefusals } from '../../orders/contract.ts';
import { checkOut, keyParts } from '../check/contract.ts';
import { usages } from '../issuer/contract.ts';

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const ableOut = z
  .object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() })
  .describe('a button that cannot be pressed says why');

const issuerCheckOut = z.object({
  state: z.enum(['asked', 'answered', 'refused', 'unanswered']),
  by: z.enum(['buyer', 'system']),
  usage: z.enum(usages).nullable(),
  usedAt: instantOut.nullable(),
  account: z.string().nullable().describe('masked'),
  askedAt: instantOut,
  answeredAt: instantOut.nullable(),
  raw: z.string().nullable().describe('SHA-256 of the answer as it came, hex'),
});

/** What helps with the goods of an order: how they are used, what was compared, what their issuer said. For its buyer and its shop. */
export const helpContract = {
  help: endpoint({
    at: 'GET /orders/{orderId}/help',
    who: 'user',
    summary: 'Guides, comparisons and issuer answers of an order (F030, F033, F045, F070)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      lines: z.array(
        z.object({
          line: z.int(),
          goods: z.string(),
          guide: listingContent.shape.guide,
          verification: z.string(),
          parts: z.array(z.enum(keyParts)).describe('what can be compared'),
          issuer: z.string().nullable().describe('who can be asked about these keys'),
          units: z.array(
            z.object({
              unit: z.string(),
              revealed: z.boolean(),
              checks: z.array(checkOut.extend({ at: instantOut })),
              issuerChecks: z.array(issuerCheckOut),
              askIssuer: ableOut,
            }),
          ),
        }),
      ),
    }),
    refusals: orderRefusals,
  }),
};
