import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { assign } from '../../src/aftersales/desk.actions.ts';
import { startRecording } from '../../src/aftersales/recording/actions.ts';
import { answerKey, askKey } from '../../src/aftersales/unsealing/actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { transaction } from '../../src/kit/tx.ts';
import { bought, buyerOf, caseShop, clockwork, deskOf, staffer } from '../cases.ts';
import type { Deed } from '../children/exhibits.ts';
import { testDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { testLog } from '../log.ts';
import { stock } from '../world.ts';

// A second program is killed with SIGKILL at every write point of exhibits, recordings, archives and looks at keys; then another one does it.
const database = await testDatabase();
const { db, url, clock, asOwner, ownerUrl } = database;
const { folder } = testFiles(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 30);
const desk = deskOf(database, shelf);
const video = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
);

async function inAnother(what: string, deed: Partial<Deed>, faults: string) {
  const child = spawn(
    process.execPath,
    [
      `${import.meta.dirname}/../children/exhibits.ts`,
      url,
      String(clock.now()),
      folder,
      what,
      JSON.stringify({ shopId: shelf.shopId, id: '', bytes: '', ...deed }),
    ],
    { env: { PATH: process.env['PATH'] ?? '', FAULTS: faults }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return new Promise<{ code: number | null; signal: string | null }>((ended) =>
    child.once('exit', (code, signal) => ended({ code, signal })),
  );
}
const count = async (text: string, value: string) => Number((await asOwner(text, [value]))[0]?.['n']);

/** Killed at a point nothing is there; done by the next program it is there once. */
async function once(what: string, point: string, deed: Partial<Deed>, found: () => Promise<number>) {
  equal((await inAnother(what, deed, point)).signal, 'SIGKILL', `${point} is on the way`);
  equal(await found(), 0);
  equal((await inAnother(what, deed, '')).code, 0);
  equal(await found(), 1);
}

test('killed at exhibits.file.after-row, no file is there; the next program keeps it once', async () => {
  const { orderId, buyerId } = await bought(db, shelf);
  const deed = { viewer: buyerOf(buyerId), orderId, bytes: Buffer.from('记录').toString('base64') };
  await once('file', 'exhibits.file.after-row', deed, () =>
    count('select count(*) as n from aftersales.exhibit_files where order_id = $1', orderId),
  );
});

test('killed at recordings.chunk.after-row and recordings.end.after-row, a piece and an end are whole or not there', async () => {
  const { orderId, buyerId } = await bought(db, shelf);
  const viewer = buyerOf(buyerId);
  const begun = await transaction(db, (tx) => startRecording(tx, viewer, { orderId, source: 'camera' }));
  const id = begun.ok ? begun.value.id : '';
  const deed = { viewer, orderId, id, bytes: video.toString('base64') };
  await once('chunk', 'recordings.chunk.after-row', deed, () =>
    count('select count(*) as n from aftersales.recording_chunks where recording_id = $1', id),
  );
  await once('end', 'recordings.end.after-row', deed, () =>
    count('select count(*) as n from aftersales.recordings where id = $1 and sha256 is not null', id),
  );
});

test('killed at archive.seal.after-row, the binder is not sealed; the next program seals it once', async () => {
  const { orderId } = await bought(db, shelf);
  clock.forward({ hours: 30 });
  await clockwork(db).due();
  await once('seal', 'archive.seal.after-row', { orderId }, () =>
    count('select count(*) as n from aftersales.archives where order_id = $1', orderId),
  );
});

test('killed at unsealings.show.after-row, the key was not shown; it is shown once afterwards, and never twice', async () => {
  const who = await bought(db, shelf);
  const caseId = await desk.escalated(who);
  const [viewer, second] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];
  await desk.run((tx) => assign(tx, { caseId, viewer }));
  const asked = await transaction(db, (tx) =>
    askKey(tx, { caseId, viewer, place: 1, extent: 'masked', reason: '要比对末四位' }),
  );
  const id = asked.ok ? asked.value.unsealingId : '';
  await transaction(db, (tx) =>
    answerKey(tx, { unsealingId: id, viewer: second, grants: true, extent: 'masked', text: '' }),
  );
  const deed = { viewer, orderId: who.orderId, id };
  await once('show', 'unsealings.show.after-row', deed, () =>
    count(`select count(*) as n from aftersales.unsealings where id = $1 and state = 'shown'`, id),
  );
  equal((await inAnother('show', deed, '')).code, 3, 'once');
});

test('every write point of evidence was tried, and prove holds after every death', async () => {
  const own = faultPoints.filter((one) => /^(exhibits|recordings|archive|unsealings)\./.test(one));
  equal(own.length, 5);
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys, files: folder })).offences, []);
});
