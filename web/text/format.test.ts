import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytes,
  clock,
  count,
  day,
  deadline,
  endOfDay,
  exact,
  fullDay,
  leftText,
  moment,
  money,
  percent,
  took,
} from './format.ts';

const evening = Date.parse('2026-11-20T20:14:07+08:00');
const hours = 3_600_000;

test('money is exact to the fen, with thousands, and never a float', () => {
  assert.equal(money('128640730'), '¥1,286,407.30');
  assert.equal(money(9_007_199_254_740_993n), '¥90,071,992,547,409.93');
  assert.equal(money(0n), '¥0.00');
  assert.equal(money('7'), '¥0.07');
  assert.equal(money('-500'), '−¥5.00');
});

test('times are Beijing times, whatever zone the machine is in', () => {
  assert.equal(clock(evening), '20:14');
  assert.equal(clock(evening, true), '20:14:07');
  assert.equal(clock('2026-11-20T16:00:00.000Z'), '00:00');
  assert.equal(day('2026-11-20T16:00:00.000Z', 'zh'), '11月21日');
  assert.equal(exact(evening, 'zh'), '2026年11月20日 20:14:07');
  assert.equal(fullDay(evening, 'en'), '20 Nov 2026');
});

test('a moment near now is said with today and tomorrow, across a midnight in Beijing', () => {
  assert.equal(moment(evening, evening + hours, 'zh'), '今天 20:14');
  assert.equal(moment(evening, evening + 4 * hours, 'zh'), '昨天 20:14');
  assert.equal(moment(evening + 4 * hours, evening, 'en'), 'tomorrow 00:14');
  assert.equal(moment(evening + 7 * 24 * hours, evening, 'zh'), '11月27日 20:14');
  assert.equal(moment(evening + 60 * 24 * hours, evening, 'zh'), '2027年1月19日 20:14');
});

test('a deadline names the day and its weekday as soon as it is not today', () => {
  const saturday = Date.parse('2026-11-21T14:06:00+08:00');
  assert.equal(deadline(evening, evening - hours, 'zh'), '今天 20:14');
  assert.equal(deadline(saturday, evening, 'zh'), '明天 11月21日（周六）14:06');
  assert.equal(deadline(saturday, evening, 'en'), 'tomorrow, Sat 21 Nov, 14:06');
  assert.equal(deadline(saturday + 6 * 24 * hours, evening, 'zh'), '11月27日（周五）14:06');
});

test('F054 a period that ends with a day ends at 24:00 of that day, not at 0:00 of the next', () => {
  assert.equal(endOfDay('2026-11-28T00:00:00+08:00', 'zh'), '11月27日 24:00');
  assert.equal(endOfDay('2026-11-27T20:31:00+08:00', 'zh'), '11月27日 20:31');
  assert.equal(deadline('2026-11-28T00:00:00+08:00', evening, 'zh'), '11月27日（周五）24:00');
  assert.equal(deadline('2026-11-21T00:00:00+08:00', evening, 'zh'), '今天 24:00');
  assert.equal(deadline('2026-11-28T00:00:00+08:00', evening, 'en'), 'Fri 27 Nov, 24:00');
});

test('what is left never says less than there is, and shows seconds only in the last two hours', () => {
  assert.equal(leftText(1 * hours + 46 * 60_000 + 20_000, 'zh'), '1 时 46 分 20 秒');
  assert.equal(leftText(17 * hours + 20 * 60_000 + 1, 'zh'), '17 时 21 分');
  assert.equal(leftText(76 * hours, 'zh'), '3 天 4 时');
  assert.equal(leftText(59_001, 'en'), '1 min 0 s');
  assert.equal(leftText(500, 'zh'), '1 秒');
  assert.equal(leftText(0, 'zh'), '0 秒');
  assert.equal(leftText(-5 * hours, 'zh'), '0 秒');
});

test('measured times, counts, shares and sizes are rounded to what they can say', () => {
  assert.equal(took(2100, 'zh'), '2.1 秒');
  assert.equal(took(38 * 60_000, 'zh'), '38 分');
  assert.equal(took(5.5 * hours, 'en'), '5.5 h');
  assert.equal(count(41208996, 'zh'), '41,208,996');
  assert.equal(percent(0.018, 'zh'), '1.8%');
  assert.equal(bytes(41_230), '41.2 KB');
});
