import { assert } from '../kit/assert.ts';
import { append, heightOf, nodeHash, type CompactRange, type Hash, type TreeNode } from './merkle.rules.ts';

// The tiled layout of C2SP tlog-tiles: 256 hashes a tile, 256 entries a bundle.
export const tileWidth = 256;
const tileHeight = 8;
const hashBytes = 32;

/** One tile: level 0 holds leaf hashes, level 1 the roots of the full tiles below, and so on. */
export type TileName = { readonly level: number; readonly number: number };

/** The right edge of the tree at one level: the hashes of the tile that is not full yet, which may be none. */
export type Edge = { readonly level: number; number: number; hashes: Hash[] };

/** N of a tile path in groups of three digits: 1234067 is x001/x234/067. */
export function numberPath(number: number): string {
  const digits = String(number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g);
  assert(groups, 'a number has digits');
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** The inverse of numberPath; null for anything that numberPath would not have written. */
export function numberOfPath(path: string): number | null {
  if (!/^(x\d{3}\/)*\d{3}$/.test(path)) return null;
  const number = Number(path.replaceAll(/[x/]/g, ''));
  return Number.isSafeInteger(number) && numberPath(number) === path ? number : null;
}

/** tile/<L>/<N>[.p/<W>]; a full tile has no width. */
export const tilePath = ({ level, number }: TileName, width?: number): string =>
  `tile/${level}/${numberPath(number)}${widthPath(width)}`;

/** tile/entries/<N>[.p/<W>]. */
export const bundlePath = (number: number, width?: number): string =>
  `tile/entries/${numberPath(number)}${widthPath(width)}`;

const widthPath = (width: number | undefined): string =>
  width === undefined || width === tileWidth ? '' : `.p/${width}`;

/** What a path below /log asks for; null when no tile can have this path. */
export type TileRequest = {
  readonly level: number | 'entries';
  readonly number: number;
  readonly width: number;
};

export function parseTilePath(path: string): TileRequest | null {
  const match = /^tile\/(entries|0|[1-9]\d?)\/([x\d/]+?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!match) return null;
  const number = numberOfPath(match[2] ?? '');
  const width = match[3] === undefined ? tileWidth : Number(match[3]);
  if (number === null || (match[3] !== undefined && width >= tileWidth)) return null;
  if (match[1] === 'entries') return { level: 'entries', number, width };
  const level = Number(match[1]);
  return level > 63 ? null : { level, number, width };
}

/** Which tile holds a perfect subtree, and where its hashes lie in that tile. */
export function tileOf(node: TreeNode): TileName & { readonly from: number; readonly count: number } {
  const level = Math.floor(node.height / tileHeight);
  const count = 2 ** (node.height % tileHeight);
  const first = node.index * count;
  return { level, number: Math.floor(first / tileWidth), from: first % tileWidth, count };
}

/** The root of a perfect subtree from the bytes of its tile; a prefix of the tile that covers the subtree is enough. */
export function nodeInTile(node: TreeNode, tile: Uint8Array): Hash {
  const { from, count } = tileOf(node);
  assert(tile.length >= (from + count) * hashBytes, 'the tile reaches as far as the subtree');
  let hashes: Hash[] = [];
  for (let i = from; i < from + count; i += 1) hashes.push(tile.subarray(i * hashBytes, (i + 1) * hashBytes));
  while (hashes.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i < hashes.length; i += 2) above.push(nodeHash(hashes[i] as Hash, hashes[i + 1] as Hash));
    hashes = above;
  }
  return hashes[0] as Hash;
}

/** The tiles that a set of perfect subtrees needs, each once. */
export function tilesOf(nodes: readonly TreeNode[]): TileName[] {
  const named = new Map<string, TileName>();
  for (const node of nodes) {
    const { level, number } = tileOf(node);
    named.set(tileKey({ level, number }), { level, number });
  }
  return [...named.values()];
}

export const tileKey = ({ level, number }: TileName): string => `${level}/${number}`;

export type GrownTiles = {
  readonly full: readonly (TileName & { readonly data: Buffer })[];
  readonly edges: readonly Edge[];
};

/**
 * Appends leaf hashes to the tree (`range` grows in place) and gives the tiles that became full and the new right edges.
 * A level appears among the edges from the first time that something stood on it.
 */
export function growTiles(range: CompactRange, edges: readonly Edge[], leaves: readonly Hash[]): GrownTiles {
  const levels: Edge[] = edges.map(({ level, number, hashes }) => ({ level, number, hashes: [...hashes] }));
  const full: (TileName & { data: Buffer })[] = [];
  const completed = (height: number, root: Hash): void => {
    if (height % tileHeight !== 0) return;
    const level = height / tileHeight;
    const edge = (levels[level] ??= { level, number: 0, hashes: [] });
    edge.hashes.push(root);
    if (edge.hashes.length < tileWidth) return;
    full.push({ level, number: edge.number, data: Buffer.concat(edge.hashes) });
    edge.number += 1;
    edge.hashes = [];
  };
  for (const leaf of leaves) append(range, leaf, completed);
  return { full, edges: levels };
}

/** The tree as the right edges tell it: how many leaves, and the roots of its perfect subtrees. */
export function rangeOfEdges(edges: readonly Edge[]): CompactRange {
  const [bottom] = edges;
  if (!bottom) return { size: 0, roots: [] };
  const roots: Hash[] = [];
  for (const { level, number, hashes } of edges.toReversed()) {
    const data = Buffer.concat(hashes);
    for (let at = 0; at < hashes.length;) {
      // The perfect subtrees of an edge are the powers of two of its width, largest first.
      const height = heightOf(hashes.length - at);
      roots.push(
        nodeInTile(
          { height: level * tileHeight + height, index: (number * tileWidth + at) / 2 ** height },
          data,
        ),
      );
      at += 2 ** height;
    }
  }
  return { size: bottom.number * tileWidth + bottom.hashes.length, roots };
}

/** Splits the bytes of a tile or an edge into hashes. */
export function hashesOf(data: Uint8Array): Hash[] {
  assert(data.length % hashBytes === 0, 'a tile is a row of hashes');
  return Array.from({ length: data.length / hashBytes }, (_, i) =>
    data.subarray(i * hashBytes, (i + 1) * hashBytes),
  );
}

/** The first `width` hashes of a tile; null when there are not so many. */
export const tilePrefix = (data: Uint8Array, width: number): Uint8Array | null =>
  data.length < width * hashBytes ? null : data.subarray(0, width * hashBytes);

/** Entries of a bundle: uint16 big-endian length, then the bytes, one after the other. */
export function bundleOf(entries: readonly Uint8Array[]): Buffer {
  const bundle = Buffer.allocUnsafe(entries.reduce((bytes, entry) => bytes + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    assert(entry.length <= 0xffff, 'an entry of a bundle has a 16-bit length');
    at = bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at);
    at += entry.length;
  }
  return bundle;
}

/** The entries of a bundle in their order. */
export function entriesOf(bundle: Uint8Array): Buffer[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + bytes.readUInt16BE(at);
    assert(end <= bytes.length, 'an entry ends inside its bundle');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** The first `width` entries of a bundle as bytes; null when there are not so many. */
export function bundlePrefix(bundle: Uint8Array, width: number): Uint8Array | null {
  const entries = entriesOf(bundle);
  if (entries.length < width) return null;
  const bytes = entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  return bundle.subarray(0, bytes);
}
