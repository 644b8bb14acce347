import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { articleNo, rulesRefusals, version } from './contract.ts';

export const commentRefusals = {
  ...rulesRefusals,
  CONSULTATION_CLOSED: {
    status: 409,
    zh: '这个版本现在不在征求意见。',
    en: 'This version is not open for comments.',
  },
  COMMENTS_TOO_MANY: {
    status: 429,
    zh: '一个版本最多提 5 条意见。',
    en: 'Five comments on one version are the most.',
  },
  COMMENT_NOT_FOUND: { status: 404, zh: '没有这条意见。', en: 'There is no such comment.' },
  COMMENT_REASON_MISSING: {
    status: 422,
    zh: '不公开一条意见，要写明原因。',
    en: 'Whoever hides a comment says why.',
  },
  COMMENT_DECIDED: {
    status: 409,
    zh: '这条意见已经处理过。',
    en: 'This comment has been dealt with.',
  },
} as const satisfies RefusalCatalogue;
export type CommentRefusal = keyof typeof commentRefusals;

export const answers = ['adopted', 'partly', 'declined'] as const;
export type Answer = (typeof answers)[number];

const commentOut = z.object({
  number: z.int(),
  state: z.enum(['waiting', 'shown', 'hidden', 'answered']),
  article: z.string().nullable(),
  author: z.string(),
  text: z.string(),
  at: instantOut,
  outcome: z.enum([...answers, 'hidden']).nullable(),
  reasons: z.string().nullable(),
  decidedAt: instantOut.nullable(),
  mine: z.boolean(),
});
export type CommentShown = z.infer<typeof commentOut>;
const number = z.coerce.number().int().min(1).max(1_000_000);

export const commentsContract = {
  comments: endpoint({
    at: 'GET /rules/{version}/comments',
    who: 'anyone',
    summary:
      'What the public said about a version, with the answers; your own wait or are hidden with a reason 意见与答复',
    input: z.object({
      version,
      after: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: z.object({
      comments: z.array(commentOut),
      shown: z.int().describe('how many everybody sees'),
      next: z.int().nullable(),
      until: instantOut.nullable().describe('open for comments until then'),
    }),
    refusals: commentRefusals,
  }),
  comment: endpoint({
    at: 'POST /rules/{version}/comments',
    who: 'account',
    summary: 'Say what you think of a draft, under your name 写意见',
    input: z.object({
      version,
      article: articleNo.optional(),
      text: z.string().trim().min(5).max(2000),
    }),
    output: z.object({ number: z.int() }),
    refusals: commentRefusals,
    keyed: true,
  }),
  commentQueue: endpoint({
    at: 'GET /operator/rulebooks/{version}/comments',
    who: { staff: ['risk', 'support'] },
    summary: 'All comments, those that wait first',
    input: z.object({ version }),
    output: z.object({ comments: z.array(commentOut) }),
    refusals: commentRefusals,
  }),
  moderate: endpoint({
    at: 'POST /operator/rulebooks/{version}/comments/{number}/moderation',
    who: { staff: ['risk', 'support'] },
    summary: 'Show a comment, or hide it with a reason that its author reads',
    input: z.object({ version, number, show: z.boolean(), why: z.string().trim().max(1000).default('') }),
    output: z.object({ state: z.string() }),
    refusals: commentRefusals,
  }),
  answer: endpoint({
    at: 'POST /operator/rulebooks/{version}/comments/{number}/answer',
    who: { staff: ['risk', 'support'] },
    summary: 'Answer a comment with reasons, for everybody',
    input: z.object({
      version,
      number,
      outcome: z.enum(answers),
      why: z.string().trim().min(5).max(2000),
    }),
    output: z.object({ state: z.string() }),
    refusals: commentRefusals,
  }),
  subscription: endpoint({
    at: 'GET /rules/subscription',
    who: 'account',
    summary: 'Whether you are told when rules change',
    input: z.object({}),
    output: z.object({ on: z.boolean(), duty: z.boolean().describe('owners of shops are always told') }),
    refusals: {},
  }),
  subscribe: endpoint({
    at: 'PUT /rules/subscription',
    who: 'account',
    summary: 'Be told when rules change, or not any more 订阅规则变化',
    input: z.object({ on: z.boolean() }),
    output: z.object({ on: z.boolean(), duty: z.boolean() }),
    refusals: {},
  }),
};
