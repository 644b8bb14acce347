import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  type RunAs,
  type Version,
  binariesFor,
  canReach,
  chooseUser,
  executable,
} from './postgres.binaries.ts';
import { WrongSettings } from './config.ts';
import { clearStaleLocks, endServer, runningPid } from './postgres.process.ts';
import { serverSettings } from './postgres.settings.ts';

export const ownerRole = 'mengyue_owner';
export const appRole = 'mengyue_app';
const keeperLock = 7_305_001; // held in the database `postgres` by the program that runs this server

export type Postgres = {
  /** The database `mengyue` as the role that owns and migrates it. */
  ownerUrl: string;
  /** The same database as the role that the program uses, with only what migrations granted. */
  appUrl: string;
  /** Any database of this server as any role. */
  urlOf: (database: string, role: string) => string;
  pid: () => number | undefined;
  /** Ends the server cleanly; everything committed is on disk. */
  stop: () => Promise<void>;
};

export type PostgresOptions = {
  dataDir: string;
  version?: Version;
  /** Server settings that differ from those of production-like use (see postgres.settings.ts). */
  settings?: Record<string, string>;
  /** Told of each step that a person would wait for. */
  say?: (line: string) => void;
};

/** Where a server is, and how to reach it. */
type Place = {
  pgdata: string;
  runAs: RunAs;
  bin: string;
  args: string[];
  cwd: string;
  log: string;
  host: string;
  port: number;
  password: string | undefined;
  temporary: string | undefined;
};

/**
 * Starts the embedded server on `dataDir`/postgres and keeps it running: a server that dies is started again.
 * An orphan of a program that was killed is taken over. Refuses, by throwing, data that another program is using.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const say = options.say ?? (() => undefined);
  const place = await preparePlace(options, say);
  const life: Life = { place, say, stopping: false, child: undefined, keeper: undefined };
  await bringUp(life);
  await ensureDatabase(place);
  const urlOf = (database: string, role: string) => urlAt(place, database, role);
  return {
    ownerUrl: urlOf('mengyue', ownerRole),
    appUrl: urlOf('mengyue', appRole),
    urlOf,
    pid: () => runningPid(place.pgdata),
    stop: () => bringDown(life),
  };
}

/** The server of `dataDir` if a program is running it now, for commands beside the program. */
export async function findPostgres(
  dataDir: string,
): Promise<{ ownerUrl: string; appUrl: string } | undefined> {
  const pgdata = resolve(dataDir, 'postgres');
  if (!runningPid(pgdata)) return undefined;
  const [, , , port = ''] = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
  const place = { ...reach(pgdata, Number(port)), password: readPassword(pgdata) };
  return { ownerUrl: urlAt(place, 'mengyue', ownerRole), appUrl: urlAt(place, 'mengyue', appRole) };
}

async function preparePlace(options: PostgresOptions, say: (line: string) => void): Promise<Place> {
  const version = options.version ?? 18;
  const dataDir = resolve(options.dataDir);
  const pgdata = join(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true });
  const runAs = chooseUser(pgdata);
  const bin = join(await binariesFor(version, runAs), 'bin');
  if (!existsSync(join(pgdata, 'PG_VERSION'))) {
    say(`creating a PostgreSQL ${version} database in ${pgdata}`);
    initialise(bin, pgdata, runAs);
  }
  const found = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(version))
    throw new WrongSettings(`${pgdata} was made by PostgreSQL ${found}, this program starts ${version}.`);
  const unix = process.platform !== 'win32';
  const port = unix ? 5432 : await freePort();
  const listen = unix
    ? { listen_addresses: '', unix_socket_directories: '.' }
    : { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const settings = { ...serverSettings(dataDir), ...options.settings, ...listen, port: String(port) };
  const seenAs = dataPathFor(pgdata, runAs);
  const args = [
    '-D',
    seenAs,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = join(dataDir, 'postgres.log');
  if (existsSync(log) && statSync(log).size > 10_000_000) renameSync(log, `${log}.1`);
  return {
    pgdata,
    runAs,
    bin,
    args,
    cwd: pgdata,
    log,
    ...reach(pgdata, port),
    password: readPassword(pgdata),
  };
}

/**
 * How the server names its own data. Below a folder that its user may not enter, Linux still lets it use the
 * folder that it was started in, under this name.
 */
function dataPathFor(pgdata: string, runAs: RunAs): string {
  if (canReach(pgdata, runAs)) return pgdata;
  if (process.platform === 'linux' && existsSync('/proc/self/cwd')) return '/proc/self/cwd';
  throw new Error(
    `The database runs as user ${runAs?.uid}, who may not enter ${pgdata}. Choose another DATA_DIR.`,
  );
}

/** The socket lies in the data folder, which only the server's user may enter. Its path has at most 103 bytes. */
function reach(pgdata: string, port: number): { host: string; port: number; temporary: string | undefined } {
  if (process.platform === 'win32') return { host: '127.0.0.1', port, temporary: undefined };
  if (Buffer.byteLength(join(pgdata, '.s.PGSQL.5432')) <= 103)
    return { host: pgdata, port, temporary: undefined };
  const temporary = mkdtempSync(join(tmpdir(), 'mengyue-'));
  symlinkSync(pgdata, join(temporary, 'pg'));
  return { host: join(temporary, 'pg'), port, temporary };
}

/** Made beside and renamed, so that a start that was cut off leaves nothing that looks like a database. */
function initialise(bin: string, pgdata: string, runAs: RunAs): void {
  const fresh = `${pgdata}.new`;
  const common = [`--username=${ownerRole}`, '--encoding=UTF8', '--lc-collate=C', '--no-instructions'];
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256'];
  let answer = '';
  // Character classes (case, trigrams of Chinese) need a UTF-8 locale; its name differs between systems.
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    if (runAs) chownSync(fresh, runAs.uid, runAs.gid);
    const password = process.platform === 'win32' ? [`--pwfile=${makePassword(pgdata)}`] : [];
    const run = spawnSync(
      join(bin, executable('initdb')),
      ['-D', dataPathFor(fresh, runAs), `--lc-ctype=${ctype}`, ...common, ...auth, ...password],
      {
        ...runAs,
        cwd: fresh,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
    );
    answer = `${run.error ?? ''}${run.stdout}${run.stderr}`;
    if (run.status === 0) {
      renameSync(fresh, pgdata);
      return;
    }
  }
  throw new Error(`PostgreSQL could not be set up in ${pgdata}:\n${answer}`);
}

type Life = {
  place: Place;
  say: (line: string) => void;
  stopping: boolean;
  child: ChildProcess | undefined;
  keeper: pg.Client | undefined;
};

/**
 * Until the server answers: take over the one that runs on this data, else start one. PostgreSQL itself refuses a
 * second server on the same data as long as a process of a killed one lives, so that a refused start is repeated.
 */
async function bringUp(life: Life): Promise<void> {
  const { place } = life;
  const giveUp = performance.now() + 300_000; // recovery after a crash replays up to max_wal_size
  let starts = 0;
  let startedAt = 0;
  let told = performance.now();
  for (;;) {
    const pid = runningPid(place.pgdata);
    if (pid && pid !== life.child?.pid && !sameArguments(place)) await endOrphan(place, pid);
    else if (pid) {
      life.keeper = await hireKeeper(life);
      if (life.keeper) return;
    } else if (!life.child && performance.now() - startedAt > 200) {
      clearStaleLocks(place.pgdata, place.port);
      startedAt = performance.now();
      starts += 1;
      life.child = launch(life);
    }
    if (starts > 100 || performance.now() > giveUp)
      throw new Error(`PostgreSQL does not start. The end of ${place.log}:\n${tail(place.log)}`);
    if (performance.now() - told > 2000) {
      life.say('waiting for the database to become ready');
      told = performance.now();
    }
    await sleep(20);
  }
}

function launch(life: Life): ChildProcess {
  const { place } = life;
  const log = openSync(place.log, 'a');
  // In a session of its own: Ctrl-C is for the program, which ends the database when it has finished its work.
  const child = spawn(join(place.bin, executable('postgres')), place.args, {
    ...place.runAs,
    cwd: place.cwd,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(log);
  child.on('error', () => (life.child = undefined));
  child.on('exit', () => (life.child = undefined));
  child.unref();
  return child;
}

/**
 * One connection that lives as long as the program: its lock keeps a second program away, and its end tells that
 * the server died. Gives nothing while the server is still starting up or stopping.
 */
async function hireKeeper(life: Life): Promise<pg.Client | undefined> {
  const keeper = new pg.Client({
    connectionString: urlAt(life.place, 'postgres', ownerRole),
    application_name: 'mengyue keeper',
  });
  keeper.on('error', () => undefined);
  try {
    await keeper.connect();
  } catch {
    return undefined;
  }
  try {
    await lockOf(keeper, life.place);
  } catch (problem) {
    await keeper.end().catch(() => undefined);
    if (problem instanceof InUse) throw problem;
    return undefined;
  }
  keeper.on('end', () => void revive(life));
  return keeper;
}

class InUse extends WrongSettings {}

/** Takes the lock of the program on this connection. The one of a program that was just killed may need a moment to go. */
async function lockOf(client: pg.Client, place: Place): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [keeperLock]);
    if (rows[0].held) return;
    if (attempt === 100) throw new InUse(`Another program is using the database in ${place.pgdata}.`);
    await sleep(20);
  }
}

async function revive(life: Life): Promise<void> {
  if (life.stopping) return;
  life.say('the database stopped by itself; starting it again');
  life.keeper = undefined;
  try {
    await bringUp(life);
    life.say('the database is back');
  } catch (problem) {
    life.say(
      `the database could not be started again: ${problem instanceof Error ? problem.message : problem}`,
    );
  }
}

async function bringDown(life: Life): Promise<void> {
  if (life.stopping) return;
  life.stopping = true;
  await life.keeper?.end().catch(() => undefined);
  const pid = runningPid(life.place.pgdata);
  if (pid) await endServer(life.place, pid);
  if (life.place.temporary) rmSync(life.place.temporary, { recursive: true, force: true });
}

/** A server with other settings than ours was left by a killed program: it goes, unless a program still uses it. */
async function endOrphan(place: Place, pid: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlAt(place, 'postgres', ownerRole) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await lockOf(client, place);
  } catch (problem) {
    if (problem instanceof InUse) throw problem;
  } finally {
    await client.end().catch(() => undefined);
  }
  await endServer(place, pid);
}

function sameArguments(place: Place): boolean {
  try {
    const options = readFileSync(join(place.pgdata, 'postmaster.opts'), 'utf8');
    return options.trim().endsWith(place.args.map((arg) => `"${arg}"`).join(' '));
  } catch {
    return false;
  }
}

async function ensureDatabase(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: urlAt(place, 'postgres', ownerRole) });
  await client.connect();
  try {
    const { rows } = await client.query(`select
      exists (select from pg_database where datname = 'mengyue') as database,
      exists (select from pg_roles where rolname = '${appRole}') as role`);
    if (!rows[0].role)
      await client.query(
        `create role ${appRole} login${place.password ? ` password '${place.password}'` : ''}`,
      );
    if (!rows[0].database) await client.query('create database mengyue');
  } finally {
    await client.end();
  }
}

function urlAt(place: Pick<Place, 'host' | 'port' | 'password'>, database: string, role: string): string {
  const user = place.password ? `${role}:${place.password}` : role;
  if (!place.host.startsWith('/')) return `postgresql://${user}@${place.host}:${place.port}/${database}`;
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(place.host)}&port=${place.port}`;
}

function makePassword(pgdata: string): string {
  const path = `${pgdata}.password`;
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return path;
}

function readPassword(pgdata: string): string | undefined {
  const path = `${pgdata}.password`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

const tail = (path: string): string =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-15).join('\n') : '';
