import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { publicStates } from './machine.ts';

/** elapsed: hours run through. day: calendar days of Beijing. workday: Chinese working days with 调休 (article 6). */
export const clocks = ['elapsed', 'day', 'workday'] as const;
export type Clock = (typeof clocks)[number];
export const units = ['min', 'h', 'd', 'wd', 'months', 'years', '%', 'fen', 'count', 'text'] as const;
export type Unit = (typeof units)[number];

/** A number of the rulebook. `min` and `max`: between these a shop may promise the buyer more than the article. */
export type Param<V extends number | string = number | string> = {
  readonly v: V;
  readonly unit: Unit;
  readonly clock?: Clock;
  readonly min?: number;
  readonly max?: number;
};
type Range = { readonly min: number; readonly max: number };

const amount =
  (unit: Unit, clock?: Clock) =>
  <const V extends number>(v: V, range?: Range): Param<V> => ({
    v,
    unit,
    ...(clock ? { clock } : {}),
    ...range,
  });

export const minutes = amount('min', 'elapsed');
export const hours = amount('h', 'elapsed');
/** Calendar days: the first is not counted, the last ends at 24:00 and moves past days off. */
export const days = amount('d', 'day');
/** Days of 24 hours each. */
export const fullDays = amount('d', 'elapsed');
export const workdays = amount('wd', 'workday');
export const months = amount('months');
export const years = amount('years');
export const percent = amount('%');
export const money = amount('fen');
export const count = amount('count');
export const words = <const V extends string>(v: V): Param<V> => ({ v, unit: 'text' });

export type Article = {
  /** Stable and never given to another text. */
  readonly no: string;
  readonly title: Words;
  /** Must be shown conspicuously (显著提示). */
  readonly bold: boolean;
  /** The binding text, in Chinese, with {PARAM} places. */
  readonly text: string;
  /** What it means, in a plain sentence. */
  readonly plain: Words;
  readonly params: Readonly<Record<string, Param>>;
  readonly law: readonly string[];
};
export type Chapter = { readonly title: Words; readonly articles: readonly Article[] };

/**
 * What an article brings about. deadline: a row of kit.deadlines (`id` is its kind) that begins with `start` and makes one of the transitions
 * `onExpiry` when it ends; without parameters it is a promise of the listing. window: how long `on` may be done, or a bound that it keeps. burden, presumption, remedy, penalty: what a decision takes from it.
 * Transitions are named by the table of the machine and the event: 'order.lapse'.
 */
export type Effect = {
  /** Whose effect it is. */
  readonly article: string;
  readonly params?: readonly string[];
} & (
  | {
      readonly kind: 'deadline';
      readonly id: string;
      readonly start: string;
      readonly who: Role;
      readonly onExpiry: readonly string[];
    }
  | { readonly kind: 'window'; readonly on: string; readonly who: Role }
  | { readonly kind: 'burden'; readonly fact: string; readonly on: Role }
  | { readonly kind: 'presumption'; readonly fact: string; readonly inFavour: Role }
  | { readonly kind: 'remedy'; readonly order: readonly string[] }
  | { readonly kind: 'penalty'; readonly ladder: readonly string[] }
);
export type Role = 'buyer' | 'merchant' | 'platform' | 'both';

/** One version, as it is hashed. When it was announced and takes effect is said by its life (machine.ts), not by the text. */
export type RuleBook = {
  readonly code: 'VGSR';
  readonly title: Words;
  readonly version: string;
  /** The version it changes; null for the first. */
  readonly base: string | null;
  /** Important changes concern rights that matter; they are announced longer beforehand (article 2). */
  readonly importance: 'general' | 'important';
  /** Orders that were paid before it: keep theirs, or take a parameter of this one where it is better for the buyer (article 1). */
  readonly ordersBefore: 'old_version' | 'better_for_buyer';
  /** What changes and why, in a few sentences for everybody. */
  readonly reasons: Words;
  readonly chapters: readonly Chapter[];
  readonly effects: readonly Effect[];
};

export const rulesRefusals = {
  RULEBOOK_NOT_FOUND: {
    status: 404,
    zh: '没有这个版本的规则。',
    en: 'There is no such version of the rules.',
  },
  VERSIONS_NOT_COMPARABLE: {
    status: 422,
    zh: '请选两个不同的版本来比。',
    en: 'Choose two different versions to compare.',
  },
  ARTICLE_NOT_FOUND: { status: 404, zh: '没有这一条规则。', en: 'There is no such article.' },
  PARAM_HAS_NO_CLOCK: {
    status: 422,
    zh: '这一条里没有这个期限。',
    en: 'The article has no such time limit.',
  },
} as const satisfies RefusalCatalogue;
export type RulesRefusal = keyof typeof rulesRefusals;

export const wordsOut = z.object({ zh: z.string(), en: z.string() });
const paramOut = z.object({
  name: z.string(),
  v: z.union([z.number(), z.string()]),
  unit: z.enum(units),
  clock: z.enum(clocks).nullable(),
  said: wordsOut.describe('as the text says it'),
});
export const articleOut = z.object({
  no: z.string(),
  title: wordsOut,
  bold: z.boolean(),
  text: z.string().describe('the binding text, in Chinese, with its numbers'),
  plain: wordsOut.describe('the meaning in a plain sentence'),
  params: z.array(paramOut),
  law: z.array(z.string()),
  examples: z.array(wordsOut).describe('each time limit of it, worked out from a fixed start'),
});
export type ArticleShown = z.infer<typeof articleOut>;
export const headOut = z.object({
  code: z.string(),
  title: wordsOut,
  version: z.string(),
  base: z.string().nullable().describe('the version it changes'),
  state: z.enum(publicStates),
  importance: z.enum(['general', 'important']),
  ordersBefore: z.enum(['old_version', 'better_for_buyer']).describe('what holds for orders paid before it'),
  reasons: wordsOut.describe('what changes and why'),
  consultFrom: instantOut.nullable(),
  consultUntil: instantOut.nullable(),
  announcedAt: instantOut.nullable(),
  effectiveAt: instantOut.nullable(),
  sha256: z.string().describe('of the canonical JSON (RFC 8785) of the whole version'),
});
export const version = z
  .string()
  .max(20)
  .meta({ examples: ['1.0.0'] });
export const articleNo = z
  .string()
  .max(10)
  .meta({ examples: ['5'] });

const pieceOut = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
const articleChange = z.object({
  no: z.string(),
  kind: z.enum(['added', 'changed']),
  title: wordsOut,
  bold: z.boolean(),
  pieces: z.array(pieceOut).describe('the binding text, word by word'),
  plain: z.object({ zh: z.array(pieceOut), en: z.array(pieceOut) }),
  params: z.array(
    z.object({
      name: z.string(),
      from: wordsOut.nullable(),
      to: wordsOut.nullable(),
      forBuyer: z.enum(['better', 'worse', 'neither']),
    }),
  ),
});
export type ArticleChange = z.infer<typeof articleChange>;
const wordsBoth = { book: headOut, article: articleOut };

export const rulesContract = {
  list: endpoint({
    at: 'GET /rules',
    who: 'anyone',
    summary: 'Versions of the rulebook that the public may see, oldest first 规则的各个版本',
    input: z.object({}),
    output: z.object({ books: z.array(headOut), current: z.string().describe('the version in force now') }),
    refusals: {},
  }),
  read: endpoint({
    at: 'GET /rules/{version}',
    who: 'anyone',
    summary: 'A whole version 一个版本的全文',
    input: z.object({ version }),
    output: headOut.extend({
      chapters: z.array(z.object({ title: wordsOut, articles: z.array(articleOut) })),
      calendars: z.array(z.object({ version: z.string(), from: z.string(), to: z.string() })),
    }),
    refusals: rulesRefusals,
  }),
  article: endpoint({
    at: 'GET /rules/{version}/articles/{no}',
    who: 'anyone',
    summary: 'One article 一条规则',
    input: z.object({ version, no: articleNo }),
    output: z.object(wordsBoth),
    refusals: rulesRefusals,
  }),
  search: endpoint({
    at: 'GET /rules/{version}/search',
    who: 'anyone',
    summary: 'Articles that hold all these words 查找规则',
    input: z.object({ version, q: z.string().trim().min(1).max(60) }),
    output: z.object({ articles: z.array(articleOut) }),
    refusals: rulesRefusals,
  }),
  diff: endpoint({
    at: 'GET /rules/{version}/changes',
    who: 'anyone',
    summary: 'What a version changes against another, article by article and word by word 两个版本的对比',
    input: z.object({ version, from: version }),
    output: z.object({ from: headOut, to: headOut, articles: z.array(articleChange) }),
    refusals: rulesRefusals,
  }),
  download: endpoint({
    at: 'GET /rules/{version}/file',
    who: 'anyone',
    summary: 'A whole version as Markdown or as the canonical JSON that its hash is made of 下载全文',
    input: z.object({ version, format: z.enum(['md', 'json']).default('md') }),
    output: z.file(),
    refusals: rulesRefusals,
  }),
  due: endpoint({
    at: 'GET /rules/{version}/articles/{no}/due',
    who: 'anyone',
    summary: 'When a time limit ends 期限算到哪一刻',
    input: z.object({ version, no: articleNo, param: z.string().max(40), startAt: instantIn }),
    output: z.object({
      dueAt: instantOut,
      clock: z.enum(clocks),
      provisional: z.boolean().describe('it reaches into a year whose days off are not published yet'),
      calendar: z.string(),
      text: wordsOut,
    }),
    refusals: rulesRefusals,
  }),
};
