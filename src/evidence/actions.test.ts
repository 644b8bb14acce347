import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aPurchase, proveEverything, recordIn, testLog } from '../../test/log.ts';
import { must } from '../kit/assert.ts';
import { newId, platformId } from '../kit/ids.ts';
import { reader, transaction } from '../kit/tx.ts';
import { record, recordNext, type NumberedEvent } from './actions.ts';
import { commitmentOf } from './leaf.rules.ts';
import { entriesAt } from './log.views.ts';
import { sequenceAll } from './sequencer.jobs.ts';
import { createUserKeys, eraseUserKeys } from './user-keys.actions.ts';
import { lightsOf, openPayloads, proofOf } from './reading.actions.ts';

const database = await testDatabase();
const { db, clock, asOwner } = database;
const log = testLog(db);
const shopId = newId(clock.now());
const buyer = newId(clock.now());
const purchase = (): NumberedEvent => aPurchase({ wall: clock.now(), shopId, keyOwner: buyer });

test('F065 a purchase is recorded, pending, then in the log with a proof; its payload opens and matches its commitment', async () => {
  const bought = purchase();
  await transaction(db, (tx) => createUserKeys(tx, [buyer, buyer]));
  const [recorded] = await recordIn(db, [bought]);
  const on = await reader(db);
  deepEqual(
    (await lightsOf(on, [bought]))[0]?.map(({ slot, state, count, index }) => [slot, state, count, index]),
    [
      ['trade', 'pending', 1, null],
      ['listing', 'pending', 1, null],
      ['talk', 'pending', 1, null],
      ['delivery', 'pending', 1, null],
    ],
  );
  deepEqual(await proofOf(on, bought), { ok: false, refusal: 'EVIDENCE_PENDING' });
  deepEqual(await sequenceAll(log), { ok: true, value: 1 });
  ok(
    (await lightsOf(on, [bought]))[0]?.every(
      (light) => light.state === 'fixed' && light.index === 0 && light.at === clock.now(),
    ),
  );
  const [opened] = await openPayloads(on, [bought]);
  ok(opened?.ok);
  deepEqual(opened.value.commitment, recorded?.commitment);
  deepEqual(
    commitmentOf(Buffer.concat([opened.value.salt, Buffer.from(opened.value.payload)])),
    recorded?.commitment,
  );
  deepEqual(JSON.parse(opened.value.payload), {
    v: 1,
    k: 'order.purchased',
    shop: shopId,
    about: bought.about,
    seq: 1,
    prev: null,
    at: clock.now(),
    actor: 'buyer',
    body: bought.body,
  });
  deepEqual(await proofOf(on, { ...bought, seq: 2 }), { ok: false, refusal: 'EVIDENCE_NOT_FOUND' });
  deepEqual(await openPayloads(on, [{ ...bought, seq: 2 }]), [{ ok: false, refusal: 'EVIDENCE_NOT_FOUND' }]);
  equal(await proveEverything(database, log.signer), 1);
});

test('events of one subject are numbered and chained, in one call and over several; a hole is refused', async () => {
  const first = purchase();
  const other = purchase();
  const [one, two] = await recordIn(db, [first, { ...first, seq: 2, kind: 'delivery.revealed' }]);
  const next = await transaction(db, (tx) =>
    recordNext(tx, [{ ...first, kind: 'order.completed' }, other, { ...first, kind: 'order.released' }]),
  );
  deepEqual(
    next.map((event) => event.seq),
    [3, 1, 4],
  );
  const rows = await asOwner(
    'select seq, prev, commitment from evidence.events where about = $1 order by seq',
    [first.about],
  );
  deepEqual(
    rows.map((row) => row['prev']),
    [null, one?.commitment, two?.commitment, next[0]?.commitment],
  );
  const [, , , opened] = await openPayloads(
    await reader(db),
    [1, 2, 3, 4].map((seq) => ({ ...first, seq })),
  );
  equal(
    opened?.ok && (JSON.parse(opened.value.payload) as { prev: string }).prev,
    next[0]?.commitment.toString('base64'),
  );
  await rejects(recordIn(db, [{ ...first, seq: 6 }]), /follows number 5/);
  await rejects(recordIn(db, [first]), /duplicate key/);
  deepEqual(await recordIn(db, []), []);
  await sequenceAll(log);
  equal(await proveEverything(database, log.signer), 6);
});

test('a rolled back transaction leaves nothing to sequence, and its new person gets another key', async () => {
  const stranger = newId(clock.now());
  const event = { ...purchase(), keyOwner: stranger };
  await rejects(
    transaction(db, async (tx) => {
      await record(tx, [event]);
      throw new Error('the purchase failed');
    }),
    /the purchase failed/,
  );
  deepEqual(await sequenceAll(log), { ok: true, value: 0 });
  await recordIn(db, [event]);
  const [opened] = await openPayloads(await reader(db), [event]);
  ok(opened?.ok);
  await sequenceAll(log);
});

test('erasing a person erases the payloads and nothing else: the proof still holds; later facts get a new key', async () => {
  const person = newId(clock.now());
  const event = { ...purchase(), keyOwner: person };
  await recordIn(db, [event]);
  await recordIn(db, [{ ...purchase(), keyOwner: person }]); // from here on the key is remembered
  await sequenceAll(log);
  await transaction(db, (tx) => eraseUserKeys(tx, [person]));
  const on = await reader(db);
  deepEqual(await openPayloads(on, [event]), [{ ok: false, refusal: 'EVIDENCE_ERASED' }]);
  ok((await proofOf(on, event)).ok);
  const [later] = await transaction(db, (tx) => recordNext(tx, [{ ...event, kind: 'order.released' }]));
  const opened = await openPayloads(on, [{ ...event, seq: must(later, 'an event').seq }]);
  ok(opened[0]?.ok);
  await sequenceAll(log);
});

test('public facts stand in the leaf beside the commitment; private ones show their time only', async () => {
  const batch: NumberedEvent = {
    shopId,
    about: newId(clock.now()),
    seq: 1,
    kind: 'stock.batch',
    actor: 'merchant',
    body: { n: 3 },
    keyOwner: null,
    publicFacts: { b: 'batch', n: 3, r: 'root' },
  };
  await recordIn(db, [purchase(), batch]);
  await sequenceAll(log);
  const on = await reader(db);
  const proof = await proofOf(on, batch);
  ok(proof.ok);
  const { c, ...rest } = JSON.parse(proof.value.leaf) as Record<string, unknown>;
  deepEqual(rest, { b: 'batch', k: 'stock.batch', n: 3, r: 'root', t: clock.now(), v: 1 });
  const [before] = await entriesAt(on, [proof.value.index - 1]);
  match(String(before), /^\{"c":"[A-Za-z0-9+/]{43}=","t":\d{13},"v":1\}$/);
  match(String(c), /^[A-Za-z0-9+/]{43}=$/);
  equal(
    (await asOwner('select key_owner from evidence.events where about = $1', [batch.about]))[0]?.[
      'key_owner'
    ],
    platformId,
  );
});

test('the role of the program can neither change nor take back what is fixed', async () => {
  for (const table of ['events', 'batches', 'tiles', 'bundles', 'checkpoints', 'notes', 'cosignatures']) {
    for (const attempt of [
      `delete from evidence.${table}`,
      `truncate evidence.${table}`,
      `update evidence.${table} set ${columnOf[table]} = ${columnOf[table]}`,
    ])
      await rejects(db.pool.query(attempt), /permission denied/, attempt);
  }
  await rejects(db.pool.query('truncate evidence.edges'), /permission denied/);
  await rejects(db.pool.query('delete from evidence.edges'), /permission denied/);
  await rejects(db.pool.query(`update evidence.user_keys set wrapped = ''`), /permission denied/);
});

const columnOf: Record<string, string> = {
  events: 'kind',
  batches: 'events',
  tiles: 'data',
  bundles: 'data',
  checkpoints: 'root',
  notes: 'note',
  cosignatures: 'line',
};
