import { must } from '../../kit/assert.ts';
import { openBlob, putBlob, receiveBlob, type Received } from '../../kit/blob.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { unitsOfOrder } from '../../delivery/views.ts';
import { recordNext } from '../../evidence/actions.ts';
import { lockWithLines } from '../../orders/actions.ts';
import type { Line } from '../../orders/rules.ts';
import { besideOrder, keepFile, type Beside } from '../exhibits/actions.ts';
import type { RecordingRefusal } from './contract.ts';
import { recordingLimits } from './limits.data.ts';
import { chainNext, chainStart, decideChunk, isSilent, seenWhile, type Recording } from './rules.ts';
import {
  chunksOf,
  countRecordings,
  insertChunk,
  insertRecording,
  lockRecording,
  silentRecordings,
  writeRecording,
} from './store.ts';

type Refused<T> = Result<T, RecordingRefusal>;
type Named = { readonly orderId: string; readonly recordingId: string };
const videos = ['video/webm', 'video/mp4', 'video/matroska', 'video/x-matroska'];

async function buyerOf(on: Tx, viewer: Viewer, orderId: string): Promise<Beside | null> {
  const who = await besideOrder(on, viewer, orderId);
  return who?.side === 'buyer' ? who : null;
}

/** A buyer begins to record, before a key is seen. Refuses ORDER_NOT_FOUND and RECORDINGS_ENOUGH. */
export async function startRecording(
  tx: Tx,
  viewer: Viewer,
  p: { orderId: string; source: 'screen' | 'camera' },
): Promise<Refused<Recording>> {
  const who = await buyerOf(tx, viewer, p.orderId);
  if (!who) return refuse('ORDER_NOT_FOUND');
  const { shopId, orderId, userId } = who;
  await lockWithLines(tx, [{ shopId, id: orderId }]);
  const [counted] = await countRecordings(tx, { shopId, orderId });
  if ((counted?.count ?? 0) >= recordingLimits.perOrder) return refuse('RECORDINGS_ENOUGH');
  const id = newId(tx.wall);
  const one: Recording = {
    shopId,
    id,
    orderId,
    byId: userId,
    source: p.source,
    chain: chainStart(id),
    chunks: 0,
    size: 0,
    startedAt: tx.business,
    heardAt: tx.wall,
    endedAt: null,
    endedBy: null,
    fileId: null,
    sha256: null,
  };
  await insertRecording(tx, { one });
  await note(tx, one, 'recording.started', { source: p.source });
  return done(one);
}

async function note(
  tx: Tx,
  one: Recording,
  kind: string,
  body: Record<string, string | number | null>,
): Promise<void> {
  const { shopId, orderId: about, byId, id } = one;
  const actor = `buyer:${byId}`;
  await recordNext(tx, [{ shopId, about, kind, actor, keyOwner: byId, body: { recording: id, ...body } }]);
}

export type Piece = { number: number; sha256: string; chain: string; at: Instant };

/**
 * Takes one piece, chained to those before it. The same piece again gets the same answer. Refuses FILE_… (the first piece must be a video),
 * CHUNK_MISSING with the number that is expected, RECORDING_OVER and RECORDING_FULL.
 */
export async function takeChunk(
  db: Db,
  viewer: Viewer,
  p: Named & { number: number; file: File },
): Promise<Refused<Piece>> {
  const who = await buyerOf(await reader(db), viewer, p.orderId);
  if (!who) return refuse('ORDER_NOT_FOUND');
  const limits = { max_bytes: recordingLimits.chunk_bytes, ...(p.number === 1 ? { types: videos } : {}) };
  return putBlob(db, p.file.stream(), limits, async (tx, piece, keep): Promise<Refused<Piece>> => {
    const [one] = await lockRecording(tx, { shopId: who.shopId, id: p.recordingId });
    if (one?.orderId !== p.orderId || one.byId !== who.userId) return refuse('RECORDING_NOT_FOUND');
    const decided = decideChunk(one, { number: p.number, size: piece.size });
    if (!decided.ok) return decided;
    if (decided.value === 'again') return again(tx, one, piece.sha256);
    await keep();
    const hash = Buffer.from(piece.sha256, 'hex');
    const chain = chainNext(one.chain, hash);
    await insertChunk(tx, {
      shopId: one.shopId,
      recordingId: one.id,
      number: p.number,
      sha256: hash,
      chain,
      size: piece.size,
      at: tx.business,
    });
    faultPoint('recordings.chunk.after-row');
    await writeRecording(tx, {
      one: { ...one, chain, chunks: p.number, size: one.size + piece.size, heardAt: tx.wall },
    });
    return done({ number: p.number, sha256: piece.sha256, chain: chain.toString('hex'), at: tx.business });
  });
}

async function again(tx: Tx, one: Recording, sha256: string): Promise<Refused<Piece>> {
  const last = (await chunksOf(tx, { shopId: one.shopId, recordingId: one.id })).at(-1);
  if (!last || last.sha256.toString('hex') !== sha256)
    return refuse('CHUNK_MISSING', { expected: one.chunks + 1 });
  return done({ number: last.number, sha256, chain: last.chain.toString('hex'), at: last.at });
}

/** Ends a recording of a buyer. Doing it again gives the same receipt. */
export async function endRecording(db: Db, viewer: Viewer, p: Named): Promise<Refused<Recording>> {
  const on = await reader(db);
  const who = await buyerOf(on, viewer, p.orderId);
  if (!who) return refuse('ORDER_NOT_FOUND');
  return finish(db, { shopId: who.shopId, id: p.recordingId, orderId: p.orderId, byId: who.userId });
}

type Ending = { shopId: string; id: string; orderId: string; byId?: string };

/**
 * Puts the pieces together as one file, whose hash is the receipt. What never came is not in it: of a page that died, all that had arrived
 * is sealed. A piece that arrives meanwhile makes it begin anew.
 */
async function finish(db: Db, p: Ending): Promise<Refused<Recording>> {
  for (;;) {
    const on = await reader(db);
    const pieces = await chunksOf(on, { shopId: p.shopId, recordingId: p.id });
    const whole = pieces.length === 0 ? null : await joined(db, pieces);
    if (whole && !whole.ok) return whole;
    try {
      const answer = await transaction(db, (tx) => seal(tx, p, pieces.length, whole?.value ?? null));
      if (answer !== 'more came') return answer;
    } finally {
      await whole?.value.draft.drop();
    }
  }
}

const joined = (db: Db, pieces: readonly { sha256: Buffer }[]) =>
  receiveBlob(db, oneAfterAnother(db, pieces), { max_bytes: recordingLimits.total_bytes });

async function* oneAfterAnother(db: Db, pieces: readonly { sha256: Buffer }[]): AsyncGenerator<Uint8Array> {
  for (const { sha256 } of pieces)
    for await (const bytes of openBlob(db, sha256.toString('hex'))) yield bytes as Uint8Array;
}

async function seal(
  tx: Tx,
  p: Ending,
  count: number,
  whole: Received | null,
): Promise<Refused<Recording> | 'more came'> {
  const [held] = await lockWithLines(tx, [{ shopId: p.shopId, id: p.orderId }]);
  const [one] = await lockRecording(tx, p);
  if (!held || one?.orderId !== p.orderId || (p.byId !== undefined && one.byId !== p.byId))
    return refuse('RECORDING_NOT_FOUND');
  if (one.endedAt !== null) return done(one);
  if (p.byId === undefined && !isSilent(one, tx.wall)) return done(one);
  if (one.chunks !== count) return 'more came';
  const beside: Beside = { shopId: p.shopId, orderId: p.orderId, side: 'buyer', userId: one.byId };
  const fileId = whole && (await keepClip(tx, beside, one, whole));
  const after: Recording = {
    ...one,
    endedAt: tx.business,
    endedBy: whole === null ? 'empty' : p.byId === undefined ? 'cut_off' : 'stopped',
    fileId,
    sha256: whole && Buffer.from(whole.sha256, 'hex'),
  };
  await writeRecording(tx, { one: after });
  faultPoint('recordings.end.after-row');
  const seen = seenWhile(after, await unitsOf(tx, p, held.lines));
  await note(tx, after, 'recording.ended', {
    by: must(after.endedBy, 'it has ended'),
    chunks: one.chunks,
    bytes: one.size,
    chain: one.chain.toString('hex'),
    sha256: whole?.sha256 ?? null,
    startedAt: one.startedAt,
    seen: seen.map((each) => `${each.line}-${each.place}`).join(' '),
  });
  return done(after);
}

async function keepClip(tx: Tx, beside: Beside, one: Recording, whole: Received): Promise<string> {
  const original = Buffer.from(whole.sha256, 'hex');
  const name = `recording-${one.source}.${whole.type === 'video/mp4' ? 'mp4' : 'webm'}`;
  const attached = {
    name,
    original: whole,
    shown: null,
    received: [whole],
    hashes: { original, view: null, thumb: null },
  };
  const { fileId } = await keepFile(tx, beside, attached, { source: 'recording', formedAt: one.startedAt });
  return fileId;
}

/** When each numbered unit of an order was first seen. */
export async function unitsOf(
  on: Tx,
  { shopId, orderId }: { shopId: string; orderId: string },
  lines: readonly Pick<Line, 'number' | 'poolId' | 'numbers'>[],
) {
  const numbered = lines.flatMap((line) =>
    line.numbers.map((number, i) => ({ line: line.number, place: i + 1, poolId: line.poolId, number })),
  );
  const units = await unitsOfOrder(on, {
    shopId,
    viewerOrder: orderId,
    pools: numbered.map((one) => one.poolId),
    numbers: numbered.map((one) => one.number),
  });
  return numbered.flatMap(({ line, place, poolId, number }) => {
    const unit = units.find((one) => one.poolId === poolId && one.number === number);
    return unit ? [{ line, place, revealedAt: unit.revealedAt }] : [];
  });
}

/** Seals recordings whose page has gone silent, with what had arrived. Answers how many. */
export async function sealSilent(db: Db): Promise<number> {
  const on = await reader(db);
  const before = plus(on.wall, { minutes: -recordingLimits.silent_minutes });
  const silent = await silentRecordings(on, { before, limit: 20 });
  for (const one of silent) await finish(db, one);
  return silent.length;
}
