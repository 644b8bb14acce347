import type { TransitionTable } from '../kit/machine.ts';

/** The life of a demand (F080, VGSR article 21): the shop answers in time, or the clock says that it did not. */
export const demandTable = [
  // from    event     by          to          article  after (rulebook parameter)
  ['none', 'demand', 'buyer', 'open', '21'],
  ['open', 'answer', 'merchant', 'answered', '21'],
  ['open', 'lapse', 'clock', 'silent', '21', 'DEMAND'],
] as const satisfies TransitionTable;

export type DemandState = (typeof demandTable)[number][3];
export type DemandEvent = (typeof demandTable)[number][1];
