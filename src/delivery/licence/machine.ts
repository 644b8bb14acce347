import type { TransitionTable } from '../../kit/machine.ts';

/**
 * The life of one licence (lifecycles 2.2d). How many of its seats are taken is a count beside it. It is suspended while there is a reason
 * for it (an open case, a hold, a refund), and what was bound stays bound meanwhile.
 */
export const licenceTable = [
  // from       event         by           to           article
  ['none', 'issue', 'system', 'active', '13'],
  ['active', 'reveal', 'buyer', 'active', '14'],
  ['suspended', 'reveal', 'buyer', 'suspended', '14'],
  ['active', 'activate', 'buyer', 'active', '8'],
  ['active', 'deactivate', 'buyer', 'active', '8'],
  ['suspended', 'deactivate', 'buyer', 'suspended', '8'],
  ['active', 'suspend', 'system', 'suspended', '5'],
  ['suspended', 'reinstate', 'system', 'active', '5'],
] as const satisfies TransitionTable;

export type LicenceState = (typeof licenceTable)[number][3];
export type LicenceEvent = (typeof licenceTable)[number][1];
