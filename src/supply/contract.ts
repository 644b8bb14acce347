import { z } from 'zod';
import { topupCarriers } from '../catalog/topup.contract.ts';
import { endpoint } from '../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { AttemptState, RequestState } from './machine.ts';

export const attemptStates = [
  'queued',
  'submitted',
  'unknown',
  'success',
  'partial',
  'refused',
  'failed',
  'cancelled',
  'late',
] as const satisfies readonly AttemptState[];
export const attemptStateWords = {
  queued: { zh: '排队中', en: 'Queued' },
  submitted: { zh: '已提交', en: 'Submitted' },
  unknown: { zh: '结果未知，正在确认', en: 'Unknown, being confirmed' },
  success: { zh: '已到账', en: 'Arrived' },
  partial: { zh: '部分到账', en: 'Arrived in part' },
  refused: { zh: '供货方没接单', en: 'Not taken' },
  failed: { zh: '充值失败', en: 'Failed' },
  cancelled: { zh: '已撤单', en: 'Cancelled' },
  late: { zh: '迟到账，待追偿', en: 'Arrived late, to be claimed' },
} as const satisfies Record<AttemptState, { zh: string; en: string }>;

export const requestStates = [
  'open',
  'held',
  'done',
  'failed',
  'cancelled',
  'abandoned',
] as const satisfies readonly RequestState[];

/** Why nothing is under way, where it is not the supplier's own sentence. */
export const heldWords = {
  no_route: { zh: '这个规格还没有供货线路', en: 'This variant has no supplier yet' },
  supplier_off: { zh: '供货方都停用了，或暂时连不上', en: 'Every supplier is off or cannot be reached' },
  too_dear: { zh: '供货价高于你设的上限', en: 'Suppliers ask more than your limit' },
  all_tried: { zh: '每家供货方都没接单', en: 'No supplier took it' },
} as const;

export const supplyRefusals = {
  SUPPLIER_NOT_FOUND: { status: 404, zh: '没有找到这个供货方。', en: 'We could not find this supplier.' },
  ATTEMPT_NOT_FOUND: { status: 404, zh: '没有找到这次充值。', en: 'We could not find this attempt.' },
  VARIANT_NOT_FOUND: { status: 404, zh: '没有找到这个规格。', en: 'We could not find this variant.' },
  ATTEMPT_ENDED: {
    status: 409,
    zh: '这次充值已经有最终结果，不用补单。',
    en: 'This attempt has its final result; there is nothing to send again.',
  },
  ATTEMPT_NOT_SENT: {
    status: 409,
    zh: '还没提交给供货方，会自动提交。',
    en: 'It has not been sent yet and will be by itself.',
  },
  ATTEMPT_UNDER_WAY: {
    status: 409,
    zh: '供货方已经接单，正在充值，再等一等。',
    en: 'The supplier has it and is at work. Please wait.',
  },
  CANCEL_UNDER_WAY: {
    status: 409,
    zh: '正在撤单，不能补单。',
    en: 'It is being cancelled and cannot be sent again.',
  },
  NO_ROUTE_LEFT: {
    status: 409,
    zh: '没有可用的供货线路。先启用供货方，或提高成本上限。',
    en: 'No supplier can be used. Switch one on or raise the cost limit first.',
  },
  TARGET_FIXED: {
    status: 409,
    zh: '已经提交给供货方，充值账号不能再改。',
    en: 'It was sent to the supplier; the account can no longer be changed.',
  },
  ADDRESS_NOT_ALLOWED: {
    status: 422,
    zh: '这个地址不能用。请填供货方的 https 地址，不带路径。',
    en: 'This address cannot be used. Give the https address of the supplier, without a path.',
  },
  KEY_MISSING: { status: 422, zh: '请填供货方给你的密钥。', en: 'Please give the key of the supplier.' },
  SUPPLIER_SILENT: {
    status: 409,
    zh: '供货方现在没有答复，稍后再试。',
    en: 'The supplier does not answer now. Try again later.',
  },
  SUPPLIER_REFUSED: {
    status: 409,
    zh: '供货方拒绝了：请核对用户编号、密钥和 IP 白名单。',
    en: 'The supplier refused: check the user number, the key and its list of allowed addresses.',
  },
} as const satisfies RefusalCatalogue;
export type SupplyRefusal = keyof typeof supplyRefusals;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const ableOut = z.object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() });

const supplierOut = z.object({
  supplierId: idOut('supplier'),
  name: z.string(),
  protocol: z.enum(['yrapi', 'sandbox']),
  address: z.string(),
  userNo: z.string(),
  isOn: z.boolean(),
  alarm: fenOut,
  balance: fenOut.nullable(),
  balanceAt: instantOut.nullable(),
  low: z.boolean(),
  trouble: z.string().nullable(),
  silent: z.boolean().describe('its breaker is open: nothing new is sent for a while'),
  products: z.int(),
});
const exchangeOut = z.object({ act: z.string(), answer: z.string(), said: z.string(), at: instantOut });
const attemptOut = z.object({
  attemptId: idOut('attempt'),
  orderId: idOut('order'),
  line: z.int(),
  nth: z.int(),
  number: z.string(),
  supplier: z.string(),
  productNo: z.string(),
  masked: z.string(),
  face: fenOut,
  maxCost: fenOut,
  cost: fenOut.nullable(),
  charged: fenOut.nullable(),
  state: z.enum(attemptStates),
  request: z.enum(requestStates),
  why: z.string().nullable(),
  supplierNo: z.string().nullable(),
  voucher: z.string().nullable(),
  said: z.string().nullable(),
  sends: z.int(),
  asks: z.int(),
  at: instantOut,
  endedAt: instantOut.nullable(),
  nextAt: instantOut.nullable(),
  able: z.object({ resend: ableOut, ask: ableOut, cancel: ableOut }),
});

const shopIn = z.object({ shopId: idIn('shop') });
const supplierIn = z.object({ shopId: idIn('shop'), supplierId: idIn('supplier') });
const attemptIn = z.object({ shopId: idIn('shop'), attemptId: idIn('attempt') });
const who = { shop: ['goods', 'orders'] } as const;
const scope = 'supply:write';

/** What a shop says of a supplier. An empty key leaves the one that is stored. */
const supplierFields = {
  name: z.string().trim().min(1).max(40),
  address: z.string().trim().max(200),
  userNo: z.string().trim().min(1).max(40),
  key: z.string().trim().max(200).default(''),
  isOn: z.boolean().default(true),
  alarm: fenIn.default(0n),
};

export const supplyContract = {
  suppliers: endpoint({
    at: 'GET /shops/{shopId}/suppliers',
    who,
    scope: 'supply:read',
    summary: 'The suppliers of a shop, with balance and health',
    input: shopIn,
    output: z.object({ suppliers: z.array(supplierOut), sandbox: z.boolean() }),
    refusals: {},
  }),
  addSupplier: endpoint({
    at: 'POST /shops/{shopId}/suppliers',
    who: { shop: ['goods'] },
    scope,
    summary: 'Add a supplier that speaks yrapi',
    input: z.object({ shopId: idIn('shop'), ...supplierFields }),
    output: z.object({ supplierId: idOut('supplier') }),
    refusals: supplyRefusals,
  }),
  changeSupplier: endpoint({
    at: 'PUT /shops/{shopId}/suppliers/{supplierId}',
    who: { shop: ['goods'] },
    scope,
    summary: 'Change a supplier, or switch it on and off',
    input: z.object({ shopId: idIn('shop'), supplierId: idIn('supplier'), ...supplierFields }),
    output: z.object({ supplierId: idOut('supplier') }),
    refusals: supplyRefusals,
  }),
  refreshBalance: endpoint({
    at: 'POST /shops/{shopId}/suppliers/{supplierId}/balance',
    who,
    scope,
    summary: 'Ask a supplier for our balance now',
    input: supplierIn,
    output: z.object({ balance: fenOut }),
    refusals: supplyRefusals,
  }),
  importProducts: endpoint({
    at: 'POST /shops/{shopId}/suppliers/{supplierId}/products',
    who: { shop: ['goods'] },
    scope,
    summary: "Read a supplier's catalogue",
    input: supplierIn,
    output: z.object({ products: z.int() }),
    refusals: supplyRefusals,
  }),
  products: endpoint({
    at: 'GET /shops/{shopId}/suppliers/{supplierId}/products',
    who,
    scope: 'supply:read',
    summary: 'What a supplier sells, as read last',
    input: supplierIn,
    output: z.object({
      products: z.array(
        z.object({
          productNo: z.string(),
          name: z.string(),
          carrier: z.enum(topupCarriers),
          price: fenOut,
          onSale: z.boolean(),
        }),
      ),
    }),
    refusals: supplyRefusals,
  }),
  routes: endpoint({
    at: 'GET /shops/{shopId}/supply-routes',
    who,
    scope: 'supply:read',
    summary: 'Which variants are filled by whom, in which order',
    input: shopIn,
    output: z.object({
      variants: z.array(
        z.object({
          variantId: idOut('variant'),
          listingId: idOut('listing'),
          title: z.string(),
          variantName: z.string(),
          price: fenOut,
          face: fenOut.nullable(),
          routes: z.array(
            z.object({
              supplierId: idOut('supplier'),
              supplier: z.string(),
              productNo: z.string(),
              product: z.string().nullable(),
              maxCost: fenOut,
              price: fenOut.nullable(),
            }),
          ),
        }),
      ),
    }),
    refusals: {},
  }),
  setRoutes: endpoint({
    at: 'PUT /shops/{shopId}/supply-routes/{variantId}',
    who: { shop: ['goods'] },
    scope,
    summary: 'Say from whom a variant is filled, in order, and what it may cost at most',
    input: z.object({
      shopId: idIn('shop'),
      variantId: idIn('variant'),
      routes: z
        .array(
          z.object({
            supplierId: idIn('supplier'),
            productNo: z.string().trim().min(1).max(64),
            maxCost: fenIn.refine((amount) => amount > 0n),
          }),
        )
        .max(9),
    }),
    output: z.object({ routes: z.int() }),
    refusals: supplyRefusals,
  }),
  attempts: endpoint({
    at: 'GET /shops/{shopId}/supply-attempts',
    who,
    scope: 'supply:read',
    summary: 'Attempts to fill accounts, newest first; by state, or by a number, serial or order',
    input: z.object({
      shopId: idIn('shop'),
      state: z.enum(['all', 'open', 'unknown', 'held', 'failed', 'late']).default('all'),
      search: z.string().trim().max(64).optional(),
      before: idIn('attempt').optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: z.object({ attempts: z.array(attemptOut), next: idOut('attempt').nullable() }),
    refusals: {},
  }),
  attempt: endpoint({
    at: 'GET /shops/{shopId}/supply-attempts/{attemptId}',
    who,
    scope: 'supply:read',
    summary: 'One attempt with everything that was asked and answered',
    input: attemptIn,
    output: z.object({ attempt: attemptOut, exchanges: z.array(exchangeOut) }),
    refusals: supplyRefusals,
  }),
  resend: endpoint({
    at: 'POST /shops/{shopId}/supply-attempts/{attemptId}/resending',
    who: { shop: ['orders'] },
    scope,
    summary: '补单: the same number again; a new one only where nothing is under way (F031)',
    input: attemptIn,
    output: z.object({ again: z.enum(['same', 'new']) }),
    refusals: supplyRefusals,
  }),
  ask: endpoint({
    at: 'POST /shops/{shopId}/supply-attempts/{attemptId}/query',
    who: { shop: ['orders'] },
    scope,
    summary: 'Ask the supplier about this attempt now',
    input: attemptIn,
    output: z.object({ asked: z.boolean() }),
    refusals: supplyRefusals,
  }),
};
