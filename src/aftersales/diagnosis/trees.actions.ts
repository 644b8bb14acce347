import { goodsKinds, type GoodsKind } from '../../catalog/content.contract.ts';
import { assert, must } from '../../kit/assert.ts';
import { canonicalJson } from '../../kit/json.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import type { Tx } from '../../kit/tx.ts';
import { checkTree, isPublishable } from './check.rules.ts';
import type { TreeRefusal } from './contract.ts';
import { insertTree, lockTree, publishTree, withdrawTree, writeTree } from './store.ts';
import type { Tree, TreeNode } from './tree.contract.ts';
import { seeded } from './trees.data.ts';
import { newestTree, treeAt, treesOf } from './views.ts';

export type TreeState = 'seeded' | 'draft' | 'published' | 'withdrawn';
export type TreeVersion = {
  readonly goods: GoodsKind;
  readonly version: number;
  readonly state: TreeState;
  readonly basedOn: number | null;
  readonly tree: Tree;
  readonly sha256: string;
  readonly editedAt: number | null;
  readonly publishedAt: number | null;
};

type Row = Awaited<ReturnType<typeof treeAt>>[number];

export const treeHash = (tree: Tree): Buffer => sha256(canonicalJson(tree));
const goodsOf = (text: string): GoodsKind =>
  must(
    goodsKinds.find((kind) => kind === text),
    'a tree is about a kind of goods',
  );

const versionOf = (row: Row): TreeVersion => ({
  goods: goodsOf(row.goods),
  version: row.version,
  state: row.publishedAt !== null ? 'published' : row.withdrawnAt !== null ? 'withdrawn' : 'draft',
  basedOn: row.basedOn,
  tree: JSON.parse(row.body) as Tree,
  sha256: row.sha256.toString('hex'),
  editedAt: row.editedAt,
  publishedAt: row.publishedAt,
});

const seed = (goods: GoodsKind): TreeVersion => ({
  goods,
  version: 1,
  state: 'seeded',
  basedOn: null,
  tree: seeded[goods],
  sha256: treeHash(seeded[goods]).toString('hex'),
  editedAt: null,
  publishedAt: null,
});

/** The tree that a new walk goes by: the newest published one, else the seeded one. */
export async function treeInForce(on: Tx, goods: string): Promise<TreeVersion> {
  const [row] = await newestTree(on, { goods });
  return row ? versionOf(row) : seed(goodsOf(goods));
}

/** A version by its number, whatever became of it: old ones stay readable. */
export async function treeNumbered(
  on: Tx,
  p: { goods: string; version: number },
): Promise<TreeVersion | undefined> {
  if (p.version === 1) return seed(goodsOf(p.goods));
  const [row] = await treeAt(on, p);
  return row && versionOf(row);
}

/** All versions of one kind of goods or of all, newest first, the seeded one last. */
export async function allTrees(on: Tx, goods: GoodsKind | null): Promise<TreeVersion[]> {
  const rows = (await treesOf(on, { goods })).map(versionOf);
  return (goods ? [goods] : goodsKinds).flatMap((kind) => [
    ...rows.filter((row) => row.goods === kind),
    seed(kind),
  ]);
}

type Editing = { readonly goods: GoodsKind; readonly version: number; readonly byId: string };
type Edited = Result<{ version: number; sha256: string }, TreeRefusal>;

/** Begins a new version as a copy of the one in force. Refuses TREE_HAS_DRAFT. */
export async function draftTree(tx: Tx, p: { goods: GoodsKind; byId: string }): Promise<Edited> {
  const [all, base] = [await allTrees(tx, p.goods), await treeInForce(tx, p.goods)];
  if (all.some((one) => one.state === 'draft')) return refuse('TREE_HAS_DRAFT');
  const version = Math.max(...all.map((one) => one.version)) + 1;
  const written = await insertTree(tx, {
    goods: p.goods,
    version,
    basedOn: base.version,
    body: canonicalJson(base.tree),
    sha256: treeHash(base.tree),
    byId: p.byId,
    at: tx.business,
  });
  return written === 1 ? done({ version, sha256: base.sha256 }) : refuse('TREE_HAS_DRAFT');
}

/** Locks a draft as it was looked at: refuses TREE_NOT_FOUND, TREE_NOT_EDITABLE and TREE_CHANGED. */
async function holdDraft(tx: Tx, p: Editing & { sha256: string }): Promise<Result<TreeVersion, TreeRefusal>> {
  const [row] = await lockTree(tx, p);
  if (!row) return refuse(p.version === 1 ? 'TREE_NOT_EDITABLE' : 'TREE_NOT_FOUND');
  const held = versionOf(row);
  if (held.state !== 'draft') return refuse('TREE_NOT_EDITABLE');
  return held.sha256 === p.sha256 ? done(held) : refuse('TREE_CHANGED');
}

async function write(tx: Tx, p: Editing, tree: Tree): Promise<Edited> {
  const hash = treeHash(tree);
  const rows = await writeTree(tx, {
    ...p,
    body: canonicalJson(tree),
    sha256: hash,
    at: tx.business,
  });
  assert(rows === 1, 'a held draft is written');
  return done({ version: p.version, sha256: hash.toString('hex') });
}

/**
 * Writes one step or one end of a draft: replaced where its name is there, added at the end where it is not. `first` makes it the beginning.
 * A draft may be wrong meanwhile; only publication asks.
 */
export async function writeNode(
  tx: Tx,
  p: Editing & { sha256: string; node: TreeNode; first: boolean },
): Promise<Edited> {
  const held = await holdDraft(tx, p);
  if (!held.ok) return held;
  const { tree } = held.value;
  const next = withNode(tree, p.node);
  if (next.steps.length > 40 || next.ends.length > 20) return refuse('TREE_TOO_LARGE');
  return write(tx, p, p.first && p.node.kind === 'step' ? { ...next, start: p.node.id } : next);
}

function withNode(tree: Tree, node: TreeNode): Tree {
  const put = <T extends { id: string }>(list: readonly T[], one: T): T[] =>
    list.some((old) => old.id === one.id)
      ? list.map((old) => (old.id === one.id ? one : old))
      : [...list, one];
  const drop = <T extends { id: string }>(list: readonly T[]): T[] =>
    list.filter((old) => old.id !== node.id);
  if (node.kind === 'step') {
    const { kind: _, ...step } = node;
    return { ...tree, steps: put(tree.steps, step), ends: drop(tree.ends) };
  }
  const { kind: _, ...end } = node;
  return { ...tree, steps: drop(tree.steps), ends: put(tree.ends, end) };
}

/** Takes a step or an end out of a draft. Refuses NODE_NOT_FOUND. */
export async function dropNode(tx: Tx, p: Editing & { sha256: string; node: string }): Promise<Edited> {
  const held = await holdDraft(tx, p);
  if (!held.ok) return held;
  const { tree } = held.value;
  const kept = {
    ...tree,
    steps: tree.steps.filter((one) => one.id !== p.node),
    ends: tree.ends.filter((one) => one.id !== p.node),
  };
  if (kept.steps.length + kept.ends.length === tree.steps.length + tree.ends.length)
    return refuse('NODE_NOT_FOUND');
  return write(tx, p, kept);
}

/** Makes a draft the version that new walks go by; those that run keep theirs. Refuses TREE_HAS_FAULTS (F044). */
export async function publish(tx: Tx, p: Editing & { sha256: string }): Promise<Edited> {
  const held = await holdDraft(tx, p);
  if (!held.ok) return held;
  if (!isPublishable(checkTree(held.value.tree, p.goods))) return refuse('TREE_HAS_FAULTS');
  const rows = await publishTree(tx, { ...p, at: tx.business });
  assert(rows === 1, 'a held draft is published');
  return done({ version: p.version, sha256: p.sha256 });
}

/** Gives a draft up. Its number is not used again. */
export async function withdraw(tx: Tx, p: Editing & { sha256: string }): Promise<Edited> {
  const held = await holdDraft(tx, p);
  if (!held.ok) return held;
  await withdrawTree(tx, { ...p, at: tx.business });
  return done({ version: p.version, sha256: p.sha256 });
}
