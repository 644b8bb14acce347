import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { aVersion } from '../../test/listings.ts';
import { beijingDay, endOfBeijingDay, instant, iso, plus } from '../kit/time.ts';
import { coverageOf, rightsOf, type CoverageTerms } from './coverage.rules.ts';

const terms: CoverageTerms = {
  verify_hours: 2,
  remedy_hours: 24,
  lateRefund_hours: 24,
  dispute_days: 7,
  cancel_days: 7,
  autoConfirm_hours: 24,
  autoConfirmLater_hours: { licence: 72, download: 72, membership: 72, topup: 24, manual: 72, parcel: 240 },
  settle_days: 3,
  dayEnd: (from, days) => endOfBeijingDay(beijingDay(plus(from, { days }))),
};
const paidAt = instant('2026-11-20T12:12:00Z'); // 20:12 in Beijing
const payment = { quantity: 2, at: paidAt, fixed: false };

for (const [within, deliverBy, refundBy] of [
  [60, '2026-11-20T12:13:00.000Z', '2026-11-20T12:14:00.000Z'],
  [6 * 3600, '2026-11-20T18:12:00.000Z', '2026-11-21T00:12:00.000Z'],
  [20 * 3600, '2026-11-21T08:12:00.000Z', '2026-11-21T12:12:00.000Z'], // twice the promise is later than 24 hours
] as const)
  test(`F056 a delivery promised within ${within} s is refunded by itself at ${refundBy}`, () => {
    const rights = rightsOf(
      aVersion({ delivery: { mode: 'automatic', within_seconds: within } }),
      payment,
      terms,
    );
    deepEqual([iso(rights.deliverBy), iso(rights.refundBy)], [deliverBy, refundBy]);
  });

test('F056 the rows of card keys: what, when with the absolute time, what if not, and the articles', () => {
  const rows = coverageOf(rightsOf(aVersion(), payment, terms));
  deepEqual(
    rows.map((row) => [row.name, row.when.zh, row.articles.join()]),
    [
      ['delivery', '2026-11-20 20:13 前', '18'],
      ['verify', '首次查看后 2 小时内', '5,22'],
      ['remedy', '提交售后起 12 小时内', '5'], // the shop promises 12 hours, better than the rulebook's 24
      ['cancel', '2026-11-27 24:00 前', '20'],
      ['use', '发出时至少还剩 24 小时', '14,19'],
      ['settlement', '你确认后再等 3 天', '3'],
    ],
  );
  for (const row of rows)
    ok(
      row.what.en !== '' &&
        row.otherwise.en !== '' &&
        !/[\u4e00-\u9fff]/.test(row.what.en + row.when.en + row.otherwise.en),
    );
});

test('F055 what expires unused is said with its exceptions before the payment', () => {
  const use = coverageOf(rightsOf(aVersion(), payment, terms)).find((row) => row.name === 'use');
  ok(use?.otherwise.zh.includes('不补不退') && use.otherwise.zh.includes('除外'));
  ok(
    !coverageOf(rightsOf(aVersion({ useWithin_hours: null }), payment, terms)).some(
      (row) => row.name === 'use',
    ),
  );
});

test('a promise of the shop never makes a right smaller than the rulebook gives it', () => {
  const { afterSales } = aVersion();
  const short = rightsOf(
    aVersion({ afterSales: { ...afterSales, noReason_days: 0, faultResponse_hours: 24 } }),
    payment,
    terms,
  );
  equal(iso(short.cancelUntil), '2026-11-27T16:00:00.000Z');
  equal(short.remedy_hours, 24);
  const long = rightsOf(aVersion({ afterSales: { ...afterSales, noReason_days: 15 } }), payment, terms);
  equal(iso(long.cancelUntil), '2026-12-05T16:00:00.000Z');
});

test('goods without keys have no row about revealing, and physical goods have their return', () => {
  const physical = aVersion({
    goods: 'physical',
    delivery: { mode: 'shipping', within_seconds: 86_400 },
    useWithin_hours: null,
  });
  deepEqual(
    coverageOf(rightsOf(physical, payment, terms)).map((row) => row.name),
    ['delivery', 'remedy', 'return', 'settlement'],
  );
});
