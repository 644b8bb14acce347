import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { callerAs, contextOf } from '../../test/caller.ts';
import { testDatabase } from '../../test/database.ts';
import { aPurchase, recordIn, testLog } from '../../test/log.ts';
import { must } from '../kit/assert.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import { evidenceRoutes, logTree } from './http.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import { append, emptyRange, leafHash, rootOf } from './merkle.rules.ts';
import { parseVkey, verifiedBy } from './note.rules.ts';
import { parseTlogProof, provesEntry } from './proof.rules.ts';
import { sequenceAll } from './sequencer.jobs.ts';
import { entriesOf, hashesOf } from './tiles.rules.ts';
import { eraseUserKeys } from './user-keys.actions.ts';

const { db, clock } = await testDatabase();
const log = testLog(db);
const tree = logTree({ db, key: log.signer, publicOrigin: 'http://127.0.0.1:8080' });
const get = (path: string): Promise<Response> =>
  Promise.resolve(tree.request(`http://127.0.0.1:8080${path}`));
const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await get(path)).arrayBuffer());

test('the public tree alone is enough to rebuild the log: key, checkpoint, bundles, tiles (nothing else is asked)', async () => {
  equal((await get('/checkpoint')).status, 404);
  await recordIn(
    db,
    Array.from({ length: 300 }, () => aPurchase({ wall: clock.now() })),
  );
  await sequenceAll(log);
  const key = must(parseVkey((await (await get('/log.vkey')).text()).trim()), 'a key');
  const answer = await get('/checkpoint');
  equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
  equal(answer.headers.get('cache-control'), 'public, max-age=1');
  equal(answer.headers.get('access-control-allow-origin'), '*');
  const note = await answer.text();
  deepEqual(verifiedBy(note, [key]), [key]);
  const checkpoint = must(parseCheckpoint(note), 'a checkpoint');
  equal(checkpoint.size, 300);
  const entries = [
    ...entriesOf(await bytesOf('/tile/entries/000')),
    ...entriesOf(await bytesOf('/tile/entries/001.p/44')),
  ];
  const hashes = [...hashesOf(await bytesOf('/tile/0/000')), ...hashesOf(await bytesOf('/tile/0/001.p/44'))];
  deepEqual(entries.map(leafHash).map(String), hashes.map((hash) => Buffer.from(hash)).map(String));
  const range = emptyRange();
  for (const entry of entries) append(range, leafHash(entry));
  deepEqual(rootOf(range), Buffer.from(checkpoint.root));
  equal((await bytesOf('/tile/1/000.p/1')).length, 32);
  equal(
    await (await get('/policy.txt')).text(),
    `log ${await (await get('/log.vkey')).text().then((text) => text.trim())} http://127.0.0.1:8080/log\nquorum none\n`,
  );
});

test('tiles are immutable bytes; a smaller width is a prefix; what is not there is not there', async () => {
  const tile = await get('/tile/0/000');
  equal(tile.headers.get('content-type'), 'application/octet-stream');
  equal(tile.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const whole = Buffer.from(await tile.arrayBuffer());
  equal(whole.length, 8192);
  // Width 7 of a tile that is full by now: an old checkpoint may still ask for it.
  deepEqual(await bytesOf('/tile/0/000.p/7'), whole.subarray(0, 7 * 32));
  equal(entriesOf(await bytesOf('/tile/entries/000.p/255')).length, 255);
  for (const path of [
    '/tile/0/001',
    '/tile/0/001.p/45',
    '/tile/0/002.p/1',
    '/tile/1/000',
    '/tile/2/000.p/1',
    '/tile/entries/001',
    '/tile/entries/001.p/45',
    '/tile/0/1',
    '/tile/0/../log.vkey',
    '/tile/',
    '/tile/9999999999999999/000',
    '/other',
  ]) {
    const answer = await get(path);
    equal(answer.status, 404, path);
    ok(!answer.headers.get('cache-control')?.includes('immutable'), path);
  }
});

const buyer: Viewer = { ...nobody, userId: '0193f000-0000-7000-8000-000000000001' };
const stranger: Viewer = { ...nobody, userId: '0193f000-0000-7000-8000-000000000002' };
const order = aPurchase({ wall: clock.now(), keyOwner: buyer.userId });
const routes = evidenceRoutes(async ({ viewer }, orderId) =>
  viewer.userId === buyer.userId && orderId === order.about
    ? { shopId: order.shopId, about: order.about }
    : null,
);
type Asked = { orderId: string; seq: number };
type Caller = {
  readEvidence: (p: { orderId: string }) => Promise<{
    lights: { slot: string; state: string }[];
    records: { seq: number; state: string; index: number | null }[];
  }>;
  readRecord: (p: Asked) => Promise<{ payload: string; salt: string; leaf: string; tlogProof: string }>;
  downloadReceipt: (p: Asked) => Promise<File>;
};
const as: (viewer: Viewer) => Caller = callerAs(db, clock, routes);
const orderId = encodeId('order', order.about);
const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

test('F065 a party of an order sees four lights, the content of each record, and downloads what proves it', async () => {
  await recordIn(db, [order]);
  deepEqual(
    (await as(buyer).readEvidence({ orderId })).lights.map((light) => light.state),
    ['pending', 'pending', 'pending', 'pending'],
  );
  equal(await codeOf(as(buyer).readRecord({ orderId, seq: 1 })), 'EVIDENCE_PENDING');
  await sequenceAll(log);
  const { lights, records } = await as(buyer).readEvidence({ orderId });
  deepEqual(
    lights.map(({ slot, state }) => [slot, state]),
    [
      ['trade', 'fixed'],
      ['listing', 'fixed'],
      ['talk', 'fixed'],
      ['delivery', 'fixed'],
    ],
  );
  deepEqual(
    records.map(({ seq, state, index }) => [seq, state, index]),
    [[1, 'fixed', 300]],
  );
  const record = await as(buyer).readRecord({ orderId, seq: 1 });
  equal((JSON.parse(record.payload) as { about: string }).about, order.about);
  const file = await as(buyer).downloadReceipt({ orderId, seq: 1 });
  equal(file.name, `${orderId}-1.tlog-proof`);
  const proof = must(parseTlogProof(await file.text()), 'a proof');
  ok(provesEntry(proof, Buffer.from(record.leaf), log.signer));
});

test('a stranger, and a party asking for what is not there, get the answer of an order that does not exist', async () => {
  const nowhere = encodeId('order', order.shopId);
  for (const [viewer, asked] of [
    [stranger, orderId],
    [stranger, nowhere],
    [buyer, nowhere],
    [buyer, 'ord_broken'],
  ] as const) {
    equal(await codeOf(as(viewer).readEvidence({ orderId: asked })), 'EVIDENCE_NOT_FOUND');
    equal(await codeOf(as(viewer).readRecord({ orderId: asked, seq: 1 })), 'EVIDENCE_NOT_FOUND');
    equal(await codeOf(as(viewer).downloadReceipt({ orderId: asked, seq: 1 })), 'EVIDENCE_NOT_FOUND');
  }
  equal(await codeOf(as(buyer).readRecord({ orderId, seq: 2 })), 'EVIDENCE_NOT_FOUND');
  equal(await codeOf(as(nobody).readEvidence({ orderId })), 'LOGIN_REQUIRED');
  equal(await codeOf(as(buyer).readRecord({ orderId, seq: 0 })), 'BAD_REQUEST');
});

test('over HTTP the receipt is a file to keep', async () => {
  const handler = new OpenAPIHandler(routes as never);
  const request = new Request(`http://127.0.0.1/orders/${orderId}/evidence/1/receipt.tlog-proof`);
  const { response } = await handler.handle(request, { context: contextOf(db, clock, buyer) as never });
  equal(response?.status, 200);
  match(
    response?.headers.get('content-disposition') ?? '',
    new RegExp(`filename="${orderId}-1\\.tlog-proof"`),
  );
  ok(parseTlogProof((await response?.text()) ?? ''));
});

test('an erased record is gone, but its receipt stays', async () => {
  await transaction(db, (tx) => eraseUserKeys(tx, [must(buyer.userId, 'a user')]));
  equal(await codeOf(as(buyer).readRecord({ orderId, seq: 1 })), 'EVIDENCE_ERASED');
  ok(parseTlogProof(await (await as(buyer).downloadReceipt({ orderId, seq: 1 })).text()));
});
