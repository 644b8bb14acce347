import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fen } from '../../kit/money.ts';
import { beijingText, instant, plus } from '../../kit/time.ts';
import type { MembershipTerm } from '../../catalog/content.contract.ts';
import { daysLeft, daysStopped, daysUsed, proRataValue, stretchOf, stretchOfDays } from './term.rules.ts';

const at = (beijing: string) => instant(`${beijing.replace(' ', 'T')}+08:00`);

const terms: readonly (readonly [
  from: string,
  count: number,
  unit: MembershipTerm['unit'],
  until: string,
  days: number,
])[] = [
  ['2026-11-21 15:00:00', 30, 'day', '2026-12-22 00:00:00', 30],
  ['2026-11-21 00:00:00', 30, 'day', '2026-12-21 00:00:00', 30],
  ['2026-11-21 23:59:59', 1, 'day', '2026-11-23 00:00:00', 1],
  ['2026-11-21 15:00:00', 1, 'month', '2026-12-22 00:00:00', 30],
  ['2026-12-22 00:00:00', 1, 'month', '2027-01-22 00:00:00', 31],
  ['2027-01-31 10:00:00', 1, 'month', '2027-03-01 00:00:00', 28],
  ['2027-03-01 00:00:00', 1, 'month', '2027-04-01 00:00:00', 31],
  ['2027-01-30 10:00:00', 1, 'month', '2027-03-01 00:00:00', 29],
  ['2028-01-31 10:00:00', 1, 'month', '2028-03-01 00:00:00', 29],
  ['2026-11-21 15:00:00', 12, 'month', '2027-11-22 00:00:00', 365],
  ['2027-11-21 15:00:00', 12, 'month', '2028-11-22 00:00:00', 366],
  ['2026-11-30 15:00:00', 3, 'month', '2027-03-01 00:00:00', 90],
];
for (const [from, count, unit, until, days] of terms)
  test(`F204 ${count} ${unit} from ${from} lasts to ${until}, ${days} days`, () => {
    const stretch = stretchOf(at(from), { count, unit });
    assert.equal(beijingText(stretch.until), until);
    assert.equal(stretch.days, days);
  });

test('F204 twelve months one after another never end before a year bought at once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 86_399 }), (day, second) => {
      const from = plus(at('2026-01-01 00:00:00'), { days: day, seconds: second });
      let end = from;
      let days = 0;
      for (let n = 0; n < 12; n++) {
        const stretch = stretchOf(end, { count: 1, unit: 'month' });
        end = stretch.until;
        days += stretch.days;
      }
      const year = stretchOf(from, { count: 12, unit: 'month' });
      assert.ok(end >= year.until && days >= year.days);
    }),
    { seed: 204, numRuns: 500 },
  );
});

const month = { ...stretchOfDays(at('2026-11-21 15:00:00'), 30), pausedDays: 0 };
const values: readonly (readonly [
  at: string,
  total: bigint,
  pausedDays: number,
  value: bigint,
  used: number,
])[] = [
  ['2026-11-21 15:00:00', 3000n, 0, 3000n, 0],
  ['2026-11-21 23:59:59', 3000n, 0, 3000n, 0],
  ['2026-11-22 00:00:00', 3000n, 0, 2900n, 1],
  ['2026-12-01 12:00:00', 3000n, 0, 2000n, 10],
  ['2026-12-01 12:00:00', 1980n, 0, 1320n, 10],
  ['2026-12-01 12:00:00', 1001n, 0, 668n, 10],
  ['2026-12-01 12:00:00', 1n, 0, 1n, 10],
  ['2026-12-01 12:00:00', 0n, 0, 0n, 10],
  ['2026-12-01 12:00:00', 3000n, 4, 2400n, 6],
  ['2026-12-21 23:59:59', 3000n, 0, 0n, 30],
  ['2026-12-22 00:00:00', 3000n, 0, 0n, 30],
  ['2027-06-01 00:00:00', 3000n, 0, 0n, 30],
  ['2026-01-01 00:00:00', 3000n, 0, 3000n, 0],
];
for (const [when, total, pausedDays, value, used] of values)
  test(`F093 F204 a membership of 30 days at ${total} fen is worth ${value} at ${when}${pausedDays ? ` after ${pausedDays} days of a stop` : ''}`, () => {
    const found = proRataValue({ total: fen(total), period: { ...month, pausedDays }, at: at(when) });
    assert.deepEqual(found, { value, usedDays: used, unusedDays: 30 - used, totalDays: 30 });
  });

test('F093 one that has not begun is worth its whole price', () => {
  const period = { from: null, until: null, days: null, pausedDays: 0 };
  assert.equal(proRataValue({ total: fen(500n), period, at: at('2026-11-21 00:00:00') }).value, 500n);
});

test('F093 the value never rises with time, never passes the price, and is exact at both ends', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10_000_000n }),
      fc.integer({ min: 1, max: 800 }),
      fc.array(fc.integer({ min: 0, max: 900 * 24 }), { minLength: 2, maxLength: 12 }),
      (total, days, hours) => {
        const period = { ...stretchOfDays(at('2026-11-21 15:00:00'), days), pausedDays: 0 };
        let before = total;
        for (const hour of hours.toSorted((a, b) => a - b)) {
          const { value, usedDays, unusedDays } = proRataValue({
            total: fen(total),
            period,
            at: plus(period.from, { hours: hour }),
          });
          assert.ok(value <= before);
          assert.equal(usedDays + unusedDays, days);
          before = value;
        }
        assert.equal(proRataValue({ total: fen(total), period, at: period.from }).value, total);
        assert.equal(proRataValue({ total: fen(total), period, at: period.until }).value, 0n);
      },
    ),
    { seed: 93, numRuns: 400 },
  );
});

test('F204 days used and days left add up; a stop counts whole days', () => {
  const noon = at('2026-12-01 12:00:00');
  assert.equal(daysUsed(month, noon) + daysLeft(month, noon), 30);
  assert.equal(daysStopped(noon, noon), 0);
  assert.equal(daysStopped(noon, plus(noon, { ms: 1 })), 1);
  assert.equal(daysStopped(noon, plus(noon, { hours: 49 })), 3);
});
