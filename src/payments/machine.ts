import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of one payment. A notice and a query tell the same news, and money may come in any state: after closing it is late, after
 * paid it is double. Neither is ever dropped.
 */
export const paymentTable = [
  // from      event           by         to         article
  ['none', 'begin', 'buyer', 'opening', '3'],
  ['opening', 'accept', 'channel', 'open', '3'],
  ['opening', 'reject', 'channel', 'failed', '3'],
  ['opening', 'close', 'channel', 'closed', '32'],
  ['open', 'close', 'channel', 'closed', '32'],
  ['part', 'close', 'channel', 'closed', '32'],
  ['opening', 'receive_part', 'channel', 'part', '32'],
  ['open', 'receive_part', 'channel', 'part', '32'],
  ['part', 'receive_part', 'channel', 'part', '32'],
  ['closed', 'receive_part', 'channel', 'closed', '32'],
  ['failed', 'receive_part', 'channel', 'closed', '32'],
  ['opening', 'receive', 'channel', 'paid', '3'],
  ['open', 'receive', 'channel', 'paid', '3'],
  ['part', 'receive', 'channel', 'paid', '3'],
  ['closed', 'receive', 'channel', 'paid', '32'],
  ['failed', 'receive', 'channel', 'paid', '32'],
  ['paid', 'receive', 'channel', 'paid', '32'],
] as const satisfies TransitionTable;

export type PaymentState = (typeof paymentTable)[number][3];
export type PaymentEvent = (typeof paymentTable)[number][1];

/**
 * The life of one refund. Sent means unknown: only the channel's word ends it, asked for with the same number. A refused refund is a
 * person's decision: a new number, or the wallet of the payer.
 */
export const refundTable = [
  ['none', 'request', 'system', 'requested', '32'],
  ['requested', 'send', 'system', 'unknown', '32'],
  ['unknown', 'send', 'system', 'unknown', '32'],
  ['unknown', 'confirm', 'channel', 'done', '32'],
  ['unknown', 'refuse', 'channel', 'refused', '32'],
  ['refused', 'retry', 'operator', 'requested', '32'],
  ['refused', 'credit', 'operator', 'credited', '32'],
] as const satisfies TransitionTable;

export type RefundState = (typeof refundTable)[number][3];
export type RefundEvent = (typeof refundTable)[number][1];
