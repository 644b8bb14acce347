import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import {
  bought,
  buyerOf,
  caseShop,
  filed,
  ownerOf,
  reveal,
  staffer,
  type Bought,
} from '../../../test/cases.ts';
import { eachIsNamed, holds } from '../../../test/damage.ts';
import { testDatabase } from '../../../test/database.ts';
import { testFiles } from '../../../test/files.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import { sha256 } from '../../kit/secret.ts';
import { exhibitRoutes } from '../exhibits/http.ts';
import { caseRoutes } from '../http.ts';
import { sealSilent } from './actions.ts';
import { recordingRoutes } from './http.ts';

const { db, asOwner, clock, ownerUrl } = await testDatabase();
testFiles(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 30);

const callAs = callerAs(db, clock, { ...caseRoutes, recordings: recordingRoutes, exhibits: exhibitRoutes });
const refused = (code: string) => (error: { code?: string }) => error.code === code;

/** The first bytes of a WebM file as Chromium records it, then whatever comes. */
const head = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
);
const pieces = [head, Buffer.from('第二段'), Buffer.from('第三段')];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

async function recorded(who: Bought, list: readonly Buffer[] = pieces) {
  const call = callAs(buyerOf(who.buyerId)).recordings;
  const orderId = encodeId('order', who.orderId);
  const { recordingId, chain } = await call.start({ orderId, source: 'screen' });
  const chains = [chain];
  const send = async (bytes: Buffer, number: number) =>
    call.chunk({ orderId, recordingId, number, file: new File([new Uint8Array(bytes)], 'piece') });
  for (const [i, bytes] of list.entries()) chains.push((await send(bytes, i + 1)).chain);
  return { call, orderId, recordingId, chains, send };
}

test('F071 a recording begins before the reveal, its pieces arrive chained, and the receipt is the hash of the file that is kept', async () => {
  const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
  clock.forward({ minutes: 1 });
  const { call, orderId, recordingId, chains } = await recorded(who, pieces.slice(0, 2));
  clock.forward({ seconds: 5 });
  await reveal(db, { orderId: who.orderId, buyerId: who.buyerId, place: 2 });
  clock.forward({ seconds: 5 });
  await call.chunk({
    orderId,
    recordingId,
    number: 3,
    file: new File([new Uint8Array(pieces[2] ?? [])], 'piece'),
  });
  const receipt = await call.end({ orderId, recordingId });
  equal(receipt.sha256, hex(sha256(Buffer.concat(pieces))), 'what the browser has is what we have');
  const clip = await call.clip({ orderId, recordingId });
  deepEqual(Buffer.from(await clip.arrayBuffer()), Buffer.concat(pieces));
  let chain: Buffer = Buffer.from(chains[0], 'hex');
  for (const piece of pieces) chain = sha256(Buffer.concat([chain, sha256(piece)]));
  equal(receipt.chain, hex(chain));
  deepEqual(
    receipt.seen.map((one: { line: number; place: number }) => [one.line, one.place]),
    [[1, 2]],
    'the key that was seen while it ran',
  );
  ok(Date.parse(receipt.startedAt) < Date.parse(receipt.seen[0].revealedAt));
  deepEqual(
    (await call.end({ orderId, recordingId })).sha256,
    receipt.sha256,
    'ending again gives the same receipt',
  );
  const kinds = (
    await asOwner('select kind from evidence.events where about = $1 order by seq', [who.orderId])
  ).map((row) => row['kind']);
  deepEqual(kinds.slice(-3), ['recording.started', 'delivery.revealed', 'recording.ended']);
});

test('F071 a page that dies leaves what had arrived: two silent minutes later it is sealed with it', async () => {
  const who = await bought(db, shelf);
  const { call, orderId, recordingId } = await recorded(who, pieces.slice(0, 2));
  const empty = await recorded(await bought(db, shelf), []);
  equal(await sealSilent(db), 0, 'it may still be running');
  clock.forward({ minutes: 3 });
  equal(await sealSilent(db), 2);
  const { recordings } = await call.recordings({ orderId });
  deepEqual(
    [recordings[0].endedBy, recordings[0].sha256],
    ['cut_off', hex(sha256(Buffer.concat(pieces.slice(0, 2))))],
  );
  const none = await empty.call.recordings({ orderId: empty.orderId });
  deepEqual([none.recordings[0].endedBy, none.recordings[0].sha256], ['empty', null]);
  await rejects(
    call.chunk({ orderId, recordingId, number: 3, file: new File(['x'], 'piece') }),
    refused('RECORDING_OVER'),
  );
});

test('a piece out of its order is not taken; the same one again is answered again; the first must be a video', async () => {
  const who = await bought(db, shelf);
  const { send, call, orderId, recordingId } = await recorded(who, pieces.slice(0, 1));
  await rejects(send(Buffer.from('x'), 3), refused('CHUNK_MISSING'));
  await rejects(send(Buffer.concat([head, Buffer.from('另一段')]), 1), refused('CHUNK_MISSING'));
  equal((await send(head, 1)).number, 1, 'sent twice because an answer was lost');
  const [row] = await asOwner('select chunks from aftersales.recordings order by id desc limit 1', []);
  equal(Number(row?.['chunks']), 1);
  const other = await recorded(who, []);
  await rejects(other.send(Buffer.from('<script>'), 1), refused('FILE_TYPE_REFUSED'));
  await rejects(send(Buffer.alloc(2 * 1024 * 1024 + 1), 2), refused('FILE_TOO_LARGE'));
  const all = await Promise.all([call.end({ orderId, recordingId }), call.end({ orderId, recordingId })]);
  equal(all[0].sha256, all[1].sha256, 'two ends at once are one');
});

test('a recording is its maker’s: the shop sees it once it is shown in a case, and weighs it as taken by the platform', async () => {
  const who = await bought(db, shelf);
  const { call, orderId, recordingId } = await recorded(who);
  const receipt = await call.end({ orderId, recordingId });
  await rejects(
    callAs(ownerOf(shelf)).recordings.clip({ orderId, recordingId }),
    refused('RECORDING_NOT_FOUND'),
  );
  await rejects(callAs(ownerOf(shelf)).recordings.recordings({ orderId }), refused('ORDER_NOT_FOUND'));
  ok(await callAs(await staffer(db, 'support')).recordings.clip({ orderId, recordingId }));
  const stranger = await bought(db, shelf);
  await rejects(
    callAs(buyerOf(stranger.buyerId)).recordings.start({ orderId, source: 'camera' }),
    refused('ORDER_NOT_FOUND'),
  );
  const caseId = encodeId('case', await filed(db, who));
  await callAs(buyerOf(who.buyerId)).exhibit({
    caseId,
    exhibit: { kind: 'video', text: '从拆封到验证', fileId: receipt.fileId },
  });
  const { exhibits } = await callAs(ownerOf(shelf)).one({ caseId });
  deepEqual(
    [exhibits[0].mode, exhibits[0].weight, exhibits[0].lag_s, exhibits[0].sha256],
    ['platform', 'high', 0, receipt.sha256],
  );
  const shown = await callAs(ownerOf(shelf)).exhibits.file({ caseId, number: 1, copy: 'original' });
  deepEqual(Buffer.from(await shown.arrayBuffer()), Buffer.concat(pieces));
});

test('prove holds on recordings', () => holds({ db, ownerUrl }));

eachIsNamed({ db, ownerUrl }, [
  [
    'a piece disappears',
    `delete from aftersales.recording_chunks where number = 2`,
    'a recording has the pieces that it counts, and its file is as long as they are together',
  ],
  [
    'a piece is another',
    `update aftersales.recording_chunks set sha256 = (select sha256 from kit.blobs order by sha256 limit 1), chain = chain where number = 2`,
    'the chain of each recording runs through its pieces',
  ],
  [
    'a file is another',
    `update aftersales.recordings set sha256 = sha256('x') where sha256 is not null`,
    'a recording has the pieces that it counts, and its file is as long as they are together',
  ],
]);
