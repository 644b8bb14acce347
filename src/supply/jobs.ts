import type { Db } from '../kit/tx.ts';
import { checkBalances } from './suppliers.actions.ts';
import { workSupply } from './work.actions.ts';

/** Wall time runs these; each may run in any number of processes. Nothing of it waits for a supplier inside a transaction. */
export const supplyTimers = [
  { name: 'supply.pump', every_ms: 250, run: (db: Db): Promise<unknown> => workSupply(db) },
  { name: 'supply.balances', every_ms: 60_000, run: (db: Db): Promise<unknown> => checkBalances(db) },
] as const;
