import type { TransitionTable } from '../kit/machine.ts';

/** The life of a listing (lifecycles 2.5, the part that needs no review desk). Edits make versions and do not change the state. */
export const listingTable = [
  // from       event       by          to           article
  ['draft', 'publish', 'merchant', 'live', '8'],
  ['live', 'suspend', 'merchant', 'suspended', '9'],
  ['suspended', 'resume', 'merchant', 'live', '8'],
  // By itself, for a cause that stands in risk.pauses; the shop cannot resume before it is cured.
  ['live', 'pause', 'system', 'suspended', '46'],
  ['suspended', 'unpause', 'system', 'live', '46'],
  ['draft', 'delist', 'merchant', 'delisted', '10'],
  ['live', 'delist', 'merchant', 'delisted', '10'],
  ['suspended', 'delist', 'merchant', 'delisted', '10'],
] as const satisfies TransitionTable;

export type ListingState = (typeof listingTable)[number][0 | 3];
export type ListingEvent = (typeof listingTable)[number][1];
