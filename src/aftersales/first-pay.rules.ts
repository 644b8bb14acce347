import type { Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import type { Usage } from '../delivery/issuer/contract.ts';
import { inHouse } from './procedure.rules.ts';
import { merchantAnswers, stateAfter, type Case, type Move } from './rules.ts';

/** What a machine verified about each affected unit: what its issuer says of its use; null where nobody has answered. */
export type FirstPayFacts = {
  readonly case: Case;
  readonly usages: readonly (Usage | null)[];
  readonly refundable: Fen;
  readonly now: Instant;
  /** What this buyer was paid first in the last day. */
  readonly today: { readonly sum: Fen; readonly count: number };
};

const provesBad: readonly (Usage | null)[] = ['before_delivery', 'before_reveal'];

/** Why nothing is paid first, for the record; null where it is. */
export type NotPaid = 'not_verified' | 'over_once' | 'over_day' | 'wrong_state';

/**
 * 先行赔付 (C1b, article 30): paid now, without the shop's answer, only where a machine verified that every affected key was used before its
 * buyer could see it, and within the caps for one payment and one buyer and day. The presumption of article 5 alone moves no money. What
 * is above a cap goes its usual way.
 */
export function decideFirstPay(facts: FirstPayFacts): Move | NotPaid {
  const { case: one, usages, refundable, today } = facts;
  if (stateAfter(one.state, 'pay_first', 'system') === undefined) return 'wrong_state';
  if (one.reason !== 'CARD_USED' && one.reason !== 'CARD_INVALID') return 'not_verified';
  if (usages.length === 0 || !usages.every((usage) => provesBad.includes(usage))) return 'not_verified';
  const amount = one.remedy === 'refund' && one.asked < refundable ? one.asked : refundable;
  if (amount === 0n) return 'wrong_state';
  if (amount > BigInt(inHouse(one.rulebook, facts.now, 'FIRST_PAY_ONCE'))) return 'over_once';
  if (
    today.count >= inHouse(one.rulebook, facts.now, 'FIRST_PAY_DAY_COUNT') ||
    today.sum + amount > BigInt(inHouse(one.rulebook, facts.now, 'FIRST_PAY_DAY'))
  )
    return 'over_day';
  return {
    event: 'pay_first',
    by: 'system',
    byId: null,
    paidFirst: true,
    says: [{ kind: 'verified', body: { usages: [...usages], rule: 'used before reveal' } }],
    award: { remedy: 'refund', amount, liability: merchantAnswers },
  };
}
