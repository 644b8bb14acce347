import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { testDatabase } from '../../test/database.ts';
import { eicar, inPieces, testFiles } from '../../test/files.ts';
import {
  findBlobs,
  keepBlobs,
  openBlob,
  putBlob,
  receiveBlob,
  scanAgain,
  sweepBlobs,
  type Bytes,
} from './blob.ts';
import { attachmentHeader, cleanFileName, pictureTypes, sayBytes } from './file-name.ts';
import { clamdScanner, readAnswer, scannersInTurn, signatureScanner, type Verdict } from './malware.ts';
import { done, refuse } from './result.ts';
import { sha256 } from './secret.ts';
import { reader, transaction } from './tx.ts';

const { db, asOwner } = await testDatabase();
const { folder, store } = testFiles(db);

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.alloc(3000, 1),
]);
const zip = Buffer.concat([
  Buffer.from('504b0304140000000800', 'hex'),
  Buffer.alloc(40),
  Buffer.from('a.txt'),
]);
const roomy = { max_bytes: 1_000_000 };

/** Every file below the folder, drafts too. */
const filesOf = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );

const keepIt = (bytes: Bytes, limits: Parameters<typeof putBlob>[2] = roomy) =>
  putBlob(db, bytes, limits, async (_, file, keep) => {
    await keep();
    return done(file);
  });

test('F142 a file is kept under its hash, once, with what its bytes say it is', async () => {
  const [first, second] = [await keepIt(inPieces(png)), await keepIt(inPieces(png, 7))];
  ok(first.ok && second.ok);
  const { sha256: hash, size, type, verdict } = first.value;
  deepEqual(second.value, first.value);
  deepEqual([hash, size, type], [sha256(png).toString('hex'), png.length, 'image/png']);
  deepEqual(verdict, { verdict: 'clean', by: 'signatures' });
  deepEqual(filesOf(), [`${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`]);
  equal(statSync(join(folder, filesOf()[0] ?? '')).mode & 0o077, 0);
  deepEqual(await buffer(openBlob(db, hash)), png);
  deepEqual(await buffer(openBlob(db, hash, { from: 1, to: 3 })), Buffer.from('PNG'));
  const [row] = await findBlobs(await reader(db), { hashes: [Buffer.from(hash, 'hex')] });
  deepEqual([row?.size, row?.type, row?.verdict], [png.length, 'image/png', 'clean']);
});

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield png.subarray(0, 2000);
  throw new Error('aborted');
}

for (const [what, bytes, limits, refusal] of [
  ['a file over the limit', () => inPieces(png), { max_bytes: 2999 }, 'FILE_TOO_LARGE'],
  ['an empty file', () => inPieces(Buffer.alloc(0)), roomy, 'FILE_EMPTY'],
  ['an upload that breaks off', brokenOff, roomy, 'FILE_TRUNCATED'],
  [
    'fewer bytes than announced',
    () => inPieces(png),
    { ...roomy, expected_bytes: png.length + 1 },
    'FILE_TRUNCATED',
  ],
  [
    'more bytes than announced',
    () => inPieces(png),
    { ...roomy, expected_bytes: png.length - 1 },
    'FILE_TRUNCATED',
  ],
  [
    'a program that is called a picture',
    () => inPieces(Buffer.from('MZ\x90\0' + 'x'.repeat(500), 'latin1')),
    { ...roomy, types: pictureTypes },
    'FILE_TYPE_REFUSED',
  ],
  [
    'a picture with a script in it (SVG)',
    () =>
      inPieces(Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')),
    { ...roomy, types: ['image/*', 'text/plain'] },
    'FILE_TYPE_REFUSED',
  ],
  [
    'a page that is called a text',
    () => inPieces(Buffer.from('hello <script>alert(1)</script>')),
    { ...roomy, types: ['text/plain'] },
    'FILE_TYPE_REFUSED',
  ],
  [
    'bytes that are called a text',
    () => inPieces(Buffer.from([1, 2, 3, 0, 255])),
    { ...roomy, types: ['text/plain'] },
    'FILE_TYPE_REFUSED',
  ],
  ['the test virus', () => inPieces(eicar, 10), roomy, 'FILE_INFECTED'],
  [
    'the test virus behind other bytes',
    () => inPieces(Buffer.concat([png, eicar, png]), 64),
    roomy,
    'FILE_INFECTED',
  ],
] as const)
  test(`F142 ${what}: ${refusal}, and nothing of it stays`, async () => {
    const before = filesOf();
    const rows = await asOwner('select count(*)::int as n from kit.blobs');
    const answer = await keepIt(bytes(), limits);
    equal(answer.ok ? 'kept' : answer.refusal, refusal);
    deepEqual(filesOf(), before);
    deepEqual(await asOwner('select count(*)::int as n from kit.blobs'), rows);
  });

test('a limit is kept while bytes come: what is too large is read no further', async () => {
  let pieces = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      pieces++;
      yield Buffer.alloc(1000);
    }
  }
  const answer = await keepIt(endless(), { max_bytes: 10_000 });
  equal(answer.ok ? 'kept' : answer.refusal, 'FILE_TOO_LARGE');
  equal(pieces, 11);
});

test('a file whose action is refused or throws leaves nothing', async () => {
  const before = filesOf();
  const bytes = Buffer.from('nothing shall stay of this');
  const refused = await putBlob(db, inPieces(bytes), roomy, async () => refuse('ORDER_NOT_FOUND'));
  equal(refused.ok ? '' : refused.refusal, 'ORDER_NOT_FOUND');
  await rejects(
    putBlob(db, inPieces(bytes), roomy, async () => Promise.reject(new Error('boom'))),
    /boom/,
  );
  deepEqual(filesOf(), before);
});

test('a file that was kept and rolled back is swept after an hour, one that was kept is not', async () => {
  const bytes = Buffer.from('this one is rolled back');
  const received = await receiveBlob(db, inPieces(bytes), roomy);
  ok(received.ok);
  const failing = transaction(db, async (tx) => {
    await keepBlobs(tx, [received.value]);
    throw new Error('rolled back');
  });
  await rejects(failing, /rolled back/);
  const half = await receiveBlob(db, inPieces(Buffer.from('a process died here')), roomy);
  ok(half.ok);
  deepEqual(await sweepBlobs(db), { drafts: 0, files: 0 });
  const old = new Date('2020-01-01T00:00:00Z');
  for (const name of filesOf()) utimesSync(join(folder, name), old, old);
  deepEqual(await sweepBlobs(db), { drafts: 1, files: 1 });
  equal(await store.size(received.value.sha256), undefined);
  equal(filesOf().length, 1);
});

for (const [given, shown] of [
  ['setup.exe', 'setup.exe'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\evil.dll', 'evil.dll'],
  ['..', 'file'],
  ['', 'file'],
  ['...hidden', 'hidden'],
  ['发票（含税）.pdf', '发票（含税）.pdf'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['a\u0000b\r\nSet-Cookie: x.txt', 'abSet-Cookie_ x.txt'],
  ['con.txt', '_con.txt'],
  ['a'.repeat(300) + '.zip', 'a'.repeat(116) + '.zip'],
  ['x\ud800y.txt', 'xy.txt'],
  ['42.zip/42.zip/42.zip', '42.zip'],
  ['"><img src=x>.png', '___img src=x_.png'],
] as const)
  test(`a file called ${JSON.stringify(given.slice(0, 40))} is shown as ${shown.slice(0, 40)}`, () =>
    equal(cleanFileName(given), shown));

test('a download says its name in both ways, and no name can end the header', () => {
  equal(
    attachmentHeader('课程 1.zip'),
    `attachment; filename="__ 1.zip"; filename*=UTF-8''%E8%AF%BE%E7%A8%8B%201.zip`,
  );
  equal(
    attachmentHeader(`a"b'(c).txt`),
    `attachment; filename="a_b'(c).txt"; filename*=UTF-8''a%22b%27%28c%29.txt`,
  );
  deepEqual([0, 1023, 1536, 150 * 1024, 5_000_000_000].map(sayBytes), [
    '0 B',
    '1023 B',
    '1.5 KB',
    '150 KB',
    '4.7 GB',
  ]);
});

test('F142 what is packed and shows no pattern is unknown, never clean', async () => {
  const answer = await keepIt(inPieces(zip));
  ok(answer.ok);
  equal(answer.value.type, 'application/zip');
  deepEqual(answer.value.verdict, { verdict: 'unknown', by: 'signatures', why: 'packed' });
});

for (const [said, verdict] of [
  ['stream: OK\0', { verdict: 'clean', by: 'clamd' }],
  [
    'stream: Win.Test.EICAR_HDB-1 FOUND\0',
    { verdict: 'infected', by: 'clamd', found: 'Win.Test.EICAR_HDB-1' },
  ],
  [
    'INSTREAM size limit exceeded. ERROR\0',
    { verdict: 'unknown', by: 'clamd', why: 'INSTREAM size limit exceeded. ERROR' },
  ],
  ['', { verdict: 'unknown', by: 'clamd', why: '' }],
] as const)
  test(`clamd says ${JSON.stringify(said)}: ${verdict.verdict}`, () =>
    deepEqual(readAnswer(said), verdict as Verdict));

/** Speaks INSTREAM as clamd does; finds whatever holds the word. */
const clamd = createServer((socket) => {
  const pieces: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (piece) => {
    pieces.push(piece);
    const all = Buffer.concat(pieces);
    if (!all.subarray(-4).equals(Buffer.alloc(4))) return;
    socket.end(all.includes('wicked') ? 'stream: Test.Wicked FOUND\0' : 'stream: OK\0');
  });
});
await new Promise<void>((up) => clamd.listen(0, '127.0.0.1', up));
after(() => clamd.close());
const { port } = clamd.address() as { port: number };

test('F142 clamd looks into what the list cannot; without it a file stays unknown and is asked about again', async () => {
  const at = `127.0.0.1:${port}`;
  const read = (text: string) => ({ type: 'application/zip', read: () => inPieces(Buffer.from(text)) });
  const both = scannersInTurn([signatureScanner(), clamdScanner(at)]);
  equal((await both.scan(read('quite harmless'))).verdict, 'clean');
  equal((await both.scan(read('something wicked'))).verdict, 'infected');
  equal((await both.scan(read(eicar.toString()))).by, 'signatures');
  const away = await clamdScanner('127.0.0.1:1').scan(read('x'));
  equal(away.verdict, 'unknown');
  deepEqual(await scanAgain(db), [], 'a list knows no more the second time');
});
