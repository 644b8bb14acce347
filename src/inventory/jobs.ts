import { reader, type Db } from '../kit/tx.ts';
import { runImport } from './import.actions.ts';
import { queuedImports } from './import.store.ts';
import { expireKeys } from './keys.actions.ts';
import { forgetUploads, noteLevels, ringAlarms } from './stock.actions.ts';

/** Confirmed imports that a process left behind when it died are written now. */
export async function resumeImports(db: Db): Promise<void> {
  for (const one of await queuedImports(await reader(db))) await runImport(db, { shopId: one.shopId, importId: one.id });
}

/** What the stock needs every minute; each part may run anywhere, at any time, and twice. */
export async function sweepInventory(db: Db): Promise<void> {
  await noteLevels(db);
  await expireKeys(db);
  await ringAlarms(db);
  await forgetUploads(db);
  await resumeImports(db);
}
