import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { beijingText, instant, type Instant } from '../kit/time.ts';
import { dueWithPauses, type DueDate, type Limit, type Pause } from './calendar.rules.ts';
import type { Article, Param, RuleBook, RulesRefusal } from './contract.ts';
import { bookOf } from './shelf.rules.ts';
import type { vgsr100 } from './vgsr-1.0.0.data.ts';

export { bookOf, hashOf, versionAt } from './shelf.rules.ts';

type Data = (typeof vgsr100)['chapters'][number]['articles'][number];
type ParamsOf<A> = A extends { readonly params: infer P } ? P : never;
type KeyOf<P> = P extends unknown ? keyof P : never;
export type ParamName = KeyOf<ParamsOf<Data>> & string;
type ValueAt<P, N> = P extends unknown ? (N extends keyof P ? P[N] : never) : never;
type ValueOf<N extends ParamName> = ValueAt<ParamsOf<Data>, N> extends Param<infer V> ? V : never;

export const articlesOf = (book: RuleBook): Article[] =>
  book.chapters.flatMap(({ articles }) => [...articles]);

/** One article of a version, for what exists; screens ask findArticle. */
export const article = (version: string, no: string): Article =>
  must(findArticle(version, no), `version ${version} has article ${no}`);

export function findArticle(version: string, no: string): Article | undefined {
  const book = bookOf(version);
  return book && articlesOf(book).find((one) => one.no === no);
}

type Place = { readonly article: string; readonly param: Param };
const paramIndex = new WeakMap<RuleBook, ReadonlyMap<string, Place>>();

function paramsOf(version: string): ReadonlyMap<string, Place> {
  return paramsIn(must(bookOf(version), `there is a version ${version} of the rules`));
}

/** Every parameter of a book with the article it stands in. */
export function paramsIn(book: RuleBook): ReadonlyMap<string, Place> {
  const known = paramIndex.get(book);
  if (known) return known;
  const index = new Map(
    articlesOf(book).flatMap(({ no, params }) =>
      Object.entries(params).map(([name, param]) => [name, { article: no, param }] as const),
    ),
  );
  paramIndex.set(book, index);
  return index;
}

const found = (version: string, name: ParamName): Place =>
  must(paramsOf(version).get(name), `version ${version} has the parameter ${name}`);

/** The value of a parameter, in the unit that its article gives: param('1.0.0', 'CARD_VERIFY_WINDOW') is 2 (hours). */
export const param = <N extends ParamName>(
  version: string,
  name: N,
): ValueOf<N> extends string ? string : number => found(version, name).param.v as never;

/** The article that a parameter stands in, for deadlines and citations. */
export const articleOfParam = (version: string, name: ParamName): string => found(version, name).article;

/** A parameter as a time limit; only for those that have a clock. */
export const limitOf = (version: string, name: ParamName): Limit =>
  must(limitFrom(found(version, name).param), `${name} is a time limit`);

export const limitFrom = ({ v, unit, clock }: Param): Limit | undefined =>
  clock && typeof v === 'number' ? { v, unit, clock } : undefined;

/** When the limit of this parameter ends, which began at `start`; declared outages are added. */
export const dueBy = (
  version: string,
  name: ParamName,
  start: Instant,
  pauses: readonly Pause[] = [],
): DueDate => dueWithPauses(start, limitOf(version, name), pauses);

const unitWords: Record<Param['unit'], { zh: string; en: readonly [one: string, many: string] }> = {
  min: { zh: '分钟', en: [' minute', ' minutes'] },
  h: { zh: '小时', en: [' hour', ' hours'] },
  d: { zh: '日', en: [' day', ' days'] },
  wd: { zh: '个工作日', en: [' working day', ' working days'] },
  months: { zh: '个月', en: [' month', ' months'] },
  years: { zh: '年', en: [' year', ' years'] },
  '%': { zh: '%', en: ['%', '%'] },
  fen: { zh: '元', en: [' yuan', ' yuan'] },
  count: { zh: '', en: ['', ''] },
  text: { zh: '', en: ['', ''] },
};

/** A parameter as the texts say it: 2小时, 2 hours. */
export function sayParam({ v, unit }: Param): Words {
  const shown = unit === 'fen' ? Number(v) / 100 : v;
  const { zh, en } = unitWords[unit];
  return { zh: `${shown}${zh}`, en: `${shown}${en[shown === 1 ? 0 : 1]}` };
}

/** A text with its {PARAM} places filled from the article. */
export const fill = (text: string, params: Article['params'], language: 'zh' | 'en' = 'zh'): string =>
  text.replace(
    /\{(\w+)\}/g,
    (_, name: string) => sayParam(must(params[name], `the text names the parameter ${name}`))[language],
  );

/** A reference that can be shown and followed. */
export type Citation = {
  book: 'VGSR';
  version: string;
  article: string;
  title: Words;
  text: string;
  label: Words;
  path: string;
};

export function cite(version: string, no: string): Citation {
  const book = must(bookOf(version), `there is a version ${version} of the rules`);
  const { title, text, params } = article(version, no);
  return {
    book: 'VGSR',
    version,
    article: no,
    title,
    text: fill(text, params),
    label: {
      zh: `《${book.title.zh}》${version} 第${no}条`,
      en: `${book.title.en} ${version}, article ${no}`,
    },
    path: `/rules/${version}/${no}`,
  };
}

/** The end of a limit as people write it: a day that ends is 24:00, not 0:00 of the next. */
export function dueText(dueAt: Instant): string {
  const text = beijingText(dueAt).slice(0, 16);
  return text.endsWith(' 00:00') ? `${beijingText(instant(dueAt - 1)).slice(0, 10)} 24:00` : text;
}

/** One limit of one article from one start: when, and the sentence that says so. Refuses what is no time limit. */
export function decideDue(p: {
  version: string;
  no: string;
  param: string;
  startAt: Instant;
}): Result<DueDate & { clock: Limit['clock']; text: Words }, RulesRefusal> {
  if (!bookOf(p.version)) return refuse('RULEBOOK_NOT_FOUND');
  const at = findArticle(p.version, p.no);
  if (!at) return refuse('ARTICLE_NOT_FOUND');
  const named = Object.hasOwn(at.params, p.param) ? at.params[p.param] : undefined;
  const limit = named && limitFrom(named);
  if (!named || !limit) return refuse('PARAM_HAS_NO_CLOCK');
  const due = dueWithPauses(p.startAt, limit, []);
  return done({ ...due, clock: limit.clock, text: dueSentence(cite(p.version, p.no), named, due) });
}

function dueSentence({ label }: Citation, named: Param, { dueAt, provisional }: DueDate): Words {
  const [said, when] = [sayParam(named), dueText(dueAt)];
  return {
    zh: `按${label.zh}，期限${said.zh}，到北京时间 ${when} 为止。${provisional ? '该年放假安排还没公布，先这样暂计，公布后只会更晚。' : ''}`,
    en: `By the ${label.en}, ${said.en}: until ${when} Beijing time.${provisional ? ' The days off of that year are not published yet; the date can only become later.' : ''}`,
  };
}

/** Articles that hold every word, in number, title, text or plain sentence. */
export function searchArticles(book: RuleBook, wanted: string): Article[] {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return articlesOf(book).filter((one) => {
    const { no, title, text, plain, params } = one;
    const whole = [
      `第${no}条 article ${no}`,
      title.zh,
      title.en,
      fill(text, params),
      fill(plain.zh, params),
      fill(plain.en, params, 'en'),
    ]
      .join('\n')
      .toLowerCase();
    return parts.every((part) => whole.includes(part));
  });
}
