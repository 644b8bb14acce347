import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from '../kit/secret.ts';
import { instant } from '../kit/time.ts';
import { canonicalText, signatureFault, signatureOf, signedHeaders } from './sandbox-channel.rules.ts';

const key = keyOf(Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex'));
const message = {
  direction: 'notice',
  method: 'post',
  path: '/notices/sandbox',
  timestamp: '1795147200',
  request: 'r1',
  body: '{"a":1}',
} as const;
const wall = instant(1_795_147_200_000);

test('the signed text names direction, method, path, time, request and the hash of the body', () => {
  assert.equal(
    canonicalText(message),
    'MENGYUE-SANDBOX-HMAC-SHA256\nnotice\nPOST\n/notices/sandbox\n1795147200\nr1\n015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
  );
});

test('the signature is the one that openssl makes of that text', () => {
  assert.equal(signatureOf(key, message), '5fa6f5003810ed8c2477ed816693badfbbf684b221e49fa926ab36a5e2c3084d');
});

test('a message as it was signed is right', () =>
  assert.equal(signatureFault(key, signedHeaders(key, message), message, wall), undefined));

const changes: [string, Partial<typeof message> | Record<string, string>][] = [
  ['body', { body: '{"a":2}' }],
  ['path', { path: '/notices/other' }],
  ['direction', { direction: 'answer' }],
  ['method', { method: 'GET' }],
];
for (const [what, change] of changes)
  test(`another ${what} is forged`, () =>
    assert.equal(
      signatureFault(key, signedHeaders(key, message), { ...message, ...change } as typeof message, wall),
      'forged',
    ));

test('another time or request number in the headers is forged', () => {
  const headers = signedHeaders(key, message);
  assert.equal(
    signatureFault(key, { ...headers, 'x-sandbox-timestamp': '1795147201' }, message, wall),
    'forged',
  );
  assert.equal(signatureFault(key, { ...headers, 'x-sandbox-request': 'r2' }, message, wall), 'forged');
});

test('another key is forged', () =>
  assert.equal(
    signatureFault(keyOf(Buffer.alloc(32)), signedHeaders(key, message), message, wall),
    'forged',
  ));

test('a missing or misshapen signature is unsigned', () => {
  for (const signature of [undefined, '', 'F'.repeat(64), 'f'.repeat(63)])
    assert.equal(
      signatureFault(
        key,
        { ...signedHeaders(key, message), 'x-sandbox-signature': signature },
        message,
        wall,
      ),
      'unsigned',
    );
});

test('a genuine message is stale after five minutes, in both directions', () => {
  const fault = (seconds: number) =>
    signatureFault(key, signedHeaders(key, message), message, instant(wall + seconds * 1000));
  assert.deepEqual(
    [fault(300), fault(-300), fault(301), fault(-301)],
    [undefined, undefined, 'stale', 'stale'],
  );
});
