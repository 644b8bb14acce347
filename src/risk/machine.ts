import type { TransitionTable } from '../kit/machine.ts';

/** A measure against a buyer who abused the procedure (article 38): three people at most, and it ends by itself. */
export const measureTable = [
  // from       event       by          to          article  after (parameter)
  ['none', 'propose', 'operator', 'proposed', '38'],
  ['proposed', 'confirm', 'operator', 'running', '38'],
  ['proposed', 'reject', 'operator', 'rejected', '38'],
  ['running', 'appeal', 'buyer', 'appealed', '38', 'MEASURE_APPEAL'],
  ['running', 'end', 'clock', 'ended', '38', 'MEASURE_TERM'],
  ['appealed', 'uphold', 'operator', 'upheld', '28'],
  ['appealed', 'overturn', 'operator', 'lifted', '28'],
  ['appealed', 'end', 'clock', 'ended', '38', 'MEASURE_TERM'],
  ['upheld', 'end', 'clock', 'ended', '38', 'MEASURE_TERM'],
] as const satisfies TransitionTable;

/** The same for a shop (article 34): a warning ends with its window, a ban when an appeal lifts it. */
export const penaltyTable = [
  ['none', 'propose', 'operator', 'proposed', '34'],
  ['proposed', 'confirm', 'operator', 'running', '34'],
  ['proposed', 'reject', 'operator', 'rejected', '34'],
  ['running', 'appeal', 'merchant', 'appealed', '34', 'PEN_APPEAL'],
  ['running', 'end', 'clock', 'ended', '34', 'PENALTY_WINDOW'],
  ['appealed', 'uphold', 'operator', 'upheld', '28'],
  ['appealed', 'overturn', 'operator', 'lifted', '28'],
  ['appealed', 'end', 'clock', 'ended', '34', 'PENALTY_WINDOW'],
  ['upheld', 'end', 'clock', 'ended', '34', 'PENALTY_WINDOW'],
] as const satisfies TransitionTable;

export type MeasureState = (typeof measureTable)[number][0 | 3];
export type MeasureEvent = (typeof measureTable)[number][1];

/** A shop fell silent with open cases (article 47): its money is frozen until two people lift it. */
export const alarmTable = [
  ['none', 'raise', 'system', 'raised', '47'],
  ['raised', 'propose_lift', 'operator', 'lifting', '47'],
  ['lifting', 'lift', 'operator', 'lifted', '47'],
  ['lifting', 'keep', 'operator', 'raised', '47'],
] as const satisfies TransitionTable;

/** Purchases out of the ordinary (article 49): what nobody looked at in time goes on. */
export const reviewTable = [
  ['none', 'open', 'system', 'open', '49'],
  ['open', 'pass', 'operator', 'passed', '49'],
  ['open', 'report', 'operator', 'reported', '49'],
  ['reported', 'pass', 'operator', 'passed', '49'],
  ['open', 'lapse', 'clock', 'lapsed', '49', 'RISK_REVIEW'],
] as const satisfies TransitionTable;

/** Something about a shop that somebody looks at: it cannot be reached (article 30), or too many orders end in a dispute (article 36). */
export const ticketTable = [
  ['none', 'open', 'system', 'open', '36'],
  ['open', 'close', 'operator', 'closed', '36'],
  ['open', 'cure', 'system', 'cured', '36'],
] as const satisfies TransitionTable;

export type TicketState =
  | (typeof alarmTable)[number][0 | 3]
  | (typeof reviewTable)[number][0 | 3]
  | (typeof ticketTable)[number][0 | 3];
export type TicketEvent =
  | (typeof alarmTable)[number][1]
  | (typeof reviewTable)[number][1]
  | (typeof ticketTable)[number][1];
