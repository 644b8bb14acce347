import { diffArrays } from 'diff';
import type { Words } from '../kit/text.ts';
import type { Article, ArticleChange, RuleBook } from './contract.ts';
import { changedArticles } from './draft.rules.ts';
import { forBuyer } from './overrides.rules.ts';
import { fill, sayParam } from './rules.ts';

export type Piece = ArticleChange['pieces'][number];

const segmenters = {
  zh: new Intl.Segmenter('zh-CN', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

const wordsOf = (text: string, language: 'zh' | 'en'): string[] =>
  [...segmenters[language].segment(text)].map(({ segment }) => segment);

/** Two texts word by word; the pieces that are same and removed give the first, those same and added the second. */
export const piecesOf = (before: string, after: string, language: 'zh' | 'en' = 'zh'): Piece[] =>
  diffArrays(wordsOf(before, language), wordsOf(after, language)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));

/** What a version changes against another, article by article, with what each number means for the buyer. */
export const changesBetween = (from: RuleBook, to: RuleBook): ArticleChange[] =>
  changedArticles(to, from).map(({ no, kind, article, before }) => ({
    no,
    kind,
    title: article.title,
    bold: article.bold,
    pieces: piecesOf(before ? fill(before.text, before.params) : '', fill(article.text, article.params)),
    plain: {
      zh: piecesOf(plainOf(before, 'zh'), plainOf(article, 'zh')),
      en: piecesOf(plainOf(before, 'en'), plainOf(article, 'en'), 'en'),
    },
    params: paramChanges(before, article),
  }));

const plainOf = (article: Article | undefined, language: 'zh' | 'en'): string =>
  article ? fill(article.plain[language], article.params, language) : '';

function paramChanges(before: Article | undefined, article: Article): ArticleChange['params'] {
  const names = [...new Set([...Object.keys(before?.params ?? {}), ...Object.keys(article.params)])];
  return names.flatMap((name) => {
    const [from, to] = [before?.params[name], article.params[name]];
    const [said, now]: (Words | null)[] = [from ? sayParam(from) : null, to ? sayParam(to) : null];
    if (said?.zh === now?.zh) return [];
    return [{ name, from: said ?? null, to: now ?? null, forBuyer: forBuyer(name, from?.v, to?.v) }];
  });
}
