import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { bookOf } from '../rules/rules.ts';
import { reminded } from './reminders.data.ts';
import { clockName, partsOf } from './reminders.rules.ts';

test('F136 half and four fifths are the parameters of article 6', () => {
  deepEqual(partsOf('1.0.0'), { first: 50, last: 80 });
  deepEqual(partsOf('1.0.0', true), { first: 50, last: 50 }, 'of a payment at half only');
});

test('F136 each reminded clock is one of the rulebook, and whoever has the turn by the article is reminded', () => {
  const effects = bookOf('1.0.0')?.effects ?? [];
  for (const [what, { who }] of Object.entries(reminded)) {
    const found = effects.find((one) => one.kind === 'deadline' && one.id === what);
    equal(found && 'who' in found && found.who, who, what);
  }
});

test('F136 a clock that is moved keeps its name, one that is set anew has another', () => {
  const clock = { what: 'order.confirm', about: 'a', startAt: 5 };
  const moved = { ...clock, dueAt: 9 };
  equal(clockName(clock), clockName(moved));
  for (const other of [{ startAt: 6 }, { about: 'b' }, { what: 'message.demand' }])
    notEqual(clockName(clock), clockName({ ...clock, ...other }));
});
