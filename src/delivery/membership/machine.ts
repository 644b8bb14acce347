import type { TransitionTable } from '../../kit/machine.ts';

/**
 * The life of a membership that a shop keeps (F204). It is bought again before or after it ended; a hold stops its days, and what was
 * refunded gives none.
 */
export const membershipTable = [
  // from       event      by        to           article
  ['none', 'grant', 'system', 'pending', '13'],
  ['pending', 'start', 'system', 'active', '13'],
  ['pending', 'start', 'buyer', 'active', '13'],
  ['pending', 'start', 'clock', 'active', '13'],
  ['pending', 'renew', 'system', 'pending', '13'],
  ['active', 'renew', 'system', 'active', '13'],
  ['expiring', 'renew', 'system', 'active', '13'],
  ['suspended', 'renew', 'system', 'suspended', '13'],
  ['expired', 'renew', 'system', 'pending', '13'],
  ['ended', 'renew', 'system', 'pending', '13'],
  ['active', 'remind', 'clock', 'expiring', '19'],
  ['expiring', 'remind', 'clock', 'expiring', '19'],
  ['active', 'lapse', 'clock', 'expired', '19'],
  ['expiring', 'lapse', 'clock', 'expired', '19'],
  ['pending', 'suspend', 'system', 'suspended', '22'],
  ['active', 'suspend', 'system', 'suspended', '22'],
  ['expiring', 'suspend', 'system', 'suspended', '22'],
  ['suspended', 'resume', 'system', 'active', '22'],
  ['suspended', 'reopen', 'system', 'pending', '22'],
  ['pending', 'shorten', 'system', 'pending', '31'],
  ['active', 'shorten', 'system', 'active', '31'],
  ['expiring', 'shorten', 'system', 'expiring', '31'],
  ['suspended', 'shorten', 'system', 'suspended', '31'],
  ['pending', 'end', 'system', 'ended', '31'],
  ['active', 'end', 'system', 'ended', '31'],
  ['expiring', 'end', 'system', 'ended', '31'],
  ['suspended', 'end', 'system', 'ended', '31'],
] as const satisfies TransitionTable;

export type MembershipState = (typeof membershipTable)[number][0 | 3];
export type MembershipEvent = (typeof membershipTable)[number][1];
