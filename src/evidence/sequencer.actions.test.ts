import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aPurchase, proveEverything, recordIn } from '../../test/log.ts';
import { faultPoints } from '../kit/fault.ts';
import { reader } from '../kit/tx.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import { fileHead } from './head.store.ts';
import { logKey } from './key.store.ts';
import { publishedCheckpoint } from './log.views.ts';
import { sequenceBatch, signTree } from './sequencer.actions.ts';
import { sequenceAll } from './sequencer.jobs.ts';

const database = await testDatabase();
const { db, clock, url } = database;
const folder = mkdtempSync(join(tmpdir(), 'mengyue-log-'));
after(() => rmSync(folder, { recursive: true }));
const [keyPath, headPath] = [join(folder, 'log.key'), join(folder, 'log.head')];
const program = new URL('../../test/children/sequencer.ts', import.meta.url).pathname;

type Ended = { code: number | null; signal: string | null; printed: string };

const sequence = (faults: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, url, keyPath, headPath], {
      env: { ...process.env, FAULTS: faults },
    });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => (printed += String(data)));
    child.stderr.on('data', (data: Buffer) => (printed += String(data)));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, printed }));
  });

const three = () => Array.from({ length: 3 }, () => aPurchase({ wall: clock.now() }));

const points = faultPoints.filter((point) => point.startsWith('evidence.'));
let recorded = 0;

for (const point of points)
  test(`killed at ${point}, the next start puts everything recorded into one history`, async () => {
    // The first round of the log and a later one are killed alike.
    for (let time = 0; time < 2; time += 1) {
      const before = await publishedCheckpoint(await reader(db));
      await recordIn(db, three());
      recorded += 3;
      const killed = await sequence(point);
      equal(killed.signal, 'SIGKILL', `it died there: ${killed.printed}`);
      await recordIn(db, three());
      recorded += 3;
      const again = await sequence('');
      equal(again.code, 0, again.printed);
      deepEqual((JSON.parse(again.printed) as { ok: boolean }).ok, true);
      equal(await proveEverything(database, logKey(keyPath, 'unused')), recorded);
      const published = await publishedCheckpoint(await reader(db));
      equal(readFileSync(headPath, 'utf8'), published?.note);
      ok((published?.size ?? 0) > (before?.size ?? 0));
    }
  });

test('a database restored from a copy does not sign against a head that was left alone', async () => {
  const log = { db, signer: logKey(keyPath, 'unused'), head: fileHead(headPath) };
  const copied = [
    'events',
    'pending',
    'batches',
    'tiles',
    'bundles',
    'edges',
    'checkpoints',
    'notes',
    'user_keys',
  ];
  for (const table of copied)
    await database.asOwner(`create table evidence.copy_${table} as table evidence.${table}`);
  await recordIn(db, three());
  deepEqual(await sequenceAll(log), { ok: true, value: 3 });
  const head = parseCheckpoint(readFileSync(headPath, 'utf8'));
  for (const table of copied)
    await database.asOwner(
      `truncate evidence.${table} cascade; insert into evidence.${table} table evidence.copy_${table}`,
    );
  const refused = {
    ok: false,
    refusal: 'TREE_BEHIND',
    detail: { head: head?.size, tree: (head?.size ?? 0) - 3 },
  };
  deepEqual(await signTree(log), refused);
  // The shop sells on, and the copy grows past the head with another history: it is a fork, and not signed either.
  await recordIn(db, [...three(), ...three()]);
  deepEqual(await sequenceAll(log), { ok: false, refusal: 'TREE_BEHIND' });
  equal(await sequenceBatch(db), 6);
  equal((await signTree(log)).ok, false);
  deepEqual(await sequenceAll(log), { ok: false, refusal: 'TREE_FORKED' });
  equal(parseCheckpoint(readFileSync(headPath, 'utf8'))?.size, head?.size);
});
