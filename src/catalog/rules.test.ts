import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aVersion } from '../../test/listings.ts';
import { fen } from '../kit/money.ts';
import { acknowledgementsOf, acksOf, changesBetween, componentLabel, priceOf, type Tier } from './rules.ts';

const tiers: Tier[] = [
  { from: 10, price: fen(9700) },
  { from: 100, price: fen(9500) },
];

for (const [what, tierList, bps, quantity, unit, total, components] of [
  ['the listed price', tiers, 0, 1, 9750n, 9750n, ['base 9750']],
  ['one below a tier', tiers, 0, 9, 9750n, 87_750n, ['base 87750']],
  ['the first of a tier', tiers, 0, 10, 9700n, 97_000n, ['base 97500', 'wholesale -500']],
  ['the highest tier reached', tiers, 0, 150, 9500n, 1_425_000n, ['base 1462500', 'wholesale -37500']],
  ['a price group', [], 500, 2, 9262n, 18_524n, ['base 19500', 'group -976']], // 9750 × 95 % = 9262.5, rounded down
  [
    'a price group on a tier',
    tiers,
    500,
    10,
    9215n,
    92_150n,
    ['base 97500', 'wholesale -500', 'group -4850'],
  ],
  ['a group without a discount', tiers, 0, 10, 9700n, 97_000n, ['base 97500', 'wholesale -500']],
] as const)
  test(`F006 the price of ${quantity} at ${what} is ${total} fen`, () => {
    const price = priceOf({ price: fen(9750), tiers: tierList, groupDiscount_bps: bps }, quantity);
    deepEqual(
      [price.unit, price.total, price.components.map((one) => `${one.kind} ${one.amount}`)],
      [unit, total, components],
    );
  });

test('F172 whatever the price, the components add up to the total to the fen, and more units never cost less', () => {
  const price = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(
    fc.property(
      price,
      price,
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 1, max: 500 }),
      (base, lower, from, bps, quantity) => {
        const tier = { from, price: fen(lower < base ? lower : base) };
        const { unit, total, components } = priceOf(
          { price: fen(base), tiers: [tier], groupDiscount_bps: bps },
          quantity,
        );
        equal(
          components.reduce((sum, one) => sum + one.amount, 0n),
          total,
        );
        equal(total, unit * BigInt(quantity));
        // Never more than the exact price, and less by under one fen a unit.
        const exact = (quantity >= from ? tier.price : base) * BigInt(10_000 - bps);
        ok(unit * 10_000n <= exact && exact < (unit + 1n) * 10_000n);
      },
    ),
    { seed: 42, numRuns: 500 },
  );
});

test('F020 a binding rule that the buyer must know is one of the texts to tick, with the rule in it', () => {
  const [, binding] = acknowledgementsOf(aVersion());
  equal(binding?.title.zh, '绑定规则：充入即绑定该账号，不能转出');
  deepEqual(acksOf(aVersion({ binding: { rule: '不绑定', mustConfirm: false } })), [
    'digital-no-return-after-reveal',
    'key-expiry',
  ]);
});

test('F055 a key that expires asks for its own tick, which names the exceptions', () => {
  const expiry = acknowledgementsOf(aVersion({ useWithin_hours: 24 * 30 })).find(
    (one) => one.name === 'key-expiry',
  );
  equal(expiry?.article, '19');
  ok(expiry.title.zh.includes('30 天') && expiry.text.zh.includes('迟延交付'));
  ok(!acksOf(aVersion({ useWithin_hours: null })).includes('key-expiry'));
});

test('goods that are sent by parcel ask for none of the texts about keys', () => {
  deepEqual(
    acksOf(
      aVersion({
        goods: 'physical',
        delivery: { mode: 'shipping', within_seconds: 86_400 },
        binding: { rule: '', mustConfirm: false },
        useWithin_hours: null,
      }),
    ),
    [],
  );
});

test('every price component has a label in both languages', () => {
  for (const one of priceOf(
    { price: fen(100), tiers: [{ from: 2, price: fen(90) }], groupDiscount_bps: 150 },
    3,
  ).components) {
    const label = componentLabel(one);
    ok(label.zh !== '' && label.en !== '' && !/[\u4e00-\u9fff]/.test(label.en));
  }
});

test('F068 the difference between two versions names each field with both texts', () => {
  const before = aVersion();
  const after = aVersion({
    title: '新标题',
    afterSales: { ...before.afterSales, faultResponse_hours: 24 },
    keywords: ['星屿'],
  });
  deepEqual(changesBetween(before, after), [
    { field: 'title', before: '星屿游戏点卡 100 元', after: '新标题' },
    { field: 'keywords.1', before: '点卡', after: '' },
    { field: 'afterSales.faultResponse_hours', before: '12', after: '24' },
  ]);
  deepEqual(changesBetween(before, before), []);
});
