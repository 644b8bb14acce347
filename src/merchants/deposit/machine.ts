import type { TransitionTable } from '../../kit/machine.ts';

/** The life of a deposit (VGSR article 35). */
export const depositTable = [
  // from        event         by          to           article  after (parameter)
  ['none', 'measure', 'system', 'enough', '35'],
  ['enough', 'fall_short', 'system', 'short', '35'],
  ['short', 'fill_up', 'system', 'enough', '35'],
  ['short', 'suspend', 'clock', 'suspended', '35', 'TOPUP_DEP'],
  ['suspended', 'fill_up', 'system', 'enough', '35'],
  ['enough', 'leave', 'merchant', 'leaving', '35'],
  ['short', 'leave', 'merchant', 'leaving', '35'],
  ['suspended', 'leave', 'merchant', 'leaving', '35'],
  ['leaving', 'give_back', 'operator', 'returned', '35', 'DEP_RETURN'],
] as const satisfies TransitionTable;

export type DepositState = Exclude<(typeof depositTable)[number][0 | 3], 'none'>;
export type DepositEvent = (typeof depositTable)[number][1];
