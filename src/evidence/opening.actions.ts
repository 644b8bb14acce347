import type { Db } from '../kit/tx.ts';
import { headStore } from './head.store.ts';
import { logKey } from './key.store.ts';
import type { Log } from './sequencer.actions.ts';
import { installLogKey } from './verification.actions.ts';

/** The log of an installation: its key, made with `origin` as its name at the first opening, and the place of its head. */
export function openLog(p: { db: Db; keyFile: string; origin: string; head: string }): Log {
  const signer = logKey(p.keyFile, p.origin);
  installLogKey(p.db, signer);
  return { db: p.db, signer, head: headStore(p.head) };
}
