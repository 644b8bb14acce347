import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { orderRefusals } from '../orders/contract.ts';

export const callTopics = ['order', 'claim', 'money', 'account', 'other'] as const;
export type CallTopic = (typeof callTopics)[number];
export const callTopicWords = {
  order: { zh: '订单', en: 'An order' },
  claim: { zh: '申诉', en: 'A claim' },
  money: { zh: '付款和退款', en: 'Payments and refunds' },
  account: { zh: '账户', en: 'My account' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Record<CallTopic, Words>;

export const callbackRefusals = {
  SLOT_UNKNOWN: {
    status: 422,
    zh: '这个时段不能约，请从列出的时段里选。',
    en: 'That time cannot be booked; choose one that is listed.',
  },
  SLOT_FULL: {
    status: 409,
    zh: '这个时段刚约满，换一个。',
    en: 'That time has just been taken; choose another.',
  },
  CALLBACK_OPEN: {
    status: 409,
    zh: '你已经约了一次回电，改时间请先取消。',
    en: 'You have a call booked already; cancel it to change the time.',
  },
  PHONE_INVALID: {
    status: 422,
    zh: '电话号码不对，写 11 位手机号，或带区号的座机。',
    en: 'That is not a phone number: a mobile of 11 digits, or a line with its area code.',
  },
  CALLBACK_NOT_FOUND: { status: 404, zh: '没有这个回电预约。', en: 'There is no such call.' },
  CALLBACK_ENDED: { status: 409, zh: '这个回电已经结束。', en: 'This call is over.' },
} as const satisfies RefusalCatalogue;
export type CallbackRefusal = keyof typeof callbackRefusals;

const callOut = z.object({
  callbackId: idOut('callback'),
  slotAt: instantOut,
  slotEnd: instantOut,
  topic: z.enum(callTopics),
  orderId: idOut('order').nullable(),
  note: z.string(),
  phone: z.string().describe('masked'),
  askedAt: instantOut,
  outcome: z.enum(['reached', 'missed', 'cancelled']).nullable(),
});
const staff = { staff: ['support'] } as const;

/** A call that the support makes in an hour that the buyer chose: one of three ways to reach us (F192). */
export const callbackContract = {
  slots: endpoint({
    at: 'GET /callbacks/slots',
    who: 'anyone',
    summary: 'Hours of the next working days that can be booked 可约时段 (F192)',
    input: z.object({}),
    output: z.object({
      slots: z.array(z.object({ at: instantOut, end: instantOut, left: z.int() })),
    }),
    refusals: {},
  }),
  bookCall: endpoint({
    at: 'POST /callbacks',
    who: 'account',
    summary: 'Ask to be called in one of these hours; the number is sealed and seen by who calls',
    input: z.object({
      slotAt: instantIn,
      phone: z.string().trim().min(5).max(24),
      topic: z.enum(callTopics),
      orderId: idIn('order').optional(),
      note: z.string().trim().max(300).default(''),
    }),
    output: callOut,
    refusals: { ...callbackRefusals, ORDER_NOT_FOUND: orderRefusals.ORDER_NOT_FOUND },
    keyed: true,
  }),
  myCalls: endpoint({
    at: 'GET /callbacks',
    who: 'account',
    summary: 'Calls that I asked for',
    input: z.object({}),
    output: z.object({ calls: z.array(callOut) }),
    refusals: {},
  }),
  cancelCall: endpoint({
    at: 'DELETE /callbacks/{callbackId}',
    who: 'account',
    summary: 'Do not call me',
    input: z.object({ callbackId: idIn('callback') }),
    output: z.object({ outcome: z.literal('cancelled') }),
    refusals: callbackRefusals,
  }),
  callQueue: endpoint({
    at: 'GET /operator/callbacks',
    who: staff,
    summary: 'Whom to call, by their hour; numbers are masked until somebody opens one',
    input: z.object({}),
    output: z.object({
      calls: z.array(callOut.extend({ name: z.string(), openedBy: z.string().nullable() })),
    }),
    refusals: {},
  }),
  openNumber: endpoint({
    at: 'POST /operator/callbacks/{callbackId}/number',
    who: staff,
    summary: 'Open the number to call it now; who opened it is kept',
    input: z.object({ callbackId: idIn('callback') }),
    output: z.object({ phone: z.string() }),
    refusals: callbackRefusals,
  }),
  endCall: endpoint({
    at: 'POST /operator/callbacks/{callbackId}/outcome',
    who: staff,
    summary: 'What came of the call',
    input: z.object({
      callbackId: idIn('callback'),
      outcome: z.enum(['reached', 'missed']),
      note: z.string().trim().max(300).default(''),
    }),
    output: z.object({ outcome: z.enum(['reached', 'missed']) }),
    refusals: callbackRefusals,
  }),
};
