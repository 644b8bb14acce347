import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  append,
  emptyRange,
  inclusionRanges,
  consistencyRanges,
  leafHash,
  nodesOf,
  proofOfRanges,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from './merkle.rules.ts';
import {
  bundleOf,
  bundlePath,
  bundlePrefix,
  entriesOf,
  growTiles,
  hashesOf,
  nodeInTile,
  numberOfPath,
  numberPath,
  parseTilePath,
  rangeOfEdges,
  tileKey,
  tileOf,
  tilePath,
  tilePrefix,
  tilesOf,
  type Edge,
} from './tiles.rules.ts';

const leavesOf = (from: number, to: number): Hash[] =>
  Array.from({ length: to - from }, (_, i) => leafHash(Buffer.from(`leaf ${from + i}`)));

/** A log that keeps its tiles in memory: full tiles by name, and the edges. */
class TileStore {
  edges: readonly Edge[] = [];
  readonly full = new Map<string, Buffer>();
  add(leaves: readonly Hash[]): void {
    const grown = growTiles(rangeOfEdges(this.edges), this.edges, leaves);
    for (const tile of grown.full) this.full.set(tileKey(tile), tile.data);
    this.edges = grown.edges;
  }
  tile(level: number, number: number): Buffer {
    const edge = this.edges[level];
    return (
      this.full.get(tileKey({ level, number })) ?? Buffer.concat(edge?.number === number ? edge.hashes : [])
    );
  }
  proof(ranges: ReturnType<typeof inclusionRanges>): Hash[] {
    return proofOfRanges(ranges, (node) =>
      nodeInTile(node, this.tile(tileOf(node).level, tileOf(node).number)),
    );
  }
}

test('tile paths as tlog-tiles writes them', () => {
  for (const [number, path] of [
    [0, '000'],
    [999, '999'],
    [1000, 'x001/000'],
    [1234067, 'x001/x234/067'],
    [999_999, 'x999/999'],
    [1_000_000, 'x001/x000/000'],
  ] as const) {
    equal(numberPath(number), path);
    equal(numberOfPath(path), number);
  }
  equal(tilePath({ level: 2, number: 1234067 }), 'tile/2/x001/x234/067');
  equal(tilePath({ level: 0, number: 273 }, 112), 'tile/0/273.p/112');
  equal(bundlePath(273, 112), 'tile/entries/273.p/112');
  equal(bundlePath(1000), 'tile/entries/x001/000');
});

test('a tile path is read back, and anything that is not exactly one is refused', () => {
  deepEqual(parseTilePath('tile/0/273.p/112'), { level: 0, number: 273, width: 112 });
  deepEqual(parseTilePath('tile/entries/x001/x234/067'), { level: 'entries', number: 1234067, width: 256 });
  deepEqual(parseTilePath('tile/63/000'), { level: 63, number: 0, width: 256 });
  for (const path of [
    'tile/64/000',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/001/000',
    'tile/-1/000',
    'tile/0/../0',
    'tile/0/000/',
    'tile/0/',
    'tile/leaf/000',
    'tile/0/000.p/',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
  ])
    equal(parseTilePath(path), null, path);
});

test('70,000 leaves: the full tiles and widths that tlog-tiles gives as its example', () => {
  const store = new TileStore();
  for (let at = 0; at < 70_000; at += 1000) store.add(leavesOf(at, at + 1000));
  deepEqual(
    store.edges.map((edge) => [edge.number, edge.hashes.length]),
    [
      [273, 112],
      [1, 17],
      [0, 1],
    ],
  );
  equal([...store.full.keys()].filter((key) => key.startsWith('0/')).length, 273);
  ok([...store.full.values()].every((data) => data.length === 8192));
  const whole = emptyRange();
  for (const leaf of leavesOf(0, 70_000)) append(whole, leaf);
  const again = rangeOfEdges(store.edges);
  equal(again.size, 70_000);
  deepEqual(rootOf(again), rootOf(whole));
  for (const index of [0, 7, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
    const proof = store.proof(inclusionRanges(index, 70_000));
    ok(
      verifyInclusion({
        index,
        size: 70_000,
        leaf: leavesOf(index, index + 1)[0] as Hash,
        proof,
        root: rootOf(whole),
      }),
      `leaf ${index}`,
    );
  }
});

test('F163 trees grown in random batches prove every earlier size from their tiles, partial tiles included (seed 9162)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (batches, pick) => {
        const store = new TileStore();
        const states: { size: number; root: Hash }[] = [];
        let size = 0;
        for (const count of batches) {
          store.add(leavesOf(size, size + count));
          size += count;
          states.push({ size, root: rootOf(rangeOfEdges(store.edges)) });
        }
        for (const past of states) {
          const index = pick % past.size;
          const leaf = leavesOf(index, index + 1)[0] as Hash;
          // A tree of the past is proved from tiles of today: what a smaller checkpoint needs is a prefix of what is there now.
          ok(
            verifyInclusion({
              index,
              size: past.size,
              leaf,
              proof: store.proof(inclusionRanges(index, past.size)),
              root: past.root,
            }),
          );
          const last = states.at(-1) as { size: number; root: Hash };
          const proof = store.proof(consistencyRanges(past.size, size));
          ok(verifyConsistency({ old: past.size, oldRoot: past.root, size, root: last.root, proof }));
        }
      },
    ),
    { seed: 9162, numRuns: 25 },
  );
});

test('the tiles that a proof needs are named once each, and a tile that is too short is a mistake of ours', () => {
  const nodes = inclusionRanges(300, 70_000).flatMap(nodesOf);
  const names = tilesOf(nodes).map(tileKey);
  equal(new Set(names).size, names.length);
  deepEqual(
    names.toSorted(),
    ['0/1', '0/273', '1/0', '1/1', '2/0'].filter((name) => names.includes(name)).toSorted(),
  );
  throws(() => nodeInTile({ height: 1, index: 0 }, Buffer.alloc(32)));
});

test('bundles and tiles are served as prefixes, and no further than they reach', () => {
  const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.from('ccc')];
  const bundle = bundleOf(entries);
  equal(bundle.toString('hex'), '000161' + '0000' + '0003636363');
  deepEqual(entriesOf(bundle), entries);
  deepEqual(bundlePrefix(bundle, 2), Buffer.from('0001610000', 'hex'));
  equal(bundlePrefix(bundle, 4), null);
  const tile = Buffer.concat(leavesOf(0, 3));
  deepEqual(tilePrefix(tile, 2), tile.subarray(0, 64));
  equal(tilePrefix(tile, 4), null);
  equal(hashesOf(tile).length, 3);
  throws(() => bundleOf([Buffer.alloc(65_536)]));
});
