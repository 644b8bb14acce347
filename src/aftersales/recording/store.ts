import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Recording } from './rules.ts';

export const recordingShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  byId: t.uuid,
  source: t.word<'screen' | 'camera'>(),
  chain: t.bytes,
  chunks: t.int,
  size: t.int,
  startedAt: t.instant,
  heardAt: t.instant,
  endedAt: t.instant.null,
  endedBy: t.word<'stopped' | 'cut_off' | 'empty'>().null,
  fileId: t.uuid.null,
  sha256: t.bytes.null,
};
export const recordingColumns = sql`
  r.shop_id, r.id, r.order_id, r.by_id, r.source, r.chain, r.chunks, r.size_bytes as size, r.started_at, r.heard_at, r.ended_at, r.ended_by, r.file_id, r.sha256`;

export const insertRecording = statement(
  'aftersales.insert_recording',
  ({ one: r }: { one: Recording }) => sql`
  insert into aftersales.recordings (shop_id, id, order_id, by_id, source, chain, chunks, size_bytes, started_at, heard_at)
  values (${r.shopId}, ${r.id}, ${r.orderId}, ${r.byId}, ${r.source}, ${r.chain}, 0, 0, ${ts(r.startedAt)}::timestamptz, ${ts(r.heardAt)}::timestamptz)`,
);

export const countRecordings = query(
  'aftersales.count_recordings',
  { count: t.int },
  (p: { shopId: string; orderId: string }) => sql`
  select count(*) as count from aftersales.recordings where shop_id = ${p.shopId} and order_id = ${p.orderId}`,
);

export const lockRecording = query(
  'aftersales.lock_recording',
  recordingShape,
  (p: { shopId: string; id: string }) => sql`
  select ${recordingColumns} from aftersales.recordings r where r.shop_id = ${p.shopId} and r.id = ${p.id} for update`,
);

export const writeRecording = statement(
  'aftersales.write_recording',
  ({ one: r }: { one: Recording }) => sql`
  update aftersales.recordings set chain = ${r.chain}, chunks = ${r.chunks}::int, size_bytes = ${r.size}::bigint, heard_at = ${ts(r.heardAt)}::timestamptz,
         ended_at = ${ts(r.endedAt)}::timestamptz, ended_by = ${r.endedBy}::text, file_id = ${r.fileId}::uuid, sha256 = ${r.sha256}::bytea
   where shop_id = ${r.shopId} and id = ${r.id}`,
);

export const insertChunk = statement(
  'aftersales.insert_recording_chunk',
  (p: {
    shopId: string;
    recordingId: string;
    number: number;
    sha256: Buffer;
    chain: Buffer;
    size: number;
    at: Instant;
  }) => sql`
  insert into aftersales.recording_chunks (shop_id, recording_id, number, sha256, chain, size_bytes, at)
  values (${p.shopId}, ${p.recordingId}, ${p.number}::int, ${p.sha256}, ${p.chain}, ${p.size}::int, ${ts(p.at)}::timestamptz)`,
);

/** The pieces of a recording in their order. */
export const chunksOf = query(
  'aftersales.chunks_of',
  { number: t.int, sha256: t.bytes, chain: t.bytes, at: t.instant },
  (p: { shopId: string; recordingId: string }) => sql`
  select number, sha256, chain, at from aftersales.recording_chunks where shop_id = ${p.shopId} and recording_id = ${p.recordingId} order by number`,
);

/** Recordings of which nothing was heard since an instant. */
export const silentRecordings = query(
  'aftersales.silent_recordings',
  { shopId: t.uuid, id: t.uuid, orderId: t.uuid },
  (p: { before: Instant; limit: number }) => sql`
  select shop_id, id, order_id from aftersales.recordings
   where ended_at is null and heard_at <= ${ts(p.before)}::timestamptz order by heard_at limit ${p.limit}::int`,
);
