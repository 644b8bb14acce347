import type { Db } from '../../kit/tx.ts';
import { askIssuers } from './actions.ts';

/** Timer: questions to issuers leave within a second, twenty side by side. */
export const issuerTimers = [
  { name: 'issuer checks', every_ms: 1000, run: (db: Db): Promise<number> => askIssuers(db, 20) },
];
