import type { TransitionTable } from '../../kit/machine.ts';

/** The life of a group of cases about one batch (article 28): one finding, above the limit signed by a second person, then carried out case by case. */
export const caseGroupTable = [
  ['none', 'open', 'system', 'open', '28'],
  ['open', 'decide', 'operator', 'decided', '28'],
  ['open', 'propose', 'operator', 'signing', '28'],
  ['signing', 'countersign', 'operator', 'decided', '28'],
  ['signing', 'send_back', 'operator', 'open', '28'],
  ['open', 'dissolve', 'operator', 'dissolved', '28'],
] as const satisfies TransitionTable;
export type GroupState = (typeof caseGroupTable)[number][0 | 3];
export type GroupEvent = (typeof caseGroupTable)[number][1];
