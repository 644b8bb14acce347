import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { once } from '../kit/once.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { hmac, newDataKey, openDataKey, seal, unseal } from '../kit/secret.ts';
import { beijingDay, plus } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { admit, bringIn, outcome } from './batch.actions.ts';
import { importLimits, type InventoryRefusal } from './contract.ts';
import {
  discardImports,
  dropProgress,
  dropUploads,
  endImport,
  insertImport,
  insertUpload,
  lockImport,
  queuedImports,
  queueImport,
  readUpload,
  setProgress,
} from './import.store.ts';
import { Stopped, takeIn, type Taken } from './intake.actions.ts';
import { addHits } from './intake.store.ts';
import {
  detailKeyName,
  guarded,
  inTurn,
  planUpload,
  sealDetail,
  type Plan,
  type Refused,
  type Upload,
} from './upload.actions.ts';

type Imported = { readonly importId: string };

/**
 * Checks an upload, or imports it at once. A check leaves the file sealed for ten minutes; an import writes every good row, and the others
 * stay in its report. Refused as a whole, with the row, and with nothing left behind: what cannot be decoded or read, is too large, or
 * meets too many keys of other shops (who guesses is stopped for the day). The same key gives the first import.
 */
export async function importKeys(db: Db, p: Upload): Promise<Result<Imported, Refused>> {
  const ran = await inTurn(async () => {
    const planned = await planUpload(await reader(db), p);
    if (!planned.ok) return planned;
    // The upload's own hash would let whoever reads the database guess a file of one key.
    const upload = hmac(db.keys.blind, p.bytes).toString('hex');
    const input = { variantId: p.variantId, run: p.run, settings: p.settings, source: p.source, upload };
    const scope = `${p.shopId}/inventory.import`;
    const act = p.run === 'check' ? draft : importNow;
    return guarded(db, p.shopId, () =>
      transaction(db, (tx) =>
        once<Imported, Refused>(tx, { scope, key: p.key, input }, () => act(tx, p, planned.value)),
      ),
    );
  });
  faultPoint(p.run === 'check' ? 'inventory.draft.after-commit' : 'inventory.import.after-commit');
  return ran;
}

const partBytes = 1024 * 1024;

/** A check: nothing is stocked; the report and the file stay, sealed under a key that goes with them. */
async function draft(tx: Tx, p: Upload, planned: Plan): Promise<Result<Imported, Refused>> {
  const hitsLeft = await admit(tx, p.shopId);
  const importId = newId(tx.wall);
  const taken = await takeIn(tx, {
    ...planned,
    shopId: p.shopId,
    poolId: p.variantId,
    importId,
    text: planned.read.text,
    hitsLeft,
    into: null,
    onProgress: null,
  });
  const { key, wrapped } = newDataKey(tx.keys, detailKeyName(p.shopId, importId));
  if (taken.foreign > 0)
    await addHits(tx, { shopId: p.shopId, day: beijingDay(tx.wall), hits: taken.foreign });
  await insertImport(tx, {
    ...importRow(p, importId, taken, tx),
    state: 'draft',
    refusal: null,
    wrapped,
    detail: sealDetail(key, importId, taken, planned),
    finishedAt: null,
  });
  for (let part = 0; part * partBytes < p.bytes.length; part++) {
    const piece = p.bytes.subarray(part * partBytes, (part + 1) * partBytes);
    await insertUpload(tx, {
      shopId: p.shopId,
      importId,
      part,
      sealed: seal(key, `part|${importId}|${part}`, piece),
    });
  }
  faultPoint('inventory.draft.after-upload');
  return done({ importId });
}

const importRow = (p: Upload, id: string, taken: Taken, tx: Tx) => ({
  shopId: p.shopId,
  id,
  poolId: p.variantId,
  by: p.by,
  fileName: p.fileName.slice(0, 200),
  source: p.source,
  settings: p.settings,
  counts: taken.counts,
  at: tx.wall,
});

async function importNow(tx: Tx, p: Upload, planned: Plan): Promise<Result<Imported, Refused>> {
  const importId = newId(tx.wall);
  const taken = await bringIn(tx, { ...p, importId, planned, onProgress: null });
  const { key, wrapped } = newDataKey(tx.keys, detailKeyName(p.shopId, importId));
  await insertImport(tx, {
    ...importRow(p, importId, taken, tx),
    ...outcome(taken),
    wrapped,
    detail: sealDetail(key, importId, taken, planned),
    finishedAt: tx.wall,
  });
  faultPoint('inventory.import.before-commit');
  return done({ importId });
}

/** Takes over what was checked; from here on it is written, by this process or, if it dies, by the next sweep. Confirming twice is harmless. */
export async function confirmImport(
  db: Db,
  p: { shopId: string; importId: string; source: string | undefined },
): Promise<Result<Imported, Refused>> {
  const queued = await transaction(db, async (tx): Promise<Result<Imported, InventoryRefusal>> => {
    const [row] = await lockImport(tx, p);
    if (!row) return refuse('IMPORT_NOT_FOUND');
    if (row.state === 'discarded') return refuse('IMPORT_EXPIRED');
    if (row.state === 'refused') return refuse('IMPORT_STATE');
    if (row.state === 'draft' && plus(row.createdAt, { minutes: importLimits.draft_minutes }) < tx.wall)
      return refuse('IMPORT_EXPIRED');
    await queueImport(tx, { ...p, source: p.source ?? row.source });
    return done({ importId: p.importId });
  });
  faultPoint('inventory.confirm.after-queue');
  return queued;
}

/**
 * Writes a confirmed import, whoever calls it and however often: the row's lock lets one do it, the others find it done. A refusal is
 * written down with it; a lost database leaves it queued for the next sweep.
 */
export async function runImport(db: Db, p: { shopId: string; importId: string }): Promise<void> {
  const ran = await inTurn(() =>
    guarded(db, p.shopId, async () => done(await transaction(db, (tx) => writeQueued(db, tx, p)))),
  );
  faultPoint('inventory.import.after-commit');
  if (ran.ok) return;
  await transaction(db, (tx) => giveUp(tx, p, ran.refusal));
}

/** Confirmed imports that a process left behind when it died are written now. */
export async function resumeImports(db: Db): Promise<void> {
  for (const one of await queuedImports(await reader(db)))
    await runImport(db, { shopId: one.shopId, importId: one.id });
}

async function writeQueued(db: Db, tx: Tx, p: { shopId: string; importId: string }): Promise<void> {
  const { shopId, importId } = p;
  const [row] = await lockImport(tx, p);
  if (!row || row.state !== 'queued') return;
  const key = openDataKey(
    tx.keys,
    detailKeyName(shopId, importId),
    must(row.wrapped, 'a queued import has its key'),
  );
  const parts = await readUpload(tx, p);
  const bytes = Buffer.concat(
    parts.map(({ part, sealed }) => unseal(key, `part|${importId}|${part}`, sealed)),
  );
  const planned = await planUpload(tx, { shopId, variantId: row.poolId, bytes, settings: row.settings });
  if (!planned.ok) throw new Stopped(planned.refusal, 0);
  const tell = (rows: number): void =>
    void reader(db)
      .then((on) => setProgress(on, { ...p, done: rows, all: planned.value.rows }))
      .catch(() => {});
  const taken = await bringIn(tx, {
    shopId,
    importId,
    variantId: row.poolId,
    by: row.byId,
    source: row.source,
    planned: planned.value,
    onProgress: tell,
  });
  await dropUploads(tx, { shops: [shopId], ids: [importId] });
  await endImport(tx, {
    ...p,
    ...outcome(taken),
    counts: taken.counts,
    detail: sealDetail(key, importId, taken, planned.value),
    wrapped: row.wrapped,
    at: tx.wall,
  });
  await dropProgress(tx, p);
  faultPoint('inventory.import.before-commit');
}

async function giveUp(tx: Tx, p: { shopId: string; importId: string }, refusal: Refused): Promise<void> {
  const [row] = await lockImport(tx, p);
  if (row?.state !== 'queued') return;
  await dropUploads(tx, { shops: [p.shopId], ids: [p.importId] });
  await dropProgress(tx, p);
  await endImport(tx, {
    ...p,
    state: 'refused',
    refusal,
    counts: { rows: 0, accepted: 0, fixed: 0, rejected: 0 },
    detail: null,
    wrapped: null,
    at: tx.wall,
  });
}

/** Deletes an unconfirmed file before its time. */
export async function discardImport(
  tx: Tx,
  p: { shopId: string; importId: string },
): Promise<Result<{ state: 'discarded' }, InventoryRefusal>> {
  const [row] = await lockImport(tx, p);
  if (!row) return refuse('IMPORT_NOT_FOUND');
  if (row.state !== 'draft' && row.state !== 'discarded') return refuse('IMPORT_STATE');
  await discardAll(tx, [{ shopId: p.shopId, id: p.importId }]);
  return done({ state: 'discarded' });
}

/** The caller holds the rows. */
export async function discardAll(tx: Tx, list: readonly { shopId: string; id: string }[]): Promise<void> {
  if (list.length === 0) return;
  const columns = { shops: list.map((one) => one.shopId), ids: list.map((one) => one.id) };
  await dropUploads(tx, columns);
  await discardImports(tx, { ...columns, at: tx.wall });
}
