import { sealOrders } from '../../src/aftersales/archive/actions.ts';
import { attachFile } from '../../src/aftersales/exhibits/actions.ts';
import { endRecording, takeChunk } from '../../src/aftersales/recording/actions.ts';
import { showKey } from '../../src/aftersales/unsealing/actions.ts';
import { must } from '../../src/kit/assert.ts';
import { installFiles } from '../../src/kit/blob.ts';
import { diskStore } from '../../src/kit/blob-disk.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';
import type { Viewer } from '../../src/kit/viewer.ts';

// A program that does one thing about evidence, and ends: `exhibits.ts <database url> <wall clock ms> <files> <what> <input as JSON>`. With
// FAULTS in its environment it dies on the way.
export type Deed = {
  readonly viewer: Viewer;
  readonly shopId: string;
  readonly orderId: string;
  readonly id: string;
  readonly bytes: string;
};
const [, , url, wall, folder, what, input] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: { now: () => instant(Number(wall)) },
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 3,
});
installFiles(db, { store: diskStore(must(folder, 'a folder')) });
const { viewer, shopId, orderId, id, bytes } = JSON.parse(must(input, 'an input')) as Deed;
const file = new File([new Uint8Array(Buffer.from(bytes, 'base64'))], 'a');
const deeds: Readonly<Record<string, () => Promise<boolean>>> = {
  file: async () => (await attachFile(db, viewer, { orderId, file })).ok,
  chunk: async () => (await takeChunk(db, viewer, { orderId, recordingId: id, number: 1, file })).ok,
  end: async () => (await endRecording(db, viewer, { orderId, recordingId: id })).ok,
  seal: async () => (await transaction(db, (tx) => sealOrders(tx, [{ shopId, id: orderId }]))) === 1,
  show: async () => (await transaction(db, (tx) => showKey(tx, { unsealingId: id, viewer }))).ok,
};
const done = await must(deeds[must(what, 'a deed')], 'a deed that is known')();
await db.pool.end();
process.exitCode = done ? 0 : 3;
