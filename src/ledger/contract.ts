import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';

/** The chart of accounts (DESIGN 4). An account is printed `kind:id`; platform accounts have an empty id. */
export type FloorKind = 'wallet' | 'available' | 'reserve' | 'deposit';
export type NumberedKind = 'escrow' | 'unapplied' | 'refund' | 'payout';
export type FoldedKind =
  | 'receivable'
  | 'insurance.premium'
  | 'insurance.pool'
  | 'platform.fee'
  | 'platform.fund'
  | 'platform.promo'
  | 'platform.charity'
  | 'channel.fee'
  | 'psp.clearing';
export type AccountKind = FloorKind | NumberedKind | FoldedKind;
export type Account = { readonly kind: AccountKind; readonly id: string };

export const floorKinds: readonly AccountKind[] = [
  'wallet',
  'available',
  'reserve',
  'deposit',
] satisfies FloorKind[];
export const numberedKinds: readonly AccountKind[] = [
  'escrow',
  'unapplied',
  'refund',
  'payout',
] satisfies NumberedKind[];

/** Each movement of money is one of these; all are made by the templates in rules.ts. */
export type TransferKind =
  | 'channel.received'
  | 'unapplied.matched'
  | 'wallet.top_up'
  | 'order.funded'
  | 'order.applied'
  | 'order.refunded'
  | 'order.unfunded'
  | 'refund.started'
  | 'refund.done'
  | 'refund.to_wallet'
  | 'escrow.released'
  | 'escrow.fee'
  | 'payout.started'
  | 'payout.done'
  | 'payout.returned'
  | 'case.refunded'
  | 'case.recourse'
  | 'case.made_whole'
  | 'recourse.paid'
  | 'deposit.paid'
  | 'deposit.funded'
  | 'deposit.returned'
  | 'channel.refunded'
  | 'demo.opening';

export const printAccount = (account: Account): string =>
  account.id === '' ? account.kind : `${account.kind}:${account.id}`;

/** What a person calls each movement of an account of theirs. */
export const movementWords = {
  'channel.received': { zh: '渠道到账', en: 'Received at the channel' },
  'unapplied.matched': { zh: '认领到账', en: 'Matched to a payment' },
  'wallet.top_up': { zh: '充值', en: 'Top-up' },
  'order.funded': { zh: '付款，进入托管', en: 'Paid into escrow' },
  'order.applied': { zh: '付款，进入托管', en: 'Paid into escrow' },
  'order.refunded': { zh: '订单退款', en: 'Order refunded' },
  'order.unfunded': { zh: '订单退款', en: 'Order refunded' },
  'refund.started': { zh: '开始原路退回', en: 'Return begun' },
  'refund.done': { zh: '已原路退回', en: 'Returned the way it came' },
  'refund.to_wallet': { zh: '渠道退不回，退到钱包', en: 'Returned to the wallet' },
  'escrow.released': { zh: '货款结算', en: 'Released from escrow' },
  'escrow.fee': { zh: '平台服务费', en: 'Platform fee' },
  'payout.started': { zh: '开始提现', en: 'Payout begun' },
  'payout.done': { zh: '提现到账', en: 'Payout done' },
  'payout.returned': { zh: '提现退回', en: 'Payout returned' },
  'case.refunded': { zh: '售后赔付', en: 'Paid for a case' },
  'case.recourse': { zh: '平台垫付，待追偿', en: 'Paid for the shop, to be recovered' },
  'case.made_whole': { zh: '异议成立，平台补足', en: 'Objection upheld, made whole' },
  'recourse.paid': { zh: '偿还平台垫付', en: 'Paid back what the platform paid' },
  'deposit.paid': { zh: '缴存保证金', en: 'Paid into the deposit' },
  'deposit.funded': { zh: '从钱包转入店铺', en: 'From the wallet to the shop' },
  'deposit.returned': { zh: '保证金退还', en: 'Deposit returned' },
  'channel.refunded': { zh: '支付渠道已退款', en: 'Refunded by the channel' },
  'demo.opening': { zh: '演示赠送', en: 'Demo money' },
} as const satisfies Record<TransferKind, Words>;

export const ledgerRefusals = {
  CURSOR_INVALID: {
    status: 422,
    zh: '翻页的标记不对，请从第一页开始。',
    en: 'The cursor is not one of ours; begin with the first page.',
  },
} as const satisfies RefusalCatalogue;

const page = {
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};
const movementOut = z.object({
  kind: z.enum(Object.keys(movementWords) as [TransferKind, ...TransferKind[]]),
  incoming: z.boolean(),
  amount: fenOut,
  after: fenOut.nullable().describe('the balance after it'),
  other: z.string().describe('the account on the other side, without its owner'),
  orderId: z.string().nullable(),
  at: instantOut,
});
const statementOut = { movements: z.array(movementOut), next: z.string().nullable() };

export const ledgerContract = {
  wallet: endpoint({
    at: 'GET /wallet',
    who: 'user',
    summary: 'My wallet and what moved in it, newest first',
    input: z.object(page),
    output: z.object({ balance: fenOut, ...statementOut }),
    refusals: ledgerRefusals,
  }),
  shopMoney: endpoint({
    at: 'GET /shops/{shopId}/money',
    who: { shop: ['money'] },
    scope: 'shop-money:read',
    summary: "A shop's accounts, and what moved in one of them, newest first",
    input: z.object({
      shopId: idIn('shop'),
      account: z.enum(['available', 'reserve', 'deposit']).default('available'),
      ...page,
    }),
    output: z.object({ available: fenOut, reserve: fenOut, deposit: fenOut, ...statementOut }),
    refusals: ledgerRefusals,
  }),
};
