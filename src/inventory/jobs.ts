import type { Db } from '../kit/tx.ts';
import { resumeImports } from './import.actions.ts';
import { expireKeys } from './keys.actions.ts';
import { forgetUploads, noteLevels, ringAlarms } from './stock.actions.ts';

/** What the stock needs every minute; each part may run anywhere, at any time, and twice. */
export async function sweepInventory(db: Db): Promise<void> {
  await noteLevels(db);
  await expireKeys(db);
  await ringAlarms(db);
  await forgetUploads(db);
  await resumeImports(db);
}
