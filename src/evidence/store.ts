import { query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

// Rows of one write share their bytes: one long bytea with offsets costs a tenth of an array of them, which would travel as hex.

export type EventRows = {
  /** The id of what this transaction records, which the sequencer takes up as a whole. */
  batch: string;
  at: Instant;
  /** Arrays of what needs no quotes inside, as PostgreSQL writes them: '{a,b}'. The driver would quote every element. */
  shopIds: readonly string[];
  abouts: readonly string[];
  seqs: string;
  keyOwners: readonly string[];
  kinds: readonly string[];
  commitments: Buffer;
  /** 32 bytes for each event, or nothing when all are first ones; what stands there for a first event is not read. */
  prevs: Buffer;
  payloads: Buffer;
  /** Where each payload begins (from 1), and how long it is. */
  payloadFrom: string;
  payloadBytes: string;
  publicLeaves: readonly (string | null)[] | null;
};

/**
 * All events of a transaction and the one row that tells the sequencer about them. What both need is given once, in `given`:
 * every use of a parameter would send it again.
 */
export const insertEvents = statement(
  'evidence.insert_events',
  (p: EventRows) => sql`
  with given as (
    select ${p.batch}::uuid as batch, ${p.commitments}::bytea as commitments, ${ts(p.at)}::timestamptz as at
  ), recorded as (
    insert into evidence.events (shop_id, about, seq, kind, at, commitment, payload, prev, key_owner, batch, place)
    select (${uuids(p.shopIds)}::uuid[])[e.n], (${uuids(p.abouts)}::uuid[])[e.n], e.seq, e.kind, given.at,
           substring(given.commitments from (e.n::int - 1) * 32 + 1 for 32),
           substring(${p.payloads}::bytea from (${p.payloadFrom}::int[])[e.n] for (${p.payloadBytes}::int[])[e.n]),
           case when e.seq > 1 then substring(${p.prevs}::bytea from (e.n::int - 1) * 32 + 1 for 32) end,
           (${uuids(p.keyOwners)}::uuid[])[e.n], given.batch, e.n
      from given, unnest(${p.seqs}::int[], ${p.kinds}::text[]) with ordinality as e(seq, kind, n)
  )
  insert into evidence.pending (id, events, commitments, at, public_leaves)
  select batch, octet_length(commitments) / 32, commitments, at, ${p.publicLeaves}::text[] from given`,
);

/** The newest event of each subject, in the order asked; a subject without events gives nulls. The caller holds the subject's lock. */
export const lastEvents = query(
  'evidence.last_events',
  { seq: t.int.null, commitment: t.bytes.null },
  (p: { shopIds: readonly string[]; abouts: readonly string[] }) => sql`
  select last.seq, last.commitment
    from unnest(${uuids(p.shopIds)}::uuid[], ${uuids(p.abouts)}::uuid[]) with ordinality as s(shop_id, about, n)
    left join lateral (
      select e.seq, e.commitment from evidence.events e
       where e.shop_id = s.shop_id and e.about = s.about
       order by e.seq desc limit 1
    ) as last on true
   order by s.n`,
);

/** `settled` is false for a key that this very transaction made: it may yet be rolled back. */
export const userKeys = query(
  'evidence.user_keys',
  { userId: t.uuid, wrapped: t.bytes, settled: t.bool },
  (p: { userIds: readonly string[] }) => sql`
  select user_id, wrapped, xmin::text <> coalesce(pg_current_xact_id_if_assigned()::xid::text, '') as settled
    from evidence.user_keys
   where user_id = any(${uuids(p.userIds)}::uuid[])`,
);

/** A key that is there stays as it is: the first writer wins, also between two transactions. */
export const insertUserKeys = statement(
  'evidence.insert_user_keys',
  (p: { userIds: readonly string[]; wrapped: Buffer; wrappedBytes: number }) => sql`
  insert into evidence.user_keys (user_id, wrapped)
  select k.user_id, substring(${p.wrapped}::bytea from (k.n::int - 1) * ${p.wrappedBytes}::int + 1 for ${p.wrappedBytes}::int)
    from unnest(${uuids(p.userIds)}::uuid[]) with ordinality as k(user_id, n)
   order by k.user_id
  on conflict (user_id) do nothing`,
);

export const deleteUserKeys = statement(
  'evidence.delete_user_keys',
  (p: { userIds: readonly string[] }) => sql`
  delete from evidence.user_keys where user_id = any(${uuids(p.userIds)}::uuid[])`,
);
