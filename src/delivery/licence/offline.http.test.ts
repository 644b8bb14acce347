import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { dialectWorld, machineBody, withKey } from '../../../test/dialects.ts';
import { isGenuine, openFile } from '../../../test/licence-client.ts';

const { clock, host, shopId, counted, publicKey, otherPublicKey, buy, ask, polar } = await dialectWorld();

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
  equal(is({ publicKey: otherPublicKey }), false);
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
