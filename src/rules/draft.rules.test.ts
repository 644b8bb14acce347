import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant } from '../kit/time.ts';
import type { Article, RuleBook } from './contract.ts';
import { changesBetween, piecesOf } from './diff.rules.ts';
import {
  articleFaults,
  articleFrom,
  changedArticles,
  decidePublication,
  draftFrom,
  givenOf,
  importanceOf,
  lintDraft,
  withArticle,
  type Gate,
} from './draft.rules.ts';
import { articlesOf, fill, paramsIn } from './rules.ts';
import { compareVersions, hashOf, shelve, shelved, shipped, versionAt, type Shelved } from './shelf.rules.ts';
import { markdownOf } from './text.rules.ts';
import { voidTermsIn } from './void-terms.rules.ts';

const base = shipped.book;
const articleOf = (no: string, book: RuleBook = base): Article =>
  articlesOf(book).find((one) => one.no === no) ?? assert.fail(no);
const reasons = { zh: '为了更快', en: 'To be faster' };
const draft = (change: (article: Article) => Article, no = '5'): RuleBook => ({
  ...withArticle(draftFrom(base, '1.1.0'), change(articleOf(no))),
  reasons,
});
const withParam = (name: string, v: number, no: string): RuleBook =>
  draft(
    (one) => ({
      ...one,
      params: { ...one.params, [name]: { ...(one.params[name] ?? assert.fail(name)), v } },
    }),
    no,
  );
const faultsOf = (book: RuleBook): string[] =>
  lintDraft(book, base)
    .filter(({ level }) => level === 'fault')
    .map(({ article, found }) => `${article ?? '—'} ${found}`);

test('the shipped rulebook has no fault of its own', () => {
  for (const article of articlesOf(base))
    assert.deepEqual(articleFaults(article), [], `article ${article.no}`);
});

// What the report finds, planted one by one.
const planted: readonly (readonly [what: string, book: RuleBook, found: RegExp])[] = [
  [
    'a place without a parameter',
    draft((one) => ({ ...one, text: `${one.text}{NOTHING}` })),
    /5 \{NOTHING\}/,
  ],
  [
    'a parameter that the text does not say',
    draft((one) => ({ ...one, text: one.text.replace('{MERCHANT_REMEDY}', '二十四小时') })),
    /5 MERCHANT_REMEDY/,
  ],
  ['a void term', draft((one) => ({ ...one, text: `${one.text}一经售出概不退换。` })), /概不退/],
  [
    'a void term in the plain words',
    draft((one) => ({ ...one, plain: { ...one.plain, zh: '平台有最终解释权' } })),
    /最终解释权/,
  ],
  ['an angle bracket', draft((one) => ({ ...one, text: `${one.text}<b>` })), /5 </],
  ['a notice shorter than the law', withParam('GENERAL_NOTICE', 5, '2'), /2 GENERAL_NOTICE=5/],
  [
    'an important notice shorter than the law',
    withParam('IMPORTANT_NOTICE', 14, '2'),
    /2 IMPORTANT_NOTICE=14/,
  ],
  ['records kept too short', withParam('RETAIN', 2, '10'), /10 RETAIN=2/],
  ['returned money too late', withParam('RETURN_REFUND', 10, '31'), /31 RETURN_REFUND=10/],
  ['less than the law gives for fraud', withParam('FRAUD_MIN', 40_000, '33'), /33 FRAUD_MIN=40000/],
  [
    'a parameter that the program reads and that is gone',
    draft((one) => ({
      ...one,
      text: one.text.replace('{MERCHANT_REMEDY}', ''),
      plain: { zh: '一', en: 'a' },
      params: { CARD_VERIFY_WINDOW: one.params['CARD_VERIFY_WINDOW'] ?? assert.fail() },
    })),
    /5 MERCHANT_REMEDY/,
  ],
  [
    'another unit',
    draft((one) => ({
      ...one,
      params: { ...one.params, MERCHANT_REMEDY: { v: 1, unit: 'd', clock: 'day' } },
    })),
    /5 MERCHANT_REMEDY/,
  ],
  [
    'a clock that does not fit its unit',
    draft((one) => ({
      ...one,
      params: { ...one.params, MERCHANT_REMEDY: { v: 3, unit: 'wd', clock: 'elapsed' } },
    })),
    /5 MERCHANT_REMEDY/,
  ],
  ['half an hour', withParam('MERCHANT_REMEDY', 1.5, '5'), /5 MERCHANT_REMEDY/],
  [
    'the same name in two articles',
    draft((one) => ({
      ...one,
      text: `${one.text}{ESCALATE}`,
      params: { ...one.params, ESCALATE: { v: 1, unit: 'h', clock: 'elapsed' } },
    })),
    /ESCALATE/,
  ],
  ['no change at all', { ...draftFrom(base, '1.1.0'), reasons }, /— /],
  ['no reasons', { ...withParam('MERCHANT_REMEDY', 12, '5'), reasons: { zh: '', en: '' } }, /— /],
  [
    'an article that is gone',
    {
      ...withParam('MERCHANT_REMEDY', 12, '5'),
      chapters: base.chapters.map((one) => ({
        ...one,
        articles: one.articles.filter(({ no }) => no !== '4'),
      })),
    },
    /^4 /m,
  ],
];
for (const [what, book, found] of planted)
  test(`F157 the report finds ${what}`, () => assert.match(faultsOf(book).join('\n'), found));

test('a sound draft has no fault, and a hint where the plain words were forgotten', () => {
  const book = draft((one) => ({ ...one, text: `${one.text}补发以两次为限。` }));
  assert.deepEqual(faultsOf(book), []);
  assert.deepEqual(
    lintDraft(book, base).map(({ level, article }) => [level, article]),
    [['hint', '5']],
  );
});

test('void terms are found through spaces and wide letters, and what denies them is not one', () => {
  for (const text of [
    '概 不 退 换',
    '一经售出，不退',
    '本店享有最终解释权',
    '超过2小时不受理',
    '买家不得投诉',
  ])
    assert.equal(voidTermsIn(text).length, 1, text);
  for (const text of [
    '不得以“虚拟商品不支持退换”拒绝处理',
    '平台不享有最终解释权',
    '不限制消费者依法投诉',
    '超过验证时限不丧失申诉权',
  ])
    assert.deepEqual(voidTermsIn(text), [], text);
});

test('F092 a number, a conspicuous text or a new article is important; better plain words are not', () => {
  const general = (book: RuleBook): RuleBook => ({ ...book, importance: 'general' });
  assert.equal(importanceOf(general(withParam('SAMPLE_RATE', 6, '9')), base), 'important');
  assert.equal(
    importanceOf(general(draft((one) => ({ ...one, text: `${one.text}好。` }), '4')), base),
    'important',
  );
  assert.equal(importanceOf(general(draft((one) => ({ ...one, no: '46' }), '24')), base), 'important');
  assert.equal(
    importanceOf(general(draft((one) => ({ ...one, text: `${one.text}好。` }), '24')), base),
    'general',
  );
  assert.equal(
    importanceOf(general(draft((one) => ({ ...one, plain: { zh: '白', en: 'plain' } }))), base),
    'general',
  );
});

const now = instant('2026-11-20T12:00:00+08:00');
const gate = (parts: Partial<Gate>): Gate => ({
  book: withParam('MERCHANT_REMEDY', 12, '5'),
  base,
  consultUntil: now,
  unanswered: 0,
  earliest: now,
  effectiveAt: now,
  now,
  ...parts,
});
const gates: readonly (readonly [what: string, parts: Partial<Gate>, refusal: string])[] = [
  ['everything is done', {}, 'done'],
  ['there are faults', { book: withParam('GENERAL_NOTICE', 5, '2') }, 'DRAFT_HAS_FAULTS'],
  [
    'it says general and is important',
    { book: { ...gate({}).book, importance: 'general' } },
    'IMPORTANCE_TOO_LOW',
  ],
  ['nobody was asked', { consultUntil: null }, 'CONSULTATION_RUNNING'],
  ['people are still being asked', { consultUntil: instant(now + 1) }, 'CONSULTATION_RUNNING'],
  ['somebody has no answer', { unanswered: 1 }, 'COMMENTS_UNANSWERED'],
  ['the notice is a millisecond short', { effectiveAt: instant(now - 1) }, 'NOTICE_TOO_SHORT'],
];
for (const [what, parts, refusal] of gates)
  test(`F092 the gate when ${what}: ${refusal}`, () => {
    const answer = decidePublication(gate(parts));
    assert.equal(answer.ok ? 'done' : answer.refusal, refusal);
  });

test('F092 a comparison tells which article changes, its words, and whether the buyer gains', () => {
  const book = withParam('MERCHANT_REMEDY', 12, '5');
  const [change, ...more] = changesBetween(base, book);
  assert.equal(more.length, 0);
  assert.deepEqual(change?.params, [
    {
      name: 'MERCHANT_REMEDY',
      from: { zh: '24小时', en: '24 hours' },
      to: { zh: '12小时', en: '12 hours' },
      forBuyer: 'better',
    },
  ]);
  assert.equal(changesBetween(base, withParam('ESCALATE', 24, '26'))[0]?.params[0]?.forBuyer, 'worse');
  assert.deepEqual(changesBetween(base, base), []);
});

test('an article written back as a form gives it is the same article, with the bounds that no form changes', () => {
  for (const one of articlesOf(base)) assert.deepEqual(articleFrom(one.no, givenOf(one), one), one);
});

test('a new article goes to its place: 99 to the end, 5-1 behind 5', () => {
  const numbers = (no: string) =>
    articlesOf(withArticle(base, { ...articleOf('4'), no })).map((one) => one.no);
  assert.equal(numbers('99').at(-1), '99');
  const list = numbers('5-1');
  assert.equal(list[list.indexOf('5-1') - 1], '5');
});

test('the Markdown of a version holds every article with its numbers, and its hash', () => {
  const text = markdownOf(shipped);
  assert.ok(text.includes(hashOf(base)));
  for (const one of articlesOf(base))
    assert.ok(text.includes(fill(one.text, one.params)), `article ${one.no}`);
});

const settings = { seed: 20261121, numRuns: 300 };
const sentence = fc
  .array(
    fc.constantFrom('商家', '应', '在', '24', '小时', '内', '退款', '，', '。', 'the shop', ' ', '{', '补发'),
    { maxLength: 30 },
  )
  .map((list) => list.join(''));

test('a comparison loses no letter: what stayed and went is the old text, what stayed and came the new one', () => {
  fc.assert(
    fc.property(sentence, sentence, (before, after) => {
      const pieces = piecesOf(before, after);
      const side = (left: string) =>
        pieces
          .filter(({ kind }) => kind !== left)
          .map(({ text }) => text)
          .join('');
      assert.equal(side('added'), before);
      assert.equal(side('removed'), after);
    }),
    settings,
  );
});

test('whatever is changed in one article, only that article is told as changed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...articlesOf(base).map(({ no }) => no)),
      fc.string({ minLength: 1, maxLength: 40 }),
      (no, more) => {
        const book = withArticle(base, { ...articleOf(no), text: articleOf(no).text + more });
        assert.deepEqual(
          changedArticles(book, base).map((one) => one.no),
          [no],
        );
        assert.notEqual(hashOf(book), hashOf(base));
        assert.deepEqual([...paramsIn(book).keys()], [...paramsIn(base).keys()]);
      },
    ),
    settings,
  );
});

test('at every instant exactly one version binds, the last one that took effect, and announcing another changes nothing before its day', () => {
  const at = fc
    .integer({ min: 1, max: 2000 })
    .map((day) => instant(Date.parse('2026-01-01T00:00+08:00') + day * 86_400_000));
  const before = shelved();
  try {
    fc.assert(
      fc.property(fc.array(at, { maxLength: 6 }), at, (days, when) => {
        const later = days
          .toSorted((a, b) => a - b)
          .map((effectiveAt, i): Shelved => ({
            book: { ...base, version: `1.${i + 1}.0` },
            life: { ...shipped.life, state: 'announced', effectiveAt },
          }));
        shelve([shipped, ...later]);
        const expected =
          later.filter(({ life }) => (life.effectiveAt ?? 0) <= when).at(-1)?.book.version ?? '1.0.0';
        assert.equal(versionAt(when), expected);
      }),
      settings,
    );
    shelve([
      shipped,
      {
        book: { ...base, version: '1.1.0' },
        life: { ...shipped.life, state: 'consultation', effectiveAt: null },
      },
    ]);
    assert.equal(versionAt(instant('2099-01-01T00:00:00Z')), '1.0.0', 'what is only discussed binds nobody');
  } finally {
    shelve(before);
  }
});

test('versions are compared by their numbers', () => {
  const list = ['1.10.0', '1.2.0', '2.0.0', '1.2.10', '1.2.9'];
  assert.deepEqual(list.sort(compareVersions), ['1.2.0', '1.2.9', '1.2.10', '1.10.0', '2.0.0']);
});
