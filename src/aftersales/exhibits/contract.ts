import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantIn, instantOut } from '../../kit/public-id.ts';
import { blobRefusals } from '../../kit/refusals.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import { exhibitWords, type ExhibitKind } from '../exhibits.data.ts';
import { exhibitLimits } from './limits.data.ts';

export const exhibitKinds = Object.keys(exhibitWords) as [ExhibitKind, ...ExhibitKind[]];

export const exhibitRefusals = {
  ...blobRefusals,
  PICTURE_UNREADABLE: {
    status: 422,
    zh: '这张图打不开：没传完整，或者像素太多。换一张再传。',
    en: 'This picture cannot be opened: it is incomplete, or has too many pixels. Choose another.',
  },
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  CASE_NOT_FOUND: { status: 404, zh: '没有找到这个售后。', en: 'We could not find this case.' },
  EXHIBIT_NOT_FOUND: { status: 404, zh: '没有这份证据。', en: 'There is no such exhibit.' },
  NOT_YOUR_TURN: {
    status: 409,
    zh: '现在这一步做不了，售后已经往前走了。刷新看看现在到哪一步。',
    en: 'This cannot be done now; the case has moved on. Reload to see where it is.',
  },
  OWN_EXHIBIT: {
    status: 409,
    zh: '质证是对对方证据说的话。自己的证据，用标注说明。',
    en: 'You comment on what the other side shows; explain your own with notes on it.',
  },
  NOT_OWN_EXHIBIT: {
    status: 409,
    zh: '标注由提交这份证据的一方做。对它有看法，写质证意见。',
    en: 'Notes are made by the side that shows it. If you disagree, comment on it.',
  },
  COMMENTED_ENOUGH: {
    status: 409,
    zh: '对这份证据已经说过三次，够看清了。',
    en: 'You commented on this exhibit three times; that is enough to see your point.',
  },
} as const satisfies RefusalCatalogue;
export type ExhibitRefusal = keyof typeof exhibitRefusals;

/** What a party shows: words, a file that it put beside the order before, or both. */
export const exhibitIn = z.object({
  kind: z.enum(exhibitKinds),
  caption: z.string().trim().max(80).default(''),
  text: z.string().trim().max(4000).default('').describe('what it shows, word for word'),
  code: z.string().trim().max(80).default('').describe('the code that a failure page shows'),
  formedAt: instantIn.optional().describe('when it came into being, as the party says'),
  fileId: idIn('exhibitFile').optional(),
  redactedId: idIn('exhibitFile')
    .optional()
    .describe('the same with secrets of a person blacked out: the other side sees this one'),
  audience: z
    .enum(['parties', 'platform'])
    .default('parties')
    .describe('platform: the other side learns that it exists, and sees what a redacted copy shows'),
  redactionOf: z.int().min(1).optional().describe('the number of the own exhibit whose copy this is'),
});

export const captureModes = ['platform', 'upload', 'off_platform'] as const;
export type CaptureMode = (typeof captureModes)[number];
export const weights = ['high', 'usual', 'low'] as const;
export type Weight = (typeof weights)[number];
export const stances = ['accepted', 'not_genuine', 'not_lawful', 'not_relevant'] as const;
export type Stance = (typeof stances)[number];

const thousandth = z.int().min(0).max(1000);
export const areaShape = z.object({ x: thousandth, y: thousandth, w: thousandth, h: thousandth });
export type Area = z.infer<typeof areaShape>;

const fileOut = z.object({
  name: z.string(),
  type: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  source: z.enum(['upload', 'recording']),
  original: z.boolean().describe('whether the viewer may have the original of a picture'),
  camera: z
    .object({
      takenAt: instantOut.nullable(),
      device: z.string().nullable(),
      program: z.string().nullable(),
      hasPlace: z.boolean(),
    })
    .nullable()
    .describe('what the copies do not hold; for its author and the platform'),
});

export const exhibitOut = z.object({
  number: z.int(),
  by: z.string(),
  mine: z.boolean(),
  kind: z.enum(exhibitKinds),
  caption: z.string(),
  text: z.string(),
  code: z.string(),
  sha256: z.string(),
  formedAt: instantOut.nullable(),
  at: instantOut,
  eventAt: instantOut,
  eventBy: z.enum(['said', 'file', 'claim']).describe('whose word the time of the event is'),
  lag_s: z.int().describe('from the event to its capture here'),
  mode: z.enum(captureModes),
  weight: z.enum(weights).describe('by default; whoever decides weighs it'),
  audience: z.enum(['parties', 'platform']),
  hidden: z.boolean().describe('the viewer learns that it exists, not what it shows'),
  redactionOf: z.int().nullable(),
  redactedBy: z.int().nullable(),
  file: fileOut.nullable(),
  comments: z.array(z.object({ by: z.string(), stance: z.enum(stances), text: z.string(), at: instantOut })),
  layer: z
    .object({
      number: z.int(),
      step: z.int().nullable(),
      caption: z.string(),
      areas: z.array(areaShape),
      sha256: z.string(),
      at: instantOut,
    })
    .nullable(),
  able: z.object({ comment: z.boolean(), annotate: z.boolean() }),
});
export type ExhibitOut = z.input<typeof exhibitOut>;

const caseId = idIn('case');
const number = z.coerce.number().int().min(1).max(1000);

export const exhibitContract = {
  attach: endpoint({
    at: 'POST /orders/{orderId}/exhibit-files',
    who: 'user',
    summary:
      'Put a file beside an order, to be shown in a case: pictures, recordings, documents, text. The original stays as it came',
    bodyMax_bytes: exhibitLimits.max_bytes + 64 * 1024,
    input: z.object({ orderId: idIn('order'), file: z.file() }),
    output: z.object({
      fileId: idOut('exhibitFile'),
      name: z.string(),
      sha256: z.string(),
      type: z.string(),
      size: z.int(),
      width: z.int().nullable(),
      height: z.int().nullable(),
    }),
    refusals: exhibitRefusals,
  }),
  file: endpoint({
    at: 'GET /cases/{caseId}/exhibits/{number}/{copy}',
    who: 'user',
    summary:
      'The file of an exhibit. Of a picture the other side sees copies without place and camera, of a redacted one the redacted copy only',
    input: z.object({ caseId, number, copy: z.enum(['original', 'view', 'thumb']) }),
    output: z.file(),
    refusals: exhibitRefusals,
  }),
  comment: endpoint({
    at: 'POST /cases/{caseId}/exhibits/{number}/comments',
    who: 'user',
    summary: '质证: the other side speaks to an exhibit',
    input: z.object({ caseId, number, stance: z.enum(stances), text: z.string().trim().min(2).max(1000) }),
    output: z.object({ number: z.int() }),
    refusals: exhibitRefusals,
  }),
  acknowledged: endpoint({
    at: 'GET /cases/{caseId}/acknowledgements',
    who: 'user',
    summary:
      'What the buyer was shown and ticked before paying, word for word, with the time of each tick and the record that fixed it (F107)',
    input: z.object({ caseId }),
    output: z.object({
      record: z.int().describe('the record of the order in evidence'),
      language: z.string(),
      placedAt: instantOut,
      texts: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          text: z.string(),
          article: z.string(),
          hash: z.string().describe('SHA-256 of the words, as the record holds it'),
          tickedAt: instantOut,
        }),
      ),
    }),
    refusals: exhibitRefusals,
  }),
  annotate: endpoint({
    at: 'POST /cases/{caseId}/exhibits/{number}/layers',
    who: 'user',
    summary:
      'Lay a note over an own exhibit: which step, what to look at, where. The file stays as it is (F079)',
    input: z.object({
      caseId,
      number,
      step: z.int().min(1).max(99).optional(),
      caption: z.string().trim().max(200).default(''),
      areas: z.array(areaShape).max(exhibitLimits.areas).default([]),
    }),
    output: z.object({ number: z.int(), sha256: z.string() }),
    refusals: exhibitRefusals,
  }),
};
