import { fen, type Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import { dueOf, dueWithPauses, type Limit } from './calendar.rules.ts';
import { articleOfParam, dueBy, limitOf, param } from './rules.ts';
import { outagesNow } from './outages.rules.ts';

export { versionAt } from './shelf.rules.ts';

/** The parameters of one rulebook version that orders run on, read once. An order is bound to the version of its day. */
export type Terms = {
  readonly version: string;
  readonly paymentHold_minutes: number;
  readonly perBuyer: number;
  readonly perListing: number;
  readonly perAddress: number;
  readonly reservedShare_percent: number;
  readonly verifyWindow_hours: number;
  readonly autoConfirmRevealed_hours: number;
  readonly revealStepUp: Fen;
  /** After how many hours later goods confirm themselves, counted from their delivery (article 41). */
  readonly autoConfirmLater_hours: {
    readonly licence: number;
    readonly download: number;
    readonly membership: number;
    readonly topup: number;
    readonly manual: number;
    readonly parcel: number;
  };
  /** From this total on an order is of high value, and its money waits so many days longer (article 48). */
  readonly highValue: Fen;
  readonly highValueExtra_days: number;
  /** At the latest so long after the payment undelivered goods are refunded (article 18). */
  readonly lateAuto_hours: number;
  readonly articles: {
    readonly late: string;
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
  version,
  paymentHold_minutes: param(version, 'PAYMENT_HOLD'),
  perBuyer: param(version, 'RESERVED_PER_BUYER'),
  perListing: param(version, 'RESERVED_PER_LISTING'),
  perAddress: param(version, 'RESERVED_PER_ADDRESS'),
  reservedShare_percent: param(version, 'RESERVED_SHARE'),
  verifyWindow_hours: param(version, 'CARD_VERIFY_WINDOW'),
  autoConfirmRevealed_hours: param(version, 'AUTO_CONFIRM_REVEALED'),
  revealStepUp: fen(BigInt(param(version, 'REVEAL_STEP_UP'))),
  autoConfirmLater_hours: {
    licence: param(version, 'AUTO_CONFIRM_LICENCE'),
    download: param(version, 'AUTO_CONFIRM_DOWNLOAD'),
    membership: param(version, 'AUTO_CONFIRM_MEMBERSHIP'),
    topup: param(version, 'AUTO_CONFIRM_TOPUP'),
    manual: param(version, 'AUTO_CONFIRM_MANUAL'),
    parcel: param(version, 'AUTO_CONFIRM_PARCEL') * 24,
  },
  highValue: fen(BigInt(param(version, 'HIGH_VALUE'))),
  highValueExtra_days: param(version, 'HIGH_VALUE_EXTRA'),
  lateAuto_hours: param(version, 'LATE_AUTO'),
  articles: {
    late: articleOfParam(version, 'LATE_AUTO'),
    autoConfirm: articleOfParam(version, 'AUTO_CONFIRM_REVEALED'),
    settleDelay: articleOfParam(version, 'SETTLE_DAYS_PROBATION'),
    paymentHold: articleOfParam(version, 'PAYMENT_HOLD'),
  },
});

/**
 * Until when a key that nobody has seen can be cancelled: 24:00 of the seventh day, or of the first working day after it, and later by the
 * outages in between (articles 20, 6).
 */
export const cancelBy = (deliveredAt: Instant, version: string, promised_days = 0): Instant =>
  dueWithPauses(deliveredAt, noReasonLimit(version, 'UNREVEALED_CANCEL', promised_days), outagesNow()).dueAt;

/** A right without a reason, or the longer one that the shop promised on its page: what the rights card says is what holds (article 20). */
export function noReasonLimit(
  version: string,
  name: 'NO_REASON' | 'UNREVEALED_CANCEL',
  promised_days: number,
): Limit {
  const limit = limitOf(version, name);
  return promised_days > limit.v ? { ...limit, v: promised_days } : limit;
}

let last: { readonly at: Instant; readonly version: string; readonly due: Map<number, Instant> } | undefined;

/** When an order with an unseen key confirms itself: after seven full days, and not before the right to cancel has ended (articles 41, 20). */
export function confirmSealedAt(deliveredAt: Instant, version: string, promised_days = 0): Instant {
  // All orders of a batch are delivered at one instant, so the calendar is asked once for hundreds of them.
  if (last?.at !== deliveredAt || last.version !== version)
    last = { at: deliveredAt, version, due: new Map() };
  const known = last.due.get(promised_days);
  if (known !== undefined) return known;
  const full = dueBy(version, 'AUTO_CONFIRM_SEALED', deliveredAt).dueAt;
  // Without outages: they are added to the deadline's row (kit/deadlines), where their share is known.
  const cancel = dueOf(deliveredAt, noReasonLimit(version, 'UNREVEALED_CANCEL', promised_days)).dueAt;
  const due = full > cancel ? full : cancel;
  last.due.set(promised_days, due);
  return due;
}
