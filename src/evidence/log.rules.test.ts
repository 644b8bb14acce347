import { deepEqual, equal } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant } from '../kit/time.ts';
import { signCheckpoint } from './checkpoint.rules.ts';
import { privateLeaf } from './leaf.rules.ts';
import {
  bundleLevel,
  decideSigning,
  grow,
  leavesOf,
  originOf,
  readHead,
  signingRefusals,
  type EdgeRow,
} from './log.rules.ts';
import { append, emptyRange, emptyRoot, leafHash, nodeHash, rootOf } from './merkle.rules.ts';
import { noteSigner } from './note.rules.ts';
import { entriesOf, hashesOf } from './tiles.rules.ts';

const start: EdgeRow[] = [
  { level: bundleLevel, number: 0, data: Buffer.alloc(0) },
  { level: 0, number: 0, data: Buffer.alloc(0) },
];

test('a log grown in random batches holds every leaf once, in bundles and tiles alike, under the root of the definition (seed 256)', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 5 }), (batches) => {
      let edges: readonly EdgeRow[] = start;
      const bundles: Buffer[] = [];
      const tiles: Buffer[] = [];
      const all: Buffer[] = [];
      for (const count of batches) {
        const leaves = Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${all.length + i}`));
        const growth = grow(edges, leaves);
        equal(growth.first, all.length);
        equal(growth.bundles.first, bundles.length);
        all.push(...leaves);
        bundles.push(...growth.bundles.data);
        tiles.push(...growth.tiles.filter((tile) => tile.level === 0).map((tile) => tile.data));
        edges = growth.edges.toSorted((a, b) => a.level - b.level);
        const range = emptyRange();
        for (const leaf of all) append(range, leafHash(leaf));
        deepEqual(growth.tree, { size: all.length, root: rootOf(range) });
      }
      const edge = (level: number): Buffer =>
        edges.find((row) => row.level === level)?.data ?? Buffer.alloc(0);
      deepEqual([...bundles, edge(bundleLevel)].flatMap(entriesOf), all);
      deepEqual([...tiles, edge(0)].flatMap(hashesOf), all.map(leafHash));
    }),
    { seed: 256, numRuns: 20 },
  );
});

test('the leaves of pending rows come in their order; a public one as it was written', () => {
  const commitments = Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
  const at = instant(5);
  deepEqual(
    leavesOf([
      { events: 2, commitments, at, publicLeaves: [null, '{"public":1}'] },
      { events: 1, commitments: Buffer.alloc(32, 3), at, publicLeaves: null },
    ]).map(String),
    [privateLeaf(Buffer.alloc(32, 1), at), '{"public":1}', privateLeaf(Buffer.alloc(32, 3), at)],
  );
});

const [a, b, c] = [1, 2, 3].map((fill) => leafHash(Buffer.of(fill)));
const two = { size: 2, root: nodeHash(a ?? emptyRoot, b ?? emptyRoot) };
const three = { size: 3, root: nodeHash(two.root, c ?? emptyRoot) };
const empty = { size: 0, root: emptyRoot };

for (const [name, head, tree, signedBefore, proof, expected] of [
  ['a new log signs its empty tree', null, empty, false, [], 'sign'],
  ['a log that never came to sign signs what it has', null, three, false, [], 'sign'],
  ['a head that is gone', null, three, true, [], 'HEAD_MISSING'],
  ['the tree under the head', two, two, true, [], 'signed'],
  ['a continuation', two, three, true, [c], 'sign'],
  ['the first leaves', empty, two, true, [], 'sign'],
  ['a restored database', three, two, true, [], 'TREE_BEHIND'],
  ['a database that was emptied', two, empty, true, [], 'TREE_BEHIND'],
  ['another tree of the same size', { size: 2, root: emptyRoot }, two, true, [], 'TREE_FORKED'],
  ['a continuation of something else', { size: 2, root: emptyRoot }, three, true, [c], 'TREE_FORKED'],
  ['a continuation without its proof', two, three, true, [], 'TREE_FORKED'],
] as const)
  test(`signing: ${name}: ${expected}`, () => {
    const decision = decideSigning(
      head,
      tree,
      signedBefore,
      proof.flatMap((part) => part ?? []),
    );
    equal(decision.ok ? decision.value : decision.refusal, expected);
    if (!decision.ok) equal(Object.keys(signingRefusals[decision.refusal]).join(), 'zh,en');
  });

test('a head is ours when our key signed it under our origin', () => {
  const keyOf = (name: string) => noteSigner(name, generateKeyPairSync('ed25519').privateKey);
  const ours = keyOf('demo.example/log');
  deepEqual(readHead(signCheckpoint(two, ours), ours), {
    ok: true,
    value: { origin: 'demo.example/log', ...two },
  });
  for (const wrong of [
    '',
    signCheckpoint(two, keyOf('demo.example/log')),
    signCheckpoint(two, keyOf('other.example/log')),
    signCheckpoint(two, ours).replace('\n2\n', '\n3\n'),
  ])
    deepEqual(readHead(wrong, ours), { ok: false, refusal: 'HEAD_FOREIGN' });
});

test('the origin is the address of the tree without a scheme; a demo says that it is one', () => {
  equal(originOf('https://shop.example/', false), 'shop.example/log');
  equal(originOf('http://127.0.0.1:8080', true), 'demo.127.0.0.1:8080/log');
});
