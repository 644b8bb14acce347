import type { TransitionTable } from '../../kit/machine.ts';

/** The life of a jury (article 29): sealed votes first, then they are opened; the first side with nine of seventeen has it. */
export const juryTable = [
  ['none', 'open', 'system', 'drawing', '29'],
  ['drawing', 'seat', 'system', 'sealing', '29'],
  ['drawing', 'fail', 'system', 'failed', '29'], // too few jurors
  ['drawing', 'fail', 'clock', 'failed', '29', 'CROWD_WITHIN'],
  ['sealing', 'reveal', 'clock', 'opening', '29', 'CROWD_COMMIT'],
  ['sealing', 'reveal', 'system', 'opening', '29'], // all have voted
  ['sealing', 'fail', 'clock', 'failed', '29', 'CROWD_WITHIN'],
  ['opening', 'decide', 'system', 'decided', '29'],
  ['opening', 'fail', 'system', 'failed', '29'], // nine are out of reach
  ['opening', 'fail', 'clock', 'failed', '29', 'CROWD_WITHIN'],
] as const satisfies TransitionTable;
export type JuryState = (typeof juryTable)[number][0 | 3];
