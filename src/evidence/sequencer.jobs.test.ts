import { deepEqual, equal, ok } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aPurchase, memoryHead, proveEverything, recordIn, testLog, until } from '../../test/log.ts';
import { must } from '../kit/assert.ts';
import { reader } from '../kit/tx.ts';
import type { NumberedEvent } from './actions.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import { proofFromTiles, publishedCheckpoint, treeNow } from './log.views.ts';
import { consistencyRanges, verifyConsistency } from './merkle.rules.ts';
import { noteSigner, signNote } from './note.rules.ts';
import { sequenceBatch, signTree, type Log } from './sequencer.actions.ts';
import { sequenceAll, startSequencer as start, type Sequencer } from './sequencer.jobs.ts';
import { proofOf } from './reading.actions.ts';

const database = await testDatabase();
const { db, clock, asOwner, another } = database;
const log = testLog(db);
const { head, signer } = log;
const purchase = (): NumberedEvent => aPurchase({ wall: clock.now() });

// A test that fails leaves no sequencer behind, which would lead where the next one wants to.
const running: Sequencer[] = [];
function startSequencer(at: Log): Sequencer {
  const sequencer = start(at);
  running.push(sequencer);
  return sequencer;
}
afterEach(async () => {
  for (const sequencer of running.splice(0)) await sequencer.stop();
});

test('700 events across full tiles and bundles, in batches of several sizes: every one is proved, and every size follows from the one before', async () => {
  const on = await reader(db);
  for (const count of [1, 255, 256, 100, 88]) {
    const before = await treeNow(on);
    await recordIn(
      db,
      Array.from({ length: count }, () => purchase()),
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
  equal(await proveEverything(database, signer), 700);
  ok((await asOwner('select * from evidence.tiles')).length >= 2);
  equal(
    (await asOwner('select * from evidence.tiles')).length,
    (await asOwner('select * from evidence.bundles')).length,
  );
});

test('a batch takes about as many events as it may, at least one row, and the oldest first', async () => {
  const recorded = [];
  for (let i = 0; i < 4; i += 1) {
    recorded.push(...(await recordIn(db, [purchase(), purchase(), purchase()])));
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
  const indexes = await Promise.all(recorded.map(async (event) => proofOf(await reader(db), event)));
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
    for (let i = 0; i < 25; i += 1) await recordIn(w % 2 ? db : second, [purchase(), purchase()]);
  });
  // Besides the leader, both also sequence without asking for the lock: the locked edges keep them apart.
  const rogues = [db, second].map(async (on) => {
    for (let i = 0; i < 20; i += 1) await sequenceBatch(on, 5);
  });
  await Promise.all([...writers, ...rogues]);
  await until(
    async () => Number((await asOwner('select count(*) from evidence.pending'))[0]?.['count']) === 0,
  );
  const states = () => sequencers.map((sequencer) => sequencer.health().state).toSorted();
  await until(async () => !states().includes('starting'));
  deepEqual(states(), ['sequencing', 'standby']);
  await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
  deepEqual(
    sequencers.map((sequencer) => sequencer.health().state),
    ['stopped', 'stopped'],
  );
  await sequenceAll(log);
  await proveEverything(database, signer);
});

test('when the leader goes, the one standing by takes over', async () => {
  const second = another();
  const leader = startSequencer(log);
  await until(async () => leader.health().state === 'sequencing');
  const heir = startSequencer({ ...log, db: second });
  await until(async () => heir.health().state === 'standby');
  await leader.stop();
  await until(async () => heir.health().state === 'sequencing');
  const event = purchase();
  await recordIn(db, [event]);
  await until(async () => (await proofOf(await reader(db), event)).ok);
  await heir.stop();
});

test('a leader that loses its connection says so, and goes on when the database is back', async () => {
  const sequencer = startSequencer(log);
  await until(async () => sequencer.health().state === 'sequencing');
  await asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'mengyue_app'`,
  );
  await until(async () => sequencer.health().state === 'failing');
  const event = purchase();
  await recordIn(db, [event]);
  await until(async () => (await proofOf(await reader(db), event)).ok);
  // The leaf is there a moment before the round that wrote it has ended.
  await until(async () => sequencer.health().state === 'sequencing');
  equal(sequencer.health().error, null);
  await sequencer.stop();
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
  const event = purchase();
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
  await recordIn(db, [purchase()]);
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
