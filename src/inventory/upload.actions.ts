import { refuse, done, type Result } from '../kit/result.ts';
import { toJson } from '../kit/json.ts';
import { openDataKey, seal, unseal, type Keyring, type KeyObject } from '../kit/secret.ts';
import type { Queryable } from '../kit/sql.ts';
import { beijingDay } from '../kit/time.ts';
import { transaction, type Db } from '../kit/tx.ts';
import type { KeyRules } from './card.rules.ts';
import { importLimits, type ImportSettings, type InventoryRefusal } from './contract.ts';
import { decodeUpload, type Decoded } from './encoding.rules.ts';
import { RaceLost, Stopped, type Taken } from './intake.actions.ts';
import { addHits, findShelf } from './intake.store.ts';
import { planLayout, type Layout } from './layout.rules.ts';
import { detailOf, type Detail } from './report.rules.ts';
import { countRows, UnreadableRow } from './rows.rules.ts';

export type Refused = InventoryRefusal | 'IDEMPOTENCY_KEY_REUSED';

export type Upload = {
  readonly shopId: string;
  readonly variantId: string;
  readonly by: string;
  readonly key: string;
  readonly run: 'check' | 'import';
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly source: string;
  readonly settings: ImportSettings;
};

/** What is known of an upload before its rows are read. */
export type Plan = {
  readonly read: Decoded;
  readonly layout: Layout;
  readonly rules: KeyRules;
  readonly rows: number;
};

/** Reads an upload as far as its rows: whose pool, which text, which columns. Refuses the whole of what cannot be read. */
export async function planUpload(
  on: Queryable,
  p: Pick<Upload, 'shopId' | 'variantId' | 'bytes' | 'settings'>,
): Promise<Result<Plan, InventoryRefusal>> {
  const [shelf] = await findShelf(on, p);
  if (!shelf) return refuse('POOL_NOT_FOUND');
  const read = decodeUpload(p.bytes);
  if (!read.ok) return read;
  const rows = countRows(read.value.text);
  if (rows > importLimits.rows) return refuse('IMPORT_TOO_MANY_ROWS', { rows });
  const rules: KeyRules = { format: shelf.format ?? 'free', useWithin_hours: shelf.useWithin_hours };
  const layout = planLayout(read.value.text, p.settings, rules.format);
  return layout.ok ? done({ read: read.value, layout: layout.value, rules, rows }) : layout;
}

// Imports of one process at a time, and how many may wait with their files in memory.
const atOnce = 2;
const waitMost = 6;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs imports two at a time, in the order they came; refuses when too many wait. */
export async function inTurn<T>(act: () => Promise<Result<T, Refused>>): Promise<Result<T, Refused>> {
  if (running >= atOnce) {
    if (waiting.length >= waitMost) return refuse('IMPORTS_BUSY');
    await new Promise<void>((go) => waiting.push(go));
  } else running += 1;
  try {
    return await act();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Turns a stop into its refusal after the rollback; attempts that met other shops' keys are counted all the same. */
export async function guarded<T>(
  db: Db,
  shopId: string,
  act: () => Promise<Result<T, Refused>>,
): Promise<Result<T, Refused>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof UnreadableRow) return refuse('IMPORT_QUOTES', { row: error.row });
      if (error instanceof RaceLost && attempt < 5) continue;
      if (!(error instanceof Stopped)) throw error;
      const { foreign, refusal } = error;
      if (foreign > 0)
        await transaction(db, (tx) => addHits(tx, { shopId, day: beijingDay(tx.wall), hits: foreign }));
      return refuse(refusal);
    }
  }
}

export const detailKeyName = (shopId: string, importId: string): string => `import|v1|${shopId}|${importId}`;

export function sealDetail(key: KeyObject, importId: string, taken: Taken, planned: Plan): Buffer {
  const detail = detailOf({
    encoding: planned.read.encoding,
    layout: planned.layout,
    heads: taken.heads,
    rejects: taken.rejects,
  });
  return seal(key, `detail|${importId}`, Buffer.from(toJson(detail)));
}

/** The report of an import as it was sealed; undefined when its time is over. */
export function openDetail(
  ring: Keyring,
  shopId: string,
  row: { id: string; wrapped: Buffer | null; detail: Buffer | null },
): Detail | undefined {
  if (!row.wrapped || !row.detail) return undefined;
  return JSON.parse(
    unseal(
      openDataKey(ring, detailKeyName(shopId, row.id), row.wrapped),
      `detail|${row.id}`,
      row.detail,
    ).toString(),
  ) as Detail;
}
