import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/ids.ts';
import { instant, plus } from '../kit/time.ts';
import { lastDays, oldestId, stockByDay } from './rules.ts';

const evening = instant('2026-11-20T16:30:00Z'); // 00:30 on the 21st in Beijing

test('days are days of Beijing, and today is the last', () => {
  assert.deepEqual(lastDays(evening, 3), ['2026-11-19', '2026-11-20', '2026-11-21']);
});

test('the stock of a past day takes back what came and gives back what went', () => {
  const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
  const stock = stockByDay({
    days,
    now: 90,
    sold: [
      { day: '2026-11-20', units: 30 },
      { day: '2026-11-21', units: 12 },
    ],
    added: [{ day: '2026-11-21', units: 50 }],
    back: [{ day: '2026-11-21', units: 2 }],
  });
  // Today 90 are left; without the 50 that came, the 2 that came back and the 12 that went it was 50 yesterday, and 80 before the 30 of yesterday.
  assert.deepEqual(stock, [80, 50, 90]);
});

test('the oldest id of a period is not later than any id made in it, however the business clock was moved', () => {
  const wall = instant('2026-11-20T04:00:00Z');
  const clocks = { wall, business: plus(wall, { days: 9 }) };
  const since = plus(clocks.business, { days: -2 });
  assert.ok(oldestId(since, clocks) <= newId(plus(wall, { days: -2 })), 'made when the clock had been moved');
  assert.ok(oldestId(since, clocks) <= newId(wall));
  assert.ok(oldestId(since, clocks) > newId(plus(wall, { days: -3 })));
});
