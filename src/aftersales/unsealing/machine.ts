import type { TransitionTable } from '../../kit/machine.ts';

/** A key is opened for the desk by two people: one asks with a reason, another grants, and it is shown once (article 14). */
export const unsealingTable = [
  ['none', 'ask', 'operator', 'asked', '14'],
  ['asked', 'grant', 'operator', 'granted', '14'],
  ['asked', 'deny', 'operator', 'denied', '14'],
  ['granted', 'show', 'operator', 'shown', '14'],
] as const satisfies TransitionTable;
export type UnsealingState = Exclude<(typeof unsealingTable)[number][0 | 3], 'none'>;
