import type { ReasonCode } from '../reasons.data.ts';

/** Scenes that people without tools can judge. Whether a key is valid is a fact and no opinion: such cases go to a panel. */
export const jurable: readonly ReasonCode[] = [
  'BINDING_UNDISCLOSED',
  'FEATURE_REDUCED',
  'WRONG_SPEC',
  'SHORT_QTY',
  'HIDDEN_FEE',
  'ACC_NOT_AS_DESC',
  'PHYS_DAMAGED',
  'MERCHANT_NONPERFORMANCE',
  'OTHER',
];
