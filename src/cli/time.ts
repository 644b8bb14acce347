import { readConfig, WrongSettings, type Config } from '../app/config.ts';
import { moveTime } from '../app/clock.actions.ts';
import { inAppRole } from '../app/database.ts';
import { openLog } from '../app/log.ts';
import { masterKey } from '../app/master-key.ts';
import { findPostgres } from '../app/postgres.ts';
import { openSweep } from '../app/sweep.ts';
import { workTables } from '../app/worker.ts';
import { keyringOf } from '../kit/secret.ts';
import { beijingText, systemClock, type Span } from '../kit/time.ts';
import { forgetOffset, openDb, reader, type Db } from '../kit/tx.ts';
import { loadRules } from '../rules/loading.actions.ts';

// bin/time.mjs +48h: moves the business clock of a running demo forwards, for everyone, and does what falls due on the way.
// Without an argument it tells the time. A production has no clock that moves.

const units = { m: 'minutes', h: 'hours', d: 'days' } as const;

/** '+48h', '+15m', '+7d', or several: '+1d 2h'. Undefined where it is none of these. */
export function spanOf(text: string): Span | undefined {
  const parts = [...text.matchAll(/(\d+)\s*([mhd])\s*/g)];
  if (parts.length === 0 || !/^\+?(\s*\d+\s*[mhd])+\s*$/.test(text)) return undefined;
  const span: { minutes: number; hours: number; days: number } = { minutes: 0, hours: 0, days: 0 };
  for (const [, amount, unit] of parts) span[units[unit as keyof typeof units]] += Number(amount);
  return span;
}

async function time(config: Config, text: string): Promise<void> {
  const span = text ? spanOf(text) : undefined;
  if (text && !span) throw new WrongSettings(`${text} is no span of time. Say +48h, +15m or +7d.`);
  const url = config.databaseUrl
    ? (config.databaseAppUrl ?? inAppRole(config.databaseUrl))
    : (await findPostgres(config.dataDir))?.appUrl;
  if (!url) throw new WrongSettings(`No program runs on ${config.dataDir}. Start it first: npm start.`);
  const key = masterKey(config.masterKeyFile, {
    demo: config.mode === 'demo',
    mayMake: false,
    say: console.error,
  });
  const keys = keyringOf(key.bytes, key.demo);
  const db = openDb({
    url,
    wall: systemClock,
    keys,
    demo: config.mode === 'demo',
    connections: 4,
    name: 'mengyue time',
  });
  try {
    await loadRules(db);
    if (span) await travel(db, span);
    await tell(db);
  } finally {
    await db.pool.end();
  }
}

async function travel(db: Db, span: Span): Promise<void> {
  const log = openLog('error');
  const sweep = openSweep(db, workTables.deadlines, log);
  let told = systemClock.now();
  const machine = { db, sweep, tables: { ...workTables, timers: [] }, log, pumps: false };
  const moved = await moveTime(machine, span, ({ business, fired }) => {
    if (systemClock.now() - told < 1000) return;
    told = systemClock.now();
    console.log(`  ${beijingText(business)}: ${fired} done`);
  });
  if (!moved.ok) throw new WrongSettings('This is a production: its clock stands. 正式环境没有时间机器。');
  for (const [what, count] of Object.entries(moved.value.fired)) console.log(`  ${what}: ${count}`);
  for (const { what, error } of moved.value.failed) console.log(`  ${what} failed: ${error}`);
}

async function tell(db: Db): Promise<void> {
  forgetOffset(db);
  const { business, wall } = await reader(db);
  const ahead_h = Math.round((business - wall) / 36_000) / 100;
  console.log(`business 业务时间 ${beijingText(business)}, ${ahead_h} h ahead of the wall`);
}

if (import.meta.main) {
  try {
    await time(readConfig(process.env), process.argv.slice(2).join(' '));
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 2;
  }
}
