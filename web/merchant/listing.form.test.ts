import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aVersion } from '../../test/listings.ts';
import { draftOf, termIn, valuesOf, variantRows } from './listing.form.ts';

test('F030 F033 F204 a version that goes through the form unchanged is the same version', () => {
  const content = aVersion({
    promises: [{ word: 'genuine', meaning: '从品牌方进货' }],
    membership: {
      term: { count: 30, unit: 'day' },
      level: '金卡',
      includes: ['全部课程', '直播回放'],
      stacks: true,
      sharing: 'own',
      starts: 'buyer',
    },
    issuer: 'xingyu',
    delivery: { mode: 'manual', within_seconds: 1800 },
    opening: { from: '09:00', to: '22:00' },
    manual: { fields: [{ key: 'code', label: '口令', type: 'secret', required: true }] },
    questions: [
      {
        key: 'target',
        label: '账号',
        type: 'select',
        required: false,
        pattern: '[a-z]{2,9}',
        options: ['一', '二'],
        sensitive: true,
        confirmTwice: true,
      },
    ],
    download: { url: 'https://download.example/a', version: '3.1', sha256: '' },
    variants: [
      {
        id: 'var_1',
        name: '100 元',
        price: '9750',
        on: true,
        tiers: [
          { from: 10, price: '9700' },
          { from: 50, price: '9605' },
        ],
        term: { count: 3, unit: 'month' },
      },
      { id: 'var_2', name: '300 元', price: '29100', on: false, tiers: [] },
    ],
  });
  assert.deepEqual(draftOf(valuesOf(content, 'cat_1')), content);
});

test('an empty row is no variant, and what is not a price is kept for the api to name', () => {
  const values = {
    'variants.0.name': '月卡',
    'variants.0.price': '十九',
    'variants.1.name': '',
    'variants.1.price': '',
  };
  assert.equal(variantRows(values), 1);
  assert.deepEqual(draftOf(values).variants, [
    { id: null, name: '月卡', price: '十九', on: true, tiers: [] },
  ]);
});

test('F204 a term is written as people write it', () => {
  for (const [typed, count, unit] of [
    ['30d', 30, 'day'],
    ['30 天', 30, 'day'],
    ['3m', 3, 'month'],
    ['3个月', 3, 'month'],
    ['31', 31, 'day'],
  ] as const)
    assert.deepEqual(termIn(typed), { count, unit });
  assert.ok(Number.isNaN(termIn('很久').count), 'the api refuses what is no term');
});
