import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/app/migrate.ts';
import { appRole, ownerRole, startPostgres, type Postgres } from '../../src/app/postgres.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb, type Db } from '../../src/kit/tx.ts';
import { prove } from '../../bin/prove.ts';
import type { Answer, Task } from './http-load.ts';
import { median } from './load.ts';
import { yardstick, type Yardstick } from './tpcb.ts';

/** What a figure says: a ratio or a value with its unit, from which runs, and how far they lie apart. */
export type Figure = {
  name: string;
  ratio?: number;
  value?: number;
  unit: string;
  runs: number[];
  spread: number;
  must: string;
};

export type Bench = {
  readonly server: Postgres;
  readonly dataDir: string;
  readonly db: Db;
  readonly url: string;
  readonly ownerUrl: string;
  readonly tpcb: Yardstick;
  readonly tell: (text: string) => void;
  readonly report: (figure: Omit<Figure, 'spread'>) => void;
};

export const benchKeys = keyringOf(Buffer.alloc(32, 7), true);

/** A server with the settings of npm start, in a folder on the disk that the program would use, and the yardstick on it. */
export async function openBench(
  report: (figure: Figure) => void,
  tell: (text: string) => void,
): Promise<Bench> {
  const dataDir = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'mengyue-bench-'));
  const server = await startPostgres({ dataDir, version: 18 });
  const [url, ownerUrl] = [server.urlOf('mengyue', appRole), server.urlOf('mengyue', ownerRole)];
  await migrate(ownerUrl, new Date());
  const db = openDb({ url, wall: systemClock, keys: benchKeys, demo: true });
  const { rows } = await db.reads.query(
    `select name, setting, unit from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'server_version') order by name`,
  );
  tell(
    rows
      .map(
        (row: { name: string; setting: string; unit: string | null }) =>
          `${row.name}=${row.setting}${row.unit ?? ''}`,
      )
      .join(' '),
  );
  const admin = new pg.Client({ connectionString: server.urlOf('postgres', ownerRole) });
  await admin.connect();
  await admin.query('create database yardstick');
  await admin.end();
  const tpcb = await yardstick(server.urlOf('yardstick', ownerRole), tell);
  tell(tpcb.name);
  return {
    server,
    dataDir,
    db,
    url,
    ownerUrl,
    tpcb,
    tell,
    report: (figure) => report({ ...figure, spread: spreadOf(figure.runs) }),
  };
}

const spreadOf = (runs: readonly number[]): number =>
  runs.length > 1 ? (Math.max(...runs) - Math.min(...runs)) / Math.max(1e-9, median(runs)) : 0;

export async function closeBench(bench: Bench): Promise<void> {
  await bench.db.pool.end();
  await bench.server.stop();
  rmSync(bench.dataDir, { recursive: true, force: true });
}

/** After every figure: what was written is right. */
export async function proved(bench: Bench, url = bench.ownerUrl): Promise<void> {
  const { offences } = await prove({ url });
  if (offences.length > 0)
    throw new Error(
      `prove: ${offences.map((one) => `${one.says}: ${one.offences[0]?.row} ${one.offences[0]?.wrong}`).join('; ')}`,
    );
}

/** A copy of the database as it is now, for loads that need one of their own. */
export async function copyAs(bench: Bench, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: bench.server.urlOf('postgres', ownerRole) });
  await admin.connect();
  // The original of a copy has no connections; the pools make new ones by themselves.
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'mengyue'`);
  await admin.query(`create database ${name} template mengyue strategy file_copy`);
  await admin.end();
}

/** Runs a script of this folder as a process of its own and speaks with it. */
export async function child(
  script: string,
  env: Record<string, string> = {},
  execArgv: string[] = [],
): Promise<ChildProcess> {
  const made = fork(join(import.meta.dirname, script), {
    env: { ...process.env, ...env },
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // The other form of messages cannot carry a bigint.
    serialization: 'advanced',
  });
  made.on('error', () => {});
  return made;
}

/** What a process says next; that it ended without a word is an error. */
export const answerOf = <T>(process: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('a process of the bench ended without an answer'));
    process.once('exit', gone).once('message', (message) => {
      process.off('exit', gone);
      resolve(message as T);
    });
  });

export async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  process.kill('SIGTERM');
  await once(process, 'exit');
}

/** The program on the bench's database; `port` is where it listens. */
export async function startProgram(
  bench: Bench,
  env: Record<string, string> = {},
): Promise<{ process: ChildProcess; port: number }> {
  const process = await child(
    'server.ts',
    { BENCH_URL: bench.url, DATA_DIR: bench.dataDir, NODE_ENV: 'production', ...env },
    ['--max-semi-space-size=32'],
  );
  const { address } = await answerOf<{ address: string }>(process);
  return { process, port: Number(new URL(address).port) };
}

export async function load(task: Task): Promise<Answer> {
  const process = await child('http-load.ts');
  process.send(task);
  const answer = await answerOf<Answer>(process);
  process.kill();
  return answer;
}

/** CPU seconds that these processes, and the server's with all its backends, have used. */
export function cpuSeconds(bench: Bench, pids: readonly number[]): number {
  const postmaster = bench.server.pid();
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const pid = Number(name);
      if (pid === postmaster || Number(fields[1]) === postmaster || pids.includes(pid))
        ticks += Number(fields[11]) + Number(fields[12]);
      // The postmaster keeps the time of its processes that have ended, so that a sum never shrinks.
      if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14]);
    } catch {
      // A process that ended meanwhile.
    }
  }
  return ticks / 100;
}
