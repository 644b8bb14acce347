import { fen, type Fen } from '../kit/money.ts';
import type { Checkout } from './store.ts';

export type PaidFor = 'pay' | 'revive';
export type ApplyDecision = {
  /** Pay the orders: in time, or revive orders that had been cancelled. */
  readonly pay?: PaidFor;
  readonly cancel?: true;
  readonly refund?: { readonly amount: Fen; readonly reason: 'double' | 'over' | 'under' | 'late' };
};

/**
 * What a payment's unapplied money does (VGSR article 32). Money is never kept without a reason: it pays the orders, waits for the rest
 * while there is time, or goes back.
 */
export function decideApply(p: {
  state: Checkout['state'];
  total: bigint;
  left: bigint;
  expiring: boolean;
  stock: () => boolean;
}): ApplyDecision {
  const rest = (
    amount: bigint,
    reason: 'double' | 'over' | 'under' | 'late',
  ): Pick<ApplyDecision, 'refund'> => (amount > 0n ? { refund: { amount: fen(amount), reason } } : {});
  if (p.state === 'paid') return rest(p.left, 'double');
  const covered = p.left >= p.total;
  if (p.state === 'open') {
    if (covered) return { pay: 'pay', ...rest(p.left - p.total, 'over') };
    return p.expiring ? { cancel: true, ...rest(p.left, 'under') } : {};
  }
  if (covered && p.stock()) return { pay: 'revive', ...rest(p.left - p.total, 'over') };
  return rest(p.left, covered ? 'late' : 'under');
}
