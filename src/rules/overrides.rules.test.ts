import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decideOverride,
  directionOf,
  forBuyer,
  overridable,
  promised,
  type Overridable,
} from './overrides.rules.ts';
import { param, paramsIn } from './rules.ts';
import { shipped } from './shelf.rules.ts';

// What a shop may promise instead of the rule: parameter, promise, and the answer.
const table: readonly (readonly [
  Overridable,
  number,
  'done' | 'OVERRIDE_WORSE' | 'OVERRIDE_OUT_OF_BOUNDS',
])[] = [
  ['MERCHANT_REMEDY', 24, 'done'],
  ['MERCHANT_REMEDY', 12, 'done'],
  ['MERCHANT_REMEDY', 1, 'done'],
  ['MERCHANT_REMEDY', 25, 'OVERRIDE_WORSE'],
  ['MERCHANT_REMEDY', 0, 'OVERRIDE_OUT_OF_BOUNDS'],
  ['CARD_VERIFY_WINDOW', 2, 'done'],
  ['CARD_VERIFY_WINDOW', 48, 'done'],
  ['CARD_VERIFY_WINDOW', 1, 'OVERRIDE_WORSE'],
  ['CARD_VERIFY_WINDOW', 169, 'OVERRIDE_OUT_OF_BOUNDS'],
  ['FAULT_RESPONSE_MAX', 4, 'done'],
  ['FAULT_RESPONSE_MAX', 30, 'OVERRIDE_WORSE'],
  ['NO_REASON', 15, 'done'],
  ['NO_REASON', 6, 'OVERRIDE_WORSE'],
  ['UNREVEALED_CANCEL', 30, 'done'],
  ['UNREVEALED_CANCEL', 0, 'OVERRIDE_WORSE'],
  ['UNREVEALED_CANCEL', 91, 'OVERRIDE_OUT_OF_BOUNDS'],
];
for (const [name, value, expected] of table)
  test(`F056 a shop that promises ${name} = ${value}: ${expected}`, () => {
    const answer = decideOverride('1.0.0', name, value);
    assert.equal(answer.ok ? 'done' : answer.refusal, expected);
  });

test('what may be promised has bounds in its article, and a side on which the buyer stands', () => {
  for (const [name, direction] of Object.entries(overridable)) {
    const { min, max } = paramsIn(shipped.book).get(name)?.param ?? assert.fail(name);
    assert.ok(min !== undefined && max !== undefined, name);
    assert.equal(directionOf(name), direction);
  }
});

test('every parameter with a side is one of the rulebook', () => {
  const sided = [...paramsIn(shipped.book).keys()].filter((name) => directionOf(name));
  assert.ok(sided.length > 40);
});

test('F124 whatever a shop promises, the buyer never gets less than the rule', () => {
  const names = Object.keys(overridable) as Overridable[];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.option(fc.integer({ min: -5, max: 400 })), (name, given) => {
      const rule = param('1.0.0', name);
      const value = promised('1.0.0', name, given);
      assert.notEqual(forBuyer(name, rule, value), 'worse');
      if (value !== rule) assert.equal(value, given);
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
