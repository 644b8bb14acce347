import type { TransitionTable } from '../../kit/machine.ts';

/**
 * The life of one download (lifecycles 2.2 f). It begins when a file or a working address lies in the buyer's order. The first download ends the
 * right to cancel without a reason and nothing else; a dead address is corrected within its time, or the money goes back.
 */
export const downloadTable = [
  // from         event       by          to             article  after (rulebook parameter)
  ['none', 'deliver', 'system', 'ready', '16'],
  ['ready', 'download', 'buyer', 'downloaded', '16'],
  ['downloaded', 'download', 'buyer', 'downloaded', '16'],
  ['correcting', 'download', 'buyer', 'correcting', '16'],
  ['ready', 'report', 'buyer', 'correcting', '16', 'LINK_FIX'],
  ['downloaded', 'report', 'buyer', 'correcting', '16', 'LINK_FIX'],
  ['ready', 'report', 'system', 'correcting', '16', 'LINK_FIX'],
  ['downloaded', 'report', 'system', 'correcting', '16', 'LINK_FIX'],
  ['correcting', 'correct', 'merchant', 'ready', '16', 'LINK_FIX'],
  ['correcting', 'withdraw', 'buyer', 'ready', '16'],
  ['correcting', 'close', 'clock', 'ready', '16', 'LINK_FIX'],
  ['correcting', 'close', 'system', 'ready', '16'],
  ['correcting', 'refund', 'clock', 'refunded', '16', 'LINK_FIX'],
  ['ready', 'refund', 'system', 'refunded', '31'],
  ['downloaded', 'refund', 'system', 'refunded', '31'],
  ['correcting', 'refund', 'system', 'refunded', '31'],
  ['ready', 'cancel', 'buyer', 'withdrawn', '20', 'UNREVEALED_CANCEL'],
] as const satisfies TransitionTable;

export type DownloadState = (typeof downloadTable)[number][3];
export type DownloadEvent = (typeof downloadTable)[number][1];
