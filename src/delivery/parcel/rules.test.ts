import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { fen } from '../../kit/money.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import { sandboxCarrier } from './carriers.actions.ts';
import type { TrackKind } from './contract.ts';
import type { ParcelState } from './machine.ts';
import {
  answersKept,
  decideParcel,
  decideRefusal,
  follow,
  isTracking,
  missingFrom,
  type Parcel,
  type Track,
} from './rules.ts';

const noon = instant('2026-11-20T04:00:00.000Z');
const at = (hours: number): Instant => plus(noon, { hours });
const parcel = (parts: Partial<Parcel> = {}): Parcel => ({
  shopId: 's',
  orderId: 'o',
  line: 1,
  state: 'shipped',
  carrier: 'sf',
  tracking: 'SF10000000',
  shippedAt: noon,
  shippedBy: 'm',
  movedAt: noon,
  askedAt: noon,
  signedAt: null,
  refusedAt: null,
  refusedWhy: '',
  answeredAt: null,
  returnedAt: null,
  endedAt: null,
  ...parts,
});
const track = (kind: TrackKind, hours: number): Track => ({ kind, at: at(hours), said: kind });

for (const [from, heard, to] of [
  ['shipped', [track('accepted', 1)], 'in_transit'],
  ['shipped', [track('signed', 3), track('moving', 2)], 'signed'],
  ['still', [track('moving', 90)], 'in_transit'],
  ['still', [track('signed', 90)], 'signed'],
  ['refused', [track('signed', 9)], 'refused'], // the sender's own signature is not the buyer's
  ['refused', [track('returned', 9)], 'refunded'],
  ['returning', [track('returned', 9)], 'refunded'],
  ['in_transit', [track('returned', 9)], 'in_transit'], // nobody refused it
  ['signed', [track('moving', 9)], 'signed'],
  ['refunded', [track('signed', 9)], 'refunded'],
] as const satisfies readonly [ParcelState, Track[], ParcelState][])
  test(`F021 F023 a parcel that is ${from} and of which the carrier says ${heard.map(({ kind }) => kind).join(', ')} is ${to}`, () =>
    equal(follow(parcel({ state: from }), heard, at(99)).state, to));

test('F021 the signature’s own time counts, not when we heard of it', () =>
  equal(follow(parcel(), [track('signed', 40)], at(50)).signedAt, at(40)));

for (const [state, photos, expected] of [
  ['in_transit', 1, 'refused'],
  ['still', 1, 'refused'],
  ['in_transit', 0, 'PHOTO_NEEDED'],
  ['signed', 1, 'PARCEL_CLOSED'], // it was taken
  ['refunded', 1, 'PARCEL_CLOSED'],
] as const)
  test(`F023 refusing a parcel that is ${state} with ${photos} photos: ${expected}`, () => {
    const answer = decideRefusal(parcel({ state }), photos, at(5));
    equal(answer.ok ? answer.value.state : answer.refusal, expected);
  });

for (const [state, event, by, to] of [
  ['still', 'give_up', 'buyer', 'refunded'],
  ['in_transit', 'give_up', 'buyer', undefined], // it moves
  ['refused', 'answer', 'merchant', 'returning'],
  ['returning', 'lapse', 'clock', undefined], // the shop answered
  ['refused', 'lapse', 'clock', 'refunded'],
  ['in_transit', 'still', 'clock', 'still'],
  ['refused', 'still', 'clock', undefined],
] as const)
  test(`VGSR 13 ${state}, ${event} by ${by}: ${to ?? 'no step'}`, () =>
    equal(decideParcel(parcel({ state }), event, by, at(80))?.state, to));

const box = {
  price: fen(12_800n),
  quantity: 2,
  parts: [
    { name: '木片', count: 2, worth: '3000' },
    { name: '说明书', count: 1, worth: '500' },
  ],
};
for (const [what, answers, suggested, reasons] of [
  ['all is there', { model: true, quantity: 2, 'part.0': 4, 'part.1': 2 }, 0n, []],
  ['another model', { model: false, quantity: 2 }, 25_600n, ['WRONG_SPEC']],
  ['one of two boxes', { quantity: 1 }, 12_800n, ['SHORT_QTY']],
  ['a booklet is missing', { quantity: 2, 'part.1': 1 }, 500n, ['MISSING_PART']],
  ['three of four panels and no booklet', { 'part.0': 3, 'part.1': 0 }, 4_000n, ['MISSING_PART']],
  ['one box, and in it one panel', { quantity: 1, 'part.0': 1 }, 15_800n, ['SHORT_QTY', 'MISSING_PART']],
  ['nothing came', { quantity: 0 }, 25_600n, ['SHORT_QTY']],
  ['more than were bought', { quantity: 9, 'part.0': 99 }, 0n, []],
] as const)
  test(`F025 unpacking: ${what} gives back ${suggested} fen by the listing of the order`, () => {
    const missing = missingFrom(answers, box);
    deepEqual([missing.suggested, missing.reasons], [suggested, reasons]);
  });

test('F025 parts that are said to be worth more than the goods give back no more than the goods cost', () =>
  equal(
    missingFrom({ 'part.0': 0 }, { ...box, parts: [{ name: 'x', count: 1, worth: '999999' }] }).suggested,
    25_600n,
  ));

test('F022 a check keeps what is asked about and nothing else', () => {
  deepEqual(answersKept('signoff', { box_whole: false, __proto__x: true, part: 1 }, 2), { box_whole: false });
  deepEqual(answersKept('unboxing', { model: true, 'part.1': 1, 'part.2': 1 }, 2), {
    model: true,
    'part.1': 1,
  });
});

for (const [text, right] of [
  ['SF1234567890', true],
  ['1234567', false],
  ['SF 1234 5678', false],
  ['<script>', false],
] as const)
  test(`F021 ${text} ${right ? 'can' : 'cannot'} be a tracking number`, () => equal(isTracking(text), right));

test('the sandbox carrier walks by itself, stands still where its number says so, and brings back what was refused', async () => {
  const ask = async (tracking: string, hours: number, refusedAt: Instant | null = null) =>
    (await sandboxCarrier.track({ carrier: 'sf', tracking, shippedAt: noon, refusedAt, now: at(hours) })).map(
      ({ kind }) => kind,
    );
  deepEqual(await ask('SF1', 1), []);
  deepEqual(await ask('SF1', 41), ['accepted', 'moving', 'out', 'signed']);
  deepEqual(await ask('SF1STILL', 200), ['accepted']);
  deepEqual(await ask('SF1', 100, at(38)), ['accepted', 'moving', 'out', 'returned']);
});
