import { deepEqual, equal, match, notDeepEqual, ok, rejects } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { newId, platformId } from '../kit/ids.ts';
import { must } from '../kit/assert.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { record, recordNext, type NumberedEvent } from './actions.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import type { HeadStore } from './head.store.ts';
import { commitmentOf } from './leaf.rules.ts';
import { entriesAt, proofFromTiles, publishedCheckpoint, treeNow } from './log.views.ts';
import { consistencyRanges, leafHash, verifyConsistency } from './merkle.rules.ts';
import { noteSigner, signNote } from './note.rules.ts';
import { parseTlogProof, provesEntry } from './proof.rules.ts';
import { sequenceBatch, signTree, type Log } from './sequencer.actions.ts';
import { sequenceAll, startSequencer } from './sequencer.jobs.ts';
import { createUserKeys, eraseUserKeys } from './user-keys.actions.ts';
import { lightsOf, openPayloads, proofOf, type EventName } from './views.ts';

const { db, clock, asOwner, another } = await testDatabase();

/** A head in memory, with the same promise as a file's. */
function memoryHead(note: string | null = null): HeadStore & { note: string | null } {
  const head = {
    note,
    read: async () => head.note,
    swap: async (expected: string | null, next: string) => {
      if (head.note !== expected) return false;
      head.note = next;
      return true;
    },
  };
  return head;
}

const signer = noteSigner('demo.example/log', generateKeyPairSync('ed25519').privateKey);
const head = memoryHead();
const log: Log = { db, signer, head };
const shopId = newId(clock.now());
const buyer = newId(clock.now());

const aPurchase = (seq = 1, about = newId(clock.now())): NumberedEvent => ({
  shopId,
  about,
  seq,
  kind: 'order.purchased',
  actor: 'buyer',
  body: { total: '1999', about },
  keyOwner: buyer,
});
const recordIn = (on: Db, events: readonly NumberedEvent[]) => transaction(on, (tx) => record(tx, events));
const nameOf = ({ shopId: shop, about, seq }: EventName): EventName => ({ shopId: shop, about, seq });

/** Every event has its leaf, at one index without holes, and its proof leads to the published checkpoint. */
async function proveEverything(): Promise<number> {
  const on = await reader(db);
  const events = (await asOwner(
    'select shop_id as "shopId", about, seq, commitment from evidence.events',
  )) as unknown as (EventName & { commitment: Buffer })[];
  const leaves = await asOwner('select index, leaf_hash from evidence.leaves order by index');
  deepEqual(
    leaves.map((leaf) => Number(leaf['index'])),
    leaves.map((_, i) => i),
  );
  equal(leaves.length, events.length);
  const { size, note } = must(await publishedCheckpoint(on), 'a published checkpoint');
  equal(size, events.length);
  const [newest] = await asOwner('select root from evidence.checkpoints order by size desc limit 1');
  deepEqual(parseCheckpoint(note)?.root, newest?.['root']);
  for (const event of events) {
    const proof = await proofOf(on, event);
    ok(proof.ok, JSON.stringify(proof));
    ok(
      provesEntry(
        must(parseTlogProof(proof.value.tlogProof), 'a proof'),
        Buffer.from(proof.value.leaf),
        signer,
      ),
    );
    equal((JSON.parse(proof.value.leaf) as { c: string }).c, event.commitment.toString('base64'));
    deepEqual(leafHash(Buffer.from(proof.value.leaf)), leaves[proof.value.index]?.['leaf_hash']);
  }
  return events.length;
}

test('F065 a purchase is recorded, pending, then in the log with a proof; its payload opens and matches its commitment', async () => {
  const purchase = aPurchase();
  await transaction(db, (tx) => createUserKeys(tx, [buyer, buyer]));
  const [recorded] = await recordIn(db, [purchase]);
  const on = await reader(db);
  deepEqual(
    (await lightsOf(on, [purchase]))[0]?.map(({ slot, state, count, index }) => [slot, state, count, index]),
    [
      ['trade', 'pending', 1, null],
      ['listing', 'pending', 1, null],
      ['talk', 'pending', 1, null],
      ['delivery', 'pending', 1, null],
    ],
  );
  deepEqual(await proofOf(on, purchase), { ok: false, refusal: 'EVIDENCE_PENDING' });
  deepEqual(await sequenceAll(log), { ok: true, value: 1 });
  ok(
    (await lightsOf(on, [purchase]))[0]?.every(
      (light) => light.state === 'fixed' && light.index === 0 && light.at === clock.now(),
    ),
  );
  const [opened] = await openPayloads(on, [purchase]);
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
    about: purchase.about,
    seq: 1,
    prev: null,
    at: clock.now(),
    actor: 'buyer',
    body: purchase.body,
  });
  deepEqual(await proofOf(on, { ...purchase, seq: 2 }), { ok: false, refusal: 'EVIDENCE_NOT_FOUND' });
  deepEqual(await openPayloads(on, [{ ...purchase, seq: 2 }]), [
    { ok: false, refusal: 'EVIDENCE_NOT_FOUND' },
  ]);
  equal(await proveEverything(), 1);
});

test('events of one subject are numbered and chained, in one call and over several; a hole is refused', async () => {
  const first = aPurchase();
  const other = aPurchase();
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
  equal(await proveEverything(), 6);
});

test('a rolled back transaction leaves nothing to sequence, and its new person gets another key', async () => {
  const stranger = newId(clock.now());
  const event = { ...aPurchase(), keyOwner: stranger };
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
  const event = { ...aPurchase(), keyOwner: person };
  await recordIn(db, [event]);
  await recordIn(db, [{ ...aPurchase(), keyOwner: person }]); // from here on the key is remembered
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
  await recordIn(db, [aPurchase(), batch]);
  await sequenceAll(log);
  const on = await reader(db);
  const proof = await proofOf(on, batch);
  ok(proof.ok);
  const { c, ...rest } = JSON.parse(proof.value.leaf) as Record<string, unknown>;
  deepEqual(rest, { b: 'batch', k: 'stock.batch', n: 3, r: 'root', t: clock.now(), v: 1 });
  const [before] = await entriesAt(on, [proof.value.index - 1]);
  match(String(before), /^\{"c":"[A-Za-z0-9+/]{43}=","t":\d{13},"v":1\}$/);
  notDeepEqual(c, null);
  equal(
    (await asOwner('select key_owner from evidence.events where about = $1', [batch.about]))[0]?.[
      'key_owner'
    ],
    platformId,
  );
});

test('700 events across full tiles and bundles, in batches of several sizes: every one is proved, and every size follows from the one before', async () => {
  const on = await reader(db);
  for (const count of [1, 255, 256, 100, 88]) {
    const before = await treeNow(on);
    await recordIn(
      db,
      Array.from({ length: count }, () => aPurchase()),
    );
    await sequenceAll(log);
    const after = await treeNow(on);
    const proof = await proofFromTiles(on, consistencyRanges(before.size, after.size));
    ok(
      verifyConsistency({
        old: before.size,
        oldRoot: before.root,
        size: after.size,
        root: after.root,
        proof,
      }),
    );
  }
  ok((await proveEverything()) > 700);
  ok((await asOwner('select * from evidence.tiles')).length >= 2);
  equal(
    (await asOwner('select * from evidence.tiles')).length,
    (await asOwner('select * from evidence.bundles')).length,
  );
});

test('a batch takes about as many events as it may, at least one row, and the oldest first', async () => {
  const recorded = [];
  for (let i = 0; i < 4; i += 1) {
    recorded.push(...(await recordIn(db, [aPurchase(), aPurchase(), aPurchase()])));
    clock.forward({ seconds: 1 });
  }
  deepEqual(
    [
      await sequenceBatch(db, 1),
      await sequenceBatch(db, 4),
      await sequenceBatch(db),
      await sequenceBatch(db),
    ],
    [3, 6, 3, 0],
  );
  await sequenceAll(log);
  const indexes = await Promise.all(recorded.map(async (event) => proofOf(await reader(db), nameOf(event))));
  const sorted = indexes.map((proof) => (proof.ok ? proof.value.index : -1));
  deepEqual(
    sorted,
    sorted.toSorted((a, b) => a - b),
  );
});

test('two processes race on the sequencer while orders come in: one leads, the other stands by, no leaf is lost or doubled', async () => {
  const second = another();
  const sequencers = [startSequencer(log), startSequencer({ ...log, db: second })];
  const writers = Array.from({ length: 4 }, async (_, w) => {
    for (let i = 0; i < 25; i += 1) await recordIn(w % 2 ? db : second, [aPurchase(), aPurchase()]);
  });
  // Besides the leader, both also sequence without asking for the lock: the locked edges keep them apart.
  const rogues = [db, second].map(async (on) => {
    for (let i = 0; i < 20; i += 1) await sequenceBatch(on, 5);
  });
  await Promise.all([...writers, ...rogues]);
  await until(
    async () => Number((await asOwner('select count(*) from evidence.pending'))[0]?.['count']) === 0,
  );
  const states = sequencers.map((sequencer) => sequencer.health().state).toSorted();
  await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
  deepEqual(states, ['sequencing', 'standby']);
  deepEqual(
    sequencers.map((sequencer) => sequencer.health().state),
    ['stopped', 'stopped'],
  );
  await sequenceAll(log);
  await proveEverything();
});

test('when the leader goes, the one standing by takes over', async () => {
  const second = another();
  const leader = startSequencer(log);
  await until(async () => leader.health().state === 'sequencing');
  const heir = startSequencer({ ...log, db: second });
  await until(async () => heir.health().state === 'standby');
  await leader.stop();
  await until(async () => heir.health().state === 'sequencing');
  const event = aPurchase();
  await recordIn(db, [event]);
  await until(async () => (await proofOf(await reader(db), event)).ok);
  await heir.stop();
});

test('a database older than its head does not sign, says so, sequences nothing, and the shop records on', async () => {
  const ahead = memoryHead(
    signNote(
      `${signer.name}\n${(await treeNow(await reader(db))).size + 1}\n${Buffer.alloc(32).toString('base64')}\n`,
      signer,
    ),
  );
  await refuses({ ...log, head: ahead }, 'TREE_BEHIND');
});

test('a head of the same size with another root, or of an earlier size that is no past of this tree, is a fork', async () => {
  const { size } = await treeNow(await reader(db));
  for (const old of [size, size - 1, 256, 1])
    await refuses(
      {
        ...log,
        head: memoryHead(
          signNote(`${signer.name}\n${old}\n${Buffer.alloc(32, 1).toString('base64')}\n`, signer),
        ),
      },
      'TREE_FORKED',
    );
});

test('a head that is gone, broken, or signed by another key is refused', async () => {
  const stranger = noteSigner(signer.name, generateKeyPairSync('ed25519').privateKey);
  await refuses({ ...log, head: memoryHead(null) }, 'HEAD_MISSING');
  await refuses({ ...log, head: memoryHead('broken') }, 'HEAD_FOREIGN');
  await refuses(
    { ...log, head: memoryHead(signNote(must(head.note, 'a head').split('\n\n')[0] + '\n', stranger)) },
    'HEAD_FOREIGN',
  );
});

async function refuses(wrong: Log, reason: string): Promise<void> {
  const event = aPurchase();
  await recordIn(db, [event]);
  const sizeBefore = (await treeNow(await reader(db))).size;
  const sequencer = startSequencer(wrong);
  await until(async () => sequencer.health().state === 'refused');
  equal(sequencer.health().reason, reason);
  await sequencer.stop();
  equal((await treeNow(await reader(db))).size, sizeBefore);
  equal((await proofOf(await reader(db), event)).ok, false);
  deepEqual(await sequenceAll(log), { ok: true, value: 1 });
}

test('an earlier head of this very log is caught up with: what was committed but not signed is signed', async () => {
  const before = must(head.note, 'a head');
  await recordIn(db, [aPurchase()]);
  equal(await sequenceBatch(db), 1);
  equal(head.note, before);
  const signed = await signTree(log);
  ok(signed.ok);
  equal(parseCheckpoint(must(head.note, 'a head'))?.size, signed.value.size);
  // A crash between the head and the row: the note in the head is published as it is.
  await asOwner('delete from evidence.notes where size = $1', [signed.value.size]);
  ok((await signTree(log)).ok);
  deepEqual((await publishedCheckpoint(await reader(db)))?.note, head.note);
});

test('the role of the program can neither change nor take back what is fixed', async () => {
  for (const table of ['events', 'leaves', 'tiles', 'bundles', 'checkpoints', 'notes', 'cosignatures']) {
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
  leaves: 'leaf_hash',
  tiles: 'data',
  bundles: 'data',
  checkpoints: 'root',
  notes: 'note',
  cosignatures: 'line',
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to hold within 7.5 s');
}
