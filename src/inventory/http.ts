import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { encodeId } from '../kit/public-id.ts';
import { beijingDay, plus, type Instant } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import {
  columnKinds,
  importLimits,
  inventoryContract,
  inventoryRefusals,
  type ColumnKind,
  type InventoryRefusal,
} from './contract.ts';
import { confirmImport, discardImport, importKeys, runImport } from './import.actions.ts';
import { exportUnsold } from './export.actions.ts';
import { rejectsCsv } from './report.rules.ts';
import { setAlarm, withdrawBatch } from './stock.actions.ts';
import { openDetail } from './upload.actions.ts';
import { listBatchRows, listImportRows, readImportRow, stockOf } from './views.ts';

const by = (context: Context): string => must(context.viewer.userId, 'somebody of a shop is logged in');

/** How long a confirmation waits for its import before it answers that it is under way. */
const patience_ms = 1_500;

async function shown({ db, viewer }: Context, p: { shopId: string; importId: string }) {
  const [row] = await readImportRow(await reader(db), { ...p, viewer });
  if (!row) return refuse('IMPORT_NOT_FOUND');
  const detail = openDetail(db.keys, p.shopId, row);
  const because = row.refusal === null ? null : inventoryRefusals[row.refusal as InventoryRefusal];
  return done({
    importId: row.id,
    variantId: row.poolId,
    state: row.state,
    fileName: row.fileName,
    source: row.source,
    encoding: detail?.encoding ?? ('utf-8' as const),
    delimiter: detail?.delimiter ?? ('none' as const),
    header: detail?.header ?? false,
    columns: [...(detail?.columns ?? [])],
    counts: { ...row.counts },
    preview: (detail?.preview ?? []).map((one) => ({ ...one })),
    problems: (detail?.problems ?? []).map((one) => ({ ...one })),
    progress:
      row.state !== 'queued' || row.rowsDone === null || row.rowsAll === null
        ? null
        : { done: row.rowsDone, all: row.rowsAll },
    refusal: because ? { zh: because.zh, en: because.en } : null,
    batchId: row.state === 'done' ? row.id : null,
    at: row.createdAt,
    until: row.state === 'draft' ? plus(row.createdAt, { minutes: importLimits.draft_minutes }) : null,
  });
}

/** 'card_no,secret' as kinds; undefined when a word is none of them. */
function columnsOf(text: string): ColumnKind[] | undefined {
  if (text.trim() === '') return [];
  const words = text.split(',').map((word) => word.trim());
  return words.every((word) => (columnKinds as readonly string[]).includes(word))
    ? (words as ColumnKind[])
    : undefined;
}

/** Waits a moment for work that goes on by itself; what fails is left to the sweep. */
async function briefly(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((go) => (timer = setTimeout(go, patience_ms)));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

const importNow = serve(inventoryContract.importKeys, async (context, input) => {
  const columns = columnsOf(input.columns);
  if (!columns) return refuse('IMPORT_COLUMNS');
  const file = input.file && input.file.size > 0 ? input.file : null;
  if (file && file.size > importLimits.bytes) return refuse('IMPORT_TOO_LARGE');
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : Buffer.from(input.text);
  const ran = await importKeys(context.db, {
    shopId: input.shopId,
    variantId: input.variantId,
    by: by(context),
    key: must(context.idempotencyKey, 'admission asked for the key'),
    run: input.run,
    bytes,
    fileName: file?.name ?? '',
    source: input.source,
    settings: { delimiter: input.delimiter, header: input.header, columns },
  });
  return ran.ok ? shown(context, { shopId: input.shopId, importId: ran.value.importId }) : ran;
});

const confirm = serve(inventoryContract.confirmImport, async (context, input) => {
  const { db } = context;
  const queued = await confirmImport(db, { ...input, source: input.source });
  if (!queued.ok) return queued;
  await briefly(runImport(db, input));
  return shown(context, input);
});

async function rejects(
  { db, viewer, language }: Context,
  input: { shopId: string; importId: string },
): Promise<Result<File, InventoryRefusal>> {
  const [row] = await readImportRow(await reader(db), { ...input, viewer });
  if (!row) return refuse('IMPORT_NOT_FOUND');
  const detail = openDetail(db.keys, input.shopId, row);
  if (!detail) return refuse('IMPORT_EXPIRED');
  return done(new File([rejectsCsv(detail, language)], 'rejects.csv', { type: 'text/csv; charset=utf-8' }));
}

const exported = serve(inventoryContract.exportUnsold, async (context, input) => {
  const ran = await exportUnsold(context.db, { ...input, viewer: context.viewer, by: by(context) });
  return ran.ok
    ? done(new File([ran.value.csv.reveal()], 'unsold.csv', { type: 'text/csv; charset=utf-8' }))
    : ran;
});

async function stock({ db, viewer }: Context, input: { shopId: string }) {
  const on = await reader(db);
  const rows = await stockOf(on, { viewer, shopId: input.shopId, day: beijingDay(on.business) });
  const items = rows.map(({ daysLooked, ...row }) => ({
    ...row,
    daysLeft: daysLeft(row.onHand - row.reserved, row.soldWeek, daysLooked),
  }));
  return done({ alarms: rows.filter((row) => row.low).length, items });
}

/** At the pace of the days that were looked at; unknown before anything was sold. */
const daysLeft = (free: number, sold: number, days: number): number | null =>
  sold === 0 ? null : Math.round((free * Math.max(days, 1) * 10) / sold) / 10;

async function imports(
  { db, viewer }: Context,
  input: { shopId: string; before?: string | undefined; limit: number },
) {
  const rows = await listImportRows(await reader(db), {
    viewer,
    shopId: input.shopId,
    before: input.before ?? null,
    limit: input.limit + 1,
  });
  const items = rows.slice(0, input.limit).map(({ counts, ...row }) => ({
    ...row,
    rows: counts.rows,
    accepted: counts.accepted,
    rejected: counts.rejected,
  }));
  const last = items.at(-1);
  return done({ items, next: rows.length > input.limit && last ? encodeId('import', last.importId) : null });
}

async function batches({ db, viewer }: Context, input: { shopId: string; variantId: string; limit: number }) {
  const on = await reader(db);
  const rows = await listBatchRows(on, { ...input, viewer });
  const until = (at: Instant): Instant => plus(at, { minutes: importLimits.withdrawal_minutes });
  return done({
    items: rows.map(({ sold, root, ...row }) => ({
      ...row,
      root: root.toString('base64'),
      withdrawableUntil: row.withdrawn || sold || until(row.at) < on.business ? null : until(row.at),
    })),
  });
}

export const inventoryRoutes = {
  importKeys: importNow,
  confirmImport: confirm,
  discardImport: serve(inventoryContract.discardImport, ({ db }, input) =>
    transaction(db, (tx) => discardImport(tx, input)),
  ),
  readImport: serve(inventoryContract.readImport, shown),
  listImports: serve(inventoryContract.listImports, imports),
  downloadRejects: serve(inventoryContract.downloadRejects, rejects),
  readStock: serve(inventoryContract.readStock, stock),
  setAlarm: serve(inventoryContract.setAlarm, ({ db }, input) =>
    transaction(db, (tx) => setAlarm(tx, input)),
  ),
  exportUnsold: exported,
  listBatches: serve(inventoryContract.listBatches, batches),
  withdrawBatch: serve(inventoryContract.withdrawBatch, (context, input) =>
    transaction(context.db, (tx) => withdrawBatch(tx, { ...input, by: by(context) })),
  ),
};
