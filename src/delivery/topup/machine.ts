import type { TransitionTable } from '../../kit/machine.ts';

/**
 * The life of a direct top-up as its buyer sees it (lifecycles 2.2c). Unknown is a state of its own: nothing is refunded and nothing sent
 * to anybody else while it lasts. Held: no supplier took it, and the shop must do something. Returned: the money went back without a
 * final word; what arrives then is late, and not the buyer's concern.
 */
export const topupTable = [
  // from        event      by          to           article  after (rulebook parameter)
  ['none', 'queue', 'system', 'queued', '15'],
  ['none', 'hold', 'system', 'held', '15'],
  ['queued', 'hold', 'supplier', 'held', '15'],
  ['submitted', 'hold', 'supplier', 'held', '15'],
  ['unknown', 'hold', 'supplier', 'held', '15'],
  ['held', 'queue', 'merchant', 'queued', '15'],
  ['held', 'submit', 'merchant', 'submitted', '15'],
  ['held', 'doubt', 'merchant', 'unknown', '15'],
  ['queued', 'submit', 'system', 'submitted', '15'],
  ['queued', 'doubt', 'system', 'unknown', '15'],
  ['submitted', 'queue', 'system', 'queued', '15'],
  ['unknown', 'queue', 'system', 'queued', '15'],
  ['submitted', 'doubt', 'system', 'unknown', '15'],
  ['unknown', 'submit', 'supplier', 'submitted', '15'],
  ['queued', 'succeed', 'supplier', 'success', '15'],
  ['submitted', 'succeed', 'supplier', 'success', '15'],
  ['unknown', 'succeed', 'supplier', 'success', '15'],
  ['held', 'succeed', 'supplier', 'success', '15'],
  ['queued', 'part', 'supplier', 'partial', '15'],
  ['submitted', 'part', 'supplier', 'partial', '15'],
  ['unknown', 'part', 'supplier', 'partial', '15'],
  ['held', 'part', 'supplier', 'partial', '15'],
  ['queued', 'fail', 'supplier', 'failed', '15'],
  ['held', 'fail', 'supplier', 'failed', '15'],
  ['submitted', 'fail', 'supplier', 'failed', '15'],
  ['unknown', 'fail', 'supplier', 'failed', '15'],
  ['queued', 'cancel', 'supplier', 'cancelled', '15'],
  ['held', 'cancel', 'supplier', 'cancelled', '15'],
  ['submitted', 'cancel', 'supplier', 'cancelled', '15'],
  ['unknown', 'cancel', 'supplier', 'cancelled', '15'],
  ['queued', 'give_up', 'clock', 'returned', '18', 'LATE_AUTO'],
  ['held', 'give_up', 'clock', 'returned', '18', 'LATE_AUTO'],
  ['submitted', 'give_up', 'clock', 'returned', '18', 'LATE_AUTO'],
  ['unknown', 'give_up', 'clock', 'returned', '18', 'LATE_AUTO'],
  ['failed', 'arrive', 'supplier', 'late', '15'],
  ['cancelled', 'arrive', 'supplier', 'late', '15'],
  ['returned', 'arrive', 'supplier', 'late', '15'],
] as const satisfies TransitionTable;

export type TopupState = (typeof topupTable)[number][3];
export type TopupEvent = (typeof topupTable)[number][1];
