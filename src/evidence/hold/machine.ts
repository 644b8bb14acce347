import type { TransitionTable } from '../../kit/machine.ts';

/** What an authority ordered to be kept: asked for by one, placed by another; taken away again by two (article 40). */
export const legalHoldTable = [
  ['none', 'ask', 'operator', 'asked', '40'],
  ['asked', 'place', 'operator', 'standing', '40'],
  ['asked', 'drop', 'operator', 'dropped', '40'],
  ['standing', 'ask_lift', 'operator', 'lift_asked', '40'],
  ['lift_asked', 'lift', 'operator', 'lifted', '40'],
  ['lift_asked', 'keep', 'operator', 'standing', '40'],
] as const satisfies TransitionTable;
export type LegalHoldState = (typeof legalHoldTable)[number][0 | 3];
export type LegalHoldEvent = (typeof legalHoldTable)[number][1];
