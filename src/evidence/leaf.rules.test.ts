import { deepEqual, equal, notDeepEqual, throws } from 'node:assert/strict';
import { hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { keyOf, seal } from '../kit/secret.ts';
import { instant } from '../kit/time.ts';
import {
  commitmentOf,
  extractKey,
  openSealed,
  payloadKey,
  payloadText,
  privateLeaf,
  publicLeaf,
  saltedPayload,
  sealPayload,
} from './leaf.rules.ts';
import { canonicalJson } from '../kit/json.ts';

const about = '0193f000-0000-7000-8000-000000000001';
const event = {
  shopId: '0193f000-0000-7000-8000-000000000002',
  about,
  seq: 1,
  prev: null,
  kind: 'order.purchased',
  at: instant(1_790_000_000_007),
  actor: 'buyer',
  body: { z: '1', a: ['二', 1.5, null] },
};

test('a payload is canonical JSON whatever its body holds (seed 8785)', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1, max: 1e6 }),
      (body, actor, seq) => {
        const prev = Buffer.alloc(32, seq);
        const text = payloadText({ ...event, prev, seq, actor, body: body as never });
        equal(
          text,
          canonicalize({
            v: 1,
            k: event.kind,
            shop: event.shopId,
            about,
            seq,
            prev: prev.toString('base64'),
            at: event.at,
            actor,
            body,
          }),
        );
      },
    ),
    { seed: 8785, numRuns: 200 },
  );
});

test('canonical JSON is what the canonicalize library writes, odd keys included; half a character is replaced, never refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => equal(canonicalJson(value as never), canonicalize(value))),
    { seed: 8785, numRuns: 500 },
  );
  const odd = {
    10: 1,
    9: 2,
    '': 3,
    é: 4,
    '😀': 5,
    '\ufb33': 6,
    a: { ['__proto__']: 7 },
    n: [-0, 1e21, 1e-7, 333333333.3333333],
  };
  equal(canonicalJson(odd), canonicalize(odd));
  equal(canonicalJson({ a: 'x\ud800' }), '{"a":"x\ufffd"}');
  throws(() => canonicalJson(Number.NaN));
});

test('the leaf of a private fact tells its time and nothing else; a public one adds its kind and hashes', () => {
  const c = Buffer.alloc(32, 9);
  const { keys, value } = ((leaf) => ({ keys: Object.keys(leaf), value: leaf }))(
    JSON.parse(privateLeaf(c, event.at)) as Record<string, unknown>,
  );
  deepEqual(keys, ['c', 't', 'v']);
  equal(value['t'], 1_790_000_000_007);
  equal(privateLeaf(c, event.at), canonicalize(value));
  equal(
    publicLeaf(c, event.at, 'stock.batch', { b: 'x', n: 3, r: 'root' }),
    `{"b":"x","c":"${c.toString('base64')}","k":"stock.batch","n":3,"r":"root","t":1790000000007,"v":1}`,
  );
});

test('the payload key is HKDF-SHA256 of the person and the subject', () => {
  const userKey = Buffer.alloc(32, 5);
  const expected = hkdfSync('sha256', userKey, 'mengyue/evidence/v1', about, 32);
  deepEqual(payloadKey(extractKey(userKey), about).export(), Buffer.from(expected));
});

test('what was sealed opens with the same person, subject and number only, and gives back what was committed to', () => {
  const extracted = extractKey(Buffer.alloc(32, 5));
  const salted = saltedPayload(Buffer.alloc(32, 1), payloadText(event));
  const sealed = sealPayload(extracted, event, salted, Buffer.alloc(12, 2));
  const opened = openSealed(extracted, event, sealed);
  equal(opened.payload, payloadText(event));
  deepEqual(opened.salt, Buffer.alloc(32, 1));
  deepEqual(opened.commitment, commitmentOf(salted));
  notDeepEqual(commitmentOf(saltedPayload(Buffer.alloc(32, 2), payloadText(event))), opened.commitment);
  throws(() => openSealed(extractKey(Buffer.alloc(32, 6)), event, sealed));
  throws(() => openSealed(extracted, { ...event, seq: 2 }, sealed));
  throws(() => openSealed(extracted, { ...event, about: event.shopId }, sealed));
  throws(() => openSealed(extracted, event, sealed.with(40, (sealed[40] ?? 0) ^ 1)));
  throws(() => openSealed(extracted, event, seal(keyOf(Buffer.alloc(32)), 'x', salted)));
});
