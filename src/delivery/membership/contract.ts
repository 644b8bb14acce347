import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';

export const membershipRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  MEMBERSHIP_NOT_FOUND: { status: 404, zh: '没有找到这个会员。', en: 'We could not find this membership.' },
  MEMBERSHIP_NOT_WAITING: {
    status: 409,
    zh: '这个会员已经开始了，不用再点。',
    en: 'This membership has begun already.',
  },
  CURSOR_INVALID: {
    status: 422,
    zh: '翻页的标记不对，请从第一页开始。',
    en: 'The cursor is not one of ours; begin with the first page.',
  },
} as const satisfies RefusalCatalogue;
export type MembershipRefusal = keyof typeof membershipRefusals;

export const membershipStates = ['pending', 'active', 'expiring', 'expired', 'suspended', 'ended'] as const;

export const membershipStateWords: Readonly<Record<(typeof membershipStates)[number], Words>> = {
  pending: { zh: '还没开始', en: 'Not begun' },
  active: { zh: '有效', en: 'Active' },
  expiring: { zh: '快到期', en: 'Ending soon' },
  expired: { zh: '已到期', en: 'Over' },
  suspended: { zh: '暂停计时', en: 'Stopped' },
  ended: { zh: '已退款结束', en: 'Ended by refund' },
};

const membershipOut = z.object({
  membershipId: idOut('membership'),
  shopId: idOut('shop'),
  shopName: z.string(),
  listingId: idOut('listing'),
  variantId: idOut('variant'),
  title: z.string(),
  level: z.string(),
  includes: z.array(z.string()),
  sharing: z.enum(['own', 'shared']),
  state: z.enum(membershipStates),
  begunAt: instantOut.nullable(),
  endsAt: instantOut.nullable(),
  suspendedAt: instantOut.nullable(),
  daysLeft: z.int(),
  daysAll: z.int(),
  canRenew: z.boolean().describe('the variant is on sale'),
  periods: z.array(
    z.object({
      orderId: idOut('order'),
      line: z.int(),
      from: instantOut.nullable(),
      until: instantOut.nullable(),
      days: z.int().nullable(),
      usedDays: z.int(),
      paid: fenOut,
      unusedValue: fenOut.describe('what its unused days are worth'),
      ended: z.boolean(),
    }),
  ),
});

const memberOut = z.object({
  membershipId: idOut('membership'),
  listingId: idOut('listing'),
  title: z.string(),
  level: z.string(),
  state: z.enum(membershipStates),
  name: z.string(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })).describe('masked where sensitive'),
  begunAt: instantOut.nullable(),
  endsAt: instantOut.nullable(),
  daysLeft: z.int(),
  orderId: idOut('order'),
  orders: z.int(),
});

export const membershipContract = {
  ofOrder: endpoint({
    at: 'GET /orders/{orderId}/memberships',
    who: 'user',
    summary: 'Memberships that an order paid for: days left, from when, what they include (F204)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({ memberships: z.array(membershipOut) }),
    refusals: membershipRefusals,
  }),
  mine: endpoint({
    at: 'GET /memberships',
    who: 'user',
    summary: 'My memberships, those that end first at the top',
    input: z.object({}),
    output: z.object({ memberships: z.array(membershipOut) }),
    refusals: {},
  }),
  start: endpoint({
    at: 'POST /memberships/{membershipId}/start',
    who: 'user',
    summary: 'Start a membership that waits for its buyer',
    input: z.object({ membershipId: idIn('membership') }),
    output: z.object({ state: z.enum(membershipStates), endsAt: instantOut.nullable() }),
    refusals: membershipRefusals,
  }),
  members: endpoint({
    at: 'GET /shops/{shopId}/memberships',
    who: { shop: ['orders', 'goods'] },
    scope: 'shop-orders:read',
    summary: "A shop's members, newest first",
    input: z.object({
      shopId: idIn('shop'),
      q: z.string().trim().max(60).optional(),
      state: z.enum(membershipStates).optional(),
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({
      members: z.array(memberOut),
      counts: z.record(z.enum(membershipStates), z.int()),
      next: z.string().nullable(),
    }),
    refusals: { CURSOR_INVALID: membershipRefusals.CURSOR_INVALID },
  }),
};
