import { json, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { ImportSettings, ImportState } from './contract.ts';
import type { ImportCounts } from './report.rules.ts';

export const insertImport = statement(
  'inventory.insert_import',
  (p: {
    shopId: string;
    id: string;
    poolId: string;
    by: string;
    state: ImportState;
    fileName: string;
    source: string;
    settings: ImportSettings;
    counts: ImportCounts;
    refusal: string | null;
    wrapped: Buffer;
    detail: Buffer;
    at: Instant;
    finishedAt: Instant | null;
  }) => sql`
  insert into inventory.imports (shop_id, id, pool_id, by_id, state, file_name, source, settings, counts, refusal, wrapped, detail, created_at, finished_at)
  values (${p.shopId}, ${p.id}, ${p.poolId}, ${p.by}, ${p.state}, ${p.fileName}, ${p.source}, ${json(p.settings)}::jsonb, ${json(p.counts)}::jsonb, ${p.refusal},
          ${p.wrapped}, ${p.detail}, ${ts(p.at)}::timestamptz, ${ts(p.finishedAt)}::timestamptz)`,
);

export const lockImport = query(
  'inventory.lock_import',
  {
    id: t.uuid,
    poolId: t.uuid,
    byId: t.uuid,
    state: t.word<ImportState>(),
    fileName: t.text,
    source: t.text,
    settings: t.json<ImportSettings>(),
    wrapped: t.bytes.null,
    createdAt: t.instant,
  },
  (p: { shopId: string; importId: string }) => sql`
  select id, pool_id, by_id, state, file_name, source, settings, wrapped, created_at
    from inventory.imports where shop_id = ${p.shopId} and id = ${p.importId} for update`,
);

export const queueImport = statement(
  'inventory.queue_import',
  (p: { shopId: string; importId: string; source: string }) => sql`
  update inventory.imports set state = 'queued', source = ${p.source} where shop_id = ${p.shopId} and id = ${p.importId} and state = 'draft'`,
);

export const endImport = statement(
  'inventory.end_import',
  (p: {
    shopId: string;
    importId: string;
    state: ImportState;
    counts: ImportCounts;
    refusal: string | null;
    detail: Buffer | null;
    wrapped: Buffer | null;
    at: Instant;
  }) => sql`
  update inventory.imports set state = ${p.state}, counts = ${json(p.counts)}::jsonb, refusal = ${p.refusal}, detail = ${p.detail}, wrapped = ${p.wrapped}, finished_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and id = ${p.importId}`,
);

/** The file is gone and its key with it: what a backup still holds of it opens no more. */
export const discardImports = statement(
  'inventory.discard_imports',
  (p: { shops: string[]; ids: string[]; at: Instant }) => sql`
  update inventory.imports i set state = 'discarded', detail = null, wrapped = null, finished_at = ${ts(p.at)}::timestamptz
    from unnest(${p.shops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) where i.shop_id = x.shop_id and i.id = x.id and i.state = 'draft'`,
);

export const insertUpload = statement(
  'inventory.insert_upload',
  (p: { shopId: string; importId: string; part: number; sealed: Buffer }) => sql`
  insert into inventory.uploads (shop_id, import_id, part, sealed) values (${p.shopId}, ${p.importId}, ${p.part}::int, ${p.sealed})`,
);

export const readUpload = query(
  'inventory.read_upload',
  { part: t.int, sealed: t.bytes },
  (p: { shopId: string; importId: string }) => sql`
  select part, sealed from inventory.uploads where shop_id = ${p.shopId} and import_id = ${p.importId} order by part`,
);

export const dropUploads = statement(
  'inventory.drop_uploads',
  (p: { shops: string[]; ids: string[] }) => sql`
  delete from inventory.uploads u using unnest(${p.shops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) where u.shop_id = x.shop_id and u.import_id = x.id`,
);

export const setProgress = statement(
  'inventory.set_progress',
  (p: { shopId: string; importId: string; done: number; all: number }) => sql`
  insert into inventory.progress (shop_id, import_id, rows_done, rows_all) values (${p.shopId}, ${p.importId}, ${p.done}::bigint, ${p.all}::bigint)
  on conflict (shop_id, import_id) do update set rows_done = excluded.rows_done, rows_all = excluded.rows_all`,
);

export const dropProgress = statement(
  'inventory.drop_progress',
  (p: { shopId: string; importId: string }) => sql`
  delete from inventory.progress where shop_id = ${p.shopId} and import_id = ${p.importId}`,
);

/** Progress that was told a moment after its import had ended. */
export const dropStaleProgress = statement(
  'inventory.drop_stale_progress',
  () => sql`
  delete from inventory.progress g using inventory.imports i where i.shop_id = g.shop_id and i.id = g.import_id and i.state <> 'queued'`,
);

/** Unconfirmed files whose time is over, locked so that a confirmation cannot come in between. */
export const overdueDrafts = query(
  'inventory.overdue_drafts',
  { shopId: t.uuid, id: t.uuid },
  (p: { before: Instant }) => sql`
  select shop_id, id from inventory.imports where wrapped is not null and state = 'draft' and created_at < ${ts(p.before)}::timestamptz
   order by shop_id, id limit 500 for update skip locked`,
);

export const forgetRejects = statement(
  'inventory.forget_rejects',
  (p: { before: Instant }) => sql`
  update inventory.imports set detail = null, wrapped = null where wrapped is not null and state in ('done', 'refused') and created_at < ${ts(p.before)}::timestamptz`,
);

/** Confirmed imports that nobody has finished: their process died. */
export const queuedImports = query(
  'inventory.queued_imports',
  { shopId: t.uuid, id: t.uuid },
  () => sql`
  select shop_id, id from inventory.imports where wrapped is not null and state = 'queued' order by created_at limit 20`,
);
