import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';

export const topics = ['start', 'keys', 'money', 'delivery', 'claims', 'account', 'safety', 'sell'] as const;
export type Topic = (typeof topics)[number];
export const topicWords = {
  start: { zh: '新手上路', en: 'First steps' },
  keys: { zh: '卡密与授权', en: 'Keys and licences' },
  money: { zh: '付款与退款', en: 'Paying and refunds' },
  delivery: { zh: '发货与签收', en: 'Delivery' },
  claims: { zh: '申诉与裁决', en: 'Claims and decisions' },
  account: { zh: '账户与隐私', en: 'Account and privacy' },
  safety: { zh: '防骗', en: 'Staying safe' },
  sell: { zh: '开店', en: 'Selling' },
} as const satisfies Record<Topic, Words>;
export const guideKinds = ['guide', 'question'] as const;
export type GuideKind = (typeof guideKinds)[number];

export const guideRefusals = {
  GUIDE_NOT_FOUND: { status: 404, zh: '没有这篇指南。', en: 'There is no such guide.' },
  GUIDE_UNCHANGED: {
    status: 409,
    zh: '和最新的版本一样，没有保存新版本。',
    en: 'This is what the newest version says already.',
  },
  GUIDE_VERSION_OLD: {
    status: 409,
    zh: '有人先保存了新版本，请看过再发布。',
    en: 'Somebody saved a newer version; look at it before you publish.',
  },
  POST_NOT_FOUND: { status: 404, zh: '没有这条提问。', en: 'There is no such question.' },
  POSTS_TOO_MANY: {
    status: 429,
    zh: '今天提问太多了，明天再来，急事走在线客服。',
    en: 'Too many questions today. Come back tomorrow, or write to the support.',
  },
} as const satisfies RefusalCatalogue;
export type GuideRefusal = keyof typeof guideRefusals;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const slug = z.string().regex(/^[a-z0-9-]{1,60}$/);
const title = z.object({ zh: z.string().trim().min(2).max(60), en: z.string().trim().min(2).max(120) });
const summary = z.object({ zh: z.string().trim().min(2).max(200), en: z.string().trim().min(2).max(400) });
const body = z.object({ zh: z.string().trim().min(10).max(8000), en: z.string().trim().min(10).max(16000) });

const head = {
  slug: z.string(),
  kind: z.enum(guideKinds),
  topic: z.enum(topics),
  title: wordsOut,
  summary: wordsOut,
};
const listed = z.object({ ...head, reads: z.int() });
const postOut = z.object({
  postId: idOut('post'),
  author: z.string(),
  text: z.string(),
  at: instantOut,
  answer: z.string().nullable(),
  held: z.boolean().describe('only you see it: it waits until somebody has looked at it'),
});
const managed = z.object({
  ...head,
  newest: z.int(),
  published: z.int().nullable(),
  reads: z.int(),
  useful: z.int(),
  useless: z.int(),
  at: instantOut,
  by: z.string(),
});
const staff = { staff: ['support'] } as const;

/** The help centre (F187): guides and questions, written by operators in both languages, searched, judged by their readers. */
export const guideContract = {
  help: endpoint({
    at: 'GET /help',
    who: 'anyone',
    summary: 'Guides and questions by topic, or what a search finds; Chinese needs no spaces 帮助中心 (F187)',
    input: z.object({ q: z.string().trim().max(80).default(''), topic: z.enum(topics).optional() }),
    output: z.object({
      guides: z.array(listed.extend({ excerpt: wordsOut.nullable() })),
      counts: z.array(z.object({ topic: z.enum(topics), count: z.int() })),
    }),
    refusals: {},
  }),
  guide: endpoint({
    at: 'GET /help/articles/{slug}',
    who: 'anyone',
    summary:
      'One guide with author, date and readers; what else belongs to it, the same for everybody (F210)',
    input: z.object({ slug }),
    output: z.object({
      ...head,
      body: wordsOut,
      version: z.int(),
      by: z.string(),
      at: instantOut,
      reads: z.int(),
      useful: z.int(),
      useless: z.int(),
      mine: z.boolean().nullable().describe('whether you found it useful'),
      related: z.array(listed),
      posts: z.array(postOut),
    }),
    refusals: guideRefusals,
  }),
  readGuide: endpoint({
    at: 'POST /help/articles/{slug}/reads',
    who: 'anyone',
    summary: 'Count this reading, once a session (F210)',
    input: z.object({ slug }),
    output: z.object({ reads: z.int() }),
    refusals: guideRefusals,
  }),
  judgeGuide: endpoint({
    at: 'PUT /help/articles/{slug}/vote',
    who: 'anyone',
    summary: 'Was it useful? The last answer of a session counts',
    input: z.object({ slug, useful: z.boolean(), note: z.string().trim().max(500).default('') }),
    output: z.object({ useful: z.int(), useless: z.int() }),
    refusals: guideRefusals,
  }),
  askBelow: endpoint({
    at: 'POST /help/articles/{slug}/posts',
    who: 'account',
    summary: 'Ask below a guide. Offers to recover money for a fee are held back (F130)',
    input: z.object({ slug, text: z.string().trim().min(4).max(500) }),
    output: z.object({ postId: idOut('post'), held: z.boolean() }),
    refusals: guideRefusals,
    keyed: true,
  }),
  guides: endpoint({
    at: 'GET /operator/help',
    who: staff,
    summary: 'All guides, drafts included',
    input: z.object({}),
    output: z.object({ guides: z.array(managed) }),
    refusals: {},
  }),
  guideDraft: endpoint({
    at: 'GET /operator/help/{slug}',
    who: staff,
    summary: 'A guide in its newest version, with all versions and what readers noted',
    input: z.object({ slug }),
    output: managed.extend({
      body: wordsOut,
      versions: z.array(z.object({ version: z.int(), by: z.string(), at: instantOut, title: wordsOut })),
      notes: z.array(z.object({ useful: z.boolean(), note: z.string(), version: z.int(), at: instantOut })),
    }),
    refusals: guideRefusals,
  }),
  writeGuide: endpoint({
    at: 'PUT /operator/help/{slug}',
    who: staff,
    summary: 'Save a new version as a draft; a new name makes a new guide',
    input: z.object({
      slug,
      kind: z.enum(guideKinds),
      topic: z.enum(topics),
      title,
      lead: summary,
      body,
    }),
    output: z.object({ version: z.int() }),
    refusals: guideRefusals,
  }),
  publishGuide: endpoint({
    at: 'PUT /operator/help/{slug}/publication',
    who: staff,
    summary: 'Publish the newest version, which is named so that nothing unseen goes out',
    input: z.object({ slug, newest: z.int().min(1).max(100000) }),
    output: z.object({ published: z.int() }),
    refusals: guideRefusals,
  }),
  withdrawGuide: endpoint({
    at: 'DELETE /operator/help/{slug}/publication',
    who: staff,
    summary: 'Take a guide out of the help centre; its versions stay',
    input: z.object({ slug }),
    output: z.object({ published: z.null() }),
    refusals: guideRefusals,
  }),
  heldPosts: endpoint({
    at: 'GET /operator/help-posts',
    who: staff,
    summary: 'What was asked and waits: held ones first, then those without an answer',
    input: z.object({}),
    output: z.object({
      posts: z.array(
        postOut.extend({
          slug: z.string(),
          title: wordsOut,
          heldFor: z.array(z.string()),
          state: z.enum(['shown', 'held', 'hidden']),
        }),
      ),
    }),
    refusals: {},
  }),
  decidePost: endpoint({
    at: 'POST /operator/help-posts/{postId}/decision',
    who: staff,
    summary: 'Show a question with an answer, or hide it',
    input: z.object({
      postId: idIn('post'),
      show: z.boolean(),
      answer: z.string().trim().max(1000).default(''),
    }),
    output: z.object({ state: z.enum(['shown', 'hidden']) }),
    refusals: guideRefusals,
  }),
};
