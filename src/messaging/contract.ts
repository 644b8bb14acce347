import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantIn, instantOut } from '../kit/public-id.ts';
import { blobRefusals } from '../kit/refusals.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { DemandState } from './machine.ts';

/** Who speaks in the conversation of an order. The platform itself only notes what happened. */
export const sides = ['buyer', 'merchant', 'support', 'platform'] as const;
export type Side = (typeof sides)[number];
export type Speaker = Exclude<Side, 'platform'>;

export const sideWords = {
  buyer: { zh: '买家', en: 'Buyer' },
  merchant: { zh: '商家', en: 'Shop' },
  support: { zh: '平台客服', en: 'Support' },
  platform: { zh: '盟约', en: 'Mengyue' },
} as const satisfies Record<Side, { zh: string; en: string }>;

/** text: words. demand: words with a time to answer. promise: what the shop will do, and until when. call: the support is asked to join. */
export const sayKinds = ['text', 'demand', 'promise', 'call'] as const;
export type SayKind = (typeof sayKinds)[number];
/** notice: what the platform noted, e.g. that a demand was not answered. */
export type MessageKind = SayKind | 'notice';

/** Ways out of the platform that a text may name (VGSR article 4). */
export const lureKinds = ['wechat', 'qq', 'phone', 'link', 'transfer', 'other'] as const;
export type LureKind = (typeof lureKinds)[number];
export const lureWords = {
  wechat: { zh: '微信号', en: 'a WeChat name' },
  qq: { zh: 'QQ 号或群', en: 'a QQ number or group' },
  phone: { zh: '电话号码', en: 'a phone number' },
  link: { zh: '站外链接', en: 'a link out of this site' },
  transfer: { zh: '私下转账', en: 'a transfer outside escrow' },
  other: { zh: '别的聊天软件', en: 'another chat app' },
} as const satisfies Record<LureKind, { zh: string; en: string }>;

export const demandStates = ['open', 'answered', 'silent'] as const satisfies readonly DemandState[];

export const chatLimits = {
  text: 2000,
  quickReply: 300,
  quickReplies: 30,
  citations: 3,
  attachments: 6,
  /** Messages of one person in one conversation in a minute. */
  perMinute: 15,
  /** Hours that a buyer may set at least; at most what the rulebook gives the shop for a remedy (lifecycles 2.0). */
  demandMin_hours: 1,
  promiseMax_days: 365,
} as const;

/** Files: 20 MB each, no more than 10 in a minute of one person. */
export const fileLimits = { max_bytes: 20 * 1024 * 1024, perMinute: 10 } as const;

export const messagingRefusals = {
  ...blobRefusals,
  PICTURE_UNREADABLE: {
    status: 422,
    zh: '这张图打不开：没传完整，或者像素太多。换一张再传。',
    en: 'This picture cannot be opened: it is incomplete, or has too many pixels. Choose another.',
  },
  ATTACHMENT_NOT_FOUND: { status: 404, zh: '没有这个附件。', en: 'There is no such attachment.' },
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  MESSAGE_NOT_FOUND: { status: 404, zh: '没有这条消息。', en: 'There is no such message.' },
  MESSAGE_EMPTY: { status: 422, zh: '还没写内容。', en: 'There is nothing in the message yet.' },
  KIND_NOT_YOURS: {
    status: 409,
    zh: '限期答复由买家提出，承诺由商家作出。',
    en: 'Only a buyer sets a time to answer, and only a shop makes a promise.',
  },
  DEMAND_OPEN: {
    status: 409,
    zh: '上一次限期答复还在走，等它到时再提新的。',
    en: 'A time to answer is already running; set another one when it is over.',
  },
  DEMAND_HOURS_WRONG: {
    status: 422,
    zh: '答复时限最短 1 小时，最长不超过规则给商家的处理时限。',
    en: 'The time to answer is one hour at least, and at most what the rules give the shop.',
  },
  PROMISE_TIME_WRONG: {
    status: 422,
    zh: '承诺要写清做到的时间：在现在之后，一年之内。',
    en: 'A promise says until when: after now, and within a year.',
  },
  CALL_PENDING: {
    status: 409,
    zh: '已经请了客服，还在等回复。',
    en: 'Support was called already and has yet to answer.',
  },
  CITATION_UNKNOWN: {
    status: 422,
    zh: '这一条规则不适用于这个订单现在的情况。',
    en: 'That article does not apply to this order as it is now.',
  },
  ATTACHMENT_UNKNOWN: {
    status: 422,
    zh: '附件没有上传成功，请重新选择。',
    en: 'An attachment was not uploaded. Please choose it again.',
  },
  NOT_YOUR_WORDS: {
    status: 409,
    zh: '只能撤回自己说的话，而且只是不显示，存证里还在。',
    en: 'You can only take back your own words, and only from view: evidence keeps them.',
  },
  LIVE_FULL: {
    status: 503,
    zh: '现在同时在看的人太多，刷新页面一样能看到新消息。',
    en: 'Too many people are watching at the moment; reloading shows new messages as well.',
  },
  ESCALATE_NOT_ASKED: {
    status: 409,
    zh: '先给商家一个答复时限。到时没动静，这里就能点；不想等，也可以直接申请售后。',
    en: 'Set the shop a time to answer first. If it stays silent this opens; you can also file a case right away.',
  },
  ESCALATE_STILL_RUNNING: {
    status: 409,
    zh: '商家的答复时限还没到。',
    en: 'The shop still has time to answer.',
  },
  ESCALATE_ANSWERED: {
    status: 409,
    zh: '商家在时限内答复了。不满意可以直接申请售后。',
    en: 'The shop answered in time. If that does not help you, file a case.',
  },
  ESCALATE_BUYER_ONLY: {
    status: 409,
    zh: '升级由买家提出。',
    en: 'Only the buyer escalates.',
  },
} as const satisfies RefusalCatalogue;
export type MessagingRefusal = keyof typeof messagingRefusals | 'TOO_MANY_REQUESTS' | 'INPUT_INVALID';

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const ableOut = z.object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() });

/** An article as it was cited, with the time it gives this order; a frozen copy, whatever the rulebook says later (F076, F124). */
export const citationShape = z.object({
  article: z.string(),
  version: z.string(),
  title: wordsOut,
  text: wordsOut.describe('the sentence with the time of this order'),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  start: z.string().nullable().describe('what the time runs from'),
  startAt: z.number().nullable(),
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
});
export type Citation = z.infer<typeof citationShape>;

export const attachmentShape = z.object({
  id: z.string().describe('att_…'),
  name: z.string(),
  sha256: z.string().describe('of the original file'),
  type: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type Attachment = z.infer<typeof attachmentShape>;

export const messageOut = z.object({
  seq: z.int(),
  messageId: idOut('chat'),
  kind: z.enum([...sayKinds, 'notice']),
  side: z.enum(sides),
  mine: z.boolean(),
  at: instantOut,
  text: z.string().nullable().describe('null: taken back, or erased'),
  gone: z.enum(['hidden', 'erased']).nullable(),
  notice: z.string().nullable(),
  hours: z.int().nullable(),
  dueAt: instantOut.nullable(),
  citations: z.array(citationShape),
  attachments: z.array(attachmentShape),
  lures: z.array(z.enum(lureKinds)),
  rude: z.boolean().describe('told to its author only'),
  readAt: instantOut.nullable().describe('when the other party had seen it'),
  record: z.int().describe('the record of the order in evidence that holds it'),
});
export type MessageOut = z.input<typeof messageOut>;

const demandOut = z.object({
  seq: z.int(),
  state: z.enum(demandStates),
  askedAt: instantOut,
  dueAt: instantOut,
  closedAt: instantOut.nullable(),
});

const stateOut = z.object({
  last: z.int().describe('the number of the newest message; 0: nothing was said yet'),
  unread: z.int(),
  demand: demandOut.nullable().describe('the newest'),
  seenUpTo: z.int().describe('up to which message the other party has seen it'),
  hidden: z.int().describe('how many messages were taken out of view'),
  waitsSince: instantOut.nullable().describe('since when the buyer waits for the shop'),
  supportSince: instantOut.nullable(),
  able: z.object({
    demand: ableOut,
    promise: ableOut,
    call: ableOut,
    escalate: ableOut,
  }),
});

const orderId = idIn('order');
const shopId = idIn('shop');

const threadRow = z.object({
  orderId: idOut('order'),
  shopId: idOut('shop'),
  shopName: z.string(),
  title: z.string(),
  lastAt: instantOut,
  lastSide: z.enum(sides),
  preview: z.string().nullable(),
  messages: z.int(),
  unread: z.int(),
  waitsSince: instantOut.nullable(),
  supportSince: instantOut.nullable(),
  demandDueAt: instantOut.nullable(),
  answerBy: instantOut
    .nullable()
    .describe('until when the shop should answer: what the buyer set, else what article 21 gives'),
});
const listIn = { before: instantIn.optional(), limit: z.int().min(1).max(100).default(30) };
const listOut = z.object({ threads: z.array(threadRow), waiting: z.int(), unread: z.int() });
const quickReply = z.string().trim().min(1).max(chatLimits.quickReply);
const repliesOut = z.object({ replies: z.array(z.string()) });

export const messagingContract = {
  thread: endpoint({
    at: 'GET /orders/{orderId}/messages',
    who: 'user',
    summary: 'The conversation of an order: its buyer, its shop and the support see the same (F008, F069)',
    input: z.object({
      orderId,
      before: z.int().min(1).max(2_000_000_000).optional(),
      after: z.int().min(0).max(2_000_000_000).optional(),
      limit: z.int().min(1).max(200).default(100),
    }),
    output: z.object({
      orderId: idOut('order'),
      shop: z.object({ shopId: idOut('shop'), name: z.string() }),
      title: z.string(),
      rulebook: z.string(),
      me: z.enum(['buyer', 'merchant', 'support']),
      messages: z.array(messageOut),
      earlier: z.boolean().describe('there are older messages'),
      state: stateOut,
      demandMax_hours: z.int(),
      demandDefault_hours: z.int(),
      now: instantOut,
    }),
    refusals: messagingRefusals,
  }),
  live: endpoint({
    at: 'GET /orders/{orderId}/messages/live',
    who: 'user',
    summary:
      'The same as server-sent events: what is new after `after` or the Last-Event-ID, then each change as it comes',
    input: z.object({ orderId, after: z.int().min(0).max(2_000_000_000).optional() }),
    output: eventIterator(z.object({ messages: z.array(messageOut), state: stateOut })),
    refusals: messagingRefusals,
  }),
  say: endpoint({
    at: 'POST /orders/{orderId}/messages',
    who: 'user',
    summary: 'Say something; it is fixed in evidence and can never be changed (F069, F076, F080, F082)',
    keyed: true,
    input: z.object({
      orderId,
      text: z.string().max(chatLimits.text + 200),
      as: z.enum(sayKinds).default('text'),
      hours: z.int().optional().describe('of a demand; by default what the rulebook says'),
      until: instantIn.optional().describe('of a promise'),
      cite: z.array(z.string().max(10)).max(chatLimits.citations).default([]),
      attachments: z.array(z.string().max(64)).max(chatLimits.attachments).default([]),
    }),
    output: z.object({
      messageId: idOut('chat'),
      seq: z.int(),
      at: instantOut,
      lures: z.array(z.enum(lureKinds)),
      rude: z.boolean(),
    }),
    refusals: messagingRefusals,
  }),
  read: endpoint({
    at: 'POST /orders/{orderId}/messages/reading',
    who: 'user',
    summary: 'Say up to which message the conversation was seen',
    input: z.object({ orderId, upTo: z.int().min(1).max(2_000_000_000) }),
    output: z.object({ unread: z.int() }),
    refusals: messagingRefusals,
  }),
  hide: endpoint({
    at: 'POST /orders/{orderId}/messages/{seq}/hiding',
    who: 'user',
    summary: 'Take a message of one’s own out of view; evidence keeps it (F069)',
    input: z.object({ orderId, seq: z.coerce.number().int().min(1).max(2_000_000_000) }),
    output: z.object({ seq: z.int() }),
    refusals: messagingRefusals,
  }),
  attach: endpoint({
    at: 'POST /orders/{orderId}/attachments',
    who: 'user',
    summary:
      'Put a file beside the conversation, to be sent with the next words: pictures, recordings, documents, text',
    bodyMax_bytes: fileLimits.max_bytes + 64 * 1024,
    input: z.object({ orderId, file: z.file() }),
    output: attachmentShape,
    refusals: messagingRefusals,
  }),
  attachment: endpoint({
    at: 'GET /orders/{orderId}/attachments/{attachmentId}/{copy}',
    who: 'user',
    summary:
      'A file of the conversation. Of a picture both parties see copies without place and camera; its original is for whoever sent it and for the support',
    input: z.object({
      orderId,
      attachmentId: idIn('attachment'),
      copy: z.enum(['original', 'view', 'thumb']),
    }),
    output: z.file(),
    refusals: messagingRefusals,
  }),
  articles: endpoint({
    at: 'GET /orders/{orderId}/citable',
    who: 'user',
    summary: 'The articles that can be cited about this order now, with the times they give it (F076, F124)',
    input: z.object({ orderId }),
    output: z.object({ citations: z.array(citationShape) }),
    refusals: messagingRefusals,
  }),
  mine: endpoint({
    at: 'GET /conversations',
    who: 'user',
    summary: 'My conversations as a buyer, newest first',
    input: z.object(listIn),
    output: listOut,
    refusals: {},
  }),
  ofShop: endpoint({
    at: 'GET /shops/{shopId}/conversations',
    who: { shop: ['orders'] },
    scope: 'shop-messages:read',
    summary: 'The conversations of a shop: those that wait for an answer first, longest first',
    input: z.object({ shopId, waiting: z.boolean().default(false), ...listIn }),
    output: listOut,
    refusals: {},
  }),
  ofSupport: endpoint({
    at: 'GET /conversations/support',
    who: { staff: ['support'] },
    summary: 'Conversations into which the support was called, longest waiting first',
    input: z.object(listIn),
    output: listOut,
    refusals: {},
  }),
  quickReplies: endpoint({
    at: 'GET /shops/{shopId}/quick-replies',
    who: { shop: ['orders'] },
    scope: 'shop-messages:read',
    summary: 'Sentences that a shop keeps ready',
    input: z.object({ shopId }),
    output: repliesOut,
    refusals: {},
  }),
  setQuickReplies: endpoint({
    at: 'PUT /shops/{shopId}/quick-replies',
    who: { shop: ['orders'] },
    scope: 'shop-messages:write',
    summary: 'Replace the sentences that a shop keeps ready',
    input: z.object({ shopId, replies: z.array(quickReply).max(chatLimits.quickReplies) }),
    output: repliesOut,
    refusals: {},
  }),
};
