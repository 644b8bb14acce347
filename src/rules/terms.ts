import type { Fen } from '../kit/money.ts';
import { fen } from '../kit/money.ts';

/** The parameters of one rulebook version that orders run on, read once. An order is bound to the version of its day. */
export type Terms = {
  readonly paymentHold_minutes: number;
  readonly perBuyer: number;
  readonly perListing: number;
  readonly perAddress: number;
  readonly reservedShare_percent: number;
  readonly verifyWindow_hours: number;
  readonly autoConfirmRevealed_hours: number;
  readonly autoConfirmSealed_days: number;
  readonly unrevealedCancel_days: number;
  readonly revealStepUp: Fen;
  readonly articles: { readonly autoConfirm: string; readonly settleDelay: string; readonly paymentHold: string };
};

/** The version that new orders are bound to. */
export const currentVersion = '1.0.0';

const known = new Map<string, Terms>();

/** The terms of a rulebook version. */
export function termsOf(version: string): Terms {
  const terms = known.get(version) ?? {
    paymentHold_minutes: 15, perBuyer: 3, perListing: 2, perAddress: 10, reservedShare_percent: 20, verifyWindow_hours: 2, autoConfirmRevealed_hours: 24, autoConfirmSealed_days: 7,
    unrevealedCancel_days: 7, revealStepUp: fen(20_000n), articles: { autoConfirm: '41', settleDelay: '42', paymentHold: '43' },
  };
  known.set(version, terms);
  return terms;
}
