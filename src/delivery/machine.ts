import type { TransitionTable } from '../kit/machine.ts';

/** The life of one card key (lifecycles 2.2a). A case takes back what is sealed and replaces what is dead. */
export const cardKeyTable = [
  // from       event     by         to           article  after (rulebook parameter)
  ['none', 'deliver', 'system', 'sealed', '13'],
  ['sealed', 'reveal', 'buyer', 'revealed', '14'],
  ['revealed', 'reveal', 'buyer', 'revealed', '14'],
  ['verified', 'reveal', 'buyer', 'verified', '14'],
  ['revealed', 'verify', 'buyer', 'verified', '5', 'CARD_VERIFY_WINDOW'],
  ['sealed', 'cancel', 'buyer', 'withdrawn', '20', 'UNREVEALED_CANCEL'],
  ['sealed', 'take_back', 'system', 'withdrawn', '31'],
  ['sealed', 'replace', 'system', 'replaced', '44', 'REISSUE_LIMIT'],
  ['revealed', 'replace', 'system', 'replaced', '44', 'REISSUE_LIMIT'],
  ['verified', 'replace', 'system', 'replaced', '44', 'REISSUE_LIMIT'],
] as const satisfies TransitionTable;

export type UnitState = (typeof cardKeyTable)[number][3];
export type UnitEvent = (typeof cardKeyTable)[number][1];
