import type { Context } from 'hono';
import type { Db } from '../kit/tx.ts';

/** One line of /healthz. `bad` makes the whole answer 503; `worse` is told, and the shop sells on. */
export type Health = { state: 'good' | 'worse' | 'bad'; note?: string; [fact: string]: unknown };
export type HealthCheck = { name: string; check: () => Promise<Health> | Health };

/** Whether the program works, part by part: 200 while the shop can sell, else 503. Holds nothing that a stranger may not know. */
export async function healthOf(c: Context, db: Db, checks: readonly HealthCheck[]): Promise<Response> {
  const parts: Record<string, Health> = { database: await databaseHealth(db) };
  for (const { name, check } of checks) parts[name] = await checked(check);
  const states = Object.values(parts).map((part) => part.state);
  const state = states.includes('bad') ? 'bad' : states.includes('worse') ? 'worse' : 'good';
  const { retries, deadlocks } = db.counters;
  return c.json({ state, parts, counters: { retries, deadlocks } }, state === 'bad' ? 503 : 200, {
    'cache-control': 'no-store',
  });
}

async function databaseHealth(db: Db): Promise<Health> {
  try {
    await db.pool.query('select 1');
    return { state: 'good' };
  } catch {
    return { state: 'bad', note: 'the database cannot be reached' };
  }
}

async function checked(check: HealthCheck['check']): Promise<Health> {
  try {
    return await check();
  } catch {
    return { state: 'worse', note: 'this check failed itself' };
  }
}

/** Whether requests may be sent here: 503 while the program ends or the database is away. */
export async function readiness(c: Context, db: Db, draining: boolean): Promise<Response> {
  const ready = !draining && (await databaseHealth(db)).state === 'good';
  return c.text(ready ? 'ready\n' : 'not ready\n', ready ? 200 : 503, { 'cache-control': 'no-store' });
}
