import type { Config } from './config.ts';
import type { Db } from '../kit/tx.ts';

export type Worker = { stop: () => Promise<void> };

/** The background work of this process. It has none yet. */
export async function startWorker(_: { db: Db; config: Config }): Promise<Worker> {
  return { stop: async () => undefined };
}
