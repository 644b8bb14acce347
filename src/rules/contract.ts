import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';

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

export type RuleBook = {
  readonly code: 'VGSR';
  readonly title: Words;
  readonly version: string;
  readonly status: 'published' | 'retired';
  /** Beijing days. */
  readonly publishedOn: string;
  readonly effectiveOn: string;
  readonly chapters: readonly Chapter[];
};

export const rulesRefusals = {
  RULEBOOK_NOT_FOUND: {
    status: 404,
    zh: '没有这个版本的规则。',
    en: 'There is no such version of the rules.',
  },
  ARTICLE_NOT_FOUND: { status: 404, zh: '没有这一条规则。', en: 'There is no such article.' },
  PARAM_HAS_NO_CLOCK: {
    status: 422,
    zh: '这一条里没有这个期限。',
    en: 'The article has no such time limit.',
  },
} as const satisfies RefusalCatalogue;
export type RulesRefusal = keyof typeof rulesRefusals;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const paramOut = z.object({
  name: z.string(),
  v: z.union([z.number(), z.string()]),
  unit: z.enum(units),
  clock: z.enum(clocks).nullable(),
  said: wordsOut.describe('as the text says it'),
});
const articleOut = z.object({
  no: z.string(),
  title: wordsOut,
  bold: z.boolean(),
  text: z.string().describe('the binding text, in Chinese, with its numbers'),
  plain: wordsOut.describe('the meaning in a plain sentence'),
  params: z.array(paramOut),
  law: z.array(z.string()),
});
export type ArticleShown = z.infer<typeof articleOut>;
const headOut = z.object({
  code: z.string(),
  title: wordsOut,
  version: z.string(),
  status: z.enum(['published', 'retired']),
  publishedOn: z.string(),
  effectiveOn: z.string(),
  sha256: z.string().describe('of the canonical JSON (RFC 8785) of the whole book'),
});
const version = z
  .string()
  .max(20)
  .meta({ examples: ['1.0.0'] });
const articleNo = z
  .string()
  .max(10)
  .meta({ examples: ['5'] });
const wordsBoth = { book: headOut, article: articleOut };

export const rulesContract = {
  list: endpoint({
    at: 'GET /rules',
    who: 'anyone',
    summary: 'Versions of the rulebook 规则的各个版本',
    input: z.object({}),
    output: z.object({ books: z.array(headOut), current: z.string() }),
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
