import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const exportShape = {
  id: t.uuid,
  userId: t.uuid,
  buyerIds: t.array(t.uuid),
  askedAt: t.instant,
  startedAt: t.instant.null,
  done: t.int,
  parts: t.int,
  readyAt: t.instant.null,
  failedAt: t.instant.null,
  size: t.int.null,
  sha256: t.bytes.null,
  expiresAt: t.instant.null,
  fetchedAt: t.instant.null,
};
export const exportColumns = sql`x.id, x.user_id, x.buyer_ids, x.asked_at, x.started_at, x.done_parts as done, x.parts, x.ready_at, x.failed_at, x.size_bytes as size, x.sha256, x.expires_at, x.fetched_at`;

/** One after another for one person: a copy that is asked for twice at once is made once. */
export const lockExportsOf = query(
  'community.lock_exports_of',
  { held: t.bool },
  (p: { userId: string }) => sql`
  select pg_advisory_xact_lock(7305095, hashtext(${p.userId})) is not null as held`,
);

export const insertExport = statement(
  'community.insert_export',
  (p: { id: string; userId: string; buyerIds: readonly string[]; at: Instant }) => sql`
  insert into community.exports (id, user_id, buyer_ids, asked_at) values (${p.id}, ${p.userId}, ${[...p.buyerIds]}::uuid[], ${ts(p.at)}::timestamptz)`,
);

/** The oldest that nobody makes; one whose maker died is taken up again. */
export const takeExport = query(
  'community.take_export',
  exportShape,
  (p: { staleBefore: Instant; at: Instant }) => sql`
  update community.exports x set started_at = ${ts(p.at)}::timestamptz, done_parts = 0
   where x.id = (select y.id from community.exports y
                  where y.ready_at is null and y.failed_at is null and (y.started_at is null or y.started_at < ${ts(p.staleBefore)}::timestamptz)
                  order by y.asked_at limit 1 for update skip locked)
  returning ${exportColumns}`,
);

export const setProgress = statement(
  'community.set_progress',
  (p: { id: string; done: number; parts: number }) => sql`
  update community.exports set done_parts = ${p.done}, parts = ${p.parts} where id = ${p.id} and ready_at is null`,
);

export const keepExport = statement(
  'community.keep_export',
  (p: {
    id: string;
    file: Buffer;
    size: number;
    sha256: Buffer;
    startedAt: Instant;
    at: Instant;
    expiresAt: Instant;
  }) => sql`
  update community.exports set file = ${p.file}, size_bytes = ${p.size}, sha256 = ${p.sha256}, ready_at = ${ts(p.at)}::timestamptz, expires_at = ${ts(p.expiresAt)}::timestamptz,
         done_parts = parts
   where id = ${p.id} and ready_at is null and started_at = ${ts(p.startedAt)}::timestamptz`,
);

export const failExport = statement(
  'community.fail_export',
  (p: { id: string; at: Instant }) => sql`
  update community.exports set failed_at = ${ts(p.at)}::timestamptz where id = ${p.id} and ready_at is null`,
);

export const lockExport = query(
  'community.lock_export',
  { ...exportShape, file: t.bytes.null },
  (p: { id: string; userId: string }) => sql`
  select ${exportColumns}, x.file from community.exports x where x.id = ${p.id} and x.user_id = ${p.userId} for update`,
);

/** Given once: the bytes go with it. */
export const giveExport = statement(
  'community.give_export',
  (p: { id: string; at: Instant }) => sql`
  update community.exports set file = null, fetched_at = ${ts(p.at)}::timestamptz where id = ${p.id}`,
);

export const dropExpired = statement(
  'community.drop_expired',
  (p: { now: Instant }) => sql`
  update community.exports set file = null where file is not null and expires_at <= ${ts(p.now)}::timestamptz`,
);
