import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { must } from '../../kit/assert.ts';
import { openBlob } from '../../kit/blob.ts';
import { fileStream } from '../../kit/file-stream.ts';
import { pdfOf } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import { iso } from '../../kit/time.ts';
import { reader, type Db, type Reader as On } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { zipOf, type ZipFile } from '../../kit/zip.ts';
import { unitsOfOrder } from '../../delivery/views.ts';
import { bundledEvents, logHead } from '../../evidence/bundle.actions.ts';
import type { BundledEvent, LogHead } from '../../evidence/bundle.rules.ts';
import { openKeys, proveStocked } from '../../inventory/keys.actions.ts';
import {
  caseText,
  entryOf,
  fileEntry,
  listPaper,
  type EventEntry,
  type KeyEntry,
  type Reader,
} from './bundle.rules.ts';
import { dossierOf, orderFrom, type Dossier } from './dossier.actions.ts';
import { manualEn, manualZh, verifyScript } from './manual.data.ts';
import { maskedCode } from './masking.rules.ts';
import { wholeKeysOf } from './views.ts';

/** The court bundle of an order for somebody who may see it, sent while it is made. ORDER_NOT_FOUND: not theirs. */
export async function bundleFor(
  db: Db,
  viewer: Viewer,
  orderId: string,
): Promise<Result<ReadableStream, 'ORDER_NOT_FOUND'>> {
  const seen = await orderFrom(await reader(db), viewer, orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  return done(await bundleOf(db, seen, { side: seen.role, userId: viewer.userId }));
}

/** The same for whoever the caller has let in. */
export async function bundleOf(
  db: Db,
  p: { shopId: string; orderId: string },
  to: Reader,
): Promise<ReadableStream> {
  const on = await reader(db);
  const [dossier, head] = await Promise.all([dossierOf(on, p), logHead(db)]);
  const name = `evidence-${encodeId('order', p.orderId)}.zip`;
  return fileStream(zipOf(summed(filesIn(db, on, { dossier, head, to })), on.business), {
    name,
    type: 'application/zip',
  });
}

type Wanted = { dossier: Dossier; head: LogHead | undefined; to: Reader };

const text = (name: string, content: string): ZipFile => ({ name, content: Buffer.from(content) });
const asJson = (name: string, value: unknown): ZipFile => text(name, `${JSON.stringify(value, null, 2)}\n`);

async function* filesIn(db: Db, on: On, p: Wanted): AsyncGenerator<ZipFile> {
  const { dossier, head, to } = p;
  yield* standing(head);
  const keys = await keysOf(on, dossier, to);
  const own = dossier.order.id;
  const abouts = [own, ...dossier.records.map((row) => row.about), ...keys.map((one) => one.batch)];
  const subjects = [...new Set(abouts)].map((about) => ({ shopId: dossier.order.shopId, about }));
  const events: EventEntry[] = [];
  for await (const event of bundledEvents(on, head, subjects)) {
    const entry = entryOf(event, events.length + 1, to);
    events.push(entry);
    yield* eventFiles(event, entry);
  }
  const files = dossier.files.map((one) => ({
    ...fileEntry(one, to, dossier.order.buyerId),
    type: one.type,
  }));
  const once = new Map(files.map((one) => [one.file, one]));
  for (const one of once.values()) yield { name: one.file, content: openBlob(db, one.sha256) };
  for (const one of dossier.cases) yield text(`cases/${encodeId('case', one.id)}.json`, caseText(one, to));
  yield asJson('keys.json', keys);
  yield asJson('index.json', {
    format: 'mengyue-bundle@v1',
    order: encodeId('order', dossier.order.id),
    shop: encodeId('shop', dossier.order.shopId),
    madeAt: iso(on.business),
    for: to.side,
    logSize: head?.size ?? 0,
    events,
    files: [...once.values()],
  });
  const paper = listPaper({
    dossier,
    events,
    files: [...once.values()],
    at: on.business,
    size: head?.size ?? 0,
  });
  yield { name: 'evidence-list.pdf', content: await pdfOf(paper) };
}

/** What is the same in every bundle, and the tree that all proofs lead to. */
function* standing(head: LogHead | undefined): Generator<ZipFile> {
  yield text('README.txt', readme);
  yield text('MANUAL.zh.md', manualZh);
  yield text('MANUAL.en.md', manualEn);
  yield text('verify.sh', verifyScript);
  yield { name: 'verify.mjs', content: readFileSync(new URL('../../../bin/verify.mjs', import.meta.url)) };
  if (!head) return;
  yield text('checkpoint', head.checkpoint);
  yield text('checkpoint.text', head.signedText);
  yield { name: 'checkpoint.sig', content: head.signature };
  yield text('log.pub.pem', head.publicKeyPem);
  yield text('log.vkey', `${head.vkey}\n`);
  yield text('policy.txt', `log ${head.vkey}\nquorum none\n`);
}

const readme = `盟约 · 诉讼证据包
先看 evidence-list.pdf；怎样核验看 MANUAL.zh.md。一条命令：node verify.mjs .

Mengyue evidence bundle
Begin with evidence-list.pdf; how to verify it stands in MANUAL.en.md. One command: node verify.mjs .
`;

function* eventFiles(
  { content, proof }: BundledEvent,
  { file, content: given }: EventEntry,
): Generator<ZipFile> {
  if (content && given === 'given') {
    yield text(`events/${file}.payload.json`, content.payload);
    yield { name: `events/${file}.salt`, content: Buffer.from(content.salt) };
  }
  if (!proof) return;
  yield text(`events/${file}.leaf.json`, proof.leaf);
  yield text(`events/${file}.tlog-proof`, proof.tlogProof);
  yield text(`events/${file}.spicy`, proof.spicy);
}

/**
 * The codes of the order, each masked, with the commitment under which it was stocked. Whole only for an authority, and only where two
 * people opened that code before (F162).
 */
async function keysOf(on: On, { order, lines, cases }: Dossier, to: Reader): Promise<KeyEntry[]> {
  const named = lines.flatMap((line) =>
    line.numbers.map((number, i) => ({ line: line.number, place: i + 1, poolId: line.poolId, number })),
  );
  if (named.length === 0) return [];
  const [units, opened] = await Promise.all([
    unitsOfOrder(on, {
      shopId: order.shopId,
      viewerOrder: order.id,
      pools: named.map((one) => one.poolId),
      numbers: named.map((one) => one.number),
    }),
    to.side === 'authority'
      ? wholeKeysOf(on, { shopId: order.shopId, viewerCases: cases.map((one) => one.id) })
      : [],
  ]);
  const entries: KeyEntry[] = [];
  for (const one of named) {
    const unit = units.find((each) => each.poolId === one.poolId && each.number === one.number);
    if (!unit) continue;
    const name = { shopId: order.shopId, poolId: one.poolId, number: one.number };
    const [[key], proof] = [await openKeys(on, [name]), await proveStocked(on, name)];
    const { number, secret } = must(key, 'a unit that was sold has its key');
    const whole = opened.some((each) => each.line === one.line && each.place === one.place);
    const shown = (code: string): string => (whole ? code : maskedCode(code));
    entries.push({
      line: one.line,
      place: one.place,
      revealedAt: unit.revealedAt === null ? null : iso(unit.revealedAt),
      number: number === null ? null : shown(number.reveal()),
      secret: shown(secret.reveal()),
      whole,
      leaf: proof.leaf.toString('base64'),
      batch: proof.batchId,
      index: proof.index,
      count: proof.count,
      root: proof.root.toString('base64'),
      path: proof.path.map((part) => Buffer.from(part).toString('base64')),
    });
  }
  return entries;
}

/** The files as they pass, and last of all their sums. */
async function* summed(files: AsyncIterable<ZipFile>): AsyncGenerator<ZipFile> {
  const sums: string[] = [];
  for await (const { name, content } of files) {
    if (Buffer.isBuffer(content)) {
      sums.push(`${sha256(content).toString('hex')}  ${name}`);
      yield { name, content };
      continue;
    }
    const hash = createHash('sha256');
    yield { name, content: passing(content, (piece) => void hash.update(piece)) };
    sums.push(`${hash.digest('hex')}  ${name}`);
  }
  yield text('SHA256SUMS', `${sums.join('\n')}\n`);
}

function passing(content: Readable, see: (piece: Buffer) => void): Readable {
  const through = new Transform({
    transform(piece: Buffer, _encoding, next) {
      see(piece);
      next(null, piece);
    },
  });
  content.once('error', (problem) => through.destroy(problem));
  return content.pipe(through);
}
