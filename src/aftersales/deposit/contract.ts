import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const depositRefusals = {
  SHOP_NOT_FOUND: { status: 404, zh: '没有找到这家店铺。', en: 'We could not find this shop.' },
  DEPOSIT_SHORT_OF_MONEY: {
    status: 409,
    zh: '这个账户里的钱不够。先充值，或者换一个来源。',
    en: 'There is not that much money in this account. Top it up first, or choose another.',
  },
  DEPOSIT_STAYS: {
    status: 409,
    zh: '店铺还在营业，保证金不能退。先办理退出。',
    en: 'The shop has not left, so its deposit stays.',
  },
  DEPOSIT_LEFT: {
    status: 409,
    zh: '这家店铺已经在退出，不再缴存。',
    en: 'This shop is leaving and pays in no more.',
  },
  DEPOSIT_LOCKED: {
    status: 409,
    zh: '还没到可以退还的时间。',
    en: 'It is too early to give the deposit back.',
  },
  DEPOSIT_BUSY: {
    status: 409,
    zh: '还有没结束的订单、售后或欠款，结清后再退。',
    en: 'An order, a case or a debt is still open. It goes back once they are settled.',
  },
  DEPOSIT_EMPTY: { status: 409, zh: '保证金里没有钱了。', en: 'The deposit is empty.' },
  RETURN_NOT_ASKED: {
    status: 409,
    zh: '没有等待复核的退还申请。',
    en: 'No return waits for a second person.',
  },
  RETURN_ASKED: {
    status: 409,
    zh: '退还申请已经在等复核。',
    en: 'A return waits for a second person already.',
  },
  SAME_PERSON: { status: 409, zh: '申请人不能复核自己。', en: 'Whoever asked cannot agree.' },
} as const satisfies RefusalCatalogue;
export type DepositRefusal = keyof typeof depositRefusals;

export const depositStates = ['enough', 'short', 'suspended', 'leaving', 'returned'] as const;
export const depositStateWords = {
  enough: { zh: '保证金充足', en: 'Deposit in full' },
  short: { zh: '保证金不足，限期补足', en: 'Short, to be filled up in time' },
  suspended: { zh: '逾期未补足，已暂停销售', en: 'Short for too long, sales paused' },
  leaving: { zh: '退出中', en: 'Leaving' },
  returned: { zh: '已退还', en: 'Returned' },
} as const;

const standing = {
  state: z.enum(depositStates).nullable().describe('null: never measured'),
  balance: fenOut,
  required: fenOut,
  enough: z.boolean().describe('保证金充足: computed now, set by nobody'),
  dueAt: instantOut.nullable().describe('until when a shortfall must be filled up'),
  owed: fenOut.describe('what others paid for the shop and it has not paid back'),
};
const money = { shop: ['money' as const] };
const desk = { staff: ['finance' as const, 'risk' as const] };

export const depositContract = {
  mine: endpoint({
    at: 'GET /shops/{shopId}/deposit',
    who: money,
    scope: 'shop-money:read',
    summary: 'What my shop must keep as its deposit, what is there, and what happens when',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      ...standing,
      tier: fenOut,
      volume: fenOut,
      available: fenOut,
      wallet: fenOut,
      tiers: z.array(z.object({ goods: z.string(), amount: fenOut })),
      returnFrom: instantOut.nullable(),
      rulebook: z.string(),
      now: instantOut,
    }),
    refusals: depositRefusals,
  }),
  pay: endpoint({
    at: 'POST /shops/{shopId}/deposit',
    who: money,
    keyed: true,
    summary:
      'Pay into the deposit, from the balance of the shop or from my wallet; debts to the fund are paid first',
    input: z.object({ shopId: idIn('shop'), from: z.enum(['available', 'wallet']), amount: fenIn }),
    output: z.object({ paid: fenOut, recovered: fenOut.describe('what went to the fund first') }),
    refusals: depositRefusals,
  }),
  leave: endpoint({
    at: 'POST /shops/{shopId}/leaving',
    who: { shop: [] },
    summary: 'Close the shop: nothing is sold any more, and the deposit goes back after its time',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({ returnFrom: instantOut }),
    refusals: depositRefusals,
  }),
  all: endpoint({
    at: 'GET /desk/deposits',
    who: desk,
    summary: 'The deposits of shops, the shortest first, and what waits for a second person',
    input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
    output: z.object({
      shops: z.array(
        z.object({
          shopId: idOut('shop'),
          name: z.string(),
          ...standing,
          returnFrom: instantOut.nullable(),
          asked: z
            .object({ amount: fenOut, reason: z.string(), at: instantOut, mine: z.boolean() })
            .nullable(),
        }),
      ),
      now: instantOut,
    }),
    refusals: {},
  }),
  askReturn: endpoint({
    at: 'POST /desk/deposits/{shopId}/return',
    who: desk,
    summary: 'Ask that the deposit of a shop that left goes back; somebody else decides',
    input: z.object({ shopId: idIn('shop'), reasons: z.string().trim().min(2).max(500) }),
    output: z.object({ amount: fenOut }),
    refusals: depositRefusals,
  }),
  decideReturn: endpoint({
    at: 'POST /desk/deposits/{shopId}/return/decision',
    who: desk,
    summary: 'Agree to a return, or refuse it, as the second person',
    input: z.object({ shopId: idIn('shop'), agrees: z.boolean() }),
    output: z.object({ returned: fenOut }),
    refusals: depositRefusals,
  }),
};
