import { assert, must } from '../kit/assert.ts';
import { query, sql, t, type Queryable } from '../kit/sql.ts';
import { bundleLevel, type Tree } from './log.rules.ts';
import { emptyRoot, nodesOf, proofOfRanges, type Hash, type LeafRange } from './merkle.rules.ts';
import {
  bundlePrefix,
  entriesOf,
  nodeInTile,
  tileKey,
  tileOf,
  tilePrefix,
  tilesOf,
  tileWidth,
  type TileRequest,
} from './tiles.rules.ts';

// What everybody may read: the public log. Who is looking makes no difference here.

const newestCheckpoint = query(
  'evidence.newest_checkpoint',
  { size: t.int, root: t.bytes },
  () => sql`select size, root from evidence.checkpoints order by size desc limit 1`,
);

/** Public: the tree of everything that was sequenced, signed or not. */
export async function treeNow(on: Queryable): Promise<Tree> {
  const [tree] = await newestCheckpoint(on);
  return tree ?? { size: 0, root: emptyRoot };
}

/** Public: the newest signed checkpoint, and apart from it the lines of its witnesses. */
export const newestNote = query(
  'evidence.newest_note',
  { size: t.int, note: t.text, cosignatures: t.text },
  () => sql`
  select n.size, n.note, coalesce((select string_agg(c.line, '' order by c.witness) from evidence.cosignatures c where c.size = n.size), '') as cosignatures
    from evidence.notes n
   order by n.size desc limit 1`,
);

/** Public: the newest published checkpoint with the witnesses' lines; undefined before the first. */
export async function publishedCheckpoint(
  on: Queryable,
): Promise<{ size: number; note: string } | undefined> {
  const [newest] = await newestNote(on);
  return newest && { size: newest.size, note: newest.note + newest.cosignatures };
}

const tileRows = query(
  'evidence.tile_rows',
  { level: t.int, number: t.int, data: t.bytes },
  (p: { levels: readonly number[]; numbers: readonly number[] }) => sql`
  with wanted as (select * from unnest(${p.levels}::int[], ${p.numbers}::bigint[]) as w(level, number))
  select level, number, data from evidence.tiles join wanted using (level, number)
  union all
  select level, number, data from evidence.edges join wanted using (level, number)`,
);

/** Public: the hashes of a proof, from the stored tiles. */
export async function proofFromTiles(on: Queryable, ranges: readonly LeafRange[]): Promise<Hash[]> {
  if (ranges.length === 0) return [];
  const names = tilesOf(ranges.flatMap(nodesOf));
  const rows = await tileRows(on, {
    levels: names.map((name) => name.level),
    numbers: names.map((name) => name.number),
  });
  const data = new Map(rows.map((row) => [tileKey(row), row.data]));
  return proofOfRanges(ranges, (node) =>
    nodeInTile(node, must(data.get(tileKey(tileOf(node))), 'a tile of the tree is stored')),
  );
}

const bundleRows = query(
  'evidence.bundle_rows',
  { number: t.int, data: t.bytes },
  (p: { numbers: readonly number[] }) => sql`
  select number, data from evidence.bundles where number = any(${p.numbers}::bigint[])
  union all
  select number, data from evidence.edges where level = ${bundleLevel} and number = any(${p.numbers}::bigint[])`,
);

/** Public: the entries at these leaf indexes, in the order asked. */
export async function entriesAt(on: Queryable, indexes: readonly number[]): Promise<Buffer[]> {
  const rows = await bundleRows(on, { numbers: [...new Set(indexes.map(bundleOfLeaf))] });
  const bundles = new Map(rows.map((row) => [row.number, entriesOf(row.data)]));
  return indexes.map((index) =>
    must(bundles.get(bundleOfLeaf(index))?.[index % tileWidth], 'an entry of the tree is stored'),
  );
}

const bundleOfLeaf = (index: number): number => Math.floor(index / tileWidth);

/** Public: the bytes of a tile or bundle as the public tree serves them; null when the log does not reach so far. */
export async function tileBytes(
  on: Queryable,
  { level, number, width }: TileRequest,
): Promise<Uint8Array | null> {
  if (level === 'entries') {
    const [bundle] = await bundleRows(on, { numbers: [number] });
    return bundle ? bundlePrefix(bundle.data, width) : null;
  }
  const [tile] = await tileRows(on, { levels: [level], numbers: [number] });
  assert(!tile || tile.level === level, 'the tile that was asked for');
  return tile ? tilePrefix(tile.data, width) : null;
}

/** Public: how many events wait, and since when. */
export const pendingNow = query(
  'evidence.pending_now',
  { events: t.int, oldestAt: t.instant.null },
  () => sql`select coalesce(sum(events), 0) as events, min(at) as oldest_at from evidence.pending`,
);
