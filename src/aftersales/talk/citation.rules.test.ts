import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plus } from '../../kit/time.ts';
import { param } from '../../rules/rules.ts';
import { citable, type CitedFacts } from './citation.rules.ts';

const now = instant('2026-11-20T16:50:00Z'); // 2026-11-21 00:50 in Beijing
const facts: CitedFacts = {
  version: '1.0.0',
  goods: ['card'],
  now,
  paidAt: plus(now, { hours: -3 }),
  deliveredAt: plus(now, { hours: -3 }),
  revealedAt: plus(now, { minutes: -80 }),
  sealed: false,
  completedAt: null,
  confirmAt: plus(now, { hours: 22 }),
};
const of = (no: string, parts: Partial<CitedFacts> = {}) =>
  citable({ ...facts, ...parts }).find((one) => one.article === no);

test('F076 article 5 says by when the shop must replace or refund, and until when the buyer is presumed right', () => {
  const five = of('5');
  ok(five);
  equal(five.dueAt, plus(now, { hours: 24 }));
  match(
    five.text.zh,
    /第5条.*2026-11-21 01:30 前提出失效.*商家应于 2026-11-22 00:50 前补发或退款，逾期系统自动退款/,
  );
  match(five.text.en, /2026-11-21 01:30.*by 2026-11-22 00:50/);
  deepEqual([five.start, five.startAt, five.provisional], ['case.submitted', now, false]);
});

test('F124 the hours that are cited are those of the version the order is bound to', () => {
  for (const one of citable(facts)) {
    equal(one.version, '1.0.0');
    for (const [name, value] of Object.entries(one.params))
      equal(value, param('1.0.0', name as 'DEMAND'), name);
  }
  deepEqual(of('21')?.params, { DEMAND: 4 });
});

for (const [what, parts, there, absent] of [
  ['a key that nobody has seen', { revealedAt: null, sealed: true }, ['20', '21', '41'], ['5', '18']],
  [
    'a paid order that waits',
    { deliveredAt: null, revealedAt: null, confirmAt: null },
    ['18', '25'],
    ['5', '15', '16', '20', '41'],
  ],
  [
    'a top-up that waits',
    { goods: ['topup'], deliveredAt: null, revealedAt: null, confirmAt: null },
    ['15', '18'],
    ['5', '16'],
  ],
  ['software that was delivered', { goods: ['licence'] }, ['5', '16'], ['15', '18']],
  [
    'an unpaid order',
    { paidAt: null, deliveredAt: null, revealedAt: null, confirmAt: null },
    ['4', '12', '21'],
    ['5', '18', '25', '31'],
  ],
  ['a completed order', { completedAt: now, confirmAt: null }, ['5', '21', '26'], ['41', '18']],
] as const)
  test(`F076 what can be cited of ${what}`, () => {
    const found = citable({ ...facts, ...parts }).map((one) => one.article);
    for (const no of there) ok(found.includes(no), `${no} among ${found.join(' ')}`);
    for (const no of absent) ok(!found.includes(no), `${no} not among ${found.join(' ')}`);
  });

test('F076 every sentence is whole in both languages, and a time that needs an unpublished year says so', () => {
  for (const one of citable({ ...facts, sealed: true, goods: ['card', 'licence', 'topup'] })) {
    for (const text of [one.text.zh, one.text.en]) ok(!/[{}]|undefined|NaN/.test(text), text);
    equal(one.dueAt === null, one.start === null);
  }
  equal(of('27', { now: instant('2026-12-30T04:00:00Z') })?.provisional, true);
});
