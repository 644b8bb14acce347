import type { TransitionTable } from '../../kit/machine.ts';

/** One question to an issuer about one key (F070, F102). */
export const issuerCheckTable = [
  // from    event      by          to           article
  ['none', 'ask', 'buyer', 'asked', '22'],
  ['none', 'ask', 'system', 'asked', '22'],
  ['asked', 'answer', 'supplier', 'answered', '22'],
  ['asked', 'decline', 'supplier', 'refused', '22'],
  ['asked', 'give_up', 'clock', 'unanswered', '22'],
] as const satisfies TransitionTable;

export type IssuerCheckState = (typeof issuerCheckTable)[number][3];
