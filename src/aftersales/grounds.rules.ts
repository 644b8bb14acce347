import { fen, noFen, type Fen } from '../kit/money.ts';
import { param } from '../rules/rules.ts';
import type { ReasonCode } from './reasons.data.ts';
import { merchantAnswers, type Case, type Move } from './rules.ts';

/** The price of a line as it was taken, and as it follows again from the listing version that the order pinned. */
export type Recount = { readonly taken: Fen; readonly computed: Fen; readonly delta: Fen };

export const recounted = (taken: Fen, computed: Fen): Recount => ({
  taken,
  computed,
  delta: taken > computed ? fen(taken - computed) : noFen,
});

/** What the platform's own records say about a claim when it is filed. */
export type Grounds = {
  readonly price: Recount;
  /** Whether the binding rule was shown and ticked before the payment. */
  readonly bindingTold: boolean;
  /** What the unused days of a membership are worth; null for other goods. */
  readonly proRata: Fen | null;
  /** Trades of the order's payment, whose numbers a buyer may name. */
  readonly trades: readonly { readonly number: string; readonly amount: Fen }[];
};

/** At most this much is asked for, by the ground of the claim; null: what is left (F093: the unused part by the published formula). */
export const mostBy = (reason: ReasonCode, grounds: Grounds): Fen | null =>
  reason === 'MEMBERSHIP_MISSING' ? grounds.proRata : null;

/** A binding rule that nobody ticked counts as not told, so that the buyer wins unless the shop proves otherwise (article 22, F106). */
export const isUntold = (reason: ReasonCode, grounds: Grounds): boolean =>
  reason === 'BINDING_UNDISCLOSED' && !grounds.bindingTold;

/** The voucher that a buyer wrote into the claim, found among the trades of the payment (F004, F175). */
export const voucherIn = (claim: string, grounds: Grounds): { number: string; amount: Fen } | undefined =>
  grounds.trades.find(({ number }) => number.length >= 6 && claim.includes(number));

const priceReasons: readonly ReasonCode[] = ['PRICE_ERROR', 'OVERCHARGE'];

/** What the platform adds to a claim about the price: its own recomputation and the difference, to the fen (F007). */
export const recountSaid = (one: Pick<Case, 'reason'>, grounds: Grounds) =>
  priceReasons.includes(one.reason)
    ? [
        {
          kind: 'recount',
          body: {
            ...grounds.price,
            trades: grounds.trades.map(({ number, amount }) => ({ number, amount })),
          },
        },
      ]
    : [];

/**
 * An overcharge that the platform finds in its own books is approved at once (F175): the price that was taken is above the one that follows
 * from the listing version, and the voucher is a trade of this order or the order was paid out of the wallet, whose books are the platform's.
 */
export function approveOvercharge(
  one: Case,
  p: { grounds: Grounds; claim: string; paidByWallet: boolean; refundable: Fen },
): Move | undefined {
  if (one.reason !== 'OVERCHARGE' || one.state !== 'negotiation') return undefined;
  const { delta } = p.grounds.price;
  const voucher = voucherIn(p.claim, p.grounds);
  if (delta === noFen || (!voucher && !p.paidByWallet)) return undefined;
  const amount = delta < p.refundable ? delta : p.refundable;
  if (amount === noFen) return undefined;
  return {
    event: 'pay_first',
    by: 'system',
    byId: null,
    article: '8',
    says: [{ kind: 'matched', body: { voucher: voucher?.number ?? 'wallet', ...p.grounds.price } }],
    award: { remedy: 'refund', amount, liability: merchantAnswers },
  };
}

/** What the law gives on top for fraud: three times the price, at least 500 yuan (消法55, article 33, F143). Our decision does not change it. */
export type LegalRight = {
  readonly price: Fen;
  readonly triple: Fen;
  readonly least: Fen;
  readonly amount: Fen;
};
export function legalRight(one: Pick<Case, 'reason' | 'rulebook'>, price: Fen): LegalRight | null {
  if (one.reason !== 'COUNTERFEIT') return null;
  const triple = fen(price * 3n);
  const least = fen(BigInt(param(one.rulebook, 'FRAUD_MIN')));
  return { price, triple, least, amount: triple > least ? triple : least };
}
