import { fen, type Fen } from '../kit/money.ts';
import type { Checkout } from './store.ts';

export type PaidFor = 'pay' | 'revive';
export type CancelledBy = 'expire' | 'unserve';
export type ApplyDecision = {
  /** Pay the orders: in time, or revive orders that had been cancelled. */
  readonly pay?: PaidFor;
  /** End the orders: their time is over, or the keys they held may no longer be sent. */
  readonly cancel?: CancelledBy;
  readonly refund?: { readonly amount: Fen; readonly reason: Reason };
};

type Reason = 'double' | 'over' | 'under' | 'late' | 'unserved';

/**
 * What a payment's unapplied money does (VGSR article 32). Money is never kept without a reason: it pays the orders, waits for the rest
 * while there is time, or goes back. `stock` tells whether the goods can be handed over now.
 */
export function decideApply(p: {
  state: Checkout['state'];
  total: bigint;
  left: bigint;
  expiring: boolean;
  stock: () => boolean;
}): ApplyDecision {
  const rest = (amount: bigint, reason: Reason): Pick<ApplyDecision, 'refund'> =>
    amount > 0n ? { refund: { amount: fen(amount), reason } } : {};
  /** What is above the price: a second whole payment is one too many, however close behind the first it came (F169). */
  const extra = (amount: bigint): Pick<ApplyDecision, 'refund'> =>
    rest(amount, amount >= p.total ? 'double' : 'over');
  if (p.state === 'paid') return rest(p.left, 'double');
  const covered = p.left >= p.total;
  if (p.state === 'open') {
    if (covered && p.stock()) return { pay: 'pay', ...extra(p.left - p.total) };
    // Keys can expire while their order waits for the money (VGSR article 14); then nothing is kept (article 18).
    if (covered) return { cancel: 'unserve', ...rest(p.left, 'unserved') };
    return p.expiring ? { cancel: 'expire', ...rest(p.left, 'under') } : {};
  }
  if (covered && p.stock()) return { pay: 'revive', ...extra(p.left - p.total) };
  return rest(p.left, covered ? 'late' : 'under');
}
