import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.rules.ts';
import { leafHash, rootOf, verifyConsistency, type CompactRange, type Hash } from './merkle.rules.ts';
import { verifiedBy, type NoteKey } from './note.rules.ts';
import { privateLeaf } from './leaf.rules.ts';
import {
  bundleOf,
  entriesOf,
  growTiles,
  hashesOf,
  rangeOfEdges,
  tileWidth,
  type Edge,
  type GrownTiles,
} from './tiles.rules.ts';

/** The tree as the database has it. */
export type Tree = { readonly size: number; readonly root: Hash };

/** Why the log is not signed. The shop sells on; /healthz says it. */
export type SigningRefusal =
  | 'HEAD_MISSING' // this database was signed before, and the head that vouches for it is gone
  | 'HEAD_FOREIGN' // what stands in LOG_HEAD was not signed by this log's key
  | 'TREE_BEHIND' // the database is older than its head: it was restored from a copy
  | 'TREE_FORKED'; // as long as its head or longer, but not the same history

export const signingRefusals = {
  HEAD_MISSING: {
    zh: '找不到日志签名头（LOG_HEAD），已停止签名。',
    en: 'LOG_HEAD is gone, although this log was signed before. Signing has stopped.',
  },
  HEAD_FOREIGN: {
    zh: '日志签名头（LOG_HEAD）不属于这个日志，已停止签名。',
    en: 'LOG_HEAD does not belong to this log. Signing has stopped.',
  },
  TREE_BEHIND: {
    zh: '数据库比日志签名头旧，像是从备份恢复的，已停止签名。',
    en: 'The database is older than LOG_HEAD, as after a restore. Signing has stopped.',
  },
  TREE_FORKED: {
    zh: '数据库里的日志与签名头不一致，已停止签名。',
    en: 'The log in the database contradicts LOG_HEAD. Signing has stopped.',
  },
} as const satisfies Record<SigningRefusal, { zh: string; en: string }>;

/** The checkpoint in LOG_HEAD, refused when it is not ours. */
export function readHead(note: string, key: NoteKey): Result<Checkpoint, 'HEAD_FOREIGN'> {
  const checkpoint = parseCheckpoint(note);
  const ours = checkpoint?.origin === key.name && verifiedBy(note, [key])?.includes(key) === true;
  return ours ? done(checkpoint) : refuse('HEAD_FOREIGN');
}

/**
 * Whether this tree may be signed: only a continuation of what the head vouches for, shown by a consistency proof from the stored tiles.
 * The tree was read after the head, so an honest database is never behind it.
 */
export function decideSigning(
  head: Tree | null,
  tree: Tree,
  signedBefore: boolean,
  proof: readonly Hash[],
): Result<'sign' | 'signed', SigningRefusal> {
  if (!head) return signedBefore ? refuse('HEAD_MISSING') : done('sign');
  if (tree.size < head.size) return refuse('TREE_BEHIND', { head: head.size, tree: tree.size });
  const consistent = verifyConsistency({
    old: head.size,
    oldRoot: head.root,
    size: tree.size,
    root: tree.root,
    proof,
  });
  if (!consistent) return refuse('TREE_FORKED', { head: head.size, tree: tree.size });
  return done(tree.size === head.size ? 'signed' : 'sign');
}

/** A row of evidence.edges. */
export type EdgeRow = { readonly level: number; readonly number: number; readonly data: Buffer };
export type PendingRow = {
  readonly events: number;
  readonly commitments: Buffer;
  readonly at: Instant;
  readonly publicLeaves: readonly (string | null)[] | null;
};

/** The leaves of pending rows, in their order. */
export function leavesOf(rows: readonly PendingRow[]): Buffer[] {
  const leaves: Buffer[] = [];
  for (const row of rows) {
    for (let i = 0; i < row.events; i += 1) {
      const text =
        row.publicLeaves?.[i] ?? privateLeaf(row.commitments.subarray(i * 32, (i + 1) * 32), row.at);
      leaves.push(Buffer.from(text));
    }
  }
  return leaves;
}

export type Growth = {
  /** The tree before; its size is the index of the first new leaf. */
  readonly first: number;
  readonly tiles: GrownTiles['full'];
  readonly bundles: { readonly first: number; readonly data: readonly Buffer[] };
  readonly edges: readonly EdgeRow[];
  readonly tree: Tree;
};

/** Appends leaves to the tree that the edges tell, and gives every row that changes. */
export function grow(rows: readonly EdgeRow[], leaves: readonly Buffer[]): Growth {
  const edges = rows
    .filter((row) => row.level >= 0)
    .map(({ level, number, data }): Edge => ({ level, number, hashes: hashesOf(data) }));
  const range: CompactRange = rangeOfEdges(edges);
  const first = range.size;
  const hashes = leaves.map(leafHash);
  const grown = growTiles(range, edges, hashes);
  const bundles = growBundles(
    rows.find((row) => row.level === bundleLevel),
    leaves,
  );
  return {
    first,
    tiles: grown.full,
    bundles: bundles.full,
    edges: [
      ...grown.edges.map((edge) => ({
        level: edge.level,
        number: edge.number,
        data: Buffer.concat(edge.hashes),
      })),
      bundles.edge,
    ],
    tree: { size: range.size, root: rootOf(range) },
  };
}

/** The level under which the bundle that is not full yet stands among the edges. */
export const bundleLevel = -1;

function growBundles(
  edge: EdgeRow | undefined,
  leaves: readonly Buffer[],
): { full: Growth['bundles']; edge: EdgeRow } {
  const first = edge?.number ?? 0;
  const entries = [...(edge ? entriesOf(edge.data) : []), ...leaves];
  const data: Buffer[] = [];
  let at = 0;
  for (; entries.length - at >= tileWidth; at += tileWidth)
    data.push(bundleOf(entries.slice(at, at + tileWidth)));
  return {
    full: { first, data },
    edge: { level: bundleLevel, number: first + data.length, data: bundleOf(entries.slice(at)) },
  };
}

/** The origin of a new log: the address of its public tree without a scheme. A demo's begins with `demo.`, so that nobody takes it for more. */
export function originOf(publicOrigin: string, demo: boolean): string {
  const address = `${publicOrigin.replace(/^https?:\/\//, '').replace(/\/+$/, '')}/log`;
  return demo ? `demo.${address}` : address;
}
