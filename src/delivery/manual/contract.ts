import { z } from 'zod';
import { contentFieldShape, contentMax, manualMax } from '../../catalog/manual.contract.ts';
import { questionTypes } from '../../catalog/question.contract.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import { deliveryRefusals } from '../contract.ts';

export const manualRefusals = {
  DELIVERY_NOT_FOUND: {
    status: 404,
    zh: '没有找到这单要交付的东西。',
    en: 'We could not find this delivery.',
  },
  DELIVERY_CLOSED: {
    status: 409,
    zh: '这单已经不等交付了：买家取消、退款或已经完成。',
    en: 'This no longer waits for a delivery: it was cancelled, refunded or completed.',
  },
  CONTENT_INCOMPLETE: {
    status: 422,
    zh: '还有必填的内容没写。',
    en: 'Something that must be filled in is missing.',
  },
  CONTENT_INVALID: {
    status: 422,
    zh: '有一项写得不对：链接要以 https:// 开头，每项不超过 2000 字。',
    en: 'One field is not right: a link begins with https://, and no field is longer than 2000 characters.',
  },
  CONTENT_SAYS_NOTHING: {
    status: 422,
    zh: '只写“已发”不算交付。把买家真正要用的内容填进来。',
    en: 'Saying "sent" is not a delivery. Fill in what the buyer is to use.',
  },
} as const satisfies RefusalCatalogue;
export type ManualRefusal = keyof typeof manualRefusals;

export const deliveryFilters = ['open', 'waiting', 'accepted', 'late', 'done'] as const;
export type DeliveryFilter = (typeof deliveryFilters)[number];

const lineStates = ['waiting', 'accepted', 'delivering', 'delivered', 'failed', 'cancelled'] as const;
const timesOut = {
  state: z.enum(lineStates),
  paidAt: instantOut,
  acceptBy: instantOut.nullable(),
  promisedAt: instantOut,
  dueAt: instantOut,
  lateAt: instantOut.nullable(),
  acceptedAt: instantOut.nullable(),
  deliveredAt: instantOut.nullable(),
  endedAt: instantOut.nullable(),
};
const row = z.object({
  orderId: idOut('order'),
  line: z.int(),
  title: z.string(),
  variantName: z.string(),
  quantity: z.int(),
  total: fenOut,
  acceptedBy: z.string().nullable().describe('who took it on'),
  ...timesOut,
});
const answerOut = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(questionTypes),
  shown: z.string(),
  hidden: z.boolean().describe('a part of it is masked'),
});
const orderIn = z.object({ orderId: idIn('order') });
const shopIn = z.object({ shopId: idIn('shop'), orderId: idIn('order') });
const lineIn = shopIn.extend({ line: z.int().min(1).max(1000) });
const hand = { shop: ['orders'] } as const;
const fieldsIn = z.record(z.string().regex(/^[a-z][a-z0-9_]{0,23}$/), z.string().max(contentMax));

export const manualContract = {
  todo: endpoint({
    at: 'GET /shops/{shopId}/deliveries',
    who: hand,
    scope: 'shop-orders:read',
    summary: 'What my shop has to deliver by hand, by the time that is left',
    input: z.object({
      shopId: idIn('shop'),
      filter: z.enum(deliveryFilters).default('open'),
      search: z.string().trim().max(60).optional(),
      after: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: z.object({
      deliveries: z.array(row),
      counts: z.record(z.enum(deliveryFilters), z.int()),
      next: z.string().nullable(),
    }),
    refusals: {},
  }),
  acceptDeliveries: endpoint({
    at: 'POST /shops/{shopId}/deliveries/acceptances',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'Take orders on, several at once',
    input: z.object({ shopId: idIn('shop'), orderIds: z.array(idIn('order')).min(1).max(100) }),
    output: z.object({ accepted: z.int(), already: z.int() }),
    refusals: {},
  }),
  work: endpoint({
    at: 'GET /shops/{shopId}/deliveries/{orderId}',
    who: hand,
    scope: 'shop-orders:read',
    summary: 'One order that my shop delivers by hand: what was asked, what to fill in, by when',
    input: shopIn,
    output: z.object({
      orderId: idOut('order'),
      orderState: z.string(),
      lines: z.array(
        row.omit({ orderId: true }).extend({
          fields: z.array(contentFieldShape),
          answers: z.array(answerOut),
          contents: z.array(
            z.object({
              place: z.int(),
              version: z.int(),
              at: instantOut,
              by: z.string(),
              revealedAt: instantOut.nullable(),
            }),
          ),
        }),
      ),
    }),
    refusals: manualRefusals,
  }),
  seeAnswers: endpoint({
    at: 'POST /shops/{shopId}/deliveries/{orderId}/answers',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'See what the buyer answered, unmasked; who looked is recorded',
    input: shopIn,
    output: z.object({ lines: z.array(z.object({ line: z.int(), answers: z.array(answerOut) })) }),
    refusals: manualRefusals,
  }),
  fulfil: endpoint({
    at: 'POST /shops/{shopId}/deliveries/{orderId}/fulfilment',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'Deliver one line by hand, or correct what was delivered',
    input: lineIn.extend({ units: z.array(fieldsIn).min(1).max(manualMax) }),
    output: z.object({ state: z.enum(lineStates), version: z.int(), orderState: z.string() }),
    refusals: manualRefusals,
  }),
  decline: endpoint({
    at: 'POST /shops/{shopId}/deliveries/{orderId}/failure',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'Say that one line cannot be delivered; its money goes back at once',
    input: lineIn.extend({ why: z.string().trim().min(4).max(200) }),
    output: z.object({ state: z.enum(lineStates), refunded: fenOut }),
    refusals: manualRefusals,
  }),
  manual: endpoint({
    at: 'GET /orders/{orderId}/manual',
    who: 'user',
    scope: 'orders:read',
    summary: 'What somebody delivered by hand, sealed, and how to check it',
    input: orderIn,
    output: z.object({
      lines: z.array(
        z.object({
          line: z.int(),
          title: z.string(),
          quantity: z.int(),
          verification: z.string(),
          fields: z.array(contentFieldShape),
          answers: z.array(answerOut),
          needsPassword: z.boolean(),
          units: z.array(
            z.object({
              place: z.int(),
              version: z.int(),
              at: instantOut,
              revealedAt: instantOut.nullable(),
              reveals: z.int(),
            }),
          ),
          ...timesOut,
        }),
      ),
    }),
    refusals: { ORDER_NOT_FOUND: deliveryRefusals.ORDER_NOT_FOUND },
  }),
  revealContent: endpoint({
    at: 'POST /orders/{orderId}/lines/{line}/contents/{place}/reveal',
    who: 'user',
    scope: 'keys:reveal',
    summary: 'Show what was delivered by hand (recorded)',
    input: orderIn.extend({
      line: z.coerce.number().int().min(1).max(1000),
      place: z.coerce.number().int().min(1).max(1000),
    }),
    output: z.object({
      line: z.int(),
      place: z.int(),
      version: z.int(),
      fields: z.array(z.object({ key: z.string(), label: z.string(), type: z.string(), value: z.string() })),
      first: z.boolean(),
      reveals: z.int(),
    }),
    refusals: {
      ORDER_NOT_FOUND: deliveryRefusals.ORDER_NOT_FOUND,
      UNIT_NOT_FOUND: deliveryRefusals.UNIT_NOT_FOUND,
      ORDER_NOT_DELIVERED: deliveryRefusals.ORDER_NOT_DELIVERED,
      PASSWORD_NEEDED: deliveryRefusals.PASSWORD_NEEDED,
    },
  }),
};
