import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

export const deliveryRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  UNIT_NOT_FOUND: { status: 404, zh: '这个订单里没有这张卡密。', en: 'This order has no such key.' },
  ORDER_IN_REVIEW: {
    status: 409,
    zh: '这笔购买正在核实，最多 30 分钟，到点自动恢复。卡密和钱都还在。',
    en: 'This purchase is being looked at, for 30 minutes at most, and then goes on by itself. Key and money are safe.',
  },
  ORDER_NOT_DELIVERED: {
    status: 409,
    zh: '订单还没发货，现在没有可以查看的卡密。',
    en: 'The order is not delivered yet; there is no key to see.',
  },
  PASSWORD_NEEDED: {
    status: 403,
    zh: '这张卡密金额较高，或这台设备第一次用。请再输一次密码。',
    en: 'The amount is high or this device is new. Please enter your password again.',
  },
  UNIT_STILL_SEALED: {
    status: 409,
    zh: '这张还封着，先查看再说能不能用。',
    en: 'This key is still sealed. Reveal it first.',
  },
  UNIT_ALREADY_REVEALED: {
    status: 409,
    zh: '这张已经查看过，不能无理由取消；不能用可以申诉。',
    en: 'This key was revealed and cannot be cancelled without a reason. If it does not work you can complain.',
  },
  CANCEL_WINDOW_OVER: {
    status: 409,
    zh: '没查看的卡密可以取消的 7 天已经过了。',
    en: 'The 7 days in which an unrevealed key can be cancelled are over.',
  },
  KEYS_STILL_SEALED: {
    status: 409,
    zh: '还有没查看的。都看过、验证过再确认，免得钱放早了。',
    en: 'Some of it is still sealed. Look at all of it before you confirm, so that the money is not released too early.',
  },
  NOTHING_OPEN: {
    status: 409,
    zh: '这个订单没有还没交付的东西，不用取消。',
    en: 'Nothing of this order is still to be delivered, so there is nothing to cancel.',
  },
  DELIVERY_NOT_LATE: {
    status: 409,
    zh: '还没到承诺的时间。过了时间没交付，你一键取消，全额退。',
    en: 'The promised time is not over yet. Once it is, you cancel with one click and get everything back.',
  },
  ORDER_IN_CASE: {
    status: 409,
    zh: '这一单有售后没结束，先等它有结果，再确认收货。',
    en: 'A case about this order is open. Wait for its end before you confirm.',
  },
  ORDER_ALREADY_COMPLETED: {
    status: 409,
    zh: '订单已经完成，不用再确认。',
    en: 'This order is completed already.',
  },
} as const satisfies RefusalCatalogue;
export type DeliveryRefusal = keyof typeof deliveryRefusals;

const unitIn = z.object({
  orderId: idIn('order'),
  unit: z.string().max(16).describe("line and place, '1-2'"),
});
const stateOut = z.object({ state: z.string(), releaseAt: instantOut.nullable() });

/** Shows one key. A POST by the buyer, recorded each time; the answer is never stored or cached. */
export const reveal = endpoint({
  at: 'POST /orders/{orderId}/units/{unit}/reveal',
  who: 'user',
  scope: 'keys:reveal',
  summary: 'Reveal one key (recorded)',
  input: unitIn,
  output: z.object({
    unit: z.string(),
    number: z.string().nullable(),
    secret: z.string(),
    extra: z.string().nullable(),
    first: z.boolean(),
    revealedAt: instantOut,
    verifyUntil: instantOut,
    useUntil: instantOut.nullable(),
    reveals: z.int(),
  }),
  refusals: deliveryRefusals,
});

export const verify = endpoint({
  at: 'POST /orders/{orderId}/units/{unit}/verification',
  who: 'user',
  summary: 'Say that a key works',
  input: unitIn,
  output: z.object({ unit: z.string(), state: z.string() }),
  refusals: deliveryRefusals,
});

export const cancelSealed = endpoint({
  at: 'POST /orders/{orderId}/units/{unit}/cancellation',
  who: 'user',
  summary: 'Cancel a key that nobody has seen, and get its money back',
  input: unitIn,
  output: z.object({ unit: z.string(), refunded: fenOut, to: z.enum(['wallet', 'channel']) }),
  refusals: deliveryRefusals,
});

export const confirm = endpoint({
  at: 'POST /orders/{orderId}/confirmation',
  who: 'user',
  summary: 'Confirm that everything works; the money is released after the settlement delay',
  input: z.object({ orderId: idIn('order') }),
  output: stateOut,
  refusals: deliveryRefusals,
});

export const deliveryContract = { reveal, verify, cancelSealed, confirm };
