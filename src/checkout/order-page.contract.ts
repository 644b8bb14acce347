import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import { orderModes } from '../catalog/content.contract.ts';
import { orderRefusals, orderStates } from '../orders/contract.ts';

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const ableOut = z
  .object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() })
  .describe('a button that cannot be pressed says why');
const laterOut = z.object({
  state: z.enum(['waiting', 'accepted', 'delivering', 'delivered', 'failed', 'cancelled']),
  promisedAt: instantOut,
  dueAt: instantOut.describe('from then on the money goes back by itself'),
  acceptedAt: instantOut.nullable(),
  lateAt: instantOut.nullable(),
  cancelAskedAt: instantOut.nullable(),
  deliveredAt: instantOut.nullable(),
  refunded: fenOut,
});
const unitOut = z.object({
  unit: z.string(),
  state: z.enum(['sealed', 'revealed', 'verified', 'withdrawn']),
  revealedAt: instantOut.nullable(),
  verifyUntil: instantOut.nullable(),
  useUntil: instantOut.nullable(),
  cancelUntil: instantOut.nullable(),
  reveals: z.int(),
  needsPassword: z.boolean(),
  able: z.object({ reveal: ableOut, verify: ableOut, cancel: ableOut }),
});

/** Everything the page of an order shows: where the money is, whose turn it is, each key with its clocks, and what may be done now. */
export const orderPage = endpoint({
  at: 'GET /orders/{orderId}',
  who: 'user',
  summary: 'One order with its keys (sealed), money, history and deadlines (F001, F002, F006)',
  input: z.object({ orderId: idIn('order') }),
  output: z.object({
    orderId: idOut('order'),
    shop: z.object({ shopId: idOut('shop'), name: z.string(), slug: z.string() }),
    role: z.enum(['buyer', 'shop', 'staff']),
    mode: z.enum(orderModes).describe("'pool': keys; all others are delivered later"),
    state: z.enum(orderStates),
    total: fenOut,
    refunded: fenOut,
    held: fenOut.describe('what escrow holds now'),
    paidBy: z.enum(['wallet', 'channel']),
    paymentId: idOut('payment').nullable(),
    rulebook: z.string(),
    settleDays: z.int(),
    placedAt: instantOut,
    paidAt: instantOut.nullable(),
    completedAt: instantOut.nullable(),
    releaseAt: instantOut.nullable(),
    releasedAt: instantOut.nullable(),
    confirmAt: instantOut.nullable(),
    payUntil: instantOut.nullable(),
    lines: z.array(
      z.object({
        line: z.int(),
        listingId: idOut('listing'),
        version: z.int(),
        newest: z.int(),
        title: z.string(),
        variantName: z.string(),
        goods: z.string(),
        quantity: z.int(),
        price: fenOut,
        total: fenOut,
        components: z.array(z.object({ kind: z.string(), label: wordsOut, amount: z.string() })),
        units: z.array(unitOut),
        later: laterOut.nullable().describe('how far the delivery is; null for keys from a pool'),
      }),
    ),
    steps: z.array(
      z.object({
        step: z.int(),
        event: z.string(),
        words: wordsOut,
        state: z.string(),
        by: z.string(),
        at: instantOut,
      }),
    ),
    deadlines: z.array(
      z.object({
        what: z.string(),
        dueAt: instantOut,
        startAt: instantOut,
        article: z.string(),
        version: z.string(),
      }),
    ),
    acknowledgements: z.array(
      z.object({ name: z.string(), language: z.string(), hash: z.string(), at: instantOut }),
    ),
    able: z.object({ confirm: ableOut, cancelLate: ableOut }),
    now: instantOut,
  }),
  refusals: orderRefusals,
});
