import { z } from 'zod';
import { idIn } from '../kit/public-id.ts';
import { kindShapes } from './kinds.contract.ts';
import { variantLicence } from './licence.contract.ts';
import { topupShape } from './topup.contract.ts';

/** The kinds of goods. Nine are prepared; those that are delivered automatically are sold now. */
export const goodsKinds = [
  'card',
  'licence',
  'topup',
  'membership',
  'game',
  'account',
  'download',
  'service',
  'physical',
] as const;
export type GoodsKind = (typeof goodsKinds)[number];

/** How what was bought reaches the buyer: keys from a pool, by hand, into an account elsewhere, an account handed over, by parcel. */
export const deliveryModes = ['automatic', 'manual', 'direct', 'handover', 'shipping'] as const;
export type DeliveryMode = (typeof deliveryModes)[number];
/** How the orders of a listing live: numbers from a pool of keys, given with the payment, or later by one of the modes. */
export const orderModes = ['pool', ...deliveryModes] as const;
export type OrderMode = (typeof orderModes)[number];

export const keyFormats = ['free', 'digits16', 'code25', 'licence'] as const;
export type KeyFormatName = (typeof keyFormats)[number];
export const faceColours = ['pine', 'ochre', 'slate', 'moss', 'sky'] as const;
export const promiseWords = [
  'instant',
  'minutes',
  'permanent',
  'tenfold',
  'genuine',
  'better_window',
] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const prose = (max: number) => z.string().trim().max(max);
const whole = (min: number, max: number) => z.number().int().min(min).max(max);
/** Money in a version is a decimal string of fen, so that its canonical JSON is the same everywhere. */
const price = z.string().regex(/^(0|[1-9]\d{0,12})$/);

/** How long one unit of a membership lasts. */
const termShape = z.strictObject({ count: whole(1, 3650), unit: z.enum(['day', 'month']) });
export type MembershipTerm = z.infer<typeof termShape>;

/** Step by step how what was bought is used (F030, F033): what to do, where to type it, at which official address, and what error messages mean. */
const guideShape = z.strictObject({
  steps: z
    .array(z.strictObject({ text: line(300), where: prose(80) }))
    .min(1)
    .max(12),
  /** The issuer's own page, never the shop's. */
  address: z
    .url({ protocol: /^https$/ })
    .max(300)
    .nullable(),
  platform: prose(120),
  errors: z.array(z.strictObject({ shown: line(80), meaning: line(200) })).max(12),
});
export type Guide = z.infer<typeof guideShape>;

/** A membership that the shop keeps: its term, level, what it includes, whether terms add up, and whether the buyer has it alone (F204). */
const membershipShape = z.strictObject({
  term: termShape,
  level: line(40),
  includes: z.array(line(80)).min(1).max(12),
  stacks: z.boolean(),
  sharing: z.enum(['own', 'shared']),
  /** At once with the delivery, or when the buyer says so, after thirty days by itself. */
  starts: z.enum(['at_once', 'buyer']).default('at_once'),
});
export type MembershipContent = z.infer<typeof membershipShape>;

const variantShape = z.strictObject({
  /** The id of the variant and of its pool of keys, a plain UUID. */
  id: z.uuid(),
  name: line(40),
  price,
  on: z.boolean(),
  /** Wholesale: from this quantity on, each costs this much. Rising quantities, falling prices. */
  tiers: z.array(z.strictObject({ from: whole(2, 1_000_000), price })).max(10),
  /** Of a direct top-up: what is put into the account, in fen. */
  faceValue: price.optional(),
  /** Of a membership: this variant's own term instead of the listing's. */
  term: termShape.optional(),
  /** Of a licence: this variant's own number of devices and its own time. */
  licence: variantLicence.optional(),
});

const afterSalesShape = z.strictObject({
  /** Days in which the buyer may return without a reason; null: not stated, which article 8 refuses. */
  noReason_days: whole(0, 365).nullable(),
  /** How soon the shop answers a fault; article 8 allows 24 hours at most. */
  faultResponse_hours: whole(1, 240).nullable(),
  /** How much is refunded in which case, e.g. 卡密无效 100 %. */
  refunds: z.array(z.strictObject({ when: line(60), percent: whole(0, 100) })).max(10),
  terms: prose(2000),
});

/** One immutable version of a listing: rulebook articles 8 (what must be stated) and 12 (promises bind). A field that is null was not stated. */
export const listingContent = z.strictObject({
  title: line(60),
  subtitle: prose(80),
  goods: z.enum(goodsKinds),
  description: line(6000),
  keywords: z.array(line(20)).max(20),
  delivery: z.strictObject({ mode: z.enum(deliveryModes), within_seconds: whole(1, 30 * 86_400).nullable() }),
  validity: prose(200),
  binding: z.strictObject({ rule: prose(300), mustConfirm: z.boolean() }),
  devices: prose(300),
  activations: whole(0, 100_000).nullable(),
  download: z
    .strictObject({
      url: z.url({ protocol: /^https$/ }).max(500),
      version: line(40),
      sha256: z.string().regex(/^([0-9a-f]{64})?$/),
    })
    .nullable(),
  realName: z.enum(['none', 'changeable', 'bound']).nullable(),
  afterSales: afterSalesShape,
  /** The price is all the buyer pays here (F172): there is no place for a fee beside it. What must be paid elsewhere is said. */
  fees: z.strictObject({
    allInPrice: z.literal(true),
    renewsByItself: z.literal(false),
    elsewhere: prose(300),
  }),
  promises: z.array(z.strictObject({ word: z.enum(promiseWords), meaning: line(200) })).max(10),
  useWithin_hours: whole(1, 24 * 3650).nullable(),
  keyFormat: z.enum(keyFormats).nullable(),
  verification: prose(2000),
  topup: topupShape.nullable().default(null),
  guide: guideShape.nullable().default(null),
  membership: membershipShape.nullable().default(null),
  /** Who issued the keys, by the name under which the platform can ask them whether one was used (F070). */
  issuer: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable()
    .default(null),
  face: z.strictObject({ colour: z.enum(faceColours), title: line(12), subtitle: prose(24) }),
  variants: z.array(variantShape).min(1).max(30),
  limits: z.strictObject({
    perBuyer: whole(1, 1_000_000).nullable(),
    perOrder: whole(1, 1_000_000).nullable(),
  }),
  ...kindShapes,
});
export type ListingContent = z.infer<typeof listingContent>;
export type VariantContent = ListingContent['variants'][number];

/** What a merchant's form sends: variants without an id are new. */
export const listingDraft = listingContent.extend({
  variants: z
    .array(variantShape.extend({ id: idIn('variant').nullable() }))
    .min(1)
    .max(30),
});
export type ListingDraft = z.infer<typeof listingDraft>;
