import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of an order (lifecycles 2.1). Goods that are delivered at once skip paid, awaiting and delivering: one step stands for the
 * whole straight-through purchase. Money waits in escrow beside it; what a buyer reads is derived from both.
 */
export const orderTable = [
  // from          event            by          to             article  after (rulebook parameter)
  ['none', 'place', 'buyer', 'created', '3'],
  ['none', 'purchase', 'buyer', 'delivered', '13'],
  ['created', 'pay', 'channel', 'delivered', '13'],
  ['created', 'expire', 'clock', 'cancelled', '43', 'PAYMENT_HOLD'],
  ['created', 'unserve', 'system', 'cancelled', '14'],
  ['created', 'cancel', 'buyer', 'cancelled', '43'],
  ['cancelled', 'revive', 'channel', 'delivered', '32'],
  ['delivered', 'cancel_sealed', 'buyer', 'delivered', '20', 'UNREVEALED_CANCEL'],
  ['delivered', 'refund', 'buyer', 'refunded', '20', 'UNREVEALED_CANCEL'],
  ['delivered', 'confirm', 'buyer', 'completed', '41'],
  ['delivered', 'lapse', 'clock', 'completed', '41', 'AUTO_CONFIRM'],
  ['completed', 'release', 'clock', 'completed', '42', 'SETTLE_DELAY'],
  // A case pays for some units, or for the whole order.
  ['delivered', 'compensate', 'system', 'delivered', '31'],
  ['completed', 'compensate', 'system', 'completed', '31'],
  ['delivered', 'compensate_all', 'system', 'refunded', '31'],
  ['completed', 'compensate_all', 'system', 'refunded', '31'],
] as const satisfies TransitionTable;

export type OrderState = (typeof orderTable)[number][3];
export type OrderEvent = (typeof orderTable)[number][1];
