import { canonicalJson } from '../kit/json.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant } from '../kit/time.ts';
import { reader } from '../kit/tx.ts';
import { coveredYears } from './calendar.rules.ts';
import { rulesContract, type Article, type ArticleShown, type RuleBook } from './contract.ts';
import { changesBetween } from './diff.rules.ts';
import { decideDue, fill, findArticle, sayParam, searchArticles } from './rules.ts';
import { bookOf, hashOf, shelved, shelvedOf, versionAt, type Life, type Shelved } from './shelf.rules.ts';
import { examplesOf, markdownOf } from './text.rules.ts';

// The published rulebook is public and the same for everybody: no route here looks at who asks, and none asks the database for a text.

export const headOf = (book: RuleBook, life: Life) => ({
  code: book.code,
  title: book.title,
  version: book.version,
  base: book.base,
  importance: book.importance,
  ordersBefore: book.ordersBefore,
  reasons: book.reasons,
  sha256: hashOf(book),
  consultFrom: life.consultFrom,
  consultUntil: life.consultUntil,
  announcedAt: life.announcedAt,
  effectiveAt: life.effectiveAt,
});

const head = ({ book, life }: Shelved) => ({
  ...headOf(book, life),
  state: life.state as 'in_force',
});

export const shownArticle = (article: Article): ArticleShown => {
  const { no, title, bold, text, plain, params, law } = article;
  return {
    no,
    title,
    bold,
    text: fill(text, params),
    plain: { zh: fill(plain.zh, params), en: fill(plain.en, params, 'en') },
    params: Object.entries(params).map(([name, param]) => ({
      name,
      v: param.v,
      unit: param.unit,
      clock: param.clock ?? null,
      said: sayParam(param),
    })),
    law: [...law],
    examples: examplesOf(article),
  };
};

export const rulesRoutes = {
  list: serve(rulesContract.list, async ({ db }) => {
    const { business } = await reader(db);
    return done({ books: shelved().map(head), current: versionAt(business) });
  }),
  read: serve(rulesContract.read, async (_, { version }) => {
    const one = shelvedOf(version);
    if (!one) return refuse('RULEBOOK_NOT_FOUND');
    const chapters = one.book.chapters.map(({ title, articles }) => ({
      title,
      articles: articles.map(shownArticle),
    }));
    return done({ ...head(one), chapters, calendars: coveredYears() });
  }),
  article: serve(rulesContract.article, async (_, { version, no }) => {
    const one = shelvedOf(version);
    if (!one) return refuse('RULEBOOK_NOT_FOUND');
    const article = findArticle(version, no);
    return article ? done({ book: head(one), article: shownArticle(article) }) : refuse('ARTICLE_NOT_FOUND');
  }),
  search: serve(rulesContract.search, async (_, { version, q }) => {
    const book = bookOf(version);
    return book
      ? done({ articles: searchArticles(book, q).map(shownArticle) })
      : refuse('RULEBOOK_NOT_FOUND');
  }),
  diff: serve(rulesContract.diff, async (_, { version, from }) => {
    const [one, other] = [shelvedOf(from), shelvedOf(version)];
    if (!one || !other) return refuse('RULEBOOK_NOT_FOUND');
    if (from === version) return refuse('VERSIONS_NOT_COMPARABLE');
    return done({ from: head(one), to: head(other), articles: changesBetween(one.book, other.book) });
  }),
  download: serve(rulesContract.download, async (_, { version, format }) => {
    const one = shelvedOf(version);
    if (!one) return refuse('RULEBOOK_NOT_FOUND');
    const name = `VGSR-${version}`;
    return done(
      format === 'json'
        ? new File([canonicalJson(one.book)], `${name}.json`, { type: 'application/json' })
        : new File([markdownOf(one)], `${name}.md`, { type: 'text/markdown; charset=utf-8' }),
    );
  }),
  due: serve(rulesContract.due, async (_, input) => {
    const due = decideDue({ ...input, startAt: instant(input.startAt) });
    if (!due.ok) return due;
    const { dueAt, clock, provisional, calendar: version, text } = due.value;
    return done({ dueAt, clock, provisional, calendar: version, text });
  }),
};
