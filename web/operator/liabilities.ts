import type { Liability } from '../../src/aftersales/words.contract.ts';

const none = { merchant: 0, buyer: 0, platform: 0, carrier: 0, issuer: 0 };
/** The usual findings of liability, as the form offers them. */
export const liabilities = {
  merchant: { ...none, merchant: 100 },
  half: { ...none, merchant: 50, buyer: 50 },
  platform: { ...none, platform: 100 },
  issuer: { ...none, issuer: 100 },
  buyer: { ...none, buyer: 100 },
} as const satisfies Record<string, Liability>;
export type LiabilityName = keyof typeof liabilities;
