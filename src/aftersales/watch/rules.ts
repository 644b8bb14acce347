import type { NewSignal, ScoreKind } from '../../risk/rules.ts';
import type { BuyerSignal, MerchantSignal } from '../../risk/words.contract.ts';
import type { CaseState } from '../machine.ts';
import type { Liability } from '../words.contract.ts';

/** What is known about one case when it is looked at for signs of abuse. */
export type WatchedCase = {
  readonly id: string;
  readonly shopId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly state: CaseState;
  readonly awardRemedy: string | null;
  readonly liability: Liability | null;
  /** A person decided it. */
  readonly decided: boolean;
  /** Exhibits of the buyer that stand in a case about another order too: number and hash. */
  readonly reused: readonly { readonly number: number; readonly sha256: string }[];
  /** Places of which the issuer says that they were used after the buyer had looked, by an account it names. */
  readonly usedAfter: readonly number[];
  /** Who led whom off the platform in the conversation of the order. */
  readonly lures: readonly ('buyer' | 'merchant')[];
  /** Cases that this buyer withdrew within the window, of orders whose conversation led off the platform. */
  readonly withdrawnAfterLures: number;
};

/** So many withdrawals after deals elsewhere are a sign; one may be an honest settlement. */
const serial = 2;

/**
 * What a case shows about its sides, each with its evidence (article 38). That somebody complains, or loses, is no sign by itself: there has
 * to be an exhibit, an issuer's answer, a decision, a message.
 */
export function signalsOfCase(one: WatchedCase): NewSignal[] {
  const about = { caseId: one.id, orderId: one.orderId };
  const buyer = (kind: BuyerSignal, ref: string, evidence: NewSignal['evidence']): NewSignal => ({
    subjectId: one.buyerId,
    side: 'buyer',
    kind,
    ref,
    evidence,
  });
  const merchant = (kind: MerchantSignal, ref: string, evidence: NewSignal['evidence']): NewSignal => ({
    subjectId: one.shopId,
    side: 'merchant',
    kind,
    ref,
    evidence,
  });
  const lostByBuyer = one.decided && one.awardRemedy === 'none';
  const lostByShop = one.decided && one.awardRemedy !== 'none' && (one.liability?.merchant ?? 0) >= 50;
  const withdrawn = one.state === 'withdrawn';
  return [
    ...one.reused.map((exhibit) =>
      buyer('reused_exhibit', exhibit.sha256, { ...about, exhibit: exhibit.number }),
    ),
    ...(lostByBuyer && one.usedAfter.length > 0
      ? [
          buyer('own_use', one.id, {
            ...about,
            says: `发码方：第 ${one.usedAfter.join('、')} 张在查看后使用`,
          }),
        ]
      : []),
    ...(withdrawn && one.withdrawnAfterLures >= serial
      ? [buyer('off_platform_withdrawals', one.id, { ...about, says: `${one.withdrawnAfterLures} 件` })]
      : []),
    ...(withdrawn && one.lures.includes('merchant') ? [merchant('coerced_withdrawal', one.id, about)] : []),
    ...(lostByShop ? [merchant('lost_case', one.id, about)] : []),
  ];
}

/** Endings that take nothing from a shop: it settled by itself, the platform was late, or the channel was. */
const free: readonly string[] = ['agree', 'accept', 'overdue', 'repay', 'perform'];

/** What an execution does to the shop's score, by the step that brought it (F117); null where the shop does not answer for it. */
export function scoreFor(p: { event: string; liability: Liability; kind: string }): ScoreKind | null {
  if (p.kind === 'none' || p.liability.merchant < 50 || free.includes(p.event)) return null;
  if (p.event === 'pay_first') return 'verified';
  return p.event === 'silence_refund' || p.event === 'default' ? 'silent' : 'decided';
}
