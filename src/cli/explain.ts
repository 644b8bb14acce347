import { readConfig, WrongSettings } from '../app/config.ts';
import { inAppRole } from '../app/database.ts';
import { masterKey } from '../app/master-key.ts';
import { findPostgres } from '../app/postgres.ts';
import { keyringOf } from '../kit/secret.ts';
import type { Words } from '../kit/text.ts';
import { systemClock } from '../kit/time.ts';
import { openDb, type Db } from '../kit/tx.ts';
import { loadRules } from '../rules/loading.actions.ts';

/** Opens the database of a running program, asks, and prints the derivation in both languages. */
export async function explainOn(say: (db: Db) => Promise<Words>): Promise<void> {
  const config = readConfig(process.env);
  const url = config.databaseUrl
    ? (config.databaseAppUrl ?? inAppRole(config.databaseUrl))
    : (await findPostgres(config.dataDir))?.appUrl;
  if (!url) throw new WrongSettings(`No program runs on ${config.dataDir}. Start it first: npm start.`);
  const demo = config.mode === 'demo';
  const key = masterKey(config.masterKeyFile, { demo, mayMake: false, say: console.error });
  const keys = keyringOf(key.bytes, key.demo);
  const db = openDb({ url, wall: systemClock, keys, demo, connections: 4, name: 'mengyue explain' });
  try {
    await loadRules(db);
    const { zh, en } = await say(db);
    console.log(`${zh}\n\n${en}`);
  } finally {
    await db.pool.end();
  }
}

/** Runs a command and tells what stopped it in one line. */
export async function command(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 2;
  }
}
