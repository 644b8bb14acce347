import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

/** 四固定: what is fixed of every order (F065). */
export const slots = ['trade', 'listing', 'talk', 'delivery'] as const;
export type Slot = (typeof slots)[number];

export const slotWords = {
  trade: { zh: '交易记录', en: 'Transaction' },
  listing: { zh: '商品描述', en: 'Listing' },
  talk: { zh: '沟通内容', en: 'Messages' },
  delivery: { zh: '交付结果', en: 'Delivery' },
} as const satisfies Record<Slot, { zh: string; en: string }>;

/** none: nothing recorded yet. pending: recorded, and soon in the log. fixed: in the log under a signed checkpoint. */
export const lightStates = ['none', 'pending', 'fixed'] as const;
export type LightState = (typeof lightStates)[number];

export const lightWords = {
  none: { zh: '还没有', en: 'Nothing yet' },
  pending: { zh: '存证中', en: 'Being fixed' },
  fixed: { zh: '已存证', en: 'Fixed' },
} as const satisfies Record<LightState, { zh: string; en: string }>;

export const evidenceRefusals = {
  EVIDENCE_NOT_FOUND: { status: 404, zh: '没有找到这条存证。', en: 'There is no such piece of evidence.' },
  EVIDENCE_PENDING: {
    status: 409,
    zh: '这条记录正在存证，几秒后再来下载。',
    en: 'This record is just being fixed. Come back in a few seconds.',
  },
  EVIDENCE_ERASED: {
    status: 410,
    zh: '这条记录的内容已按要求删除，只留下无法还原的指纹。',
    en: 'The content of this record was erased on request; only its fingerprint is left.',
  },
} as const satisfies RefusalCatalogue;
export type EvidenceRefusal = keyof typeof evidenceRefusals;

const lightOut = z.object({
  slot: z.enum(slots),
  state: z.enum(lightStates),
  count: z.number().int().describe('records of this slot'),
  at: instantOut.nullable().describe('time of the newest record'),
  index: z.number().int().nullable().describe('leaf index of the newest record that is in the log'),
});

const recordOut = z.object({
  seq: z.number().int(),
  kind: z.string(),
  at: instantOut,
  state: z.enum(['pending', 'fixed']),
  index: z.number().int().nullable(),
  commitment: z.string().describe('base64 of SHA-256(salt ‖ payload)'),
});

export const readEvidence = endpoint({
  at: 'GET /orders/{orderId}/evidence',
  who: 'user',
  summary: 'The four lights of an order and its fixed records',
  input: z.object({ orderId: idIn('order') }),
  output: z.object({ lights: z.array(lightOut), records: z.array(recordOut) }),
  refusals: evidenceRefusals,
});

export const readLights = endpoint({
  at: 'GET /orders/{orderId}/lights',
  who: 'user',
  summary: 'The four lights of an order alone (F065)',
  input: z.object({ orderId: idIn('order') }),
  output: z.object({ lights: z.array(lightOut) }),
  refusals: evidenceRefusals,
});

const recordIn = z.object({
  orderId: idIn('order'),
  seq: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export const readRecord = endpoint({
  at: 'GET /orders/{orderId}/evidence/{seq}',
  who: 'user',
  summary: 'One record with its content, its salt and everything that proves it',
  input: recordIn,
  output: z.object({
    payload: z.string().describe('the canonical JSON that was fixed'),
    salt: z.string().describe('base64; SHA-256(salt ‖ payload) is c of the leaf'),
    leaf: z.string().describe('the entry of the public log'),
    index: z.number().int(),
    tlogProof: z.string(),
    spicy: z.string(),
  }),
  refusals: evidenceRefusals,
});

export const downloadReceipt = endpoint({
  at: 'GET /orders/{orderId}/evidence/{seq}/receipt.tlog-proof',
  who: 'user',
  summary: 'The proof of one record as a C2SP tlog-proof file',
  input: recordIn,
  output: z.file(),
  refusals: evidenceRefusals,
});

/**
 * What is looked at, in this order. receipt: it can be read. leaf: it is the leaf of this proof. key: our log signed the checkpoint.
 * content: the content given is the one that the leaf commits to. log: the log of today still contains the tree of the receipt.
 */
export const checkNames = ['receipt', 'content', 'leaf', 'key', 'log'] as const;
export type CheckName = (typeof checkNames)[number];

export const checkReceipt = endpoint({
  at: 'POST /receipt-checks',
  who: 'anyone',
  summary: 'Check a receipt against the public log; the same can be done without us (F065)',
  input: z.object({
    proof: z.string().max(40_000).describe('the .tlog-proof file'),
    leaf: z
      .string()
      .max(4_000)
      .optional()
      .describe('the entry of the log; without it, the one at the index of the proof'),
    content: z
      .object({ payload: z.string().max(200_000), salt: z.string().max(100) })
      .optional()
      .describe('what was fixed, with its salt'),
  }),
  output: z.object({
    good: z.boolean(),
    checks: z.array(z.object({ name: z.enum(checkNames), state: z.enum(['good', 'bad', 'none']) })),
    index: z.number().int().nullable(),
    size: z.number().int().nullable().describe('leaves of the tree of the receipt'),
    root: z.string().nullable(),
    steps: z.number().int().nullable().describe('hashes from the leaf to the root'),
    origin: z.string().nullable(),
    leaf: z.string().nullable(),
    at: instantOut.nullable().describe('the time that the leaf states'),
    witnesses: z.number().int().describe('independent signatures under the checkpoint'),
    logSize: z.number().int().nullable().describe('leaves of the newest published tree'),
  }),
  refusals: {},
});

export const evidenceContract = { readEvidence, readLights, readRecord, downloadReceipt, checkReceipt };
