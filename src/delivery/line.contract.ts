import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import { deliveryRefusals } from './contract.ts';

/** Days over which promises are measured, and from how many deliveries on a share is said (F062, pitfall 21). */
export const promiseWindow_days = 90;
export const promiseSample = 10;

const figures = {
  promised_seconds: z.int().nullable().describe('the time that the listing promises now'),
  delivered: z.int(),
  onTime: z.int(),
  late: z.int().describe('delivered late, or never'),
  median_seconds: z.int().nullable(),
};
const day = z.object({
  day: z.string(),
  delivered: z.int(),
  late: z.int(),
  promised_seconds: z.int().nullable(),
  reached_seconds: z.int().nullable(),
});

export const lineContract = {
  cancelLate: endpoint({
    at: 'POST /orders/{orderId}/late-cancellation',
    who: 'user',
    scope: 'orders:write',
    summary: 'Cancel what is late and get everything back, with one click (VGSR article 18)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      refunded: fenOut,
      to: z.enum(['wallet', 'channel']),
      asked: z.int().describe('lines that are asked back from a supplier first'),
    }),
    refusals: {
      ORDER_NOT_FOUND: deliveryRefusals.ORDER_NOT_FOUND,
      NOTHING_OPEN: deliveryRefusals.NOTHING_OPEN,
      DELIVERY_NOT_LATE: deliveryRefusals.DELIVERY_NOT_LATE,
    },
  }),
  promise: endpoint({
    at: 'GET /listings/{listingId}/promise',
    who: 'anyone',
    summary: 'Promised against reached: how a listing was delivered in the last 90 days (F062, F104)',
    input: z.object({ listingId: idIn('listing') }),
    output: z.object({ ...figures, enough: z.boolean(), days: z.array(day) }),
    refusals: {},
  }),
  promises: endpoint({
    at: 'GET /shops/{shopId}/promises',
    who: { shop: ['orders', 'goods'] },
    scope: 'shop-orders:read',
    summary: 'Promised against reached, for each listing of my shop and for each day',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      days: z.array(day),
      listings: z.array(
        z.object({
          listingId: idOut('listing'),
          title: z.string(),
          lastLateAt: instantOut.nullable(),
          ...figures,
        }),
      ),
    }),
    refusals: {},
  }),
};
