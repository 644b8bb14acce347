import { faultPoint } from '../kit/fault.ts';
import { refuse, type Result } from '../kit/result.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { signCheckpoint } from './checkpoint.rules.ts';
import { headStore, type HeadStore } from './head.store.ts';
import { logKey } from './key.store.ts';
import { decideSigning, grow, leavesOf, readHead, type Growth, type SigningRefusal } from './log.rules.ts';
import { newestNote, proofFromTiles, treeNow } from './log.views.ts';
import { consistencyRanges } from './merkle.rules.ts';
import type { NoteSigner } from './note.rules.ts';
import {
  insertBatches,
  insertBundles,
  insertCheckpoint,
  insertNote,
  insertTiles,
  lockEdges,
  saveEdges,
  takePending,
  type Pieces,
} from './sequencer.store.ts';

/** What the log needs besides the database: its key, and the place of its head. */
export type Log = { readonly db: Db; readonly signer: NoteSigner; readonly head: HeadStore };

/** The log of this installation: `head` is LOG_HEAD (a path or a URL); the key is made in `keyFile`, under `origin`, when there is none. */
export const openLog = (p: { db: Db; keyFile: string; head: string; origin: string }): Log => ({
  db: p.db,
  signer: logKey(p.keyFile, p.origin),
  head: headStore(p.head),
});

export const batchMax = 4096;

/**
 * Moves the oldest committed events into the tree, one transaction for about `batchMax` of them; answers how many.
 * Safe whoever else does the same: the locked edges let one through at a time, and the index of a leaf is a primary key.
 */
export async function sequenceBatch(db: Db, eventsMax = batchMax): Promise<number> {
  const sequenced = await transaction(db, async (tx) => {
    const edges = await lockEdges(tx);
    const rows = await takePending(tx, { eventsMax });
    faultPoint('evidence.sequence.after-take');
    const leaves = leavesOf(rows);
    if (leaves.length === 0) return 0;
    const growth = grow(edges, leaves);
    await Promise.all([
      insertBatches(tx, batchRows(growth.first, rows)),
      ...writeTiles(tx, growth),
      insertCheckpoint(tx, growth.tree),
    ]);
    faultPoint('evidence.sequence.after-insert');
    return leaves.length;
  });
  if (sequenced > 0) faultPoint('evidence.sequence.after-commit');
  return sequenced;
}

function writeTiles(
  tx: Parameters<typeof insertTiles>[0],
  { tiles, bundles, edges }: Growth,
): Promise<unknown>[] {
  const edgeRows = {
    levels: edges.map((edge) => edge.level),
    numbers: edges.map((edge) => edge.number),
    ...piecesOf(edges.map((edge) => edge.data)),
  };
  const writes: Promise<unknown>[] = [saveEdges(tx, edgeRows)];
  if (tiles.length > 0) {
    const tileRows = {
      levels: tiles.map((tile) => tile.level),
      numbers: tiles.map((tile) => tile.number),
      data: Buffer.concat(tiles.map((tile) => tile.data)),
    };
    writes.push(insertTiles(tx, tileRows));
  }
  if (bundles.data.length > 0)
    writes.push(insertBundles(tx, { first: bundles.first, ...piecesOf(bundles.data) }));
  return writes;
}

/** Where each batch begins in the tree: they lie there one after the other. */
function batchRows(first: number, rows: readonly { id: string; events: number }[]) {
  let next = first;
  return {
    ids: rows.map((row) => row.id),
    firsts: rows.map((row) => (next += row.events) - row.events),
    events: rows.map((row) => row.events),
  };
}

function piecesOf(parts: readonly Buffer[]): Pieces {
  let at = 1;
  const from = parts.map((part) => {
    const start = at;
    at += part.length;
    return start;
  });
  return { from, bytes: parts.map((part) => part.length), data: Buffer.concat(parts) };
}

/**
 * Signs what was committed and publishes it: first the head moves, then the note becomes a row. Whatever a crash left undone between commit,
 * head and row is done here on the next round. Refuses to sign a tree that is not a continuation of the head.
 */
export async function signTree({
  db,
  signer,
  head,
}: Log): Promise<Result<{ size: number }, SigningRefusal | 'HEAD_MOVED'>> {
  const on = await reader(db);
  const note = await head.read();
  // The tree is read after the head: what the head vouches for was committed before.
  const [tree, [newest]] = await Promise.all([treeNow(on), newestNote(on)]);
  const before = note === null ? null : readHead(note, signer);
  if (before && !before.ok) return before;
  const old = before?.value ?? null;
  const proof =
    old && old.size <= tree.size ? await proofFromTiles(on, consistencyRanges(old.size, tree.size)) : [];
  const decision = decideSigning(old, tree, newest !== undefined, proof);
  if (!decision.ok) return decision;
  if (decision.value === 'signed' && newest?.size === tree.size)
    return { ok: true, value: { size: tree.size } };
  const signed = decision.value === 'signed' && note !== null ? note : signCheckpoint(tree, signer);
  if (signed !== note) {
    faultPoint('evidence.sign.before-head');
    if (!(await head.swap(note, signed))) return refuse('HEAD_MOVED');
    faultPoint('evidence.sign.after-head');
  }
  await transaction(db, (tx) => insertNote(tx, { size: tree.size, note: signed, at: tx.wall }));
  faultPoint('evidence.sign.after-publish');
  return { ok: true, value: { size: tree.size } };
}
