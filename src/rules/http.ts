import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant } from '../kit/time.ts';
import { calendar } from './calendar.data.ts';
import { rulesContract, type Article, type ArticleShown, type RuleBook } from './contract.ts';
import {
  bookOf,
  books,
  currentVersion,
  decideDue,
  fill,
  findArticle,
  hashOf,
  sayParam,
  searchArticles,
} from './rules.ts';

// The rulebook is public and the same for everybody: no route here looks at who asks.

const head = (book: RuleBook) => ({
  code: book.code,
  title: book.title,
  version: book.version,
  status: book.status,
  publishedOn: book.publishedOn,
  effectiveOn: book.effectiveOn,
  sha256: hashOf(book),
});

const shown = ({ no, title, bold, text, plain, params, law }: Article): ArticleShown => ({
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
});

const covered = calendar.years.map(({ year }) => ({
  version: calendar.version,
  from: `${year}-01-01`,
  to: `${year}-12-31`,
}));

export const rulesRoutes = {
  list: serve(rulesContract.list, async () => done({ books: books.map(head), current: currentVersion })),
  read: serve(rulesContract.read, async (_, { version }) => {
    const book = bookOf(version);
    if (!book) return refuse('RULEBOOK_NOT_FOUND');
    const chapters = book.chapters.map(({ title, articles }) => ({ title, articles: articles.map(shown) }));
    return done({ ...head(book), chapters, calendars: covered });
  }),
  article: serve(rulesContract.article, async (_, { version, no }) => {
    const book = bookOf(version);
    if (!book) return refuse('RULEBOOK_NOT_FOUND');
    const article = findArticle(version, no);
    return article ? done({ book: head(book), article: shown(article) }) : refuse('ARTICLE_NOT_FOUND');
  }),
  search: serve(rulesContract.search, async (_, { version, q }) => {
    const book = bookOf(version);
    return book ? done({ articles: searchArticles(book, q).map(shown) }) : refuse('RULEBOOK_NOT_FOUND');
  }),
  due: serve(rulesContract.due, async (_, input) => {
    const due = decideDue({ ...input, startAt: instant(input.startAt) });
    if (!due.ok) return due;
    const { dueAt, clock, provisional, calendar: version, text } = due.value;
    return done({ dueAt, clock, provisional, calendar: version, text });
  }),
};
