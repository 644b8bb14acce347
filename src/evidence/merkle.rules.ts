import { assert } from '../kit/assert.ts';
import { sha256 } from '../kit/secret.ts';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** The leaves from `from` (included) to `to` (excluded) of a tree. */
export type LeafRange = { readonly from: number; readonly to: number };

/** A perfect subtree: it covers the leaves [index * 2^height, (index + 1) * 2^height). */
export type TreeNode = { readonly height: number; readonly index: number };

export const emptyRoot: Hash = sha256('');

// One scratch buffer for all interior nodes: hashing is synchronous, so it can never be in use twice.
const nodeInput = Buffer.alloc(65);
nodeInput[0] = 0x01;

/** SHA-256(0x00 ‖ entry), RFC 6962 2.1. */
export function leafHash(entry: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(entry.length + 1);
  input[0] = 0x00;
  input.set(entry, 1);
  return sha256(input);
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 2.1. */
export function nodeHash(left: Hash, right: Hash): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return sha256(nodeInput);
}

/**
 * A tree that only grows, kept as the roots of its perfect subtrees from left (largest) to right (smallest).
 * Appending costs one node hash per leaf on average, whatever the size of the tree.
 */
export type CompactRange = { size: number; readonly roots: Hash[] };

export const emptyRange = (): CompactRange => ({ size: 0, roots: [] });

/**
 * Appends one leaf hash in place. Every perfect subtree that this leaf completes is given to `completed`,
 * the leaf itself first, so that tiles are filled without hashing anything twice.
 */
export function append(
  range: CompactRange,
  leaf: Hash,
  completed?: (height: number, root: Hash) => void,
): void {
  let root = leaf;
  let height = 0;
  completed?.(height, root);
  for (let rest = range.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = range.roots.pop();
    assert(left, 'a set bit of the size has its subtree root');
    root = nodeHash(left, root);
    height += 1;
    completed?.(height, root);
  }
  range.roots.push(root);
  range.size += 1;
}

/** The Merkle tree hash over all leaves, RFC 6962 2.1. */
export const rootOf = (range: CompactRange): Hash => (range.size === 0 ? emptyRoot : foldRoots(range.roots));

/** Joins the roots of neighbouring perfect subtrees, largest first, into the hash of the range they cover. */
export function foldRoots(roots: readonly Hash[]): Hash {
  assert(roots.length > 0, 'an empty range has no hash to fold');
  return roots.reduceRight((right, left) => nodeHash(left, right));
}

/**
 * The perfect subtrees that make up a range of a proof, largest first.
 * `from` must be a multiple of the smallest power of two that is not less than the range, as all ranges of proofs are.
 */
export function nodesOf({ from, to }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = from; at < to;) {
    const height = heightOf(to - at);
    const width = 2 ** height;
    assert(at % width === 0, 'a range of a proof starts at a multiple of its width');
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

/** The largest power of two that is less than `n`; `n` is at least 2. */
function splitOf(n: number): number {
  const power = 2 ** heightOf(n);
  return power === n ? n / 2 : power;
}

/** What an inclusion proof of leaf `index` in a tree of `size` leaves consists of, from the leaf upwards (RFC 6962 2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assert(index >= 0 && index < size, 'a proof is about a leaf of the tree');
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** What a consistency proof from `old` to `size` leaves consists of (RFC 6962 2.1.2). Empty when one of both trees is empty or they are equal. */
export function consistencyRanges(old: number, size: number): LeafRange[] {
  assert(old >= 0 && old <= size, 'a tree is consistent with a tree that is not smaller');
  if (old === 0 || old === size) return [];
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (old !== to) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The old tree's own root is known to the verifier, so it is left out when it is a subtree by itself.
  if (from !== 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** The hashes of a proof, given the ranges it consists of and a way to look up perfect subtrees. */
export const proofOfRanges = (ranges: readonly LeafRange[], lookUp: (node: TreeNode) => Hash): Hash[] =>
  ranges.map((range) => foldRoots(nodesOf(range).map(lookUp)));

/** True when the proof leads from the leaf hash to the root: the loop of RFC 9162 2.1.3.2. */
export function verifyInclusion(p: {
  index: number;
  size: number;
  leaf: Hash;
  proof: readonly Hash[];
  root: Hash;
}): boolean {
  if (!isSize(p.index) || !isSize(p.size) || p.index >= p.size) return false;
  let fn = p.index;
  let sn = p.size - 1;
  let r = p.leaf;
  for (const part of p.proof) {
    if (sn === 0 || part.length !== 32) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(part, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      r = nodeHash(r, part);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && sameHash(r, p.root);
}

/** True when the tree of `size` leaves is a continuation of the tree of `old` leaves: the loop of RFC 9162 2.1.4.2. */
export function verifyConsistency(p: {
  old: number;
  oldRoot: Hash;
  size: number;
  root: Hash;
  proof: readonly Hash[];
}): boolean {
  if (!isSize(p.old) || !isSize(p.size) || p.old > p.size) return false;
  if (p.old === 0) return p.proof.length === 0 && sameHash(p.oldRoot, emptyRoot);
  if (p.old === p.size) return p.proof.length === 0 && sameHash(p.oldRoot, p.root);
  const path = isPowerOfTwo(p.old) ? [p.oldRoot, ...p.proof] : p.proof;
  const [first, ...rest] = path;
  if (!first || path.some((part) => part.length !== 32)) return false;
  let fn = p.old - 1;
  let sn = p.size - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  let fr = first;
  let sr = first;
  for (const part of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(part, fr);
      sr = nodeHash(part, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, part);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && sameHash(fr, p.oldRoot) && sameHash(sr, p.root);
}

export const sameHash = (a: Hash, b: Hash): boolean => Buffer.compare(a, b) === 0;

// Sizes are exact up to 2^53; bit operators would cut them off at 2^32.
const half = (n: number): number => Math.floor(n / 2);
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isPowerOfTwo = (n: number): boolean => 2 ** heightOf(n) === n;

/** The largest h with 2^h <= n. The logarithm alone rounds up just below high powers of two. */
export function heightOf(n: number): number {
  const height = Math.floor(Math.log2(n));
  return 2 ** height > n ? height - 1 : height;
}
