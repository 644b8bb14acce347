import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of a line that is delivered later (lifecycles 2.2 b, c, d, f). Somebody by hand accepts and delivers; a supplier or the program
 * starts and delivers. What was partly delivered is delivered, with a part of its money back.
 */
export const lineTable = [
  // from         event      by           to          article  after (rulebook parameter)
  ['none', 'pay', 'system', 'waiting', '13'],
  ['waiting', 'accept', 'merchant', 'accepted', '18'],
  ['waiting', 'start', 'system', 'delivering', '13'],
  ['waiting', 'start', 'merchant', 'delivering', '13'],
  ['waiting', 'start', 'supplier', 'delivering', '13'],
  ['accepted', 'start', 'system', 'delivering', '13'],
  ['accepted', 'start', 'merchant', 'delivering', '13'],
  ['accepted', 'start', 'supplier', 'delivering', '13'],
  ['waiting', 'deliver', 'system', 'delivered', '13'],
  ['waiting', 'deliver', 'merchant', 'delivered', '13'],
  ['waiting', 'deliver', 'supplier', 'delivered', '13'],
  ['accepted', 'deliver', 'system', 'delivered', '13'],
  ['accepted', 'deliver', 'merchant', 'delivered', '13'],
  ['accepted', 'deliver', 'supplier', 'delivered', '13'],
  ['delivering', 'deliver', 'system', 'delivered', '13'],
  ['delivering', 'deliver', 'merchant', 'delivered', '13'],
  ['delivering', 'deliver', 'supplier', 'delivered', '13'],
  ['waiting', 'fail', 'system', 'failed', '18'],
  ['waiting', 'fail', 'merchant', 'failed', '18'],
  ['waiting', 'fail', 'supplier', 'failed', '18'],
  ['accepted', 'fail', 'system', 'failed', '18'],
  ['accepted', 'fail', 'merchant', 'failed', '18'],
  ['accepted', 'fail', 'supplier', 'failed', '18'],
  ['delivering', 'fail', 'system', 'failed', '18'],
  ['delivering', 'fail', 'merchant', 'failed', '18'],
  ['delivering', 'fail', 'supplier', 'failed', '18'],
  ['waiting', 'cancel', 'buyer', 'cancelled', '18'],
  ['accepted', 'cancel', 'buyer', 'cancelled', '18'],
  ['delivering', 'cancel', 'buyer', 'cancelled', '18'],
  ['waiting', 'cancel', 'clock', 'cancelled', '18', 'LATE_AUTO'],
  ['accepted', 'cancel', 'clock', 'cancelled', '18', 'LATE_AUTO'],
  ['delivering', 'cancel', 'clock', 'cancelled', '18', 'LATE_AUTO'],
  // The shop is banned: what it owes goes back.
  ['waiting', 'cancel', 'system', 'cancelled', '34'],
  ['accepted', 'cancel', 'system', 'cancelled', '34'],
  ['delivering', 'cancel', 'system', 'cancelled', '34'],
] as const satisfies TransitionTable;

export type LineState = (typeof lineTable)[number][3];
export type LineEvent = (typeof lineTable)[number][1];
