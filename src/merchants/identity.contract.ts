import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, instantOut } from '../kit/public-id.ts';
import { merchantsRefusals } from './contract.ts';

export const identityKinds = ['company', 'sole_trader', 'person'] as const;
export type IdentityKind = (typeof identityKinds)[number];
export const identityKindWords = {
  company: { zh: '企业', en: 'Company' },
  sole_trader: { zh: '个体工商户', en: 'Sole trader' },
  person: { zh: '自然人', en: 'Person' },
} as const satisfies Record<IdentityKind, { zh: string; en: string }>;

const text = (max: number) => z.string().trim().min(1).max(max);
export const identityFields = {
  kind: z.enum(identityKinds),
  legalName: text(100),
  licenceNo: text(40).describe('统一社会信用代码; of a person the number of the check'),
  registeredAt: z.string().trim().max(100).default('').describe('registration authority'),
  address: text(200),
  contactName: text(40),
  phone: z.string().regex(/^[\d+ -]{5,20}$/),
  email: z.email().max(100),
};
const identityOut = z.object({
  ...identityFields,
  registeredAt: z.string(),
  phone: z.string(),
  email: z.string(),
  number: z.int(),
  at: instantOut,
});
const staff = { staff: ['risk'] } as const;

export const identityOfShopContract = {
  identity: endpoint({
    at: 'GET /shops/{shopId}/identity',
    who: { shop: [] },
    summary: 'Who runs the shop, as the platform checked it; for its owner',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({ identity: identityOut.nullable() }),
    refusals: {},
  }),
  recordIdentity: endpoint({
    at: 'POST /shop-identities',
    who: staff,
    scope: 'shops:write',
    summary: 'Enter who runs a shop after checking it (e-commerce law art. 27); a correction is a new row',
    input: z.object({ shopId: idIn('shop'), ...identityFields }),
    output: z.object({ number: z.int() }),
    refusals: merchantsRefusals,
  }),
};
