import { z } from 'zod';
import {
  topupCarriers,
  topupCarrierWords,
  topupSpeeds,
  topupTargets,
  type TopupCarrier,
} from '../../catalog/topup.contract.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';
import { orderRefusals } from '../../orders/contract.ts';
import { carrierPrefixes } from './carrier.data.ts';
import type { TopupState } from './machine.ts';

/** The question whose answer is the account that is filled. Listings of direct top-ups ask it, twice. */
export const targetKey = 'target';

export const topupStates = [
  'queued',
  'held',
  'submitted',
  'unknown',
  'success',
  'partial',
  'failed',
  'cancelled',
  'returned',
  'late',
] as const satisfies readonly TopupState[];

/** What is so, and what happens next. */
export const topupStateWords = {
  queued: {
    zh: '排队提交',
    en: 'Waiting to be sent',
    next: {
      zh: '马上提交给供货方，不用你做什么。',
      en: 'It goes to the supplier in a moment. Nothing for you to do.',
    },
  },
  held: {
    zh: '供货方没接单',
    en: 'No supplier took it',
    next: {
      zh: '商家正在处理。账号还没充过，你可以等，也可以现在退款。',
      en: 'The shop is on it. Nothing was filled; wait, or take your money back now.',
    },
  },
  submitted: {
    zh: '充值中',
    en: 'Being filled',
    next: {
      zh: '已提交给供货方，到账会写在这里。账号不能再改。',
      en: 'It is with the supplier; its arrival will be shown here. The account can no longer be changed.',
    },
  },
  unknown: {
    zh: '正在向运营商确认',
    en: 'Being confirmed with the carrier',
    next: {
      zh: '正在向运营商确认，不会重复扣款，也不会重复充值。有了结果马上写在这里。',
      en: 'We are confirming it with the carrier. Nobody is charged twice and nothing is filled twice. The result comes here.',
    },
  },
  success: {
    zh: '已到账',
    en: 'Arrived',
    next: { zh: '请按下面的办法核对一遍。', en: 'Please check it as described below.' },
  },
  partial: {
    zh: '部分到账',
    en: 'Arrived in part',
    next: {
      zh: '没到的部分已经退给你，一分不差。',
      en: 'What did not arrive has gone back to you, to the fen.',
    },
  },
  failed: {
    zh: '充值失败',
    en: 'Failed',
    next: { zh: '没有到账，钱已经退给你。', en: 'Nothing arrived; your money has gone back to you.' },
  },
  cancelled: {
    zh: '已撤单',
    en: 'Cancelled',
    next: {
      zh: '供货方已撤销，钱已经退给你。',
      en: 'The supplier has stopped it; your money has gone back to you.',
    },
  },
  returned: {
    zh: '已退款',
    en: 'Refunded',
    next: {
      zh: '一直没有确切结果，钱已经退给你。万一之后到账，由商家承担，不用你还。',
      en: 'No final word came, and your money has gone back. Should it arrive after all, that is the shop’s loss, not yours.',
    },
  },
  late: {
    zh: '退款后到账',
    en: 'Arrived after the refund',
    next: {
      zh: '钱已退给你，充值后来也到了。差额由商家承担，不用你还。',
      en: 'You have your money, and it arrived after all. The shop bears that; you owe nothing.',
    },
  },
} as const satisfies Record<TopupState, { zh: string; en: string; next: Words }>;

/** So long may the shop take to try to stop a top-up whose number the buyer got wrong (lifecycles 2.2c). */
export const stopWithin = { minutes: 30 } as const;

/** Who the ministry gave these digits to; undefined for what is no mainland mobile number. */
export function carrierOfNumber(number: string): TopupCarrier | undefined {
  const digits = number.replace(/[\s-]|^\+?86/g, '');
  if (!/^1\d{10}$/.test(digits)) return undefined;
  let best: { carrier: TopupCarrier; length: number } | undefined;
  for (const carrier of topupCarriers)
    for (const prefix of carrierPrefixes[carrier] ?? [])
      if (digits.startsWith(prefix) && prefix.length > (best?.length ?? 0))
        best = { carrier, length: prefix.length };
  return best?.carrier ?? 'other';
}

/** A caution where the digits speak for another carrier than the goods are for. Ported numbers are right all the same, so it never refuses. */
export function carrierCaution(wanted: TopupCarrier, number: string): Words | undefined {
  const found = carrierOfNumber(number);
  if (found === undefined || found === 'other' || wanted === 'any' || wanted === 'other' || found === wanted)
    return undefined;
  const [want, have] = [topupCarrierWords[wanted], topupCarrierWords[found]];
  return {
    zh: `这个号段属于${have.zh}，商品只充${want.zh}。已经携号转网到${want.zh}的可以继续，否则会充不上。`,
    en: `These digits belong to ${have.en}; the goods are for ${want.en}. If the number was ported to ${want.en}, go on; otherwise it will fail.`,
  };
}

export const topupRefusals = {
  ...orderRefusals,
  TOPUP_NOT_FOUND: { status: 404, zh: '这个订单里没有充值。', en: 'This order has no top-up.' },
  TOPUP_OVER: { status: 409, zh: '这笔充值已经有结果了。', en: 'This top-up has its result.' },
  TARGET_FIXED: {
    status: 409,
    zh: '已经提交给供货方，账号不能再改。填错了请点“填错号码”，商家会尽力撤单。',
    en: 'It was sent to the supplier and the account can no longer be changed. If it is wrong, say so, and the shop will try to stop it.',
  },
  TARGET_INVALID: {
    status: 422,
    zh: '这个账号的格式不对，请再看一遍。',
    en: 'This account does not have the right form. Please look again.',
  },
  TARGETS_DIFFER: { status: 422, zh: '两次填的不一样。', en: 'The two entries differ.' },
  NOT_LATE_YET: {
    status: 409,
    zh: '还没到承诺的时间，先等一等。',
    en: 'The promised time is not over yet. Please wait.',
  },
  STOP_ASKED: { status: 409, zh: '已经在撤单了。', en: 'It is being stopped already.' },
  CHANGE_INSTEAD: {
    status: 409,
    zh: '还没提交，直接改账号就行。',
    en: 'It was not sent yet; simply change the account.',
  },
} as const satisfies RefusalCatalogue;
export type TopupRefusal = keyof typeof topupRefusals;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const ableOut = z.object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() });

export const topupOut = z.object({
  line: z.int(),
  state: z.enum(topupStates),
  words: wordsOut,
  next: wordsOut,
  why: wordsOut.nullable(),
  label: z.string(),
  target: z.enum(topupTargets),
  masked: z.string(),
  caution: wordsOut.nullable(),
  carrier: z.enum(topupCarriers),
  region: z.string(),
  speed: z.enum(topupSpeeds),
  face: fenOut,
  arrived: fenOut.nullable(),
  serial: z.string().nullable().describe("the supplier's number, which its customer service can look up"),
  voucher: z.string().nullable().describe("the carrier's own serial number"),
  sentAt: instantOut.nullable(),
  askedAt: instantOut.nullable(),
  promisedAt: instantOut,
  dueAt: instantOut,
  late: z.boolean(),
  waitsUntil: instantOut.nullable(),
  stopping: z.boolean(),
  wrong: z.object({ askedAt: instantOut, until: instantOut, tried: z.boolean() }).nullable(),
  guide: z.string(),
  able: z.object({ wait: ableOut, again: ableOut, refund: ableOut, wrong: ableOut, change: ableOut }),
});

const orderIn = z.object({ orderId: idIn('order') });
const shopOrderIn = z.object({ shopId: idIn('shop'), orderId: idIn('order') });

export const topupContract = {
  topup: endpoint({
    at: 'GET /orders/{orderId}/topup',
    who: 'user',
    summary: 'The direct top-ups of an order: where each stands and what may be done now (F028, F029)',
    input: orderIn,
    output: z.object({ topups: z.array(topupOut) }),
    refusals: topupRefusals,
  }),
  chooseTopup: endpoint({
    at: 'POST /orders/{orderId}/topup/choice',
    who: 'user',
    summary: 'When it is late: wait, have it sent again, or take the money back (VGSR article 15)',
    input: z.object({ orderId: idIn('order'), choice: z.enum(['wait', 'again', 'refund']) }),
    output: z.object({ choice: z.string(), refunded: fenOut, waitsUntil: instantOut.nullable() }),
    refusals: topupRefusals,
  }),
  changeTarget: endpoint({
    at: 'POST /orders/{orderId}/topup/target',
    who: 'user',
    summary: 'Another account, as long as nothing was sent',
    input: z.object({
      orderId: idIn('order'),
      target: z.string().trim().min(1).max(200),
      again: z.string().trim().min(1).max(200),
    }),
    output: z.object({ masked: z.string() }),
    refusals: topupRefusals,
  }),
  wrongTarget: endpoint({
    at: 'POST /orders/{orderId}/topup/wrong',
    who: 'user',
    summary: 'I typed a wrong account: the shop must try to stop it within 30 minutes',
    input: orderIn,
    output: z.object({ until: instantOut }),
    refusals: topupRefusals,
  }),
  stopTopup: endpoint({
    at: 'POST /shops/{shopId}/topups/{orderId}/stopping',
    who: { shop: ['orders'] },
    scope: 'supply:write',
    summary: 'Try to stop a top-up at the supplier',
    input: shopOrderIn,
    output: z.object({ stopped: z.boolean().describe('true: it was never sent, and is over') }),
    refusals: topupRefusals,
  }),
  shopTopups: endpoint({
    at: 'GET /shops/{shopId}/topups',
    who: { shop: ['orders', 'goods'] },
    scope: 'supply:read',
    summary: 'Top-ups that a shop must look at: wrong numbers with their clock, held ones, late arrivals',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      wrong: z.array(
        z.object({ orderId: z.string(), masked: z.string(), until: instantOut, tried: z.boolean() }),
      ),
      held: z.int(),
      unknown: z.int(),
      lateArrivals: z.array(
        z.object({ orderId: z.string(), masked: z.string(), amount: fenOut, at: instantOut }),
      ),
    }),
    refusals: {},
  }),
};
