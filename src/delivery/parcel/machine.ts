import type { TransitionTable } from '../../kit/machine.ts';

/**
 * The life of a parcel (lifecycles 2.2 g, F021, F023): delivery is the signature, and until then the risk is the shop's (article 13). What
 * the carrier says is told by the system. A parcel that stood still may move again as long as its money has not gone back.
 */
export const parcelTable = [
  // from        event      by          to            article  after (rulebook parameter)
  ['none', 'ship', 'merchant', 'shipped', '13'],
  ['shipped', 'move', 'system', 'in_transit', '13'],
  ['in_transit', 'move', 'system', 'in_transit', '13'],
  ['still', 'move', 'system', 'in_transit', '13'],
  ['shipped', 'sign', 'system', 'signed', '13'],
  ['in_transit', 'sign', 'system', 'signed', '13'],
  ['still', 'sign', 'system', 'signed', '13'],
  ['shipped', 'sign', 'buyer', 'signed', '13'],
  ['in_transit', 'sign', 'buyer', 'signed', '13'],
  ['still', 'sign', 'buyer', 'signed', '13'],
  ['shipped', 'still', 'clock', 'still', '13', 'PARCEL_STILL'],
  ['in_transit', 'still', 'clock', 'still', '13', 'PARCEL_STILL'],
  ['still', 'give_up', 'buyer', 'refunded', '13'],
  ['shipped', 'refuse', 'buyer', 'refused', '13'],
  ['in_transit', 'refuse', 'buyer', 'refused', '13'],
  ['still', 'refuse', 'buyer', 'refused', '13'],
  ['refused', 'answer', 'merchant', 'returning', '13'],
  ['refused', 'concede', 'merchant', 'refunded', '13'],
  ['returning', 'concede', 'merchant', 'refunded', '13'],
  ['refused', 'lapse', 'clock', 'refunded', '13', 'REFUSED_ANSWER'],
  ['refused', 'return', 'system', 'refunded', '31'],
  ['returning', 'return', 'system', 'refunded', '31'],
] as const satisfies TransitionTable;

export type ParcelState = (typeof parcelTable)[number][3];
export type ParcelEvent = (typeof parcelTable)[number][1];
