import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const purchaseWatchRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  NOT_TO_INSPECT: {
    status: 409,
    zh: '这个订单不在待查验里。',
    en: 'This order does not wait for an inspection.',
  },
} as const satisfies RefusalCatalogue;
export type PurchaseWatchRefusal = keyof typeof purchaseWatchRefusals;

export const purchaseWatchContract = {
  highValue: endpoint({
    at: 'GET /orders/{orderId}/high-value',
    who: 'user',
    summary: 'The safeguards of an order of high value (article 48); null for all other orders',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      high: z
        .object({
          total: fenOut,
          extraDays: z.int().describe('the money waits so many days longer'),
          anchoredAt: instantOut
            .nullable()
            .describe('the way of the goods is a fact of the order’s log since'),
          inspectedAt: instantOut.nullable(),
          witness: z.boolean().describe('an account changes hands before somebody of the platform'),
          insurance: z
            .literal('not_available')
            .describe('no cover is sold yet, and nothing is charged for it'),
        })
        .nullable(),
    }),
    refusals: purchaseWatchRefusals,
  }),
  inspect: endpoint({
    at: 'POST /risk-desk/inspections/{orderId}',
    who: { staff: ['risk'] },
    summary: 'An order of high value was inspected; the fact goes into its log',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({ orderId: idOut('order') }),
    refusals: purchaseWatchRefusals,
  }),
};
