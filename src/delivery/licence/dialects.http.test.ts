import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { dialectWorld, machineBody, withKey, type Answer, type Json } from '../../../test/dialects.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { suspendLicences } from './suspension.actions.ts';

const { db, clock, address, shelf, shopId, otherShopId, two, counted, buy, ask, polar, validateKey } =
  await dialectWorld();

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
    [{ key, scope: { fingerprint: 'f1' } }, `/accounts/${otherShopId}`, 'NOT_FOUND'],
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
    ['validate', { key, organization_id: otherShopId, activation_id }, 404, 'NOT_FOUND'],
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

test('who asks too often is told when to come again, in both dialects', async () => {
  const meta = { key: 'GUESS-GUESS' };
  const guess = () =>
    fetch(`${address}/v1/licenses/actions/validate-key`, {
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
  const polarly = await fetch(`${address}/v1/customer-portal/license-keys/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'GUESS', organization_id: shopId }),
  });
  deepEqual([polarly.status, ((await polarly.json()) as Json).code], [429, 'TOO_MANY_REQUESTS']);
  clock.forward({ minutes: 2 });
  equal((await guess()).status, 200);
});
