import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { cleanAnswer, fitsQuestion, isSafePattern, maskAnswer, type Question } from './question.contract.ts';

const ask = (parts: Partial<Question> = {}): Question => ({
  key: 'target',
  label: '账号',
  type: 'text',
  required: true,
  pattern: null,
  options: [],
  sensitive: true,
  confirmTwice: false,
  ...parts,
});

for (const [pattern, safe] of [
  ['[0-9]{5,12}', true],
  ['\\d{11}', true],
  ['[a-z0-9]+@[a-z0-9.]+', true],
  ['(a+)+', false],
  ['a|b', false],
  ['\\d*\\d*\\d*\\d*x', false],
  ['[z-a]', false],
  ['(?=a)', false],
  ['\\1', false],
] as const)
  test(`a pattern ${pattern} is ${safe ? 'taken' : 'refused'}`, () => equal(isSafePattern(pattern), safe));

test('the slowest pattern that is taken is fast on the longest answer', () => {
  const question = ask({ pattern: '[a-z]*[a-z]*[a-z]*1' });
  const from = performance.now();
  equal(fitsQuestion(question, 'a'.repeat(200)), false);
  equal(performance.now() - from < 1000, true);
});

for (const [type, answer, fits] of [
  ['phone', '13800138000', true],
  ['phone', '12800138000', false],
  ['phone', '1380013800', false],
  ['number', '12', true],
  ['number', '-1', false],
  ['text', 'a\u0007', false],
  ['text', 'x'.repeat(201), false],
  ['select', '国内版', true],
  ['select', '火星', false],
] as const)
  test(`${type}: ${answer.slice(0, 12)} ${fits ? 'fits' : 'does not fit'}`, () =>
    equal(fitsQuestion(ask({ type, options: ['国内版'] }), answer), fits));

for (const [type, sensitive, answer, shown] of [
  ['phone', true, '13800138000', '138****8000'],
  ['account', true, 'wang@example.cn', 'wa***@example.cn'],
  ['account', true, 'ab', 'a**'],
  ['text', true, 'abcdef', 'a****f'],
  ['text', false, 'abcdef', 'abcdef'],
  ['password', false, 'geheim', '••••••'],
] as const)
  test(`${type} ${answer} is shown as ${shown}`, () =>
    equal(maskAnswer(ask({ type, sensitive }), answer), shown));

test('a phone number may be typed with spaces and dashes, a password is left as it is', () => {
  equal(cleanAnswer('phone', ' 138 0013-8000 '), '13800138000');
  equal(cleanAnswer('password', ' a b '), ' a b ');
});
