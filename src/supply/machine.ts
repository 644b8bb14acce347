import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of one attempt to fill an account (lifecycles 2.2c). It is submitted from the moment before it is sent; where no answer comes it
 * is unknown, and only the supplier's own word, asked for with the same number, ends that. What arrives after a supplier had called it
 * refused, failed or cancelled, or after the buyer got the money back, is late: somebody but the buyer answers for it.
 */
export const attemptTable = [
  // from       event       by          to           article
  ['none', 'queue', 'system', 'queued', '15'],
  ['queued', 'send', 'system', 'submitted', '15'],
  ['queued', 'drop', 'system', 'cancelled', '15'],
  ['submitted', 'doubt', 'system', 'unknown', '15'],
  ['unknown', 'send', 'system', 'submitted', '15'],
  ['unknown', 'accept', 'supplier', 'submitted', '15'],
  ['submitted', 'succeed', 'supplier', 'success', '15'],
  ['unknown', 'succeed', 'supplier', 'success', '15'],
  ['submitted', 'part', 'supplier', 'partial', '15'],
  ['unknown', 'part', 'supplier', 'partial', '15'],
  ['submitted', 'reject', 'supplier', 'refused', '15'],
  ['unknown', 'reject', 'supplier', 'refused', '15'],
  ['submitted', 'fail', 'supplier', 'failed', '15'],
  ['unknown', 'fail', 'supplier', 'failed', '15'],
  ['submitted', 'cancel', 'supplier', 'cancelled', '15'],
  ['unknown', 'cancel', 'supplier', 'cancelled', '15'],
  ['submitted', 'arrive', 'supplier', 'late', '15'],
  ['unknown', 'arrive', 'supplier', 'late', '15'],
  ['refused', 'arrive', 'supplier', 'late', '15'],
  ['failed', 'arrive', 'supplier', 'late', '15'],
  ['cancelled', 'arrive', 'supplier', 'late', '15'],
] as const satisfies TransitionTable;

export type AttemptState = (typeof attemptTable)[number][3];
export type AttemptEvent = (typeof attemptTable)[number][1];

/** One account to fill for one line of an order. Held: nothing is under way, and the shop must do something. */
export const requestTable = [
  ['none', 'open', 'system', 'open', '15'],
  ['none', 'hold', 'system', 'held', '15'],
  ['open', 'hold', 'system', 'held', '15'],
  ['held', 'open', 'merchant', 'open', '15'],
  ['open', 'do', 'supplier', 'done', '15'],
  ['open', 'fail', 'supplier', 'failed', '15'],
  ['open', 'cancel', 'supplier', 'cancelled', '15'],
  ['open', 'drop', 'buyer', 'cancelled', '15'],
  ['held', 'drop', 'buyer', 'cancelled', '15'],
  ['open', 'abandon', 'clock', 'abandoned', '15'],
] as const satisfies TransitionTable;

export type RequestState = (typeof requestTable)[number][3];
export type RequestEvent = (typeof requestTable)[number][1];
