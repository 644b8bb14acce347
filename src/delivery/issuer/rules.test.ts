import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from '../../kit/secret.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import type { Unit } from '../card-key.rules.ts';
import { decideAsk, maskedAccount, outcomeOf, usageOf, type AskFacts } from './rules.ts';
import { issuerFault, issuerHeaders } from './wire.rules.ts';

const delivered = instant('2026-11-20T04:00:00Z');
const revealed = plus(delivered, { minutes: 10 });
const unit: Unit = {
  shopId: 's',
  poolId: 'p',
  number: 1n,
  orderId: 'o',
  line: 1,
  state: 'revealed',
  deliveredAt: delivered,
  revealedAt: revealed,
  decidedAt: null,
  reveals: 1,
};

const asked: readonly (readonly [says: string, facts: Partial<AskFacts>, refusal: string | null])[] = [
  ['a key that its buyer has seen', {}, null],
  ['a key that is not there', { unit: undefined }, 'UNIT_NOT_FOUND'],
  ['a sealed key', { unit: { ...unit, state: 'sealed', revealedAt: null } }, 'UNIT_STILL_SEALED'],
  ['a key whose issuer nobody can ask', { known: false }, 'ISSUER_NOT_KNOWN'],
  ['a key that is being asked about', { open: true }, 'ISSUER_ASKED_ALREADY'],
  ['a key for the third time today', { lately: 2 }, null],
  ['a key for the fourth time today', { lately: 3 }, 'ISSUER_ASKED_OFTEN'],
];
for (const [says, facts, refusal] of asked)
  test(`F070 ${says} is ${refusal ?? 'asked about'}`, () => {
    const decided = decideAsk({ unit, known: true, open: false, lately: 0, ...facts });
    assert.equal(decided.ok ? null : decided.refusal, refusal);
  });

const usages: readonly (readonly [
  used: boolean,
  usedAt: Instant | null,
  revealedAt: Instant | null,
  usage: string,
])[] = [
  [false, null, revealed, 'unused'],
  [true, plus(delivered, { days: -3 }), revealed, 'before_delivery'],
  [true, plus(delivered, { ms: -1 }), revealed, 'before_delivery'],
  [true, delivered, revealed, 'before_reveal'],
  [true, plus(revealed, { ms: -1 }), revealed, 'before_reveal'],
  [true, revealed, revealed, 'after_reveal'],
  [true, plus(revealed, { minutes: 40 }), revealed, 'after_reveal'],
  [true, plus(delivered, { days: 1 }), null, 'before_reveal'],
  [true, null, revealed, 'used_sometime'],
];
for (const [used, usedAt, revealedAt, usage] of usages)
  test(`F102 used ${used ? (usedAt === null ? 'at no time' : (usedAt - delivered) / 1000 + ' s after delivery') : 'never'}, seen ${revealedAt === null ? 'never' : 'after 600 s'}: ${usage}`, () =>
    assert.equal(usageOf({ used, usedAt }, { deliveredAt: delivered, revealedAt }), usage));

test('F070 silence is asked again after 15 s, a minute and ten minutes, and then given up; yes and no end it', () => {
  const silence = { kind: 'unknown', why: 'silent' } as const;
  const wall = instant(1_000_000);
  assert.deepEqual(
    [1, 2, 3].map((tries) => outcomeOf(silence, tries, wall)),
    [15, 60, 600].map((seconds) => ({ state: 'asked', nextAt: plus(wall, { seconds }) })),
  );
  assert.deepEqual(outcomeOf(silence, 4, wall), { state: 'unanswered' });
  const rawHash = Buffer.alloc(32);
  assert.deepEqual(outcomeOf({ kind: 'refused', rawHash }, 1, wall), { state: 'refused' });
  assert.deepEqual(outcomeOf({ kind: 'ok', used: false, usedAt: null, account: null, rawHash }, 2, wall), {
    state: 'answered',
  });
});

test('an account is masked, however it came', () => {
  for (const [account, shown] of [
    ['wanderer88', 'wa***8'],
    ['li***7', 'li***7'],
    ['ab', 'a***'],
    ['', null],
    [null, null],
  ] as const)
    assert.equal(maskedAccount(account), shown);
});

test('F070 an answer is believed only when it is signed, fresh, and the answer to this check', () => {
  const key = keyOf(Buffer.alloc(32, 1));
  const wall = instant(1_700_000_000_000);
  const part = { direction: 'answer', checkId: 'a', timestamp: '1700000000', body: '{}' } as const;
  const headers = new Headers(issuerHeaders(key, part));
  const asked = { direction: 'answer', checkId: 'a', body: '{}' } as const;
  assert.equal(issuerFault(key, headers, asked, wall), undefined);
  assert.equal(issuerFault(key, headers, { ...asked, checkId: 'b' }, wall), 'forged');
  assert.equal(issuerFault(key, headers, { ...asked, body: '{ }' }, wall), 'forged');
  assert.equal(issuerFault(key, headers, { ...asked, direction: 'question' }, wall), 'forged');
  assert.equal(issuerFault(keyOf(Buffer.alloc(32, 2)), headers, asked, wall), 'forged');
  assert.equal(issuerFault(key, new Headers(), asked, wall), 'unsigned');
  assert.equal(issuerFault(key, headers, asked, plus(wall, { seconds: 301 })), 'stale');
});
