import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { anExhibit, bought, buyerOf, caseShop, filed, ownerOf } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testFiles } from '../../../test/files.ts';
import { testLog } from '../../../test/log.ts';
import { buyers, stock } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { installLogKey } from '../../evidence/verification.actions.ts';
import { must } from '../../kit/assert.ts';
import { transaction } from '../../kit/tx.ts';
import { refuseClaim } from '../actions.ts';
import { unzip, verifyBundle } from '../../../bin/verify.mjs';
import { bundleFor } from './bundle.actions.ts';

const database = await testDatabase();
const { db } = database;
testFiles(db);
const log = testLog(db);
installLogKey(db, log.signer);
const shelf = await caseShop(db);
const keys = await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 5);

const folder = mkdtempSync(join(tmpdir(), 'mengyue-bundle-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
await transaction(db, (tx) =>
  refuseClaim(tx, {
    caseId,
    viewer: ownerOf(shelf),
    defence: 'NOT_AS_CLAIMED',
    text: '发的就是 100 元',
    exhibit: anExhibit,
  }),
);
await sequenceAll(log);

async function bundle(viewer = buyerOf(who.buyerId)): Promise<Buffer> {
  const answer = await bundleFor(db, viewer, who.orderId);
  ok(answer.ok);
  return Buffer.from(await new Response(answer.value).arrayBuffer());
}

type Files = Map<string, Buffer>;
const wrongIn = (files: Files): string[] => {
  const wrong: string[] = [];
  verifyBundle(files, {}, (where: string, what: string) => void wrong.push(`${where}: ${what}`));
  return wrong;
};

test('F163 F047 the bundle of an order verifies offline with one file that knows nothing of us', async () => {
  const zip = await bundle();
  const file = join(folder, 'bundle.zip');
  writeFileSync(file, zip);
  const run = spawnSync(process.execPath, ['bin/verify.mjs', file], { encoding: 'utf8' });
  equal(run.status, 0, run.stdout);
  ok(/^GOOD \d+ events proved in the log demo\.example\/log, 0 not yet/.test(run.stdout), run.stdout);
  const files: Files = unzip(zip);
  const index = JSON.parse(String(files.get('index.json')));
  const kinds = index.events.map((event: { kind: string }) => event.kind);
  for (const kind of [
    'order.purchased',
    'delivery.revealed',
    'case.file',
    'case.refuse',
    'listing.snapshot',
    'stock.batch',
  ])
    ok(kinds.includes(kind), kind);
  const told = JSON.parse(String([...files].find(([name]) => name.startsWith('cases/'))?.[1]));
  equal(told.statements[0].kind, 'claim');
  ok(
    told.articles.some((one: { text: string }) => one.text.length > 10),
    'the articles stand there in full',
  );
});

test('F163 the tools of others agree: openssl, sha256sum and jq, as the manual says', async () => {
  const files: Files = unzip(await bundle());
  const home = join(folder, 'open');
  for (const [name, content] of files) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), content);
  }
  const tools = ['openssl', 'sha256sum', 'jq'].filter(
    (tool) => spawnSync(tool, ['--version']).error === undefined,
  );
  if (tools.length === 3) {
    equal(execFileSync('bash', [join(home, 'verify.sh')], { encoding: 'utf8' }), 'GOOD\n');
    const payload = join(home, 'events', '001-order.purchased.payload.json');
    writeFileSync(payload, `${String(files.get('events/001-order.purchased.payload.json'))} `);
    const run = spawnSync('bash', [join(home, 'verify.sh')], { encoding: 'utf8' });
    equal(run.status, 1);
    ok(run.stdout.includes('001-order.purchased: the content is not what was fixed'), run.stdout);
  }
  ok(String(files.get('MANUAL.zh.md')).includes('openssl pkeyutl -verify'));
});

test('F163 one byte changed anywhere is found, and the event is named by its number and its place in the log', async () => {
  const zip = await bundle();
  const names = [...(unzip(zip) as Files).keys()];
  ok(names.length > 40);
  for (const name of names) {
    const files: Files = unzip(zip);
    const bytes = Buffer.from(must(files.get(name), name));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    files.set(name, bytes);
    ok(wrongIn(files).length > 0, `${name} was changed and nobody noticed`);
  }
  // A key that is no key any more is said to be wrong as well.
  const keyless: Files = unzip(zip);
  const vkey = String(keyless.get('log.vkey'));
  keyless.set('log.vkey', Buffer.from(vkey.replace(/\+[^+]*$/, '+AAAA\n')));
  ok(
    wrongIn(keyless).some((one) => !one.includes('SHA-256 that is listed')),
    'the checkpoint is not signed by it',
  );
  // Whoever changes a content and mends the sums as well is still found, at its event.
  const files: Files = unzip(zip);
  const index = JSON.parse(String(files.get('index.json')));
  const event = index.events.find((one: { kind: string }) => one.kind === 'delivery.revealed');
  const name = `events/${event.file}.payload.json`;
  files.set(name, Buffer.from(String(files.get(name)).replace('"nth":1', '"nth":2')));
  const sums = wrongIn(files).filter((one) => !one.includes('SHA-256 that is listed'));
  deepEqual(sums, [
    `event ${event.no} (delivery.revealed, log index ${event.index}): its content is not what was fixed: SHA-256(salt, payload) is not its commitment`,
  ]);
  // An event that is left out leaves a hole.
  const holed: Files = unzip(zip);
  const rest = { ...index, events: index.events.filter((one: { no: number }) => one.no !== event.no) };
  holed.set('index.json', Buffer.from(JSON.stringify(rest)));
  ok(wrongIn(holed).some((one) => /one is missing/.test(one)));
});

test('F162 a code leaves the house masked, with the commitment under which it was stocked', async () => {
  const files: Files = unzip(await bundle());
  const whole = [...files.values()].map(String).join('\n');
  for (const key of keys) ok(!whole.includes(key), 'no code in clear');
  const told = JSON.parse(String(files.get('keys.json')));
  equal(told.length, 2);
  ok(/^\*{6,}\d{4}$/.test(told[0].secret), told[0].secret);
  deepEqual([told[0].whole, told[0].revealedAt !== null, told[1].revealedAt], [false, true, null]);
});

test('F163 the shop gets it as well, a stranger learns nothing', async () => {
  const files: Files = unzip(await bundle(ownerOf(shelf)));
  deepEqual(wrongIn(files), []);
  const [stranger = ''] = await buyers(db, 1, 0n);
  deepEqual(await bundleFor(db, buyerOf(stranger), who.orderId), { ok: false, refusal: 'ORDER_NOT_FOUND' });
});
