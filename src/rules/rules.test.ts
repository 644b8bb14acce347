import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '../kit/time.ts';
import {
  article,
  articleOfParam,
  articlesOf,
  bookOf,
  cite,
  decideDue,
  dueBy,
  dueText,
  fill,
  hashOf,
  param,
  sayParam,
  searchArticles,
} from './rules.ts';
import { shipped } from './shelf.rules.ts';
import { termsOf } from './terms.rules.ts';

const placesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();

test('VGSR 1.0.0 has the articles 1 to 49 in order, each with texts in both languages', () => {
  const list = articlesOf(shipped.book);
  assert.deepEqual(
    list.map(({ no }) => no),
    Array.from({ length: 49 }, (_, i) => String(i + 1)),
  );
  for (const { no, text, plain, title } of list)
    for (const words of [text, plain.zh, plain.en, title.zh, title.en]) assert.ok(words.length > 1, no);
});

test('every parameter stands in the text of its article, every place of a text is a parameter, and no name comes twice', () => {
  const names: string[] = [];
  for (const { no, text, plain, params } of articlesOf(shipped.book)) {
    assert.deepEqual(placesIn(text), Object.keys(params).sort(), `article ${no}`);
    for (const name of placesIn(plain.zh + plain.en)) assert.ok(name in params, `article ${no}: ${name}`);
    names.push(...Object.keys(params));
  }
  assert.equal(new Set(names).size, names.length);
});

test('no article takes rights away that the law gives: forbidden sentences are in none', () => {
  for (const { no, text } of articlesOf(shipped.book))
    assert.doesNotMatch(
      text,
      /概不(退换|负责)|(?<!不)视为放弃|超过.{0,12}不受理|最终解释权归/,
      `article ${no}`,
    );
});

test('a published version never changes: its hash is the one we published', () => {
  assert.equal(
    hashOf(bookOf('1.0.0') ?? assert.fail()),
    'de39ea44c9eebf9341352a61ea6fd00d6a05c3e73742c1de9b3df4eebaa85d58',
  );
});

test('parameters have the values of the rulebook', () => {
  const read = (
    [
      'CARD_VERIFY_WINDOW',
      'MERCHANT_REMEDY',
      'ESCALATE',
      'DECIDE',
      'AUTO_CONFIRM_REVEALED',
      'SETTLE_DAYS_TRUSTED',
      'SETTLE_DAYS_PROBATION',
      'PAYMENT_HOLD',
      'RESERVED_PER_BUYER',
      'RESERVED_PER_LISTING',
      'RESERVED_PER_ADDRESS',
      'RESERVED_SHARE',
      'REISSUE_LIMIT',
      'REVEAL_STEP_UP',
    ] as const
  ).map((name) => [name, param('1.0.0', name), articleOfParam('1.0.0', name)]);
  assert.deepEqual(read, [
    ['CARD_VERIFY_WINDOW', 2, '5'],
    ['MERCHANT_REMEDY', 24, '5'],
    ['ESCALATE', 48, '26'],
    ['DECIDE', 3, '27'],
    ['AUTO_CONFIRM_REVEALED', 24, '41'],
    ['SETTLE_DAYS_TRUSTED', 1, '42'],
    ['SETTLE_DAYS_PROBATION', 7, '42'],
    ['PAYMENT_HOLD', 15, '43'],
    ['RESERVED_PER_BUYER', 3, '43'],
    ['RESERVED_PER_LISTING', 2, '43'],
    ['RESERVED_PER_ADDRESS', 10, '43'],
    ['RESERVED_SHARE', 20, '43'],
    ['REISSUE_LIMIT', 2, '44'],
    ['REVEAL_STEP_UP', 20_000, '45'],
  ]);
  assert.equal(termsOf('1.0.0').revealStepUp, 20_000n);
});

test('an unknown version is a mistake of ours and never answers with another one', () => {
  assert.throws(() => param('9.9.9', 'ESCALATE'), /there is a version 9\.9\.9/);
});

test('texts are filled with numbers and units', () => {
  const { text, plain, params } = article('1.0.0', '5');
  assert.match(fill(text, params), /后2小时内完成验证/);
  assert.match(fill(plain.en, params, 'en'), /within 2 hours of seeing it/);
  assert.deepEqual(sayParam({ v: 50_000, unit: 'fen' }), { zh: '500元', en: '500 yuan' });
  assert.deepEqual(sayParam({ v: 1, unit: 'wd' }), { zh: '1个工作日', en: '1 working day' });
  for (const one of articlesOf(shipped.book)) assert.doesNotMatch(fill(one.text, one.params), /[{}]/);
});

test('F076 the worked example: a case of 00:50 must be answered by 00:50 of the next day, by article 5', () => {
  const due = dueBy('1.0.0', 'MERCHANT_REMEDY', instant('2026-11-21T00:50:00+08:00'));
  assert.equal(dueText(due.dueAt), '2026-11-22 00:50');
  assert.equal(cite('1.0.0', '5').label.zh, '《虚拟商品交易与售后规范》1.0.0 第5条');
});

test('F158 a computed deadline says its article and its end; what is no time limit is refused', () => {
  const startAt = instant('2026-02-13T20:00:00+08:00');
  const due = decideDue({ version: '1.0.0', no: '27', param: 'DECIDE', startAt });
  assert.ok(due.ok);
  assert.match(due.value.text.zh, /第27条，期限3个工作日，到北京时间 2026-02-25 24:00 为止/);
  const provisional = decideDue({
    version: '1.0.0',
    no: '27',
    param: 'DECIDE',
    startAt: instant('2026-12-30T12:00:00+08:00'),
  });
  assert.ok(provisional.ok && provisional.value.provisional);
  assert.match(provisional.value.text.en, /can only become later/);
  const refusals = [
    { version: '0.1.0', no: '27', param: 'DECIDE', startAt },
    { version: '1.0.0', no: '99', param: 'DECIDE', startAt },
    { version: '1.0.0', no: '27', param: 'ESCALATE', startAt },
    { version: '1.0.0', no: '9', param: 'SAMPLE_RATE', startAt },
    { version: '1.0.0', no: '27', param: 'constructor', startAt },
  ].map((asked) => {
    const answer = decideDue(asked);
    return answer.ok ? 'done' : answer.refusal;
  });
  assert.deepEqual(refusals, [
    'RULEBOOK_NOT_FOUND',
    'ARTICLE_NOT_FOUND',
    'PARAM_HAS_NO_CLOCK',
    'PARAM_HAS_NO_CLOCK',
    'PARAM_HAS_NO_CLOCK',
  ]);
});

test('search finds articles by words of either language and by number', () => {
  const book = bookOf('1.0.0') ?? assert.fail();
  const numbers = (wanted: string): string[] => searchArticles(book, wanted).map(({ no }) => no);
  assert.ok(numbers('补发 退款').includes('5'));
  assert.ok(numbers('replaces refunds').includes('5'));
  assert.deepEqual(numbers('第43条'), ['43']);
  assert.deepEqual(numbers('根本没有这样的词'), []);
});
