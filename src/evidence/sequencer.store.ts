import { query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

/** The right edges of the tree, locked: two sequencers can never append to the same tree, whoever believes to hold the advisory lock. */
export const lockEdges = query(
  'evidence.lock_edges',
  { level: t.int, number: t.int, data: t.bytes },
  () => sql`select level, number, data from evidence.edges order by level for update`,
);

/** Takes the oldest pending batches, about `eventsMax` events and at least one batch. */
export const takePending = query(
  'evidence.take_pending',
  {
    id: t.uuid,
    events: t.int,
    commitments: t.bytes,
    at: t.instant,
    publicLeaves: t.json<(string | null)[]>().null,
  },
  (p: { eventsMax: number }) => sql`
  with waiting as (
    select id, events, sum(events) over (order by id) as reached
      from (select id, events from evidence.pending order by id limit ${p.eventsMax}) as oldest
  ), taken as (
    delete from evidence.pending
     where id in (select id from waiting where reached - events < ${p.eventsMax}::int)
    returning id, events, commitments, at, public_leaves
  )
  select id, events, commitments, at, to_jsonb(public_leaves) as public_leaves
    from taken order by id`,
);

export const insertBatches = statement(
  'evidence.insert_batches',
  (p: { ids: readonly string[]; firsts: readonly number[]; events: readonly number[] }) => sql`
  insert into evidence.batches (first, id, events)
  select b.first, b.id, b.events from unnest(${p.firsts}::bigint[], ${uuids(p.ids)}::uuid[], ${p.events}::int[]) as b(first, id, events)`,
);

export const insertTiles = statement(
  'evidence.insert_tiles',
  (p: { levels: readonly number[]; numbers: readonly number[]; data: Buffer }) => sql`
  insert into evidence.tiles (level, number, data)
  select tile.level, tile.number, substring(${p.data}::bytea from (tile.n::int - 1) * 8192 + 1 for 8192)
    from unnest(${p.levels}::int[], ${p.numbers}::bigint[]) with ordinality as tile(level, number, n)`,
);

export type Pieces = { from: readonly number[]; bytes: readonly number[]; data: Buffer };

export const insertBundles = statement(
  'evidence.insert_bundles',
  (p: { first: number } & Pieces) => sql`
  insert into evidence.bundles (number, data)
  select ${p.first}::bigint + b.n - 1, substring(${p.data}::bytea from b.piece_from for b.piece_bytes)
    from unnest(${p.from}::int[], ${p.bytes}::int[]) with ordinality as b(piece_from, piece_bytes, n)`,
);

export const saveEdges = statement(
  'evidence.save_edges',
  (p: { levels: readonly number[]; numbers: readonly number[] } & Pieces) => sql`
  insert into evidence.edges (level, number, data)
  select edge.level, edge.number, substring(${p.data}::bytea from edge.piece_from for edge.piece_bytes)
    from unnest(${p.levels}::int[], ${p.numbers}::bigint[], ${p.from}::int[], ${p.bytes}::int[]) as edge(level, number, piece_from, piece_bytes)
  on conflict (level) do update set number = excluded.number, data = excluded.data`,
);

export const insertCheckpoint = statement(
  'evidence.insert_checkpoint',
  (p: { size: number; root: Uint8Array }) => sql`
  insert into evidence.checkpoints (size, root) values (${p.size}::bigint, ${p.root}::bytea)`,
);

/** A note that is there already is the same note: Ed25519 signs the same text the same way. */
export const insertNote = statement(
  'evidence.insert_note',
  (p: { size: number; note: string; at: Instant }) => sql`
  insert into evidence.notes (size, note, at) values (${p.size}::bigint, ${p.note}, ${ts(p.at)}::timestamptz) on conflict (size) do nothing`,
);
