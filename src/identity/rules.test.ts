import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fen } from '../kit/money.ts';
import { instant, plus } from '../kit/time.ts';
import {
  deviceIdOf,
  isGuessable,
  isReservedScope,
  isWorthSeeing,
  maskContact,
  needsStepUp,
  parseContact,
  sessionEnd,
  waitAfter,
  windowStart,
} from './rules.ts';

const wall = instant('2026-11-20T04:07:00Z');

test('a contact is an e-mail or a phone number, in one spelling', () => {
  for (const [typed, value] of [
    [' Lin@Example.COM ', 'lin@example.com'],
    ['13800138000', '+8613800138000'],
    ['138 0013 8000', '+8613800138000'],
    ['+86 138-0013-8000', '+8613800138000'],
    ['008613800138000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['+442079460958', '+442079460958'],
    ['lin', undefined],
    ['lin@', undefined],
    ['a@b', undefined],
    ['12345', undefined],
    ['23800138000', undefined],
    ['a b@example.com', undefined],
    ['', undefined],
  ] as const)
    assert.equal(parseContact(typed)?.value, value, typed);
});

test('a masked contact is recognised by its owner and cannot be written to', () => {
  assert.equal(maskContact({ kind: 'email', value: 'lin@example.com' }), 'l***@example.com');
  assert.equal(maskContact({ kind: 'phone', value: '+8613800138000' }), '+86138****8000');
});

test('F185 passwords that everybody guesses first are refused, long ones are not', () => {
  const contact = parseContact('13800138000');
  for (const bad of ['aaaaaaaaaa', '1234567890', 'Password123', '13800138000', 'ababababab'])
    assert.ok(isGuessable(bad, contact), bad);
  for (const good of ['correct horse battery', '白日依山尽黄河入海流', 'x7Kq-99fe-aa'])
    assert.ok(!isGuessable(good, contact), good);
});

test('F017 a reveal asks for the password above 200 yuan or on a device not seen before, and not again for a quarter of an hour', () => {
  const above = fen(200_00);
  const ago = (minutes: number) => plus(wall, { minutes: -minutes });
  for (const [amount, deviceKnown, confirmedAt, asks] of [
    [fen(1_00), true, null, false],
    [fen(200_00), true, null, false],
    [fen(200_01), true, null, true],
    [fen(0), false, null, true],
    [fen(200_01), true, ago(14), false],
    [fen(1_00), false, ago(14), false],
    [fen(200_01), true, ago(15), true],
    [fen(1_00), false, ago(15), true],
  ] as const)
    assert.equal(
      needsStepUp({ amount, above, deviceKnown, confirmedAt, wall }),
      asks,
      `${amount} ${deviceKnown} ${confirmedAt}`,
    );
});

test('F185 tries are counted in fixed windows; over the limit the wait reaches to the end of the window', () => {
  assert.equal(windowStart('login.account', wall), instant('2026-11-20T04:00:00Z'));
  assert.equal(waitAfter('login.account', 10, wall), 0);
  assert.equal(waitAfter('login.account', 11, wall), 8 * 60);
  assert.equal(waitAfter('register.address', 61, wall), 53 * 60);
});

test('a session slides: seen at most every five minutes, ended when unused', () => {
  assert.equal(isWorthSeeing(plus(wall, { minutes: -4 }), wall), false);
  assert.equal(isWorthSeeing(plus(wall, { minutes: -5 }), wall), true);
  assert.equal(sessionEnd('account', wall), plus(wall, { days: 30 }));
  assert.equal(sessionEnd('guest', wall), plus(wall, { days: 90 }));
});

test('F185 an API key cannot be given what makes or keeps access', () => {
  for (const scope of [
    'session:write',
    'sessions:read',
    'keys:write',
    'staff:write',
    'me:write',
    'accounts:write',
    'claims:write',
  ])
    assert.ok(isReservedScope(scope), scope);
  for (const scope of ['orders:read', 'keys:reveal', 'checkouts:write', 'me:read', 'shops:write'])
    assert.ok(!isReservedScope(scope), scope);
});

test('a device is known by the hash of its cookie; a cookie that is not ours is no device', () => {
  const cookie = 'A'.repeat(43);
  assert.match(deviceIdOf(cookie) ?? '', /^[0-9a-f-]{36}$/);
  assert.notEqual(deviceIdOf(cookie), deviceIdOf('B'.repeat(43)));
  for (const other of [undefined, '', 'x', `${cookie}A`, `${'A'.repeat(42)}!`])
    assert.equal(deviceIdOf(other), undefined);
});
