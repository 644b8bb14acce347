import { z } from 'zod';
import { catalogRefusals, listingStates } from '../catalog/contract.ts';
import {
  deliveryModes,
  orderModes,
  faceColours,
  goodsKinds,
  keyFormats,
  promiseWords,
  listingContent,
} from '../catalog/content.contract.ts';
import { openingShape } from '../catalog/manual.contract.ts';
import { merchantsRefusals, shopTiers } from '../merchants/contract.ts';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

/** Up to this many units the stock is told exactly; above it is plenty, so that nobody counts a shop's sales. */
export const stockTold = 20;

export const storefrontRefusals = {
  CURSOR_INVALID: catalogRefusals.CURSOR_INVALID,
  LISTING_NOT_FOUND: catalogRefusals.LISTING_NOT_FOUND,
  SHOP_NOT_FOUND: merchantsRefusals.SHOP_NOT_FOUND,
} as const satisfies RefusalCatalogue;

export const sorts = ['best', 'cheap', 'dear', 'new'] as const;
export type Sort = (typeof sorts)[number];

const faceOut = z.object({ colour: z.enum(faceColours), title: z.string(), subtitle: z.string() });
/** null: more than `stockTold`, or nothing that could run out. */
const stockOut = z.number().int().nullable().describe(`units left up to ${stockTold}, null for more`);

export const cardOut = z.object({
  listingId: idOut('listing'),
  shopId: idOut('shop'),
  shopName: z.string(),
  title: z.string(),
  subtitle: z.string(),
  goods: z.enum(goodsKinds),
  face: faceOut,
  price_fen: fenOut,
  from: z.boolean().describe('variants have different prices; this is the lowest'),
  delivery: z.enum(deliveryModes),
  within_seconds: z.number().int(),
  stock: stockOut,
});
const categoryOut = z.object({
  slug: z.string(),
  name: z.string(),
  icon: z.string(),
  listings: z.number().int().describe('on sale now'),
});
const pageOut = z.object({
  listings: z.array(cardOut),
  next: z.string().nullable().describe('the cursor of the next page'),
});

const pageIn = {
  sort: z.enum(sorts).default('best'),
  deposit: z.enum(['full']).optional().describe('only of shops whose deposit is there in full'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

const rightsOut = z.object({
  quantity: z.number(),
  fixed: z.boolean(),
  paidAt: instantOut,
  deliverBy: instantOut,
  refundBy: instantOut,
  verify_hours: z.number(),
  dispute_days: z.number(),
  remedy_hours: z.number(),
  cancelUntil: instantOut,
  noReason_days: z.number(),
  useWithin_hours: z.number().nullable(),
  settle_days: z.number(),
  autoConfirm_hours: z.number(),
  sealed: z.boolean(),
});

const variantOut = z.object({
  variantId: idOut('variant'),
  name: z.string(),
  price_fen: fenOut,
  tiers: z.array(z.object({ from: z.number(), price_fen: fenOut })),
  stock: stockOut,
  on: z.boolean(),
  term: listingContent.shape.variants.element.shape.term.nullable(),
  faceValue: z.string().nullable().describe('of a direct top-up: what is put into the account, in fen'),
});

export const productOut = z.object({
  listingId: idOut('listing'),
  state: z.enum(listingStates),
  version: z.number().int(),
  hash: z.string(),
  category: z.object({ slug: z.string(), name: z.string() }),
  shop: z.object({
    shopId: idOut('shop'),
    name: z.string(),
    tier: z.enum(shopTiers),
    openedAt: instantOut,
    verified: z.boolean(),
    selfRun: z.boolean().describe('自营: the platform itself sells (F061)'),
    deposit: z.boolean().describe('保证金充足, computed at this moment'),
  }),
  title: z.string(),
  subtitle: z.string(),
  goods: z.enum(goodsKinds),
  description: z.string(),
  face: faceOut,
  delivery: z.object({ mode: z.enum(deliveryModes), within_seconds: z.number().nullable() }),
  mode: z.enum(orderModes).describe("'pool': keys, delivered with the payment"),
  ready: z.boolean().describe('whether goods of this kind can be bought here by now'),
  opening: openingShape.nullable().describe('daily hours, Beijing time, in which the promised time runs'),
  validity: z.string(),
  binding: z.object({ rule: z.string(), mustConfirm: z.boolean() }),
  devices: z.string(),
  activations: z.number().nullable(),
  download: z.object({ url: z.string(), version: z.string(), sha256: z.string() }).nullable(),
  realName: z.enum(['none', 'changeable', 'bound']).nullable(),
  afterSales: z.object({
    noReason_days: z.number().nullable(),
    faultResponse_hours: z.number().nullable(),
    refunds: z.array(z.object({ when: z.string(), percent: z.number() })),
    terms: z.string(),
  }),
  fees: z.object({ elsewhere: z.string() }),
  promises: z.array(z.object({ word: z.enum(promiseWords), meaning: z.string() })),
  useWithin_hours: z.number().nullable(),
  keyFormat: z.enum(keyFormats).nullable(),
  verification: z.string(),
  guide: listingContent.shape.guide,
  membership: listingContent.shape.membership,
  file: listingContent.shape.file,
  topup: listingContent.shape.topup,
  limits: z.object({ perBuyer: z.number().nullable(), perOrder: z.number().nullable() }),
  variants: z.array(variantOut),
  rights: rightsOut,
});

export const storefrontContract = {
  home: endpoint({
    at: 'GET /home',
    who: 'anyone',
    summary: 'The start page: categories, what sells well',
    input: z.object({}),
    output: z.object({
      categories: z.array(categoryOut),
      listings: z.array(cardOut),
      hot: z.array(z.string()),
      onSale: z.number().int(),
    }),
    refusals: {},
  }),
  products: endpoint({
    at: 'GET /products',
    who: 'anyone',
    summary: 'Listings on sale: all, of a category, of a shop, or those a search finds',
    input: z.object({
      q: z.string().max(60).optional(),
      category: z.string().max(40).optional(),
      shopId: idIn('shop').optional(),
      ...pageIn,
    }),
    output: pageOut,
    refusals: { CURSOR_INVALID: storefrontRefusals.CURSOR_INVALID },
  }),
  product: endpoint({
    at: 'GET /products/{listingId}',
    who: 'anyone',
    summary: 'One listing with its variants, stock and rights',
    input: z.object({ listingId: idIn('listing') }),
    output: productOut,
    refusals: { LISTING_NOT_FOUND: storefrontRefusals.LISTING_NOT_FOUND },
  }),
  category: endpoint({
    at: 'GET /categories/{slug}/products',
    who: 'anyone',
    summary: 'A category with its listings',
    input: z.object({ slug: z.string().max(40), ...pageIn }),
    output: pageOut.extend({ category: categoryOut }),
    refusals: { CURSOR_INVALID: storefrontRefusals.CURSOR_INVALID },
  }),
  shopPage: endpoint({
    at: 'GET /shops/{shopId}/products',
    who: 'anyone',
    summary: 'A shop with its listings',
    input: z.object({ shopId: idIn('shop'), ...pageIn }),
    output: pageOut.extend({
      shop: z.object({
        shopId: idOut('shop'),
        name: z.string(),
        intro: z.string(),
        tier: z.enum(shopTiers),
        settle_days: z.number(),
        openedAt: instantOut,
        verified: z.boolean(),
        deposit: z.boolean().describe('保证金充足, computed at this moment'),
        listings: z.number(),
      }),
    }),
    refusals: {
      CURSOR_INVALID: storefrontRefusals.CURSOR_INVALID,
      SHOP_NOT_FOUND: storefrontRefusals.SHOP_NOT_FOUND,
    },
  }),
};
