import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { must } from './assert.ts';
import { headBytes, kindOf } from './blob-kind.ts';
import { signatureScanner, type Scanner, type Verdict } from './malware.ts';
import { publish } from './outbox.ts';
import { blobRefusals, type BlobRefusal } from './refusals.ts';
import { done, refuse, type Result } from './result.ts';
import { query, sql, statement, t, ts } from './sql.ts';
import { instant, type Instant } from './time.ts';
import { reader, transaction, type Db, type Tx } from './tx.ts';

/** Where bytes lie, by their SHA-256 in hexadecimal. Disk is one side of this port, an S3-compatible store may be another. */
export type BlobStore = {
  draft(): Promise<Draft>;
  /** Bytes `from` to `to`, both included; all without a range. */
  open(hash: string, range?: { from: number; to: number }): Readable;
  size(hash: string): Promise<number | undefined>;
  remove(hash: string): Promise<void>;
  list(): AsyncIterable<{ hash: string; size: number; at: Instant }>;
  /** Drafts of a process that died: those last written before this instant of the machine's clock. */
  sweepDrafts(before: number): Promise<number>;
};

/** A file that is being received: it has no name yet, and is gone unless it is kept. */
export type Draft = {
  write(piece: Uint8Array): Promise<void>;
  read(): AsyncIterable<Uint8Array>;
  /** All bytes are on the disk when this resolves. */
  settle(): Promise<void>;
  keep(hash: string): Promise<void>;
  drop(): Promise<void>;
};

export type FileSetup = { readonly store: BlobStore; readonly scanner: Scanner };

const setups = new WeakMap<Db, FileSetup>();

/** Says where this process keeps files, and who looks into them (by default a list of signatures); called once at the start. */
export const installFiles = (db: Db, setup: { store: BlobStore; scanner?: Scanner }): void =>
  void setups.set(db, { store: setup.store, scanner: setup.scanner ?? signatureScanner() });

/** Another view of the same database (a clock of its own) keeps its files in the same place. */
export const shareFiles = (from: Db, to: Db): void => void setups.set(to, setupOf(from));

const setupOf = (db: Db): FileSetup => must(setups.get(db), 'installFiles said where files are kept');

export { blobRefusals, type BlobRefusal };

export type BlobLimits = {
  readonly max_bytes: number;
  /** Kinds that are taken ('image/png', 'image/*'); absent: any. */
  readonly types?: readonly string[];
  /** What the sender said it would send; fewer or more is an upload that broke off. */
  readonly expected_bytes?: number | undefined;
};

/** A kept file. `sha256` is hexadecimal. */
export type Blob = {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
  readonly verdict: Verdict;
};

/** A file that was received whole, looked at, and is on the disk without a name. Keep it in a transaction, or drop it. */
export type Received = Blob & { readonly draft: Draft };

export type Bytes = AsyncIterable<Uint8Array>;

/**
 * Receives a file: counted, hashed, its kind told by its bytes, scanned. Refuses FILE_TOO_LARGE (and reads no further), FILE_EMPTY,
 * FILE_TRUNCATED, FILE_TYPE_REFUSED, FILE_INFECTED (detail.found); of a refused file nothing stays. Runs outside any transaction.
 */
export async function receiveBlob(
  db: Db,
  source: Bytes,
  limits: BlobLimits,
): Promise<Result<Received, BlobRefusal>> {
  const { store, scanner } = setupOf(db);
  const draft = await store.draft();
  try {
    const answer = await take(draft, source, limits, scanner);
    if (!answer.ok) await draft.drop();
    return answer;
  } catch (problem) {
    await draft.drop();
    throw problem;
  }
}

/** The sender broke off: told apart from a disk that fails, which is our own trouble and is thrown. */
class BrokenOff extends Error {}

async function* heard(source: Bytes): Bytes {
  try {
    yield* source;
  } catch {
    throw new BrokenOff();
  }
}

async function take(
  draft: Draft,
  source: Bytes,
  limits: BlobLimits,
  scanner: Scanner,
): Promise<Result<Received, BlobRefusal>> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of heard(source)) {
      if (size + piece.byteLength > limits.max_bytes)
        return refuse('FILE_TOO_LARGE', { max_bytes: limits.max_bytes });
      if (size < headBytes) head.push(piece.slice(0, headBytes - size));
      size += piece.byteLength;
      hash.update(piece);
      await draft.write(piece);
    }
  } catch (problem) {
    if (problem instanceof BrokenOff) return refuse('FILE_TRUNCATED');
    throw problem;
  }
  if (limits.expected_bytes !== undefined && size !== limits.expected_bytes) return refuse('FILE_TRUNCATED');
  if (size === 0) return refuse('FILE_EMPTY');
  const type = await kindOf(Buffer.concat(head));
  if (limits.types && !isOneOf(type, limits.types)) return refuse('FILE_TYPE_REFUSED', { type });
  await draft.settle();
  const verdict = await scanner.scan({ type, read: draft.read });
  if (verdict.verdict === 'infected') return refuse('FILE_INFECTED', { found: verdict.found });
  return done({ sha256: hash.digest('hex'), size, type, verdict, draft });
}

const isOneOf = (type: string, types: readonly string[]): boolean =>
  types.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))));

const shareSweep = query(
  'kit.share_blob_sweep',
  { held: t.bool },
  () => sql`
  select pg_advisory_xact_lock_shared(7305010) is not null as held`,
);
const holdSweep = query(
  'kit.hold_blob_sweep',
  { held: t.bool },
  () => sql`
  select pg_advisory_xact_lock(7305010) is not null as held`,
);

const insertBlob = statement(
  'kit.insert_blob',
  (p: {
    hash: Buffer;
    size: number;
    type: string;
    verdict: string;
    by: string;
    note: string;
    at: Instant;
  }) => sql`
  insert into kit.blobs (sha256, size_bytes, media_type, verdict, verdict_by, verdict_note, verdict_at, at)
  values (${p.hash}, ${p.size}, ${p.type}, ${p.verdict}, ${p.by}, ${p.note}, ${ts(p.at)}::timestamptz, ${ts(p.at)}::timestamptz)
  on conflict (sha256) do nothing`,
);

export const verdictNote = (verdict: Verdict): string =>
  verdict.verdict === 'infected' ? verdict.found : verdict.verdict === 'unknown' ? verdict.why : '';

/**
 * Gives received files their place and their row, in the transaction of the fact that needs them. The bytes have their place before the row
 * is committed; a transaction that rolls back leaves bytes without a row, which the sweep removes.
 */
export async function keepBlobs(tx: Tx, files: readonly Received[]): Promise<void> {
  if (files.length === 0) return;
  await shareSweep(tx);
  for (const { sha256, size, type, verdict, draft } of files) {
    await draft.keep(sha256);
    const { by } = verdict;
    const hash = Buffer.from(sha256, 'hex');
    await insertBlob(tx, {
      hash,
      size,
      type,
      verdict: verdict.verdict,
      by,
      note: verdictNote(verdict),
      at: tx.wall,
    });
  }
}

/**
 * Receives a file and, in one transaction, lets `act` decide with it: when `act` says done the file is kept, else nothing of it stays. `act`
 * decides before it writes, as every action does; rows that point at kit.blobs are written after its `keep()`.
 */
export async function putBlob<T, R extends string>(
  db: Db,
  source: Bytes,
  limits: BlobLimits,
  act: (tx: Tx, file: Blob, keep: () => Promise<void>) => Promise<Result<T, R>>,
): Promise<Result<T, R | BlobRefusal>> {
  const received = await receiveBlob(db, source, limits);
  if (!received.ok) return received;
  const { draft, ...file } = received.value;
  try {
    return await transaction(db, (tx) => act(tx, file, () => keepBlobs(tx, [received.value])));
  } finally {
    // Kept, it has another name by now and this does nothing.
    await draft.drop();
  }
}

const blobShape = {
  sha256: t.bytes,
  size: t.int,
  type: t.text,
  verdict: t.word<Verdict['verdict']>(),
  verdictBy: t.text,
  verdictNote: t.text,
  verdictAt: t.instant,
};
export const findBlobs = query(
  'kit.find_blobs',
  blobShape,
  (p: { hashes: readonly Buffer[] }) => sql`
  select b.sha256, b.size_bytes as size, b.media_type as type, b.verdict, b.verdict_by, b.verdict_note, b.verdict_at
    from unnest(${[...p.hashes]}::bytea[]) as x(sha256) join kit.blobs b on b.sha256 = x.sha256`,
);

/** The bytes of a kept file, or of a part of it (both ends included). Who may have them is asked before, by the domain whose row names it. */
export const openBlob = (db: Db, sha256: string, range?: { from: number; to: number }): Readable =>
  setupOf(db).store.open(sha256, range);

const orphanAfter_ms = 3_600_000;

const knownBlobs = query(
  'kit.known_blobs',
  { sha256: t.bytes },
  (p: { hashes: readonly Buffer[] }) => sql`
  select b.sha256 from unnest(${[...p.hashes]}::bytea[]) as x(sha256) join kit.blobs b on b.sha256 = x.sha256`,
);

/** Removes what no row knows and nobody is writing: drafts of processes that died, and files whose transaction rolled back, an hour old. */
export async function sweepBlobs(db: Db): Promise<{ drafts: number; files: number }> {
  const store = setups.get(db)?.store;
  // A process that keeps no files (tests of the worker alone) has nothing to sweep.
  if (!store) return { drafts: 0, files: 0 };
  // Files carry the machine's clock, so their age is measured on it and not on the clock of the program.
  const before = instant(Date.now() - orphanAfter_ms);
  const drafts = await store.sweepDrafts(before);
  let files = 0;
  let old: string[] = [];
  const removeOrphans = async (): Promise<void> => {
    files += await transaction(db, (tx) => removeUnknown(tx, store, old));
    old = [];
  };
  for await (const { hash, at } of store.list()) {
    if (at < before) old.push(hash);
    if (old.length === 500) await removeOrphans();
  }
  if (old.length > 0) await removeOrphans();
  return { drafts, files };
}

/** While this holds, nobody keeps a file: whatever has no row now gets none before it is removed. */
async function removeUnknown(tx: Tx, store: BlobStore, old: readonly string[]): Promise<number> {
  await holdSweep(tx);
  const rows = await knownBlobs(tx, { hashes: old.map((hash) => Buffer.from(hash, 'hex')) });
  const known = new Set(rows.map(({ sha256 }) => sha256.toString('hex')));
  const unknown = old.filter((hash) => !known.has(hash));
  for (const hash of unknown) await store.remove(hash);
  return unknown.length;
}

const unknownBlobs = query(
  'kit.unknown_blobs',
  { sha256: t.bytes, type: t.text },
  (p: { limit: number }) => sql`
  select sha256, media_type as type from kit.blobs where verdict = 'unknown' order by verdict_at limit ${p.limit}::int`,
);

const setVerdict = statement(
  'kit.set_blob_verdict',
  (p: { hash: Buffer; verdict: string; by: string; note: string; at: Instant }) => sql`
  update kit.blobs set verdict = ${p.verdict}, verdict_by = ${p.by}, verdict_note = ${p.note}, verdict_at = ${ts(p.at)}::timestamptz
   where sha256 = ${p.hash}`,
);

/** Asks again about files that were unknown, where the scanner may know more by now. Those that turn out infected are news (blob.infected), and the answer. */
export async function scanAgain(db: Db, limit = 20): Promise<string[]> {
  const setup = setups.get(db);
  if (!setup?.scanner.again) return [];
  const { store, scanner } = setup;
  const infected: string[] = [];
  for (const { sha256, type } of await unknownBlobs(await reader(db), { limit })) {
    const hash = sha256.toString('hex');
    const verdict = await scanner.scan({ type, read: () => store.open(hash) });
    if (verdict.verdict === 'infected') infected.push(hash);
    const { verdict: word, by } = verdict;
    await transaction(db, async (tx) => {
      await setVerdict(tx, { hash: sha256, verdict: word, by, note: verdictNote(verdict), at: tx.wall });
      if (word === 'infected')
        await publish(tx, [{ event: 'blob.infected', about: [], data: { sha256: hash } }]);
    });
  }
  return infected;
}
