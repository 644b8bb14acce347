import { deepEqual, equal, match, notEqual, ok, throws } from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { isGenuine, openFile } from '../../../test/licence-client.ts';
import { aLicenceListing, buyLicences } from '../../../test/licences.ts';
import { aShop } from '../../../test/world.ts';
import { createApp, listen } from '../../app/http.ts';
import { openLog } from '../../app/log.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { nobody } from '../../kit/viewer.ts';
import { accountOf } from './account.actions.ts';
import { suspendLicences } from './suspension.actions.ts';

const { db, clock } = await testDatabase();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: async () => nobody,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);
const host = new URL(server.address).host;

const shelf = await aShop(db, [
  aLicenceListing({ matching: 'most' }, { activations: 2 }),
  aLicenceListing({ uses: 2, offline_days: null }, { activations: 0 }),
]);
const other = await aShop(db, [aLicenceListing()]);
const { shopId } = shelf;
const [two, counted] = shelf.listings.map((one) => one.variantId) as [string, string];
const buy = async (variantId = two) => {
  const bought = await buyLicences(db, { variantId, shopId });
  return { ...bought, ...must(bought.licences[0], 'a licence') };
};
await buyLicences(db, { variantId: must(other.listings[0], 'a listing').variantId, shopId: other.shopId });
await buy();
const publicKey = must(await accountOf(await reader(db), shopId), 'an account').publicKey.toString('hex');

// oxlint-disable-next-line no-explicit-any -- answers of foreign dialects, read field by field below
type Json = any;
type Answer = { status: number; headers: Headers; text: string; json: Json };
async function ask(at: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const [method = '', target = ''] = at.split(' ');
  const response = await fetch(`${server.address}${target}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: Json = text.startsWith('{') ? JSON.parse(text) : null;
  // Buckets are real and the clock stands still: time passes between the tests, not within one.
  clock.forward({ seconds: 1 });
  return { status: response.status, headers: response.headers, text, json };
}
const withKey = (key: string) => ({ authorization: `License ${key}` });
const polar = (call: string, body: unknown) =>
  ask(`POST /v1/customer-portal/license-keys/${call}`, body, { 'content-type': 'application/json' });
const validateKey = (meta: unknown, account = '') =>
  ask(`POST /v1${account}/licenses/actions/validate-key`, { meta });
const machineBody = (licenceId: string, fingerprint: string | null, more: Json = {}) => ({
  data: {
    type: 'machines',
    attributes: { fingerprint, name: '书房的电脑', platform: 'linux', ...more },
    relationships: { license: { data: { type: 'licenses', id: licenceId } } },
  },
});

test('validate-key answers 200 always, with ts, code, prose, nonce, scope and the licence', async () => {
  const { key, id } = await buy();
  const scope = { fingerprint: 'f1' };
  const before = await validateKey({ key, nonce: 74, scope });
  deepEqual(
    [before.status, before.headers.get('content-type'), before.json.meta.valid, before.json.meta.code],
    [200, 'application/vnd.api+json', false, 'NO_MACHINES'],
  );
  equal((await ask('POST /v1/machines', machineBody(id, 'f1'), withKey(key))).status, 201);
  const after_ = await validateKey({ key, nonce: 75, scope });
  const { ts, detail, zh, ...meta } = after_.json.meta;
  deepEqual(meta, { valid: true, code: 'VALID', nonce: 75, scope });
  deepEqual([detail, zh], ['is valid', '有效']);
  match(ts, /^\d{4}-.*Z$/);
  const { data } = after_.json;
  deepEqual(
    [data.id, data.type, data.attributes.key, data.attributes.status, data.attributes.maxMachines],
    [id, 'licenses', key, 'ACTIVE', 2],
  );
  equal(data.relationships.machines.meta.count, 1);
});

const slugOf = async (): Promise<string> =>
  String((await db.reads.query('select slug from merchants.shops where id = $1', [shopId])).rows[0]?.slug);

// request → status and code, both dialects.
test('validate-key: what is asked and what is said', async () => {
  const { key, id, orderId } = await buy();
  await ask('POST /v1/machines', machineBody(id, 'f1'), withKey(key));
  const slug = await slugOf();
  const cases: readonly (readonly [Json, string, string])[] = [
    [{ key, scope: { fingerprint: 'f1' } }, '', 'VALID'],
    [{ key, scope: { fingerprints: ['f1'] } }, `/accounts/${shopId}`, 'VALID'],
    [{ key, scope: { fingerprint: 'f1' } }, `/accounts/${slug}`, 'VALID'],
    [{ key, scope: { fingerprint: 'f1' } }, `/accounts/${other.shopId}`, 'NOT_FOUND'],
    [{ key: 'AAAAA-AAAAA' }, '', 'NOT_FOUND'],
    [{ key }, '', 'FINGERPRINT_SCOPE_REQUIRED'],
    [{ key, scope: { fingerprint: '' } }, '', 'FINGERPRINT_SCOPE_EMPTY'],
    [{ key, scope: { fingerprints: [] } }, '', 'FINGERPRINT_SCOPE_EMPTY'],
    [{ key, scope: { fingerprint: 'f9' } }, '', 'FINGERPRINT_SCOPE_MISMATCH'],
    [
      { key, scope: { fingerprint: 'f1', product: shelf.listings[1]?.listingId } },
      '',
      'PRODUCT_SCOPE_MISMATCH',
    ],
    [{ key, scope: { fingerprint: 'f1', product: shelf.listings[0]?.listingId } }, '', 'VALID'],
    [{ key, scope: { machine: 'nothing' } }, '', 'MACHINE_SCOPE_MISMATCH'],
    [{ key, scope: { fingerprint: 'f1', entitlements: ['x'] } }, '', 'ENTITLEMENTS_MISSING'],
  ];
  for (const [meta, account, code] of cases) {
    const answer = await validateKey(meta, account);
    deepEqual([answer.status, answer.json.meta.code], [200, code], JSON.stringify(meta));
    equal(answer.json.data === null, code === 'NOT_FOUND');
  }
  equal((await validateKey({ key }, '/accounts/nobody')).status, 404);
  await transaction(db, (tx) => suspendLicences(tx, [{ shopId, orderId }], { reason: 'hold', ref: orderId }));
  equal((await validateKey({ key, scope: { fingerprint: 'f1' } })).json.meta.code, 'SUSPENDED');
});

test('what cannot be read is refused in the form of the dialect, with both languages', async () => {
  const { key, id } = await buy();
  const target = 'POST /v1/licenses/actions/validate-key';
  const cases: readonly (readonly [Promise<Answer>, number, string])[] = [
    [ask(target, '{'), 400, 'REQUEST_MALFORMED'],
    [ask(target, {}), 400, 'PARAMETER_INVALID'],
    [ask(target, { meta: { key, nonce: 'x' } }), 400, 'PARAMETER_INVALID'],
    [ask(target, { meta: { key } }, { 'content-type': 'text/plain' }), 415, 'CONTENT_TYPE_INVALID'],
    [ask(target, JSON.stringify({ meta: { key, pad: 'x'.repeat(40_000) } })), 413, 'BODY_TOO_LARGE'],
    [
      ask(target, { meta: { key } }, { 'keygen-accept-signature': 'algorithm="rsa-sha256"' }),
      400,
      'SIGNATURE_ALGORITHM_INVALID',
    ],
    [ask('GET /v1/nothing'), 404, 'NOT_FOUND'],
    [ask('POST /v1/machines', machineBody(id, 'f1')), 401, 'TOKEN_MISSING'],
    [ask('POST /v1/machines', machineBody(id, 'f1'), { authorization: 'Bearer x' }), 401, 'TOKEN_INVALID'],
    [ask('POST /v1/machines', machineBody(id, 'f1'), withKey('wrong')), 401, 'LICENSE_INVALID'],
    [ask('POST /v1/machines', machineBody(id, null), withKey(key)), 422, 'FINGERPRINT_BLANK'],
    [ask('POST /v1/machines', machineBody(id, 'a\u0000'), withKey(key)), 422, 'FINGERPRINT_INVALID'],
    [
      ask('POST /v1/machines', machineBody(id, 'f1', { metadata: { a: '\u0000' } }), withKey(key)),
      400,
      'PARAMETER_INVALID',
    ],
    [ask('POST /v1/machines', machineBody(shopId, 'f1'), withKey(key)), 404, 'NOT_FOUND'],
    [ask(`GET /v1/licenses/${shopId}`, undefined, withKey(key)), 404, 'NOT_FOUND'],
  ];
  for (const [asked, status, code] of cases) {
    const { status: is, json, headers } = await asked;
    deepEqual([is, json.errors[0].code], [status, code]);
    equal(headers.get('content-type'), 'application/vnd.api+json');
    ok(json.meta.id && json.errors[0].title && json.errors[0].detail);
    match(json.errors[0].meta.zh, /\p{Script=Han}/u);
  }
});

test('F035 machines: made once, found by id and fingerprint, full, taken away, and made again', async () => {
  const { key, id } = await buy();
  const made = await ask('POST /v1/machines', machineBody(id, 'f1'), withKey(key));
  const again = await ask('POST /v1/machines', machineBody(key, 'f1'), withKey(key));
  deepEqual([made.status, again.status, again.json.data.id], [201, 200, made.json.data.id]);
  equal(made.headers.get('location'), `/v1/accounts/${shopId}/machines/${made.json.data.id}`);
  deepEqual([made.json.data.attributes.fingerprint, made.json.data.attributes.platform], ['f1', 'linux']);
  const basic = { authorization: `Basic ${Buffer.from(`license:${key}`).toString('base64')}` };
  equal((await ask('POST /v1/machines', machineBody(id, 'f2'), basic)).status, 201);
  const full = await ask('POST /v1/machines', machineBody(id, 'f3'), withKey(key));
  deepEqual([full.status, full.json.errors[0].code], [422, 'MACHINE_LIMIT_EXCEEDED']);
  equal((await ask(`GET /v1/machines/${made.json.data.id}`, undefined, withKey(key))).status, 200);
  equal((await ask('DELETE /v1/machines/f2', undefined, withKey(key))).status, 204);
  const byId = await ask(`DELETE /v1/machines/${made.json.data.id}`, undefined, withKey(key));
  deepEqual([byId.status, byId.text], [204, '']);
  equal((await ask('DELETE /v1/machines/f1', undefined, withKey(key))).status, 404);
  equal((await ask('POST /v1/machines', machineBody(id, 'f3'), withKey(key))).status, 201);
  const quota = await ask('DELETE /v1/machines/f3', undefined, withKey(key));
  deepEqual([quota.status, quota.json.errors[0].code], [422, 'UNBIND_QUOTA_EXCEEDED']);
});

test('usage is counted and refused beyond what was bought, in both dialects', async () => {
  const { key, id } = await buy(counted);
  const once = await ask(`POST /v1/licenses/${id}/actions/increment-usage`, undefined, withKey(key));
  deepEqual([once.status, once.json.data.attributes.uses], [200, 1]);
  const named = { key, organization_id: shopId };
  const second = await polar('validate', { ...named, increment_usage: 1 });
  deepEqual([second.status, second.json.usage, second.json.limit_usage], [200, 2, 2]);
  const third = await polar('validate', { ...named, increment_usage: 1 });
  deepEqual([third.status, third.json.error, third.json.code], [400, 'BadRequest', 'USES_LIMIT_EXCEEDED']);
  const over = await ask(`POST /v1/licenses/${id}/actions/increment-usage`, undefined, withKey(key));
  deepEqual([over.status, over.json.errors[0].code], [422, 'USES_LIMIT_EXCEEDED']);
});

test('Polar: activate, validate and deactivate have their shapes, and one device takes one seat', async () => {
  const { key, id } = await buy();
  const named = { key, organization_id: shopId };
  const conditions = { fingerprint: 'p1', mac: 'aa', disk: 'bb', cpu: 'cc' };
  const first = await polar('activate', { ...named, label: 'Laptop', conditions, meta: { os: 'linux' } });
  equal(first.status, 200);
  deepEqual(Object.keys(first.json).sort(), [
    'created_at',
    'id',
    'label',
    'license_key',
    'license_key_id',
    'meta',
    'modified_at',
  ]);
  deepEqual([first.json.label, first.json.meta, first.json.license_key_id], ['Laptop', { os: 'linux' }, id]);
  const again = await polar('activate', { ...named, label: 'Laptop', conditions });
  equal(again.json.id, first.json.id);
  const read = await polar('validate', { ...named, activation_id: first.json.id, conditions });
  equal(read.status, 200);
  deepEqual(Object.keys(read.json).sort(), [
    'activation',
    'benefit_id',
    'created_at',
    'customer',
    'customer_id',
    'display_key',
    'expires_at',
    'id',
    'key',
    'last_validated_at',
    'limit_activations',
    'limit_usage',
    'modified_at',
    'organization_id',
    'status',
    'usage',
    'validations',
  ]);
  deepEqual(
    [
      read.json.status,
      read.json.key,
      read.json.display_key,
      read.json.activation.id,
      read.json.organization_id,
    ],
    ['granted', key, `****-${key.replaceAll('-', '').slice(-6)}`, first.json.id, shopId],
  );
  const gone = await polar('deactivate', { ...named, activation_id: first.json.id });
  deepEqual([gone.status, gone.text], [204, '']);
  equal((await polar('deactivate', { ...named, activation_id: first.json.id })).status, 404);
});

test('Polar: what is asked and what is said, without the traps', async () => {
  const { key, orderId, buyerId } = await buy();
  const named = { key, organization_id: shopId };
  const made = await polar('activate', {
    ...named,
    label: 'a',
    conditions: { fingerprint: 'p1', mac: 'aa', disk: 'bb', cpu: 'cc' },
  });
  const activation_id = String(made.json.id);
  const read = await polar('validate', { ...named, activation_id });
  const cases: readonly (readonly [string, Json, number, string | undefined])[] = [
    ['validate', { ...named, activation_id }, 200, undefined],
    // A changed card is one of four: most still match, so the same machine is the same machine.
    [
      'validate',
      { ...named, activation_id, conditions: { mac: 'new', disk: 'bb', cpu: 'cc' } },
      200,
      undefined,
    ],
    [
      'validate',
      { ...named, activation_id, conditions: { mac: 'new', disk: 'new', cpu: 'cc' } },
      404,
      'COMPONENTS_SCOPE_MISMATCH',
    ],
    ['validate', { ...named, conditions: { fingerprint: 'p1' } }, 200, undefined],
    ['validate', named, 404, 'FINGERPRINT_SCOPE_REQUIRED'],
    ['validate', { ...named, activation_id: buyerId }, 404, 'MACHINE_SCOPE_MISMATCH'],
    ['validate', { ...named, activation_id, benefit_id: two }, 200, undefined],
    ['validate', { ...named, activation_id, benefit_id: counted }, 404, 'POLICY_SCOPE_MISMATCH'],
    ['validate', { ...named, activation_id, customer_id: read.json.customer_id }, 200, undefined],
    ['validate', { ...named, activation_id, customer_id: buyerId }, 404, 'USER_SCOPE_MISMATCH'],
    ['validate', { key: 'wrong', organization_id: shopId }, 404, 'NOT_FOUND'],
    ['validate', { key, organization_id: other.shopId, activation_id }, 404, 'NOT_FOUND'],
    ['validate', { key, organization_id: encodeId('shop', shopId), activation_id }, 200, undefined],
    ['validate', { key }, 422, 'INPUT_INVALID'],
    ['validate', '{', 422, 'INPUT_INVALID'],
    ['activate', { ...named, label: 'no fingerprint' }, 422, 'FINGERPRINT_REQUIRED'],
    ['activate', { ...named, label: 'b', conditions: { fingerprint: 'p2' } }, 200, undefined],
    ['activate', { ...named, label: 'c', conditions: { fingerprint: 'p3' } }, 403, 'MACHINE_LIMIT_EXCEEDED'],
    ['activate', { ...named, key: 'wrong', label: 'c', conditions: {} }, 404, 'NOT_FOUND'],
    ['deactivate', { ...named, activation_id: 'no uuid' }, 404, 'MACHINE_NOT_FOUND'],
  ];
  for (const [call, body, status, code] of cases) {
    const answer = await polar(call, body);
    deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(body));
    if (code) match(answer.json.zh, /\p{Script=Han}/u);
    notEqual(answer.json.customer_id, buyerId);
  }
  await transaction(db, (tx) => suspendLicences(tx, [{ shopId, orderId }], { reason: 'case', ref: orderId }));
  const off = await polar('validate', { ...named, activation_id });
  deepEqual([off.status, off.json.error, off.json.code], [404, 'ResourceNotFound', 'SUSPENDED']);
  const shut = await polar('activate', { ...named, label: 'd', conditions: { fingerprint: 'p1' } });
  deepEqual([shut.status, shut.json.error, shut.json.code], [403, 'NotPermitted', 'LICENCE_SUSPENDED']);
});

test('answers are signed: a changed body, host, address or date is seen, and so is another shop', async () => {
  const { key } = await buy();
  const target = `/v1/accounts/${shopId}/licenses/actions/validate-key?a=1`;
  const answer = await ask(`POST ${target}`, { meta: { key, nonce: 1 } });
  const is = (more: Partial<{ body: string; target: string; host: string; publicKey: string }>) =>
    isGenuine(
      { headers: answer.headers, body: more.body ?? answer.text },
      { method: 'POST', target, host, publicKey, ...more },
    );
  equal(is({}), true);
  equal(is({ body: answer.text.replace('"valid":false', '"valid":true ') }), false);
  equal(is({ target: '/v1/licenses/actions/validate-key' }), false);
  equal(is({ host: 'api.example' }), false);
  const foreign = must(await accountOf(await reader(db), other.shopId), 'an account');
  equal(is({ publicKey: foreign.publicKey.toString('hex') }), false);
  match(
    answer.headers.get('keygen-signature') ?? '',
    new RegExp(
      `^keyid="${shopId}", algorithm="ed25519", signature="[^"]+", headers="\\(request-target\\) host date digest"$`,
    ),
  );
  const gone = await polar('validate', { key, organization_id: shopId });
  const polarTarget = '/v1/customer-portal/license-keys/validate';
  ok(
    isGenuine(
      { headers: gone.headers, body: gone.text },
      { method: 'POST', target: polarTarget, host, publicKey },
    ),
  );
});

test('offline files of both kinds and both algorithms open with other people’s code, and only as what they are', async () => {
  const { key, id } = await buy();
  const machine = await ask('POST /v1/machines', machineBody(id, 'f1'), withKey(key));
  const of = async (at: string): Promise<string> => {
    const answer = await ask(`GET /v1/${at}`, undefined, withKey(key));
    equal(answer.status, 200, answer.text);
    match(answer.headers.get('content-disposition') ?? '', /\.lic"$/);
    return answer.text;
  };
  const plain = await of(`licenses/${id}/actions/check-out?include=product,policy&ttl=3600`);
  const sealed = await of(`licenses/${id}/actions/check-out?encrypt=1`);
  const seat = await of(`machines/f1/actions/check-out?encrypt=true&include=license,license.policy`);
  const now = new Date(clock.now());
  const opened = openFile(plain, { kind: 'license', publicKey, now });
  deepEqual(
    [opened.data.id, opened.data.attributes['key'], opened.included.map((one) => one.type), opened.meta.ttl],
    [id, key, ['products', 'policies'], 3600],
  );
  equal(openFile(sealed, { kind: 'license', publicKey, secret: key, now }).data.id, id);
  equal(
    openFile(seat, { kind: 'machine', publicKey, secret: `${key}f1`, now }).data.id,
    machine.json.data.id,
  );

  const later = new Date(clock.now() + 2 * 3_600_000);
  const wrong: readonly (readonly [string, string, Parameters<typeof openFile>[1], RegExp])[] = [
    ['another fingerprint', seat, { kind: 'machine', publicKey, secret: `${key}f2`, now }, /authenticate/],
    ['another key', sealed, { kind: 'license', publicKey, secret: 'other', now }, /authenticate/],
    [
      'a kind swapped',
      seat.replaceAll('MACHINE', 'LICENSE'),
      { kind: 'license', publicKey, secret: key, now },
      /signature/,
    ],
    [
      'a kind swapped back',
      plain.replaceAll('LICENSE', 'MACHINE'),
      { kind: 'machine', publicKey, now },
      /signature/,
    ],
    ['another shop', plain, { kind: 'license', publicKey: 'ab'.repeat(32), now }, /signature|key/i],
    ['too old', plain, { kind: 'license', publicKey, now: later }, /too old/],
    ['a clock set back', plain, { kind: 'license', publicKey, now: new Date(0) }, /set back/],
  ];
  for (const [what, text, asked, says] of wrong) throws(() => openFile(text, asked), says, what);
  throws(() => openFile(tampered(plain), { kind: 'license', publicKey, now }), /signature/);
});

/** The same file with its owner’s seats raised. */
function tampered(file: string): string {
  const [, body = ''] = file.split('\n');
  const outer = JSON.parse(Buffer.from(body, 'base64').toString()) as { enc: string };
  const inner = Buffer.from(outer.enc, 'base64').toString().replace('"maxMachines":2', '"maxMachines":9');
  const changed = { ...outer, enc: Buffer.from(inner).toString('base64') };
  return file.replace(body, Buffer.from(JSON.stringify(changed)).toString('base64'));
}

test('a check-out says what is wrong with it, and POST gives a resource that holds the file', async () => {
  const { key, id } = await buy();
  const other_ = await buy(counted);
  const cases: readonly (readonly [string, string, string, number, string])[] = [
    [id, key, 'ttl=3599', 400, 'CHECKOUT_TTL_INVALID'],
    [id, key, 'ttl=x', 400, 'CHECKOUT_TTL_INVALID'],
    [id, key, 'ttl=99999999', 400, 'CHECKOUT_TTL_INVALID'],
    [id, key, 'include=users', 400, 'CHECKOUT_INCLUDE_INVALID'],
    [id, key, 'algorithm=rsa-sha256', 400, 'CHECKOUT_ALGORITHM_INVALID'],
    [id, key, 'encrypt=1&algorithm=base64%2Bed25519', 400, 'CHECKOUT_ALGORITHM_INVALID'],
    [id, key, 'encrypt=maybe', 400, 'CHECKOUT_ENCRYPT_INVALID'],
    [other_.id, other_.key, '', 403, 'CHECKOUT_NOT_ALLOWED'],
  ];
  for (const [of, with_, query, status, code] of cases) {
    const answer = await ask(`GET /v1/licenses/${of}/actions/check-out?${query}`, undefined, withKey(with_));
    deepEqual([answer.status, answer.json.errors[0].code], [status, code], query);
  }
  const made = await ask(
    `POST /v1/licenses/${id}/actions/check-out`,
    { meta: { encrypt: true, ttl: 7200, include: ['policy'] } },
    withKey(key),
  );
  const { attributes, type } = made.json.data;
  deepEqual(
    [type, attributes.algorithm, attributes.ttl, attributes.includes],
    ['license-files', 'aes-256-gcm+ed25519', 7200, ['policy']],
  );
  equal(
    openFile(attributes.certificate, { kind: 'license', publicKey, secret: key, now: new Date(clock.now()) })
      .data.id,
    id,
  );
  equal((await ask('GET /v1/machines/none/actions/check-out', undefined, withKey(key))).status, 404);
});

test('who asks too often is told when to come again, in both dialects', async () => {
  const meta = { key: 'GUESS-GUESS' };
  const guess = () =>
    fetch(`${server.address}/v1/licenses/actions/validate-key`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ meta }),
    });
  const answers = [];
  for (let i = 0; i < 90; i++) answers.push(await guess());
  const last = must(answers.at(-1), 'an answer');
  equal(last.status, 429);
  ok(Number(last.headers.get('retry-after')) >= 1);
  equal(((await last.json()) as Json).errors[0].code, 'TOO_MANY_REQUESTS');
  const polarly = await fetch(`${server.address}/v1/customer-portal/license-keys/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'GUESS', organization_id: shopId }),
  });
  deepEqual([polarly.status, ((await polarly.json()) as Json).code], [429, 'TOO_MANY_REQUESTS']);
  clock.forward({ minutes: 2 });
  equal((await guess()).status, 200);
});
