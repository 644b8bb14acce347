import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const voucherKinds = ['order', 'payment'] as const;
export type VoucherKind = (typeof voucherKinds)[number];
export const voucherWords = {
  order: { zh: '订单凭证', en: 'Order voucher' },
  payment: { zh: '付款凭证', en: 'Payment voucher' },
} as const;

export const voucherRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  NOT_PAID: {
    status: 409,
    zh: '这一单还没付款，付款以后才有凭证。',
    en: 'This order is not paid; there is a voucher once it is.',
  },
} as const satisfies RefusalCatalogue;

/** What a voucher says. It is canonical JSON; `hash` of the file is the SHA-256 of exactly this. */
export const voucherBody = z.object({
  format: z.literal('mengyue-voucher@v1'),
  kind: z.enum(voucherKinds),
  orderId: z.string(),
  merchantId: z.string(),
  merchantName: z.string(),
  legalName: z.string(),
  placedAt: z.string(),
  paidAt: z.string().nullable(),
  amount: z.string().describe('fen'),
  currency: z.literal('CNY'),
  rulebook: z.string(),
  goods: z.array(
    z.object({
      product: z.string(),
      variant: z.string(),
      quantity: z.int(),
      amount: z.string(),
      listing: z.string(),
      version: z.int(),
      paidAt: z.string().nullable(),
      channel: z.string(),
      channelNumber: z
        .string()
        .describe('of the trade at the channel; of a wallet payment the number of the ledger entry'),
    }),
  ),
  notice: z.string(),
});
export type VoucherBody = z.infer<typeof voucherBody>;

export const voucherContract = {
  voucher: endpoint({
    at: 'GET /orders/{orderId}/vouchers/{kind}',
    who: 'user',
    summary:
      'The voucher of an order or of its payment, as JSON or PDF, with its hash and its place in the log (F066, F067)',
    input: z.object({
      orderId: idIn('order'),
      kind: z.enum(voucherKinds),
      format: z.enum(['json', 'pdf']).default('json'),
    }),
    output: z.file(),
    refusals: voucherRefusals,
  }),
  checkVoucher: endpoint({
    at: 'POST /voucher-checks',
    who: 'anyone',
    summary: 'Whether a voucher was issued here and is unchanged; nothing else of the order is told',
    input: z.object({ voucher: z.string().max(60_000).describe('the JSON file, or its SHA-256') }),
    output: z.object({
      valid: z.boolean(),
      hash: z.string(),
      issuedAt: z.string().nullable(),
      logIndex: z.int().nullable(),
      why: z.enum(['issued', 'unknown', 'changed', 'unreadable']),
    }),
    refusals: {},
  }),
};
