import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { aLicenceListing, buyLicences } from '../../../test/licences.ts';
import { aShop, buyers } from '../../../test/world.ts';
import { proveWith } from '../../../bin/prove.ts';
import { openLog } from '../../app/log.ts';
import { pumpAll } from '../../app/pump.ts';
import { workTables } from '../../app/worker.ts';
import { must } from '../../kit/assert.ts';
import { transaction } from '../../kit/tx.ts';
import { addHolds, removeHolds } from '../../orders/actions.ts';
import { issueLicences } from './issue.actions.ts';
import { suspendRefunded } from './jobs.ts';
import { keyFault } from './key.rules.ts';
import type { Device } from './policy.rules.ts';
import { revealKey } from './reveal.actions.ts';
import { activate, deactivate, type By } from './seat.actions.ts';
import { reinstateLicences, suspendLicences } from './suspension.actions.ts';
import { countUses, licenceOfKey, validateKey, writeCounts } from './validation.actions.ts';

const { db, asOwner, clock } = await testDatabase({ connections: 40 });
const shelf = await aShop(db, [
  aLicenceListing(),
  aLicenceListing({ duration_days: 30, basis: 'first_validation', uses: 3 }, { activations: 0 }),
  aLicenceListing({ uniqueness: 'listing', unbind: { times: null, per_days: 1 } }, { activations: 1 }),
]);
const [pro, counted, single] = shelf.listings.map((one) => one.variantId) as [string, string, string];
const buy = (variantId = pro, quantity = 1) => buyLicences(db, { variantId, shopId: shelf.shopId, quantity });

const device = (fingerprint: string | null): Device => ({
  fingerprint,
  name: `电脑 ${fingerprint}`,
  platform: 'linux',
  hostname: '',
  components: [],
  metadata: {},
});
const by: By = { by: 'device', byId: null, addressHash: Buffer.alloc(16, 3) };
const at = async (key: string) => must(await licenceOfKey(db, key, {}), 'the licence of a key');
const bind = async (key: string, fingerprint: string | null, on = db) => {
  const row = await at(key);
  return transaction(on, (tx) => activate(tx, row, device(fingerprint), by));
};
const unbind = async (key: string, fingerprint: string) => {
  const row = await at(key);
  return transaction(db, (tx) => deactivate(tx, row, { id: null, fingerprint }, by));
};
const says = (answer: { ok: boolean; refusal?: string }): string =>
  answer.ok ? 'done' : (answer.refusal ?? '');
const code = async (key: string, fingerprint?: string): Promise<string> =>
  (await validateKey(db, { key, scope: fingerprint ? { fingerprints: [fingerprint] } : {} })).code;
const proved = async (): Promise<void> =>
  deepEqual((await proveWith((text, values) => asOwner(text, values))).offences, []);

test('F177 a paid order of licences is delivered by their issue: each unit its own key, sealed, once', async () => {
  const bought = await buy(pro, 2);
  equal(bought.licences.length, 2);
  notEqual(bought.licences[0]?.key, bought.licences[1]?.key);
  for (const { key } of bought.licences) equal(keyFault('code25', '', key), undefined);
  const again = await transaction(db, (tx) =>
    issueLicences(tx, [{ shopId: shelf.shopId, id: bought.orderId }]),
  );
  equal(again, 0);
  const [order] = await asOwner('select state from orders.orders where id = $1', [bought.orderId]);
  equal(order?.['state'], 'delivered');
  const rows = await asOwner('select sealed, tail from delivery.licences where order_id = $1', [
    bought.orderId,
  ]);
  for (const row of rows)
    for (const { key } of bought.licences)
      ok(!(row['sealed'] as Buffer).toString('latin1').includes(key.replaceAll('-', '').slice(0, 10)));
  deepEqual(
    (await asOwner('select kind from evidence.events where about = $1 order by seq', [bought.orderId])).map(
      (row) => row['kind'],
    ),
    ['order.placed', 'delivery.delivered', 'delivery.revealed', 'delivery.revealed'],
  );
});

test('F035 the same device asks twice and takes one seat; a second device takes a second', async () => {
  const { licences, orderId } = await buy();
  const key = licences[0]?.key ?? '';
  const first = await bind(key, 'f1');
  const second = await bind(key, 'f1');
  ok(first.ok && second.ok);
  deepEqual(
    [first.value.isNew, second.value.isNew, second.value.machine.id],
    [true, false, first.value.machine.id],
  );
  ok((await bind(key, 'f2')).ok);
  equal((await at(key)).machines, 2);
  const events = await asOwner(
    `select count(*)::int as n from evidence.events where about = $1 and kind = 'delivery.activated'`,
    [orderId],
  );
  equal(events[0]?.['n'], 2);
});

test('F035 32 devices race for the last seats: exactly as many get one as there are, and the same device twice gets one', async () => {
  const key = (await buy()).licences[0]?.key ?? '';
  const answers = await Promise.all(Array.from({ length: 32 }, (_, i) => bind(key, `race-${i % 16}`)));
  const seated = answers.flatMap((one) => (one.ok ? [one.value.machine.id] : []));
  equal(new Set(seated).size, 3);
  equal(answers.filter((one) => one.ok && one.value.isNew).length, 3);
  ok(answers.every((one) => one.ok || one.refusal === 'MACHINE_LIMIT_EXCEEDED'));
  equal((await at(key)).machines, 3);
  await proved();
});

test('F035 an unbind frees the seat, one over the quota is refused, and the log keeps all of it', async () => {
  const { licences } = await buy();
  const { key = '', id = '' } = licences[0] ?? {};
  for (const print of ['f1', 'f2', 'f3']) ok((await bind(key, print)).ok);
  equal(says(await bind(key, 'f4')), 'MACHINE_LIMIT_EXCEEDED');
  deepEqual(await unbind(key, 'f1'), { ok: true, value: { left: 1, nextAt: null, used: 2 } });
  equal(says(await bind(key, 'f4')), 'done');
  equal(says(await unbind(key, 'f2')), 'done');
  equal(says(await unbind(key, 'f3')), 'UNBIND_QUOTA_EXCEEDED');
  equal(says(await unbind(key, 'nobody')), 'MACHINE_NOT_FOUND');
  const log = await asOwner(
    `select event, device, why from delivery.licence_log where licence_id = $1 and event in ('refused', 'deactivated') order by nth`,
    [id],
  );
  deepEqual(log, [
    { event: 'refused', device: '电脑 f4', why: 'MACHINE_LIMIT_EXCEEDED' },
    { event: 'deactivated', device: '电脑 f1', why: null },
    { event: 'deactivated', device: '电脑 f2', why: null },
  ]);
  clock.forward({ days: 366 });
  equal(says(await unbind(key, 'f3')), 'done');
});

test('a licence may be passed from device to device a few times a day and not more', async () => {
  const key = (await buy(single)).licences[0]?.key ?? '';
  for (let i = 1; i <= 6; i++) {
    equal(says(await bind(key, `swap-${i}`)), 'done');
    equal(says(await unbind(key, `swap-${i}`)), 'done');
  }
  equal(says(await bind(key, 'swap-7')), 'SWAP_LIMIT_EXCEEDED');
  clock.forward({ days: 1 });
  equal(says(await bind(key, 'swap-7')), 'done');
});

test('a device that may be in one licence of a listing only is refused in the next, also at the same moment', async () => {
  const keys = (await buy(single, 4)).licences.map((one) => one.key);
  const answers = await Promise.all(keys.map((key) => bind(key, 'one-computer')));
  deepEqual(answers.map(says).sort(), [
    'FINGERPRINT_TAKEN',
    'FINGERPRINT_TAKEN',
    'FINGERPRINT_TAKEN',
    'done',
  ]);
  await proved();
});

for (const [fingerprint, answer] of [
  [null, 'FINGERPRINT_REQUIRED'],
  ['', 'FINGERPRINT_INVALID'],
  ['a\u0000b', 'FINGERPRINT_INVALID'],
  ['x'.repeat(256), 'FINGERPRINT_INVALID'],
] as const)
  test(`where devices are limited, a fingerprint ${JSON.stringify(fingerprint)?.slice(0, 12)} is ${answer}`, async () => {
    equal(says(await bind((await buy()).licences[0]?.key ?? '', fingerprint)), answer);
  });

test('a case suspends what works, a second reason keeps it so, the last one withdrawn reinstates it with its devices', async () => {
  const { licences, orderId, shopId } = await buy();
  const key = licences[0]?.key ?? '';
  ok((await bind(key, 'f1')).ok);
  const orders = [{ shopId, orderId }];
  const [one, two] = ['01900000-0000-7000-8000-0000000000c1', '01900000-0000-7000-8000-0000000000c2'];
  const suspend = (ref: string) =>
    transaction(db, (tx) => suspendLicences(tx, orders, { reason: 'case', ref }));
  const reinstate = (ref: string) =>
    transaction(db, (tx) => reinstateLicences(tx, orders, { reason: 'case', ref }));
  await suspend(one);
  await suspend(one);
  equal(await code(key, 'f1'), 'SUSPENDED');
  equal(says(await bind(key, 'f2')), 'LICENCE_SUSPENDED');
  equal(says(await bind(key, 'f1')), 'LICENCE_SUSPENDED');
  await suspend(two);
  await reinstate(one);
  equal(await code(key, 'f1'), 'SUSPENDED');
  await reinstate(two);
  equal(await code(key, 'f1'), 'VALID');
  await reinstate(two);
  deepEqual(
    (
      await asOwner(
        `select event from delivery.licence_log where licence_id = $1 and event in ('suspended', 'reinstated') order by nth`,
        [licences[0]?.id],
      )
    ).map((row) => row['event']),
    ['suspended', 'reinstated'],
  );
  await proved();
});

test('a hold of the order suspends its licences, and they work again when the last hold is gone', async () => {
  const { licences, orderId, shopId } = await buy();
  const key = licences[0]?.key ?? '';
  ok((await bind(key, 'f1')).ok);
  const holds = ['case', 'risk'] as const;
  const hold = (reason: (typeof holds)[number]) => ({ shopId, orderId, reason, ref: orderId });
  const pump = async (): Promise<string> => {
    await pumpAll(db, workTables.reactions, openLog('silent'));
    return code(key, 'f1');
  };
  for (const reason of holds) await transaction(db, (tx) => addHolds(tx, [hold(reason)]));
  equal(await pump(), 'SUSPENDED');
  await transaction(db, (tx) => removeHolds(tx, [hold('risk')]));
  equal(await pump(), 'SUSPENDED');
  await transaction(db, (tx) => removeHolds(tx, [hold('case')]));
  equal(await pump(), 'VALID');
  await transaction(db, (tx) => addHolds(tx, [{ ...hold('case'), reason: 'warranty' }]));
  equal(await pump(), 'VALID');
  await proved();
});

test('a refunded order suspends its licences; told twice, once', async () => {
  const { licences, orderId, shopId } = await buy();
  const key = licences[0]?.key ?? '';
  const news = [
    { id: orderId, event: 'order.refunded', body: { about: [orderId], shops: [shopId], data: null } },
  ];
  await suspendRefunded(db, news);
  equal((await at(key)).state, 'active');
  await asOwner(`update orders.orders set state = 'refunded', refunded_fen = total_fen where id = $1`, [
    orderId,
  ]);
  await suspendRefunded(db, news);
  await suspendRefunded(db, news);
  equal(await code(key, 'f1'), 'SUSPENDED');
});

test('the first valid answer starts the time of a licence at once; answers are counted without being waited for', async () => {
  const key = (await buy(counted)).licences[0]?.key ?? '';
  equal((await at(key)).expiresAt, null);
  const first = await validateKey(db, { key, scope: {} });
  equal(first.code, 'VALID');
  const ends = first.row?.expiresAt;
  equal(Number((await at(key)).expiresAt), Number(ends));
  await Promise.all(Array.from({ length: 49 }, () => validateKey(db, { key, scope: {} })));
  await writeCounts(db);
  const row = await at(key);
  deepEqual([row.validations, row.lastValidatedAt, row.expiresAt], [50, row.issuedAt, ends]);
  clock.forward({ days: 30 });
  equal(await code(key), 'EXPIRED');
  await writeCounts(db);
  equal((await at(key)).validations, 50);
});

test('uses are counted up to what was bought, also by many at once', async () => {
  const key = (await buy(counted)).licences[0]?.key ?? '';
  const row = await at(key);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => transaction(db, (tx) => countUses(tx, row, 1))),
  );
  equal(answers.filter((one) => one.ok).length, 3);
  ok(answers.every((one) => one.ok || one.refusal === 'USES_LIMIT_EXCEEDED'));
  equal((await at(key)).uses, 3);
});

test('a key typed otherwise is found; one sign wrong is not; another shop does not have it', async () => {
  const { licences } = await buy();
  const key = licences[0]?.key ?? '';
  ok((await bind(key, 'f1')).ok);
  const found = await validateKey(db, {
    key: ` ${key.toLowerCase().replaceAll('-', ' ')} `,
    scope: { fingerprints: ['f1'] },
  });
  deepEqual([found.code, found.key], ['VALID', key]);
  equal(await code(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`), 'NOT_FOUND');
  equal(
    (await validateKey(db, { key, shopId: '01900000-0000-7000-8000-0000000000aa', scope: {} })).code,
    'NOT_FOUND',
  );
});

test('F017 somebody else does not see a key, and a browser is asked for its password above 200 yuan', async () => {
  const { licences, buyerId } = await buy();
  const [stranger = ''] = await buyers(db, 1);
  const look = (userId: string, scopes: string[] | null) =>
    transaction(db, (tx) =>
      revealKey(tx, {
        licenceId: licences[0]?.id ?? '',
        buyerIds: [userId],
        userId,
        viewer: { sessionId: null, deviceId: null, scopes },
        deviceHash: Buffer.alloc(16),
        addressHash: Buffer.alloc(16),
      }),
    );
  equal(says(await look(stranger, ['keys:reveal'])), 'LICENCE_NOT_FOUND');
  equal(says(await look(buyerId, null)), 'PASSWORD_NEEDED');
  const shown = await look(buyerId, ['keys:reveal']);
  ok(shown.ok);
  equal(String(shown.value.key), '[secret]');
  equal(shown.value.reveals, 2);
  match(shown.value.key.reveal(), /^[0-9A-Z-]{29}$/);
});
