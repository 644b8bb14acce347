import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { blobRefusals } from '../../kit/refusals.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';

export const carriers = ['sf', 'zto', 'yto', 'sto', 'yunda', 'ems', 'jd', 'other'] as const;
export type Carrier = (typeof carriers)[number];
export const carrierWords = {
  sf: { zh: '顺丰', en: 'SF Express' },
  zto: { zh: '中通', en: 'ZTO' },
  yto: { zh: '圆通', en: 'YTO' },
  sto: { zh: '申通', en: 'STO' },
  yunda: { zh: '韵达', en: 'Yunda' },
  ems: { zh: '邮政 EMS', en: 'China Post EMS' },
  jd: { zh: '京东物流', en: 'JD Logistics' },
  other: { zh: '其他', en: 'Another' },
} as const satisfies Record<Carrier, Words>;

export const parcelStates = [
  'shipped',
  'in_transit',
  'still',
  'signed',
  'refused',
  'returning',
  'refunded',
] as const;
export const parcelStateWords = {
  shipped: { zh: '已寄出', en: 'Sent' },
  in_transit: { zh: '运输中', en: 'On its way' },
  still: { zh: '物流没动静', en: 'Standing still' },
  signed: { zh: '已签收', en: 'Signed for' },
  refused: { zh: '已拒收', en: 'Refused' },
  returning: { zh: '退件在路上', en: 'Going back' },
  refunded: { zh: '已退款', en: 'Refunded' },
} as const satisfies Record<(typeof parcelStates)[number], Words>;

/** What a carrier can say. */
export const trackKinds = ['accepted', 'moving', 'out', 'signed', 'returned'] as const;
export type TrackKind = (typeof trackKinds)[number];

/** What is looked at while the courier stands there (F022), and what can be wrong while unpacking (F025). */
export const signoffPoints = ['box_whole', 'seal_whole', 'not_crushed'] as const;
export const signoffWords = {
  box_whole: { zh: '外包装完好，没有破损', en: 'The box is whole' },
  seal_whole: { zh: '封条完好，没有拆过', en: 'The seal is whole, nobody opened it' },
  not_crushed: { zh: '没有挤压变形、没有受潮', en: 'Not crushed and not wet' },
} as const satisfies Record<(typeof signoffPoints)[number], Words>;

export const parcelRefusals = {
  PARCEL_NOT_FOUND: { status: 404, zh: '没有找到这个包裹。', en: 'We could not find this parcel.' },
  PARCEL_CLOSED: {
    status: 409,
    zh: '包裹已经不在这一步：签收、拒收或已退款。',
    en: 'The parcel is past that: signed for, refused or refunded.',
  },
  TRACKING_INVALID: {
    status: 422,
    zh: '快递单号是 8 到 30 位字母和数字。',
    en: 'A tracking number has 8 to 30 letters and digits.',
  },
  PHOTO_NEEDED: {
    status: 422,
    zh: '拒收要至少一张照片，对着包裹拍清楚。',
    en: 'Refusing needs at least one photo of the parcel.',
  },
  PHOTO_UNKNOWN: { status: 422, zh: '有一张照片没传上来。', en: 'One of the photos is not here.' },
  PHOTOS_TOO_MANY: { status: 409, zh: '一个包裹最多 20 张照片。', en: 'Twenty photos of a parcel at most.' },
} as const satisfies RefusalCatalogue;
export type ParcelRefusal = keyof typeof parcelRefusals;

const sha = z.string().regex(/^[0-9a-f]{64}$/);
const parcelOut = z.object({
  line: z.int(),
  state: z.enum(parcelStates),
  carrier: z.enum(carriers),
  tracking: z.string(),
  shippedAt: instantOut,
  movedAt: instantOut,
  signedAt: instantOut.nullable(),
  refusedAt: instantOut.nullable(),
  refusedWhy: z.string(),
  answeredAt: instantOut.nullable(),
  dueAt: instantOut.nullable().describe('when the clock does something next'),
  events: z.array(z.object({ at: instantOut, kind: z.enum(trackKinds), said: z.string() })),
  photos: z.array(z.object({ sha256: sha, kind: z.string(), name: z.string(), at: instantOut })),
  checks: z.array(
    z.object({
      stage: z.enum(['signoff', 'unboxing']),
      answers: z.record(z.string(), z.union([z.boolean(), z.number()])),
      photos: z.array(sha),
      suggested: fenOut.describe('what the listing of the order gives back for what is missing'),
      at: instantOut,
    }),
  ),
  claims: z.array(z.object({ claimNo: z.string(), note: z.string(), at: instantOut })),
  quantity: z.int(),
  parts: z.array(z.object({ name: z.string(), count: z.int(), worth: fenOut })),
});
export type ParcelShown = z.input<typeof parcelOut>;

const hand = { shop: ['orders'] } as const;
const atLine = { orderId: idIn('order'), line: z.int().min(1).max(1000) };
const shopLine = { shopId: idIn('shop'), ...atLine };
const photos = z.array(sha).max(20).default([]);
const stateOut = z.object({ state: z.enum(parcelStates) });

export const parcelContract = {
  toSend: endpoint({
    at: 'GET /shops/{shopId}/parcels',
    who: hand,
    scope: 'shop-orders:read',
    summary: 'What my shop has to send, and parcels that need an answer',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      rows: z.array(
        z.object({
          orderId: idOut('order'),
          line: z.int(),
          title: z.string(),
          quantity: z.int(),
          promisedAt: instantOut,
          state: z.enum(parcelStates).nullable(),
          tracking: z.string().nullable(),
        }),
      ),
    }),
    refusals: {},
  }),
  parcels: endpoint({
    at: 'GET /orders/{orderId}/parcels',
    who: 'user',
    summary: 'The parcels of an order with their tracking, photos and checks (F021)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({ parcels: z.array(parcelOut) }),
    refusals: parcelRefusals,
  }),
  ship: endpoint({
    at: 'POST /shops/{shopId}/parcels/{orderId}/shipment',
    who: hand,
    scope: 'shop-orders:write',
    summary:
      'Enter carrier and tracking number; entering it again corrects it while nothing was signed (F021)',
    input: z.object({ ...shopLine, carrier: z.enum(carriers), tracking: z.string().trim().max(40) }),
    output: stateOut,
    refusals: parcelRefusals,
  }),
  photo: endpoint({
    at: 'POST /orders/{orderId}/parcels/{line}/photos/{kind}',
    who: 'user',
    scope: 'orders:write',
    summary: 'A photo of the parcel, its label or what was in it; kept as it came, by its hash (F022, F027)',
    input: z.object({
      orderId: idIn('order'),
      line: z.coerce.number().int().min(1).max(1000),
      kind: z.enum(['package_photo', 'logistics_doc']),
      file: z.file(),
    }),
    output: z.object({ sha256: sha }),
    refusals: { ...parcelRefusals, ...blobRefusals },
    bodyMax_bytes: 12 << 20,
  }),
  check: endpoint({
    at: 'POST /orders/{orderId}/parcel-checks',
    who: 'user',
    scope: 'orders:write',
    summary:
      'What I looked at, at the door or while unpacking; says what the listing gives back for what is missing (F022, F025)',
    input: z.object({
      ...atLine,
      stage: z.enum(['signoff', 'unboxing']),
      answers: z.record(z.string().max(60), z.union([z.boolean(), z.int().min(0).max(100_000)])),
      photos,
    }),
    output: z.object({
      suggested: fenOut,
      reasons: z.array(z.enum(['WRONG_SPEC', 'SHORT_QTY', 'MISSING_PART'])),
    }),
    refusals: parcelRefusals,
  }),
  sign: endpoint({
    at: 'POST /orders/{orderId}/parcel-signature',
    who: 'user',
    scope: 'orders:write',
    summary: 'I have it, where the carrier has not said so yet',
    input: z.object(atLine),
    output: stateOut,
    refusals: parcelRefusals,
  }),
  refuseParcel: endpoint({
    at: 'POST /orders/{orderId}/parcel-refusal',
    who: 'user',
    scope: 'orders:write',
    summary:
      'I refused it at the door, with photos: the money comes back when the parcel is back, or when the shop stays silent 拒收 (F023)',
    input: z.object({ ...atLine, why: z.string().trim().min(2).max(500), photos }),
    output: stateOut,
    refusals: parcelRefusals,
  }),
  giveUp: endpoint({
    at: 'POST /orders/{orderId}/parcel-loss',
    who: 'user',
    scope: 'orders:write',
    summary: 'It stands still and I want my money back (article 13)',
    input: z.object(atLine),
    output: stateOut,
    refusals: parcelRefusals,
  }),
  answerRefusal: endpoint({
    at: 'POST /shops/{shopId}/parcels/{orderId}/refusal-answer',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'Refund a refused parcel now, or wait until it is back',
    input: z.object({ ...shopLine, refund: z.boolean() }),
    output: stateOut,
    refusals: parcelRefusals,
  }),
  claimCarrier: endpoint({
    at: 'POST /shops/{shopId}/parcels/{orderId}/carrier-claims',
    who: hand,
    scope: 'shop-orders:write',
    summary: 'My claim against the carrier; it stands beside the buyer’s refund and never before it (F024)',
    input: z.object({
      ...shopLine,
      claimNo: z.string().trim().min(2).max(60),
      note: z.string().trim().max(500).default(''),
    }),
    output: z.object({ number: z.int() }),
    refusals: parcelRefusals,
  }),
};
