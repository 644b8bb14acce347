import type { TransitionTable } from '../../kit/machine.ts';

/** The binder of an order: sealed when it completes, and what comes later is sealed in supplements within the same time (F072). */
export const archiveTable = [
  ['none', 'seal', 'system', 'sealed', '23'],
  ['sealed', 'supplement', 'clock', 'sealed', '23', 'ARCHIVE'],
] as const satisfies TransitionTable;
