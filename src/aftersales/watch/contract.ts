import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Side } from '../../risk/words.contract.ts';

export const watchRefusals = {
  CASE_NOT_FOUND: { status: 404, zh: '没有找到这件售后。', en: 'We could not find this case.' },
  FINDING_NOT_YOURS: {
    status: 403,
    zh: '只有裁决这件售后的人可以写认定。',
    en: 'Only who decided this case may write a finding.',
  },
  FINDING_TOO_EARLY: {
    status: 409,
    zh: '先裁决，再写认定。',
    en: 'Decide first, then write down what it showed.',
  },
  EXHIBIT_NOT_THERE: { status: 422, zh: '这件售后里没有这份材料。', en: 'This case has no such exhibit.' },
} as const satisfies RefusalCatalogue;
export type WatchRefusal = keyof typeof watchRefusals;

/** What a decision may show about a party, and about which. */
export const findingSides = {
  bad_faith: 'buyer',
  false_evidence: 'merchant',
  fraud: 'merchant',
  stolen_cards: 'merchant',
  malware: 'merchant',
} as const satisfies Record<string, Side>;
export type FindingKind = keyof typeof findingSides;
export const findingKinds = Object.keys(findingSides) as [FindingKind, ...FindingKind[]];

export const watchContract = {
  finding: endpoint({
    at: 'POST /case-desk/{caseId}/findings',
    who: { staff: ['support', 'arbitrator'] },
    summary:
      'Write down what a decided case showed about a party, with its exhibit; the risk desk may answer it',
    input: z.object({
      caseId: idIn('case'),
      kind: z.enum(findingKinds),
      exhibit: z.int().min(1).max(999).optional(),
      says: z.string().trim().min(10).max(500),
    }),
    output: z.object({ noted: z.boolean().describe('false: it was written down before') }),
    refusals: watchRefusals,
  }),
  record: endpoint({
    at: 'GET /shops/{shopId}/record',
    who: 'anyone',
    summary:
      'What everybody may know of how a shop treats complaints: its dispute rate with the sample, and how soon it first answers',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      orders: z.int().describe('completed, or refunded in a case, in the last 90 days'),
      disputed: z.int(),
      rate_bps: z.int().nullable().describe('null: too few orders to say'),
      level: z.enum(['badge', 'review', 'freeze']).nullable(),
      answered: z.int(),
      first_seconds: z.int().nullable().describe('median time to the first answer'),
      at: instantOut.nullable(),
    }),
    refusals: {},
  }),
};
