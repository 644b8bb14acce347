import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant, plus } from '../../kit/time.ts';
import type { LicenceTerms } from '../../catalog/licence.contract.ts';
import { aVersion } from '../../../test/listings.ts';
import { aLicenceListing, licenceTerms } from '../../../test/licences.ts';
import { checkSign, keyBytes, keyFault, keyText, maskedKey, normalKey, tailOf } from './key.rules.ts';
import { take, waitOf, type Buckets } from './limit.rules.ts';
import {
  decideActivation,
  decideFile,
  decideUnbind,
  decideUse,
  endAfter,
  policyOf,
  quotaOf,
  usualFile_s,
  type Licence,
  type Policy,
} from './policy.rules.ts';
import { enough, validate, type Named, type Scope } from './validation.rules.ts';

const now = instant('2026-11-20T04:00:00.000Z');
const policy: Policy = {
  seats: 2,
  uses: null,
  duration_days: null,
  basis: 'issue',
  expiration: 'restrict',
  uniqueness: 'licence',
  matching: 'any',
  unbind: { times: 2, per_days: 365 },
  offline_days: 30,
  version: '6.2',
  checksum: null,
};
const licence: Licence = {
  shopId: 's',
  id: 'l',
  orderId: 'o',
  line: 1,
  place: 1,
  buyerId: 'b',
  listingId: 'product',
  variantId: 'policy',
  state: 'active',
  policy,
  machines: 1,
  uses: 0,
  expiresAt: null,
  issuedAt: now,
  revealedAt: null,
  reveals: 0,
  activatedAt: null,
  logged: 1,
};
const parts = ['a', 'b', 'c'];
const machine: Named = {
  id: 'm1',
  fingerprint: 'f1',
  components: parts.map((fingerprint) => ({ fingerprint })),
};
const ago = plus(now, { days: -1 });

// What is changed of licence and policy, what is asked, which machines the question names, what the answer is.
const validations: readonly (readonly [
  what: string,
  changes: Partial<Omit<Licence, 'policy'>> & { readonly policy?: Partial<Policy> },
  scope: Scope,
  named: readonly Named[],
  answer: string,
])[] = [
  ['bound and asked by its fingerprint', {}, { fingerprints: ['f1'] }, [machine], 'VALID'],
  ['bound and asked by its machine', {}, { machine: 'm1' }, [machine], 'VALID'],
  ['no device is named although they are limited', {}, {}, [], 'FINGERPRINT_SCOPE_REQUIRED'],
  ['devices are not limited', { policy: { seats: null } }, {}, [], 'VALID'],
  ['another fingerprint', {}, { fingerprints: ['f9'] }, [], 'FINGERPRINT_SCOPE_MISMATCH'],
  ['an empty fingerprint', {}, { fingerprints: [] }, [], 'FINGERPRINT_SCOPE_EMPTY'],
  ['another machine', {}, { machine: 'm9' }, [], 'MACHINE_SCOPE_MISMATCH'],
  [
    'the machine of another seat with a fingerprint of this one',
    {},
    { machine: 'm2', fingerprints: ['f1'] },
    [machine, { ...machine, id: 'm2', fingerprint: 'f2' }],
    'FINGERPRINT_SCOPE_MISMATCH',
  ],
  ['nothing is bound, several seats', { machines: 0 }, { fingerprints: ['f1'] }, [], 'NO_MACHINES'],
  [
    'nothing is bound, one seat',
    { machines: 0, policy: { seats: 1 } },
    { fingerprints: ['f1'] },
    [],
    'NO_MACHINE',
  ],
  ['suspended goes before expired', { state: 'suspended', expiresAt: ago }, {}, [], 'SUSPENDED'],
  ['expired', { expiresAt: ago }, { fingerprints: ['f1'] }, [machine], 'EXPIRED'],
  ['expired is said after the devices', { expiresAt: ago }, {}, [], 'FINGERPRINT_SCOPE_REQUIRED'],
  ['expired and revoked goes first', { expiresAt: ago, policy: { expiration: 'revoke' } }, {}, [], 'EXPIRED'],
  [
    'expired, and access lasts',
    { expiresAt: ago, policy: { expiration: 'allow' } },
    { fingerprints: ['f1'] },
    [machine],
    'EXPIRED valid',
  ],
  [
    'expired, and what was bought lasts',
    { expiresAt: ago, policy: { expiration: 'maintain' } },
    { fingerprints: ['f1'] },
    [machine],
    'EXPIRED valid',
  ],
  ['it expires at this very moment', { expiresAt: now }, { machine: 'm1' }, [machine], 'EXPIRED'],
  ['another product', {}, { product: 'other', machine: 'm1' }, [machine], 'PRODUCT_SCOPE_MISMATCH'],
  ['another policy', {}, { policy: 'other', machine: 'm1' }, [machine], 'POLICY_SCOPE_MISMATCH'],
  ['another user', {}, { user: 'other', machine: 'm1' }, [machine], 'USER_SCOPE_MISMATCH'],
  ['an environment', {}, { environment: 'test', machine: 'm1' }, [machine], 'ENVIRONMENT_SCOPE_MISMATCH'],
  ['no entitlements', {}, { entitlements: [], machine: 'm1' }, [machine], 'ENTITLEMENTS_SCOPE_EMPTY'],
  ['entitlements', {}, { entitlements: ['pro'], machine: 'm1' }, [machine], 'ENTITLEMENTS_MISSING'],
  ['the version that was bought', {}, { version: '6.2', machine: 'm1' }, [machine], 'VALID'],
  ['another version', {}, { version: '7', machine: 'm1' }, [machine], 'VERSION_SCOPE_MISMATCH'],
  [
    'a checksum that was not stated',
    {},
    { checksum: 'aa', machine: 'm1' },
    [machine],
    'CHECKSUM_SCOPE_MISMATCH',
  ],
  ['more machines than seats', { machines: 3 }, { machine: 'm1' }, [machine], 'TOO_MANY_MACHINES'],
  ['no components', {}, { machine: 'm1', components: [] }, [machine], 'COMPONENTS_SCOPE_EMPTY'],
  ['foreign components', {}, { machine: 'm1', components: ['x'] }, [machine], 'COMPONENTS_SCOPE_MISMATCH'],
  [
    'two of three components, most must match',
    { policy: { matching: 'most' } },
    { machine: 'm1', components: ['a', 'b', 'x'] },
    [machine],
    'VALID',
  ],
  [
    'two of three components, all must match',
    { policy: { matching: 'all' } },
    { machine: 'm1', components: ['a', 'b', 'x'] },
    [machine],
    'COMPONENTS_SCOPE_MISMATCH',
  ],
];

for (const [what, { policy: own, ...changes }, scope, named, answer] of validations)
  test(`F035 validation: ${what}: ${answer}`, () => {
    const given = { ...licence, ...changes, policy: { ...policy, ...own } };
    const { valid, code } = validate(given, scope, named, now);
    equal(`${code}${valid && code !== 'VALID' ? ' valid' : ''}`, answer);
    equal(valid, code === 'VALID' || answer.endsWith('valid'));
  });

test('validation: what is not there is NOT_FOUND', () => {
  deepEqual(validate(undefined, {}, [], now), { valid: false, code: 'NOT_FOUND' });
});

for (const [matching, asked, answer] of [
  ['any', ['x', 'a'], true],
  ['any', ['x'], false],
  ['two', ['a', 'b', 'x'], true],
  ['two', ['a', 'x', 'y'], false],
  ['two', ['a'], true],
  ['two', ['a', 'a'], true],
  ['most', ['a', 'b', 'x', 'y'], true],
  ['most', ['a', 'x', 'y'], false],
  ['all', ['a', 'b', 'c'], true],
  ['all', ['a', 'b', 'c', 'x'], false],
] as const)
  test(`of ${asked.join()} enough are known when ${matching} must be: ${answer}`, () => {
    equal(enough(matching, asked, new Set(parts)), answer);
  });

for (const [what, changes, fingerprint, boundLately, answer] of [
  ['a free seat', {}, 'f2', 0, 'done'],
  ['no fingerprint', {}, null, 0, 'FINGERPRINT_REQUIRED'],
  ['all seats taken', { machines: 2 }, 'f2', 0, 'MACHINE_LIMIT_EXCEEDED'],
  ['no limit of seats', { machines: 900, policy: { ...policy, seats: null } }, 'f2', 900, 'done'],
  ['suspended', { state: 'suspended' }, 'f2', 0, 'LICENCE_SUSPENDED'],
  ['expired', { expiresAt: ago }, 'f2', 0, 'LICENCE_EXPIRED'],
  ['expired, access lasts', { expiresAt: ago, policy: { ...policy, expiration: 'allow' } }, 'f2', 0, 'done'],
  ['seven devices today are few enough', {}, 'f2', 6, 'done'],
  ['an eighth is not', {}, 'f2', 7, 'SWAP_LIMIT_EXCEEDED'],
] as const)
  test(`F035 activation: ${what}: ${answer}`, () => {
    const decided = decideActivation({ licence: { ...licence, ...changes }, fingerprint, boundLately, now });
    equal(decided.ok ? 'done' : decided.refusal, answer);
  });

for (const [what, own, expiresAt, began, ends] of [
  ['for good', {}, null, 'issue', null],
  ['from the issue', { duration_days: 30 }, null, 'issue', plus(now, { days: 30 })],
  ['not yet begun', { duration_days: 30, basis: 'first_activation' }, null, 'issue', null],
  [
    'begun by its first device',
    { duration_days: 30, basis: 'first_activation' },
    null,
    'first_activation',
    plus(now, { days: 30 }),
  ],
  ['begun before', { duration_days: 30, basis: 'first_activation' }, ago, 'first_activation', ago],
] as const)
  test(`the time of a licence: ${what}`, () => {
    equal(endAfter({ policy: { ...policy, ...own }, expiresAt }, began, now), ends);
  });

test('F035 an unbind within the quota is done, one beyond it is refused and says when the next is free', () => {
  const first = plus(now, { days: -300 });
  const second = plus(now, { days: -10 });
  deepEqual(decideUnbind({ policy }, [second]), { ok: true, value: { left: 0, nextAt: null } });
  deepEqual(decideUnbind({ policy }, [second, first]), {
    ok: false,
    refusal: 'UNBIND_QUOTA_EXCEEDED',
    detail: { times: 2, perDays: 365, nextAt: plus(first, { days: 365 }) },
  });
  deepEqual(quotaOf({ unbind: { times: null, per_days: 1 } }, [first]), { left: null, nextAt: null });
  deepEqual(quotaOf({ unbind: { times: 0, per_days: 1 } }, []), { left: 0, nextAt: null });
});

test('uses are counted up to what was bought', () => {
  const ten = { ...licence, uses: 9, policy: { ...policy, uses: 10 } };
  deepEqual(decideUse(ten, 1, now), { ok: true, value: { uses: 10 } });
  equal(decideUse(ten, 2, now).ok, false);
  deepEqual(decideUse(licence, 5, now), { ok: true, value: { uses: 5 } });
});

for (const [what, own, ttl, answer] of [
  ['as usual', {}, undefined, 30 * 86_400],
  ['as usual where the listing allows a year', { offline_days: 365 }, undefined, usualFile_s],
  ['an hour', {}, 3600, 3600],
  ['less than an hour', {}, 3599, 'TTL_INVALID'],
  ['longer than the listing says', {}, 30 * 86_400 + 1, 'TTL_INVALID'],
  ['for good', {}, null, 'TTL_INVALID'],
  ['none is offered', { offline_days: null }, 3600, 'OFFLINE_NOT_OFFERED'],
] as const)
  test(`an offline file ${what}: ${answer}`, () => {
    const decided = decideFile({ ...licence, policy: { ...policy, ...own } }, ttl, now);
    equal(decided.ok ? decided.value.ttl_s : decided.refusal, answer);
  });

const bytes = fc.uint8Array({ minLength: keyBytes, maxLength: keyBytes });

test('F032 a made key is 25 signs in groups of five, and its check sign fits', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const key = keyText('code25', '', random);
      match(key, /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
      equal(keyFault('code25', '', key), undefined);
    }),
    { seed: 740 },
  );
});

test('F045 one wrong sign of a key is always found, wherever it is', () => {
  const signs = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
  fc.assert(
    fc.property(bytes, fc.nat(24), fc.constantFrom(...signs), (random, place, sign) => {
      const key = normalKey(keyText('code25', '', random));
      fc.pre(key[place] !== sign);
      equal(keyFault('code25', '', key.slice(0, place) + sign + key.slice(place + 1)), 'CHECK');
    }),
    { seed: 741 },
  );
});

test('two signs of a key exchanged are found', () => {
  const key = normalKey(
    keyText(
      'code25',
      '',
      Uint8Array.from({ length: 16 }, (_, i) => i * 37),
    ),
  );
  const swapped = `${key.slice(0, 3)}${key[4]}${key[3]}${key.slice(5)}`;
  notEqual(swapped, key);
  equal(keyFault('code25', '', swapped), 'CHECK');
});

test('F045 a key typed in small letters, with spaces, O for 0 and l for 1 is the same key', () => {
  const key = 'AB0C1-DEFGH';
  for (const typed of ['ab0c1 defgh', 'ABOCl-DEFGH', ' AB0C1—DEFGH ', 'ＡＢ０Ｃ１DEFGH'])
    equal(normalKey(typed), normalKey(key));
});

for (const [format, prefix, typed, fault] of [
  ['code25', 'MJ', 'MJ-', 'LENGTH'],
  ['uuid', '', '6F9619FF-8B86-4011-B42D-00CF4FC964FF', undefined],
  ['uuid', 'PRO', 'PRO-6F9619FF-8B86-4011-B42D-00CF4FC964FF', undefined],
  ['uuid', '', '6F9619FF-8B86-4011-B42D-00CF4FC964FG', 'CHARACTER'],
  ['code25', '', 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAU', 'CHARACTER'],
] as const)
  test(`a key typed as ${typed || 'nothing'} for ${prefix || 'no prefix'}: ${fault ?? 'can be one'}`, () => {
    equal(keyFault(format, prefix, typed), fault);
  });

test('a key of the form UUID is a random UUID in capitals, with its prefix', () => {
  match(
    keyText('uuid', 'MJ', new Uint8Array(16).fill(255)),
    /^MJ-[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
  );
  equal(maskedKey(tailOf('MJ-ABCDE-FGHJK')), '****-EFGHJK');
  ok(checkSign('0').length === 1);
});

test('F020 the policy of a variant is its own where it says so, and 0 devices are any number', () => {
  const terms: LicenceTerms = { ...licenceTerms, duration_days: 365 };
  const { licence: kept } = aLicenceListing(terms);
  const content = aVersion({ licence: kept, activations: 3 });
  const [variant] = content.variants;
  ok(variant);
  equal(policyOf(content, variant.id).seats, 3);
  const own = { ...content, variants: [{ ...variant, licence: { activations: 0, duration_days: null } }] };
  deepEqual([policyOf(own, variant.id).seats, policyOf(own, variant.id).duration_days], [null, null]);
});

test('a bucket gives its burst, then so many a second, and says how long to wait', () => {
  const buckets: Buckets = new Map();
  const rate = { burst: 2, per_s: 0.5 };
  deepEqual(
    [0, 0, 0].map(() => take(buckets, 'a', rate, now)),
    [0, 0, 2],
  );
  equal(take(buckets, 'b', rate, now), 0);
  equal(waitOf(buckets, 'a', rate, plus(now, { seconds: 1 })), 1);
  equal(take(buckets, 'a', rate, plus(now, { seconds: 2 })), 0);
});
