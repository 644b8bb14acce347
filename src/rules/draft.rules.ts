import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { canonicalJson } from '../kit/json.ts';
import type { Article, Chapter, Param, RuleBook } from './contract.ts';
import type { ArticleGiven, DraftFinding, EditorRefusal } from './editor.contract.ts';
import { articlesOf, paramsIn } from './rules.ts';
import { shipped } from './shelf.rules.ts';
import { voidTermsIn } from './void-terms.rules.ts';

/** A new version begins as a copy of the one it changes. */
export const draftFrom = (base: RuleBook, version: string): RuleBook => ({
  ...base,
  version,
  base: base.version,
  importance: 'important',
  ordersBefore: 'better_for_buyer',
  reasons: { zh: '', en: '' },
});

/** An article as a form gives it, as the book keeps it. What a shop may promise above a number (min, max) is not the form's to change. */
export function articleFrom(no: string, given: ArticleGiven, before: Article | undefined): Article {
  const params: Record<string, Param> = {};
  for (const { name, v, unit, clock } of given.params) {
    const { min, max } = before?.params[name] ?? {};
    params[name] = {
      v,
      unit,
      ...(clock ? { clock } : {}),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    };
  }
  const { title, bold, text, plain, law } = given;
  return { no, title, bold, text, plain, params, law };
}

/** An article as a form shows it. */
export const givenOf = ({ title, bold, text, plain, params, law }: Article): ArticleGiven => ({
  title,
  bold,
  text,
  plain,
  params: Object.entries(params).map(([name, { v, unit, clock }]) => ({
    name,
    v,
    unit,
    clock: clock ?? null,
  })),
  law: [...law],
});

/** The book with this article in its place; a new one goes to the end of the last chapter, "5-1" behind "5". */
export function withArticle(book: RuleBook, article: Article): RuleBook {
  const at = book.chapters.findIndex(({ articles }) => articles.some((one) => one.no === article.no));
  if (at >= 0)
    return {
      ...book,
      chapters: replaced(book.chapters, at, (list) =>
        list.map((one) => (one.no === article.no ? article : one)),
      ),
    };
  const parent = article.no.split('-')[0];
  const home = book.chapters.findIndex(({ articles }) => articles.some((one) => one.no === parent));
  const chapter = article.no.includes('-') && home >= 0 ? home : book.chapters.length - 1;
  return {
    ...book,
    chapters: replaced(book.chapters, chapter, (list) =>
      [...list, article].sort((a, b) => order(a.no) - order(b.no)),
    ),
  };
}

const order = (no: string): number => {
  const [whole = 0, part = 0] = no.split('-').map(Number);
  return whole * 100 + part;
};

const replaced = (
  chapters: readonly Chapter[],
  at: number,
  change: (list: readonly Article[]) => readonly Article[],
): Chapter[] =>
  chapters.map((chapter, i) => (i === at ? { ...chapter, articles: change(chapter.articles) } : chapter));

export type Changed = {
  readonly no: string;
  readonly kind: 'added' | 'changed';
  readonly article: Article;
  readonly before: Article | undefined;
};

/** The articles that differ from another version, in order. */
export function changedArticles(book: RuleBook, base: RuleBook): Changed[] {
  const before = new Map(articlesOf(base).map((one) => [one.no, one]));
  return articlesOf(book).flatMap((article): Changed[] => {
    const old = before.get(article.no);
    if (!old) return [{ no: article.no, kind: 'added', article, before: undefined }];
    if (canonicalJson(old) === canonicalJson(article)) return [];
    return [{ no: article.no, kind: 'changed', article, before: old }];
  });
}

/**
 * Whether a change concerns rights that matter, so that it is announced longer beforehand whatever its author says (article 2): a number, a
 * text that must be shown conspicuously, or a new article. Better wording of a plain sentence is not.
 */
export const isImportant = ({ article, before }: Changed): boolean =>
  !before ||
  canonicalJson(before.params) !== canonicalJson(article.params) ||
  ((article.bold || before.bold) && (before.text !== article.text || before.bold !== article.bold));

// Below these no rule may go, whatever the consultation says: E-Commerce Law 31 and 34, the platform rules of 2026, Consumer Law 25 and 55.
const floors: Readonly<Record<string, { min?: number; max?: number; law: string }>> = {
  GENERAL_NOTICE: { min: 7, law: '电子商务法第34条' },
  IMPORTANT_NOTICE: { min: 15, law: '网络交易平台规则监督管理办法（2026）' },
  HISTORY: { min: 3, law: '网络交易平台规则监督管理办法（2026）' },
  RETAIN: { min: 3, law: '电子商务法第31条' },
  REVERIFY: { max: 6, law: '网络交易监督管理办法第24条' },
  NO_REASON: { min: 7, law: '消费者权益保护法第25条' },
  RETURN_REFUND: { max: 7, law: '消费者权益保护法第25条' },
  LAW_MAX: { max: 15, law: '侵害消费者权益行为处罚办法第9条' },
  FRAUD_MIN: { min: 50_000, law: '消费者权益保护法第55条' },
};

const fault = (article: string | null, found: string, zh: string, en: string): DraftFinding => ({
  level: 'fault',
  article,
  found,
  zh,
  en,
});

/** All that keeps a draft from being shown or announced, and hints that do not. */
export function lintDraft(book: RuleBook, base: RuleBook): DraftFinding[] {
  const changed = changedArticles(book, base);
  const findings = [
    ...articlesOf(book).flatMap(articleFaults),
    ...missing(book, base),
    ...bounds(book),
    ...twice(book),
  ];
  if (changed.length === 0)
    findings.push(fault(null, '', '和现行版本没有区别。', 'It is the same as the version in force.'));
  if (!book.reasons.zh.trim() || !book.reasons.en.trim())
    findings.push(
      fault(null, '', '写明改了什么、为什么改，中英文都要。', 'Say what changes and why, in both languages.'),
    );
  return [...findings, ...hints(book, base)];
}

const placesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')),
];

/** What is wrong with one article by itself. */
export function articleFaults(article: Article): DraftFinding[] {
  const { no, text, plain, params } = article;
  const names = Object.keys(params);
  const undefinedPlaces = placesIn(text + plain.zh + plain.en).filter((name) => !(name in params));
  const unsaid = names.filter((name) => !placesIn(text).includes(name));
  const voids = [text, plain.zh].flatMap(voidTermsIn);
  return [
    ...undefinedPlaces.map((name) =>
      fault(
        no,
        `{${name}}`,
        `{${name}} 没有定义成这一条的参数。`,
        `{${name}} is no parameter of this article.`,
      ),
    ),
    ...unsaid.map((name) =>
      fault(
        no,
        name,
        `参数 ${name} 没有写进条文。`,
        `The parameter ${name} does not stand in the binding text.`,
      ),
    ),
    ...voids.map(({ term, found }) => fault(no, found, term.zh, term.en)),
    ...Object.entries(params).flatMap(([name, param]) => paramFaults(no, name, param)),
    ...(/[<>]/.test(text + plain.zh + plain.en)
      ? [fault(no, '<', '条文里不能有尖括号。', 'An article holds no angle brackets.')]
      : []),
  ];
}

function paramFaults(no: string, name: string, { v, unit, clock }: Param): DraftFinding[] {
  const timed = ['min', 'h', 'd', 'wd'].includes(unit);
  const fits = clock === undefined ? !timed : clock === 'workday' ? unit === 'wd' : timed && unit !== 'wd';
  return [
    ...(typeof v === 'number' && !Number.isInteger(v)
      ? [fault(no, name, `${name} 要是整数。`, `${name} is a whole number.`)]
      : []),
    ...((unit === 'text') !== (typeof v === 'string')
      ? [fault(no, name, `${name} 的值和单位对不上。`, `The value of ${name} does not fit its unit.`)]
      : []),
    ...(clock === 'day' && unit !== 'd'
      ? [fault(no, name, `${name} 按日计，单位要是日。`, `${name} is counted in days.`)]
      : []),
    ...(fits ? [] : [fault(no, name, `${name} 的时钟和单位对不上。`, `The clock of ${name} does not fit.`)]),
  ];
}

/** Articles keep their numbers for ever, and what the program reads must be there in the unit that it knows. */
function missing(book: RuleBook, base: RuleBook): DraftFinding[] {
  const numbers = new Set(articlesOf(book).map(({ no }) => no));
  const params = paramsIn(book);
  const gone = articlesOf(base).filter(({ no }) => !numbers.has(no));
  return [
    ...gone.map(({ no }) =>
      fault(no, '', `第${no}条不能删，编号永远留着。`, `Article ${no} cannot go; its number stays.`),
    ),
    ...[...paramsIn(shipped.book)].flatMap(([name, { article, param }]) => {
      const now = params.get(name);
      if (!now)
        return [
          fault(article, name, `系统在用参数 ${name}，不能删。`, `The program reads ${name}; it must stay.`),
        ];
      if (now.param.unit === param.unit && now.param.clock === param.clock && now.article === article)
        return [];
      return [
        fault(
          article,
          name,
          `参数 ${name} 的单位、时钟和所在条不能变。`,
          `Unit, clock and article of ${name} cannot change.`,
        ),
      ];
    }),
  ];
}

function bounds(book: RuleBook): DraftFinding[] {
  return [...paramsIn(book)].flatMap(([name, { article, param }]) => {
    const floor = floors[name];
    if (!floor || typeof param.v !== 'number') return [];
    if (param.v >= (floor.min ?? param.v) && param.v <= (floor.max ?? param.v)) return [];
    return [
      fault(
        article,
        `${name}=${param.v}`,
        `${name} 低于法律规定（${floor.law}）。`,
        `${name} is less than the law gives.`,
      ),
    ];
  });
}

function twice(book: RuleBook): DraftFinding[] {
  const seen = new Set<string>();
  return articlesOf(book).flatMap(({ no, params }) =>
    Object.keys(params).flatMap((name) => {
      if (!seen.has(name)) return (seen.add(name), []);
      return [fault(no, name, `参数 ${name} 出现了两次。`, `The parameter ${name} comes twice.`)];
    }),
  );
}

function hints(book: RuleBook, base: RuleBook): DraftFinding[] {
  const used = new Set(book.effects.flatMap(({ params = [] }) => params));
  const unread = [...paramsIn(book)].filter(([name]) => !used.has(name) && !paramsIn(shipped.book).has(name));
  const same = changedArticles(book, base).filter(
    ({ article, before }) =>
      before && before.text !== article.text && canonicalJson(before.plain) === canonicalJson(article.plain),
  );
  return [
    ...unread.map(([name, { article }]) => ({
      ...fault(
        article,
        name,
        `系统不读参数 ${name}，只是写给人看。`,
        `The program does not read ${name}; it is for people only.`,
      ),
      level: 'hint' as const,
    })),
    ...same.map(({ no }) => ({
      ...fault(no, '', '条文改了，白话没有改。', 'The binding text changed, the plain sentence did not.'),
      level: 'hint' as const,
    })),
  ];
}

/** Whether the importance that a draft states is enough for its changes. */
export const importanceOf = (book: RuleBook, base: RuleBook): RuleBook['importance'] =>
  book.importance === 'important' || changedArticles(book, base).some(isImportant) ? 'important' : 'general';

export type Gate = {
  readonly book: RuleBook;
  readonly base: RuleBook;
  readonly consultUntil: Instant | null;
  readonly unanswered: number;
  /** The first instant at which it may take effect, if it is announced now. */
  readonly earliest: Instant;
  readonly effectiveAt: Instant;
  readonly now: Instant;
};

/** Whether a version may be announced: F092, articles 2 and 28. The first reason that it may not, with its numbers. */
export function decidePublication(gate: Gate): Result<true, EditorRefusal> {
  const { book, base, consultUntil, unanswered, earliest, effectiveAt, now } = gate;
  const faults = lintDraft(book, base).filter(({ level }) => level === 'fault');
  if (faults.length > 0)
    return refuse('DRAFT_HAS_FAULTS', { faults: faults.length, first: must(faults[0], 'a fault').zh });
  if (importanceOf(book, base) !== book.importance) return refuse('IMPORTANCE_TOO_LOW');
  if (consultUntil === null || consultUntil > now)
    return refuse('CONSULTATION_RUNNING', consultUntil === null ? {} : { until: consultUntil });
  if (unanswered > 0) return refuse('COMMENTS_UNANSWERED', { count: unanswered });
  if (effectiveAt < earliest) return refuse('NOTICE_TOO_SHORT', { earliest });
  return done(true);
}
