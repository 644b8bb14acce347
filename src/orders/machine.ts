import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of an order (lifecycles 2.1). Keys from a pool skip awaiting and delivering: one step stands for the whole
 * straight-through purchase. Money waits in escrow beside it; what a buyer reads is derived from both.
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
  // Goods that are delivered later: the money waits in escrow until every line is delivered, or goes back.
  ['none', 'order', 'buyer', 'awaiting', '13'],
  ['created', 'fund', 'channel', 'awaiting', '13'],
  ['cancelled', 'revive_funded', 'channel', 'awaiting', '32'],
  ['awaiting', 'start', 'merchant', 'delivering', '18'],
  ['awaiting', 'start', 'system', 'delivering', '18'],
  ['awaiting', 'start', 'supplier', 'delivering', '18'],
  ['awaiting', 'deliver', 'merchant', 'delivered', '13'],
  ['awaiting', 'deliver', 'system', 'delivered', '13'],
  ['awaiting', 'deliver', 'supplier', 'delivered', '13'],
  ['delivering', 'deliver', 'merchant', 'delivered', '13'],
  ['delivering', 'deliver', 'system', 'delivered', '13'],
  ['delivering', 'deliver', 'supplier', 'delivered', '13'],
  ['awaiting', 'refund_line', 'buyer', 'awaiting', '18'],
  ['awaiting', 'refund_line', 'merchant', 'awaiting', '18'],
  ['awaiting', 'refund_line', 'system', 'awaiting', '18'],
  ['awaiting', 'refund_line', 'supplier', 'awaiting', '18'],
  ['awaiting', 'refund_line', 'clock', 'awaiting', '18', 'LATE_AUTO'],
  ['delivering', 'refund_line', 'buyer', 'delivering', '18'],
  ['delivering', 'refund_line', 'merchant', 'delivering', '18'],
  ['delivering', 'refund_line', 'system', 'delivering', '18'],
  ['delivering', 'refund_line', 'supplier', 'delivering', '18'],
  ['delivering', 'refund_line', 'clock', 'delivering', '18', 'LATE_AUTO'],
  ['delivered', 'refund_line', 'buyer', 'delivered', '18'],
  ['delivered', 'refund_line', 'merchant', 'delivered', '18'],
  ['delivered', 'refund_line', 'system', 'delivered', '18'],
  ['delivered', 'refund_line', 'supplier', 'delivered', '18'],
  ['delivered', 'refund_line', 'clock', 'delivered', '18', 'LATE_AUTO'],
  ['awaiting', 'refund', 'buyer', 'refunded', '18'],
  ['awaiting', 'refund', 'merchant', 'refunded', '18'],
  ['awaiting', 'refund', 'system', 'refunded', '18'],
  ['awaiting', 'refund', 'supplier', 'refunded', '18'],
  ['awaiting', 'refund', 'clock', 'refunded', '18', 'LATE_AUTO'],
  ['delivering', 'refund', 'buyer', 'refunded', '18'],
  ['delivering', 'refund', 'merchant', 'refunded', '18'],
  ['delivering', 'refund', 'system', 'refunded', '18'],
  ['delivering', 'refund', 'supplier', 'refunded', '18'],
  ['delivering', 'refund', 'clock', 'refunded', '18', 'LATE_AUTO'],
  ['completed', 'release', 'clock', 'completed', '42', 'SETTLE_DELAY'],
  // A download whose address was not corrected in time.
  ['delivered', 'refund', 'clock', 'refunded', '16', 'LINK_FIX'],
  ['completed', 'refund_line', 'clock', 'completed', '16', 'LINK_FIX'],
  ['completed', 'refund', 'clock', 'refunded', '16', 'LINK_FIX'],
  // A case pays for some units, or for the whole order.
  ['awaiting', 'compensate', 'system', 'awaiting', '31'],
  ['delivering', 'compensate', 'system', 'delivering', '31'],
  ['awaiting', 'compensate_all', 'system', 'refunded', '31'],
  ['delivering', 'compensate_all', 'system', 'refunded', '31'],
  ['delivered', 'compensate', 'system', 'delivered', '31'],
  ['completed', 'compensate', 'system', 'completed', '31'],
  ['delivered', 'compensate_all', 'system', 'refunded', '31'],
  ['completed', 'compensate_all', 'system', 'refunded', '31'],
] as const satisfies TransitionTable;

export type OrderState = (typeof orderTable)[number][3];
export type OrderEvent = (typeof orderTable)[number][1];
