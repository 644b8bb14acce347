import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { instant, plus } from '../kit/time.ts';
import type { AttemptState } from './machine.ts';
import {
  afterCall,
  attemptOf,
  begun,
  ended,
  givenUp,
  grace,
  heard,
  isEnded,
  nextAsk,
  nextRoute,
  noRouteReason,
  numberOf,
  resendRefused,
  sendsMax,
  silencesMax,
  stepTo,
  type Attempt,
  type Heard,
  type Route,
} from './rules.ts';
import type { Standing, SupplyState } from './supplier.contract.ts';

const wall = instant('2026-11-20T04:00:00.000Z');
const face = fen(5000n);
const fresh: Attempt = {
  shopId: newId(wall),
  id: newId(wall),
  orderId: newId(wall),
  line: 1,
  nth: 1,
  number: 'N',
  supplierId: newId(wall),
  productNo: 'H50',
  face,
  maxCost: fen(4950n),
  state: 'queued',
  wish: 'send',
  dueAt: wall,
  sends: 0,
  asks: 0,
  cancels: 0,
  cancelWanted: false,
  abandoned: false,
  silentAt: null,
  refusal: null,
  supplierNo: null,
  cost: null,
  charged: null,
  voucher: null,
  said: null,
};
const sent = begun(fresh, wall).attempt;
const standing = (state: SupplyState, charged: bigint | null = null): Standing => ({
  state,
  supplierNo: state === 'absent' ? null : 'S1',
  charged: charged === null ? null : fen(charged),
  voucher: null,
  said: '',
});
const asked = (state: SupplyState, charged?: bigint): Heard => ({
  act: 'ask',
  answer: { kind: 'ok', ...standing(state, charged ?? null) },
});
const silence: Heard = { act: 'ask', answer: { kind: 'unknown', why: 'timeout' } };
const sendSilent: Heard = { act: 'send', answer: { kind: 'unknown', why: 'timeout' } };
const refused: Heard = { act: 'send', answer: { kind: 'refused', code: '101', message: '余额不足' } };
const accepted: Heard = { act: 'send', answer: { kind: 'ok', supplierNo: 'S1', cost: fen(4910n) } };
const told = (attempt: Attempt, ...words: Heard[]): Attempt =>
  words.reduce((one, word) => heard(one, word, wall), attempt);

test('a number is marked as sent before it leaves, and asked about first after a crash', () => {
  deepEqual([sent.state, sent.wish, sent.sends, sent.silentAt], ['submitted', 'ask', 1, wall]);
  ok((sent.dueAt ?? 0) > wall);
});

test('the number is made of the id, and leads back to it', () => {
  const id = newId(wall);
  equal(attemptOf(numberOf(id)), id);
  ok(/^[0-9A-V]{26}$/.test(numberOf(id)));
  equal(attemptOf('nonsense'), undefined);
});

for (const [says, from, words, state, wish] of [
  ['accepted', sent, [accepted], 'submitted', 'ask'],
  ['no answer', sent, [sendSilent], 'unknown', 'ask'],
  ['no answer, then charging', sent, [sendSilent, asked('charging')], 'submitted', 'ask'],
  ['no answer, then never heard of it', sent, [sendSilent, asked('absent')], 'unknown', 'send'],
  ['no answer, then arrived', sent, [sendSilent, asked('success')], 'success', 'ask'],
  ['a refusal alone ends nothing', sent, [refused], 'submitted', 'ask'],
  ['a refusal, and never heard of it', sent, [refused, asked('absent')], 'refused', 'ask'],
  ['a refusal because the number was used', sent, [refused, asked('success')], 'success', 'ask'],
  ['accepted, then silent', sent, [accepted, silence], 'unknown', 'ask'],
  [
    'accepted, then denied: nobody sends that again by itself',
    sent,
    [accepted, asked('absent')],
    'unknown',
    'ask',
  ],
  ['failed', sent, [accepted, asked('failed')], 'failed', 'ask'],
  ['cancelled over there', sent, [accepted, asked('cancelled')], 'cancelled', 'ask'],
  ['a part', sent, [accepted, asked('partial', 3000n)], 'partial', 'ask'],
  ['a success of less is a part', sent, [accepted, asked('success', 3000n)], 'partial', 'ask'],
  ['a part of all is a success', sent, [accepted, asked('partial', 5000n)], 'success', 'ask'],
  ['failed, then arrived', sent, [accepted, asked('failed'), asked('success')], 'late', 'ask'],
  [
    'arrived stays arrived, whatever is said later',
    sent,
    [accepted, asked('success'), asked('failed')],
    'success',
    'ask',
  ],
] as const)
  test(`what a supplier says: ${says}`, () => {
    const after = told(from, ...words);
    deepEqual([after.state, after.wish], [state, wish]);
    equal(isEnded(after.state) && after.wish === 'ask', isEnded(after.state));
  });

test('a part counts what arrived, a success the whole face value', () => {
  equal(told(sent, accepted, asked('partial', 3000n)).charged, 3000n);
  equal(told(sent, accepted, asked('success')).charged, face);
});

test('"never heard of it" proves nothing while an unanswered sending may still be on its way', () => {
  const again = begun(told(sent, sendSilent, asked('absent')), wall).attempt;
  const soon = told(again, refused, asked('absent'));
  equal(soon.state, 'unknown');
  equal(heard(soon, asked('absent'), plus(wall, grace)).state, 'refused');
});

test('a number is sent by itself a few times, then a person decides', () => {
  const tired = { ...told(sent, sendSilent), sends: sendsMax };
  equal(heard(tired, asked('absent'), wall).wish, 'ask');
  equal(resendRefused(heard(tired, asked('absent'), wall), wall), undefined);
});

test('a cancellation: the supplier’s word ends it, its refusal lets it go on, silence is asked again', () => {
  const wanted = { ...told(sent, accepted), cancelWanted: true };
  const cancel = (answer: Extract<Heard, { act: 'cancel' }>['answer']): Attempt =>
    heard(wanted, { act: 'cancel', answer }, wall);
  equal(cancel({ kind: 'ok' }).state, 'cancelled');
  const no = cancel({ kind: 'refused', code: '8', message: '' });
  deepEqual([no.state, no.cancelWanted, no.wish], ['submitted', false, 'ask']);
  const nothing = cancel({ kind: 'unknown', why: 'timeout' });
  deepEqual([nothing.state, nothing.wish], ['unknown', 'cancel']);
});

test('what is given up: never sent is not sent, the rest is late if it arrives', () => {
  equal(givenUp(fresh, wall).state, 'cancelled');
  const given = givenUp(told(sent, accepted), wall);
  deepEqual([given.abandoned, given.wish], [true, 'cancel']);
  equal(heard(given, asked('success'), wall).state, 'late');
  equal(heard({ ...given, cancelWanted: false }, asked('absent'), wall).wish, 'ask', 'and never sent again');
});

test('a late yes to a sending that had ended is looked into', () => {
  const over: Attempt = { ...sent, state: 'cancelled', dueAt: null };
  equal(heard(over, accepted, wall).dueAt, wall);
  equal(heard(heard(over, accepted, wall), asked('success'), wall).state, 'late');
});

test('nothing a supplier says brings an ended attempt back to life, and none ends without its word', () => {
  const word = fc.constantFrom<Heard>(
    silence,
    sendSilent,
    refused,
    accepted,
    asked('absent'),
    asked('charging'),
    asked('success'),
    asked('partial', 10n),
    asked('failed'),
    asked('cancelled'),
    { act: 'cancel', answer: { kind: 'ok' } },
    { act: 'cancel', answer: { kind: 'unknown', why: 'x' } },
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.boolean(), (words, cancelWanted) => {
      let one: Attempt = { ...sent, cancelWanted };
      for (const each of words) {
        const before = one;
        one = heard(one, each, wall);
        if (isEnded(before.state)) ok(one.state === before.state || one.state === 'late');
        else if (isEnded(one.state)) ok(each.answer.kind === 'ok');
        if (!isEnded(one.state)) ok(one.dueAt !== null, 'what is open is looked at again');
        if (one.state === 'success') equal(one.charged, face);
      }
    }),
  );
});

test('every state but the last ones has a way on, and the table agrees with what is called ended', () => {
  const open: AttemptState[] = ['queued', 'submitted', 'unknown'];
  for (const state of open) ok(!ended.includes(state));
  equal(stepTo('success', 'fail', 'supplier'), undefined);
  equal(stepTo('failed', 'arrive', 'supplier'), 'late');
});

for (const [says, attempt, refusal] of [
  ['ended', { ...sent, state: 'success' }, 'ATTEMPT_ENDED'],
  ['not sent yet', fresh, 'ATTEMPT_NOT_SENT'],
  ['with the supplier', sent, 'ATTEMPT_UNDER_WAY'],
  ['being cancelled', { ...sent, state: 'unknown', cancelWanted: true }, 'CANCEL_UNDER_WAY'],
  ['unknown', { ...sent, state: 'unknown' }, undefined],
] as const)
  test(`F031 补单 of an attempt that is ${says}: ${refusal ?? 'yes'}`, () => {
    equal(resendRefused(attempt as Attempt, wall), refusal);
  });

const route = (place: number, parts: Partial<Route> = {}): Route => ({
  place,
  supplierId: `s${place}`,
  productNo: 'p',
  maxCost: fen(4950n),
  usable: true,
  price: null,
  ...parts,
});

test('suppliers are asked in order: those that are on, not tried, and not dearer than they may be', () => {
  const all = [route(1, { usable: false }), route(2, { price: fen(4951n) }), route(3), route(4)];
  equal(nextRoute(all, [])?.place, 3);
  equal(nextRoute(all, ['s3/p'])?.place, 4);
  equal(nextRoute(all, ['s3/p', 's4/p']), undefined);
  equal(noRouteReason([]), 'no_route');
  equal(noRouteReason([route(1, { usable: false })]), 'supplier_off');
  equal(noRouteReason([route(1, { price: fen(9999n) })]), 'too_dear');
  equal(noRouteReason([route(1)]), 'all_tried');
});

test('the breaker opens after silences in a row and closes with the first answer', () => {
  let state: ReturnType<typeof afterCall> = { silences: 0, openUntil: null };
  for (let i = 0; i < silencesMax; i++) state = afterCall(state.silences, false, wall);
  ok(state.openUntil !== null && state.openUntil > wall);
  deepEqual(afterCall(state.silences, true, wall), { silences: 0, openUntil: null });
});

test('questions come ever more rarely, and never stop', () => {
  let last = 0;
  for (let i = 0; i < 30; i++) {
    const pause = nextAsk(i, wall) - wall;
    ok(pause >= last && pause <= 300_000);
    last = pause;
  }
});
