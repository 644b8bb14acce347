import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';

/** How many days a chart shows, today included. */
export const daysShown = 14;

const day = z.string().describe('a Beijing day, 2026-11-20');
const releaseOut = z.object({ day, orders: z.int(), amount: fenOut });

export const analyticsContract = {
  figures: endpoint({
    at: 'GET /figures',
    who: 'anyone',
    summary: 'The house in a few numbers, measured and at most ten seconds old',
    input: z.object({}),
    output: z.object({
      asOf: instantOut,
      held: fenOut.describe('in escrow now, not paid to any shop'),
      heldOrders: z.int(),
      keysToday: z.int().describe('keys delivered since midnight in Beijing'),
      median_ms: z.int().nullable().describe('from payment to delivery of those keys'),
      backOrders: z.int().describe('orders of the last 30 days of which money went back'),
      back: fenOut.describe('what went back of them'),
      paidOut: fenOut.describe('released to shops in the last 30 days, before fees'),
    }),
    refusals: {},
  }),
  shopToday: endpoint({
    at: 'GET /shops/{shopId}/today',
    who: { shop: ['goods', 'orders', 'money'] },
    scope: 'shop-orders:read',
    summary: "A shop's day: sales, stock, escrow and what is released when",
    input: z.object({
      shopId: idIn('shop'),
      variantId: idIn('variant').optional().describe('the days of one variant only'),
    }),
    output: z.object({
      days: z.array(
        z.object({
          day,
          orders: z.int(),
          sales: fenOut,
          units: z.int(),
          stock: z.int().describe('at the end of the day; now for today'),
        }),
      ),
      held: fenOut.describe('in escrow for this shop'),
      heldOrders: z.int(),
      unconfirmed: z.int().describe('delivered and not confirmed yet'),
      releases: z.array(releaseOut).describe('before the platform fee'),
      waiting: z
        .array(
          z.object({
            orderId: idOut('order'),
            title: z.string(),
            variant: z.string(),
            quantity: z.int(),
            total: fenOut,
            dueAt: instantOut,
          }),
        )
        .describe('orders that wait for their money, first due first'),
    }),
    refusals: {},
  }),
  operatorToday: endpoint({
    at: 'GET /operator/today',
    who: { staff: ['support', 'finance', 'risk'] },
    summary: "The house's day in numbers",
    input: z.object({}),
    output: z.object({
      days: z.array(z.object({ day, orders: z.int(), sales: fenOut, refunds: fenOut })),
      held: fenOut,
      heldOrders: z.int(),
      exceptions: z.object({ open: z.int(), oldestAt: instantOut.nullable() }),
      overdue: z.object({ count: z.int(), oldestAt: instantOut.nullable() }),
      log: z.object({
        size: z.int(),
        publishedSize: z.int().nullable(),
        publishedAt: instantOut.nullable(),
        waiting: z.int().describe('events that are not in the log yet'),
      }),
    }),
    refusals: {},
  }),
  deadlines: endpoint({
    at: 'GET /operator/deadlines',
    who: { staff: ['support', 'finance', 'risk'] },
    summary: 'What waits for a time, by kind',
    input: z.object({}),
    output: z.object({
      kinds: z.array(
        z.object({
          what: z.string(),
          article: z.string(),
          open: z.int(),
          day: z.int().describe('due within 24 hours'),
          overdue: z.int(),
          nextAt: instantOut,
        }),
      ),
    }),
    refusals: {},
  }),
};
