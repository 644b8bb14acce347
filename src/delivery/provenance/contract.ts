import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const provenanceRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  UNIT_NOT_FOUND: { status: 404, zh: '这一单里没有这一件。', en: 'This order has no such unit.' },
  TAG_UNKNOWN: {
    status: 404,
    zh: '没有这个溯源码。扫到的可能不是本平台的码。',
    en: 'There is no such provenance code. What you scanned may not be ours.',
  },
} as const satisfies RefusalCatalogue;

export const linkKinds = ['stocked', 'listed', 'sold', 'revealed'] as const;
export type LinkKind = (typeof linkKinds)[number];
export const linkWords = {
  stocked: { zh: '入库', en: 'Stocked' },
  listed: { zh: '上架', en: 'Listed' },
  sold: { zh: '售出', en: 'Sold' },
  revealed: { zh: '查看', en: 'Revealed' },
} as const;

export const provenanceContract = {
  makeTag: endpoint({
    at: 'POST /orders/{orderId}/provenance',
    who: 'user',
    summary: 'The provenance code of a unit that I bought, as a QR code; the same one each time (F156)',
    input: z.object({
      orderId: idIn('order'),
      unit: z.string().regex(/^\d{1,4}-\d{1,6}$/),
      site: z.url().max(200).describe('how people reach the shop; the QR code leads there'),
    }),
    output: z.object({ tag: z.string(), path: z.string(), svg: z.string() }),
    refusals: provenanceRefusals,
  }),
  provenance: endpoint({
    at: 'GET /provenance/{tag}',
    who: 'anyone',
    summary:
      'Where a unit came from: each link of its chain with its place in the public log; no code, no buyer, no order',
    input: z.object({ tag: z.string().max(40) }),
    output: z.object({
      title: z.string(),
      shopName: z.string(),
      verdict: z.enum(['valid', 'pending', 'invalid']),
      links: z.array(
        z.object({
          kind: z.enum(linkKinds),
          at: instantOut,
          logIndex: z.int().nullable(),
          state: z.enum(['valid', 'pending', 'invalid']),
        }),
      ),
      stock: z.object({ batchSize: z.int(), root: z.string(), state: z.enum(['valid', 'invalid']) }),
      logSize: z.int(),
      logName: z.string(),
    }),
    refusals: provenanceRefusals,
  }),
};
