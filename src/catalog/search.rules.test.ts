import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gramsAsked, gramsOf, normalised, termsOf } from './search.rules.ts';

for (const [text, expected] of [
  ['星屿游戏点卡 100 元', '星屿游戏点卡 100 元'],
  ['ＭｏＪｉａｎ—专业版（3 台）', 'mojian 专业版 3 台'],
  ['50%_off', '50 off'],
  ['  ', ''],
] as const)
  test(`the words of “${text}” are “${expected}”`, () => equal(normalised(text), expected));

test('a query has at most eight terms, each once', () => {
  deepEqual(termsOf('点卡 点卡 100元'), ['点卡', '100元']);
  equal(termsOf('a b c d e f g h i j').length, 8);
});

test('whatever stands inside a text, its grams are among the text’s grams, so the index loses nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('点', '卡', '星', 'a', 'B', '1', ' ', '%', '—'), maxLength: 30 }),
      fc.nat(30),
      fc.nat(10),
      (text, from, length) => {
        const whole = normalised(text);
        const terms = termsOf(whole.slice(from, from + length));
        const grams = new Set(gramsOf(text));
        for (const gram of gramsAsked(terms)) ok(grams.has(gram), `${gram} of ${terms.join()} in ${text}`);
      },
    ),
    { seed: 42, numRuns: 500 },
  );
});
