import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { aVersion } from '../../test/listings.ts';
import type { ListingContent } from './content.contract.ts';
import { lint } from './lint.rules.ts';

const byHand: Partial<ListingContent> = {
  goods: 'topup',
  keyFormat: null,
  useWithin_hours: null,
  delivery: { mode: 'manual', within_seconds: 1800 },
};
const choice = {
  key: 'zone',
  label: '哪个区',
  type: 'select',
  required: true,
  pattern: null,
  sensitive: false,
  confirmTwice: false,
} as const;

for (const [says, parts, fields] of [
  ['complete', {}, []],
  [
    'with opening hours and a form',
    {
      opening: { from: '09:00', to: '22:00' },
      manual: { fields: [{ key: 'a', label: '账号', type: 'text', required: true }] },
    },
    [],
  ],
  [
    'promised in two days',
    { delivery: { mode: 'manual', within_seconds: 172_800 } },
    ['delivery.within_seconds'],
  ],
  ['without a way to check that it arrived', { verification: '' }, ['verification']],
  ['with a choice of nothing', { questions: [{ ...choice, options: [] }] }, ['questions.0.options']],
  [
    'automatic with opening hours',
    {
      delivery: { mode: 'automatic', within_seconds: 60 },
      keyFormat: 'free',
      opening: { from: '09:00', to: '22:00' },
    },
    ['opening.from'],
  ],
] as const)
  test(`F030 VGSR 8, 13, 18 goods by hand ${says}: ${fields.length === 0 ? 'may go on sale' : `lack ${fields.join()}`}`, () => {
    deepEqual(
      lint(aVersion({ ...byHand, ...(parts as Partial<ListingContent>) })).map((one) => one.field),
      fields,
    );
  });

test('F157 what a shop asks and fills in is looked at like every other sentence', () => {
  const found = lint(
    aVersion({
      ...byHand,
      questions: [{ ...choice, type: 'text', options: [], label: '加微信 abc12345 下单' }],
    }),
  );
  deepEqual(
    found.map((one) => [one.field, one.refusal]),
    [['questions.0.label', 'LISTING_CONTACT_REFUSED']],
  );
});
