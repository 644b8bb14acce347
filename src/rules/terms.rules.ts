import { fen, type Fen } from '../kit/money.ts';
import { articleOfParam, param } from './rules.ts';

export { currentVersion } from './rules.ts';

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
  readonly articles: {
    readonly autoConfirm: string;
    readonly settleDelay: string;
    readonly paymentHold: string;
  };
};

const known = new Map<string, Terms>();

/** The terms of a rulebook version. */
export function termsOf(version: string): Terms {
  const terms = known.get(version) ?? readTerms(version);
  known.set(version, terms);
  return terms;
}

const readTerms = (version: string): Terms => ({
  paymentHold_minutes: param(version, 'PAYMENT_HOLD'),
  perBuyer: param(version, 'RESERVED_PER_BUYER'),
  perListing: param(version, 'RESERVED_PER_LISTING'),
  perAddress: param(version, 'RESERVED_PER_ADDRESS'),
  reservedShare_percent: param(version, 'RESERVED_SHARE'),
  verifyWindow_hours: param(version, 'CARD_VERIFY_WINDOW'),
  autoConfirmRevealed_hours: param(version, 'AUTO_CONFIRM_REVEALED'),
  autoConfirmSealed_days: param(version, 'AUTO_CONFIRM_SEALED'),
  unrevealedCancel_days: param(version, 'UNREVEALED_CANCEL'),
  revealStepUp: fen(BigInt(param(version, 'REVEAL_STEP_UP'))),
  articles: {
    autoConfirm: articleOfParam(version, 'AUTO_CONFIRM_REVEALED'),
    settleDelay: articleOfParam(version, 'SETTLE_DAYS_PROBATION'),
    paymentHold: articleOfParam(version, 'PAYMENT_HOLD'),
  },
});
