import type { Db } from '../kit/tx.ts';
import { makeExports } from './exports.actions.ts';
import { sweepReads } from './guides.actions.ts';

/** What runs again and again: copies of personal data are made, and who read which guide is forgotten. */
export const communityTimers = [
  { name: 'data copies', every_ms: 2_000, run: (db: Db) => makeExports(db) },
  { name: 'help readers', every_ms: 3_600_000, run: (db: Db) => sweepReads(db) },
];
