import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fen } from '../../kit/money.ts';
import { instant, plus } from '../../kit/time.ts';
import type { Attempt } from '../../supply/rules.ts';
import type { LaterLine } from '../line.rules.ts';
import { carrierCaution, carrierOfNumber } from './contract.ts';
import type { TopupState } from './machine.ts';
import {
  choiceRefused,
  decideTopup,
  giveUpAt,
  giveUpTime,
  standOf,
  timesOf,
  unarrived,
  waitsFor,
  type Topup,
} from './rules.ts';

const now = instant('2026-11-20T04:00:00.000Z');
const line = {
  state: 'delivering',
  promisedAt: plus(now, { hours: 1 }),
  dueAt: plus(now, { hours: 2 }),
  cancelAskedAt: null,
} as LaterLine;
const topup = {
  state: 'submitted',
  waitsUntil: null,
  wrongAt: null,
  wrongUntil: null,
  wrongTriedAt: null,
} as Topup;
const attempt = (state: string, charged: bigint | null = null) =>
  ({ state, face: 5000n, charged, nth: 1 }) as unknown as Attempt;

test('what goes back of a part is exact to the fen, and rounded in the buyer’s favour', () => {
  equal(unarrived(fen(4990n), fen(5000n), fen(3000n)), 1996n);
  equal(unarrived(fen(4990n), fen(5000n), fen(5000n)), 0n);
  equal(unarrived(fen(100n), fen(300n), fen(100n)), 67n);
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 9n),
      fc.bigInt(1n, 10n ** 9n),
      fc.bigInt(1n, 10n ** 9n),
      (total, face, part) => {
        const back = unarrived(fen(total), fen(face), fen(part));
        ok(back >= 0n && back <= total);
        // What stays never costs more than the share that arrived.
        if (part < face) ok((total - back) * face <= total * part);
      },
    ),
  );
});

for (const [request, attempts, event] of [
  ['open', [attempt('queued')], 'queue'],
  ['open', [attempt('submitted')], 'submit'],
  ['open', [attempt('unknown')], 'doubt'],
  ['open', [attempt('refused'), attempt('queued')], 'queue'],
  ['held', [attempt('refused')], 'hold'],
  ['done', [attempt('success', 5000n)], 'succeed'],
  ['done', [attempt('partial', 3000n)], 'part'],
  ['done', [attempt('late', 5000n), attempt('cancelled')], 'succeed'],
  ['failed', [attempt('failed')], 'fail'],
  ['failed', [attempt('late', 5000n)], 'arrive'],
  ['cancelled', [attempt('cancelled')], 'cancel'],
  ['abandoned', [attempt('unknown')], 'give_up'],
  ['abandoned', [attempt('late', 5000n)], 'arrive'],
] as const)
  test(`a request that is ${request} with ${attempts.map((one) => one.state).join(', ')} means: ${event}`, () => {
    equal(standOf({ state: request, attempts }).event, event);
  });

test('a top-up goes on from wherever the news finds it, and never back from its end', () => {
  for (const from of ['queued', 'held', 'submitted', 'unknown'] as TopupState[]) {
    equal(decideTopup(from, { event: 'succeed' }), 'success');
    equal(decideTopup(from, { event: 'part' }), 'partial');
    equal(decideTopup(from, { event: 'fail' }), 'failed');
    equal(decideTopup(from, { event: 'cancel' }), 'cancelled');
    equal(decideTopup(from, { event: 'give_up' }), 'returned');
  }
  for (const from of ['success', 'partial', 'late'] as TopupState[])
    for (const event of ['fail', 'cancel', 'give_up', 'arrive', 'queue', 'submit', 'doubt'] as const)
      equal(decideTopup(from, { event }), undefined);
  for (const from of ['failed', 'cancelled', 'returned'] as TopupState[])
    equal(decideTopup(from, { event: 'arrive' }), 'late');
});

test('the money goes back without a word only after the end of the promise and the supplier’s time to answer', () => {
  equal(giveUpAt(line, now), line.dueAt);
  equal(giveUpAt(line, line.dueAt), plus(line.dueAt, { minutes: 30 }));
});

test('a wish to wait holds back the clock, not the buyer', () => {
  const waiting = { ...topup, waitsUntil: plus(now, { hours: 3 }) };
  const byClock = { ...line, cancelAskedAt: line.dueAt };
  const byBuyer = { ...line, cancelAskedAt: plus(now, { hours: 1 }) };
  equal(waitsFor(byClock, waiting, line.dueAt), waiting.waitsUntil);
  equal(waitsFor(byBuyer, waiting, line.dueAt), undefined);
  equal(giveUpTime(byClock, waiting), plus(now, { hours: 3, minutes: 30 }));
  deepEqual(timesOf(byClock, waiting, line.dueAt), {
    waited: waiting.waitsUntil,
    give_up: undefined,
    wrong: undefined,
  });
  deepEqual(timesOf({ ...line, state: 'delivered' }, waiting, now), {
    waited: undefined,
    give_up: undefined,
    wrong: undefined,
  });
});

const facts = { topup, line, sent: true, now };
for (const [choice, parts, refusal] of [
  ['wait', {}, 'NOT_LATE_YET'],
  ['refund', {}, 'NOT_LATE_YET'],
  ['refund', { topup: { ...topup, state: 'held' } }, undefined],
  ['refund', { now: line.promisedAt }, undefined],
  ['again', { now: line.promisedAt }, undefined],
  ['wait', { now: line.promisedAt, line: { ...line, cancelAskedAt: now } }, 'STOP_ASKED'],
  ['change', {}, 'TARGET_FIXED'],
  ['change', { sent: false }, undefined],
  ['wrong', {}, undefined],
  ['wrong', { sent: false }, 'CHANGE_INSTEAD'],
  ['wrong', { topup: { ...topup, wrongAt: now } }, 'STOP_ASKED'],
  ['refund', { topup: { ...topup, state: 'success' }, line: { ...line, state: 'delivered' } }, 'TOPUP_OVER'],
] as const)
  test(`${choice} with ${JSON.stringify(Object.keys(parts))}: ${refusal ?? 'yes'}`, () => {
    equal(choiceRefused(choice, { ...facts, ...parts } as never), refusal);
  });

test('numbers tell their carrier, the longest prefix counts, and nothing else is a mobile number', () => {
  deepEqual(
    [
      '13800138000',
      '13491380000',
      '18612345678',
      '19212345678',
      '17012345678',
      '+86 177 0000 0000',
      '12345',
      '19412345678',
    ].map(carrierOfNumber),
    ['mobile', 'telecom', 'unicom', 'broadcast', 'virtual', 'telecom', undefined, 'other'],
  );
});

test('another carrier’s digits are a caution for ported numbers, never a refusal', () => {
  ok(carrierCaution('unicom', '13800138000')?.zh.includes('携号转网'));
  for (const [wanted, number] of [
    ['mobile', '13800138000'],
    ['any', '13800138000'],
    ['unicom', 'not a number'],
    ['unicom', '19412345678'],
  ] as const)
    equal(carrierCaution(wanted, number), undefined);
});
