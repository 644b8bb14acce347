import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { PaymentState, RefundState } from './machine.ts';

export const paymentPurposes = ['checkout', 'topup'] as const;
export type PaymentPurpose = (typeof paymentPurposes)[number];

export const paymentStates = [
  'opening',
  'open',
  'part',
  'paid',
  'closed',
  'failed',
] as const satisfies readonly PaymentState[];
export const refundStates = [
  'requested',
  'unknown',
  'done',
  'refused',
  'credited',
] as const satisfies readonly RefundState[];

export const paymentStateWords = {
  opening: { zh: '正在连接支付渠道', en: 'Contacting the channel' },
  open: { zh: '等你付款', en: 'Waiting for your payment' },
  part: { zh: '只到账一部分', en: 'Paid in part' },
  paid: { zh: '已到账', en: 'Received' },
  closed: { zh: '已关闭', en: 'Closed' },
  failed: { zh: '渠道拒绝', en: 'Refused by the channel' },
} as const satisfies Record<PaymentState, { zh: string; en: string }>;

export const refundStateWords = {
  requested: { zh: '正在退回', en: 'On its way back' },
  unknown: { zh: '正在退回，等渠道确认', en: 'On its way back, waiting for the channel' },
  done: { zh: '已原路退回', en: 'Returned the way it came' },
  refused: { zh: '渠道退不回，正在处理', en: 'The channel refused, we are on it' },
  credited: { zh: '已退到钱包', en: 'Returned to the wallet' },
} as const satisfies Record<RefundState, { zh: string; en: string }>;

/** Why money goes back. */
export const refundReasons = [
  'double',
  'over',
  'under',
  'late',
  'unserved',
  'orphan',
  'order',
  'operator',
] as const;
export type RefundReason = (typeof refundReasons)[number];
export const refundReasonWords = {
  double: { zh: '重复付款', en: 'Paid twice' },
  over: { zh: '多付的部分', en: 'Paid too much' },
  under: { zh: '没有付足', en: 'Not paid in full' },
  late: { zh: '付款时订单已取消', en: 'Paid after the order was cancelled' },
  unserved: { zh: '付款时卡密已过期', en: 'The keys had expired when it was paid' },
  orphan: { zh: '没有对应的订单', en: 'Belongs to no order' },
  order: { zh: '订单退款', en: 'Refund of an order' },
  operator: { zh: '平台处理', en: 'Decided by the platform' },
} as const satisfies Record<RefundReason, { zh: string; en: string }>;

export const exceptionKinds = [
  'orphan',
  'contradiction',
  'unconfirmed',
  'refund_refused',
  'bill_missing_here',
  'bill_missing_there',
  'bill_amount',
  'bill_refund',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];
export const exceptionWords = {
  orphan: { zh: '无主款项', en: 'Money that belongs to no payment' },
  contradiction: { zh: '同一流水号，内容不同', en: 'One trade number, two stories' },
  unconfirmed: { zh: '有通知，渠道查不到', en: 'Announced, but the channel does not know it' },
  refund_refused: { zh: '渠道拒绝退款', en: 'The channel refused a refund' },
  bill_missing_here: { zh: '账单有，我们没有', en: 'In the bill, not in our books' },
  bill_missing_there: { zh: '我们有，账单没有', en: 'In our books, not in the bill' },
  bill_amount: { zh: '金额和账单不同', en: 'Another amount in the bill' },
  bill_refund: { zh: '退款和账单不同', en: 'A refund differs from the bill' },
} as const satisfies Record<ExceptionKind, { zh: string; en: string }>;

/** What a person may decide. close: looked into, nothing moves. */
export const exceptionDecisions = ['match', 'refund', 'retry', 'wallet', 'close'] as const;
export type ExceptionDecision = (typeof exceptionDecisions)[number];

/** A top-up is between 1 and 50,000 yuan. */
export const topUpLimits = { least: 100n, most: 5_000_000n } as const;

export const paymentRefusals = {
  PAYMENT_NOT_FOUND: { status: 404, zh: '没有找到这笔付款。', en: 'We could not find this payment.' },
  CHANNEL_NOT_OFFERED: {
    status: 422,
    zh: '这个支付渠道现在不能用，换一个试试。',
    en: 'This payment channel is not offered now. Try another one.',
  },
  AMOUNT_NOT_ALLOWED: {
    status: 422,
    zh: '每次充值 1 到 50,000 元。',
    en: 'A top-up is between 1 and 50,000 yuan.',
  },
  TRADE_NOT_FOUND: {
    status: 404,
    zh: '渠道现在查不到这个流水号。刚付完的话，过一分钟再查。',
    en: 'The channel does not know this number. If you have just paid, try again in a minute.',
  },
} as const satisfies RefusalCatalogue;
export type PaymentRefusal = keyof typeof paymentRefusals;

export const exceptionRefusals = {
  EXCEPTION_NOT_FOUND: { status: 404, zh: '没有找到这条差错。', en: 'We could not find this exception.' },
  EXCEPTION_DECIDED: {
    status: 409,
    zh: '这条差错已经有人处理了。',
    en: 'Somebody has decided this already.',
  },
  DECISION_NOT_OPEN: {
    status: 409,
    zh: '这条差错不能这样处理。',
    en: 'This decision does not fit this exception.',
  },
  PAYMENT_NOT_FOUND: paymentRefusals.PAYMENT_NOT_FOUND,
} as const satisfies RefusalCatalogue;
export type ExceptionRefusal = keyof typeof exceptionRefusals;

const tradeOut = z.object({
  tradeNo: z.string().describe("the channel's number, as on the payer's bank statement"),
  amount: fenOut,
  at: instantOut,
});
const refundOut = z.object({
  refundId: idOut('refund'),
  tradeNo: z.string(),
  amount: fenOut,
  state: z.enum(refundStates),
  reason: z.enum(refundReasons),
  requestedAt: instantOut,
  doneAt: instantOut.nullable(),
});

export const paymentOut = z.object({
  paymentId: idOut('payment'),
  purpose: z.enum(paymentPurposes),
  checkoutKey: z.string().nullable().describe('the idempotency key of the checkout that it pays'),
  channel: z.string(),
  amount: fenOut,
  received: fenOut,
  state: z.enum(paymentStates),
  payUrl: z.string().nullable().describe("the channel's cashier page, while the payment is open"),
  failure: z.string().nullable(),
  createdAt: instantOut,
  expiresAt: instantOut,
  paidAt: instantOut.nullable(),
  creditedAt: instantOut.nullable().describe('top-ups: when the wallet got the money'),
  trades: z.array(tradeOut),
  refunds: z.array(refundOut),
});

const exceptionOut = z.object({
  exceptionId: idOut('exception'),
  kind: z.enum(exceptionKinds),
  channel: z.string(),
  ref: z.string(),
  paymentId: idOut('payment').nullable(),
  amount: fenOut,
  detail: z.record(z.string(), z.unknown()),
  at: instantOut,
  open: z.array(z.enum(exceptionDecisions)).describe('what may be decided'),
  claims: z.array(z.object({ buyerId: idOut('user'), paymentId: idOut('payment').nullable() })),
  decided: z
    .object({ decision: z.enum(exceptionDecisions), by: idOut('user'), at: instantOut, note: z.string() })
    .nullable(),
});

const channelName = z.string().regex(/^[a-z0-9_]{1,32}$/);
const paymentIn = z.object({ paymentId: idIn('payment') });

export const paymentContract = {
  channels: endpoint({
    at: 'GET /payment-channels',
    who: 'anyone',
    summary: 'The payment channels that are offered',
    scope: 'payments:read',
    input: z.object({}),
    output: z.object({
      channels: z.array(
        z.object({ channel: z.string(), zh: z.string(), en: z.string(), sandbox: z.boolean() }),
      ),
    }),
    refusals: {},
  }),
  topUp: endpoint({
    at: 'POST /wallet/top-ups',
    who: 'account',
    summary: 'Begin a wallet top-up; go on at payUrl',
    keyed: true,
    input: z.object({ amount: fenIn, channel: channelName }),
    output: paymentOut,
    refusals: paymentRefusals,
  }),
  list: endpoint({
    at: 'GET /payments',
    who: 'user',
    summary: 'Every payment attempt of the viewer, newest first, failed ones too',
    input: z.object({
      before: idIn('payment').optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ payments: z.array(paymentOut), next: idOut('payment').nullable() }),
    refusals: {},
  }),
  one: endpoint({
    at: 'GET /payments/{paymentId}',
    who: 'user',
    summary: 'One payment with what came in and what went back',
    input: paymentIn,
    output: paymentOut,
    refusals: paymentRefusals,
  }),
  verify: endpoint({
    at: 'POST /payments/{paymentId}/verification',
    who: 'user',
    summary: '核对支付: ask the channel now and repair the state',
    input: paymentIn,
    output: z.object({ asked: z.enum(['ok', 'unknown', 'recently']), payment: paymentOut }),
    refusals: paymentRefusals,
  }),
  matchVoucher: endpoint({
    at: 'POST /payments/vouchers',
    who: 'user',
    summary:
      'Find a payment by the number on the bank statement; what belongs to nobody is queued for a person',
    input: z.object({
      channel: channelName,
      tradeNo: z
        .string()
        .min(4)
        .max(64)
        .regex(/^[A-Za-z0-9_-]+$/),
      paymentId: idIn('payment').optional(),
    }),
    output: z.object({ found: z.enum(['yours', 'queued']), payment: paymentOut.nullable() }),
    refusals: paymentRefusals,
  }),
  exceptions: endpoint({
    at: 'GET /operator/payment-exceptions',
    who: { staff: ['finance'] },
    summary: 'Payment exceptions (差错), open ones first',
    input: z.object({
      decided: z.stringbool().default(false),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ exceptions: z.array(exceptionOut) }),
    refusals: {},
  }),
  decideException: endpoint({
    at: 'POST /operator/payment-exceptions/{exceptionId}/decision',
    who: { staff: ['finance'] },
    summary: 'Decide one payment exception',
    input: z.object({
      exceptionId: idIn('exception'),
      decision: z.enum(exceptionDecisions),
      note: z.string().trim().min(2).max(500),
      paymentId: idIn('payment').optional(),
    }),
    output: z.object({ decision: z.enum(exceptionDecisions) }),
    refusals: exceptionRefusals,
  }),
};
