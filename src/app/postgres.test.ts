import { equal, match, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgres, ownerRole, type Postgres, startPostgres } from './postgres.ts';
import { sharedBuffers_mb, walSizes } from './postgres.settings.ts';

const small = { shared_buffers: '32MB', fsync: 'off' };
const folder = mkdtempSync(join(tmpdir(), 'mengyue-postgres-'));
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));

const one = async (url: string, text: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
};

/** Starts, hands over, and stops again whatever happens. */
async function withServer(dataDir: string, act: (server: Postgres) => Promise<void>): Promise<void> {
  const server = await startPostgres({ dataDir, settings: small });
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

/** Another program that starts the server and is killed without a word; gives the server's number. */
async function killedProgram(dataDir: string): Promise<number> {
  const script = `import { startPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
    const server = await startPostgres(${JSON.stringify({ dataDir, settings: small })});
    console.log(server.pid());
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((done) => child.stdout.once('data', (data) => done(Number(data))));
  child.kill('SIGKILL');
  return pid;
}

test('the server keeps what was committed over a stop and a start', async () => {
  const dataDir = join(folder, 'kept');
  await withServer(dataDir, async ({ ownerUrl }) => {
    await one(ownerUrl, 'create table kept as select 7 as n');
  });
  await withServer(dataDir, async ({ ownerUrl, appUrl }) => {
    equal(await one(ownerUrl, 'select n from kept'), 7);
    equal(await one(ownerUrl, 'select current_user'), ownerRole);
    equal(await one(appUrl, 'select current_user'), 'mengyue_app');
    equal(await one(appUrl, 'select rolsuper from pg_roles where rolname = current_user'), false);
    await rejects(one(appUrl, 'select n from kept'), /permission denied/);
  });
});

test('nothing listens on the network', async () => {
  if (process.platform === 'win32') return;
  await withServer(join(folder, 'kept'), async ({ ownerUrl }) =>
    equal(await one(ownerUrl, 'show listen_addresses'), ''),
  );
});

test('the server of a killed program is taken over, with everything that it had answered', async () => {
  const dataDir = join(folder, 'orphan');
  const pid = await killedProgram(dataDir);
  await withServer(dataDir, async (server) => {
    equal(server.pid(), pid);
    equal(await one(server.ownerUrl, 'select 1'), 1);
  });
});

test('program and server killed at once: the next start recovers', async () => {
  const dataDir = join(folder, 'both');
  const pid = await killedProgram(dataDir);
  process.kill(pid, 'SIGKILL');
  await withServer(dataDir, async (server) => {
    ok(server.pid() !== pid);
    equal(await one(server.ownerUrl, 'select 1'), 1);
  });
});

test('an orphan with other settings makes room', async () => {
  const dataDir = join(folder, 'other');
  const pid = await killedProgram(dataDir);
  const server = await startPostgres({ dataDir, settings: { ...small, max_connections: '33' } });
  ok(server.pid() !== pid);
  equal(await one(server.ownerUrl, 'show max_connections'), '33');
  await server.stop();
});

test('a second program on the same data is refused, and the first goes on', async () => {
  const dataDir = join(folder, 'kept');
  await withServer(dataDir, async ({ ownerUrl }) => {
    await rejects(startPostgres({ dataDir, settings: small }), /Another program is using/);
    equal(await one(ownerUrl, 'select 1'), 1);
  });
});

test('a server that is killed under a running program comes back by itself', async () => {
  const said: string[] = [];
  const server = await startPostgres({
    dataDir: join(folder, 'kept'),
    settings: small,
    say: (line) => said.push(line),
  });
  const pid = server.pid() ?? 0;
  process.kill(pid, 'SIGKILL');
  for (let i = 0; i < 500 && !said.includes('the database is back'); i += 1) await sleep(20);
  equal(await one(server.ownerUrl, 'select 1'), 1);
  ok(server.pid() !== pid);
  await server.stop();
});

test('commands beside the program find its server, and none when it has stopped', async () => {
  const dataDir = join(folder, 'kept');
  await withServer(dataDir, async () =>
    equal(await one((await findPostgres(dataDir))?.appUrl ?? '', 'select 1'), 1),
  );
  equal(await findPostgres(dataDir), undefined);
});

test('a stale lock file with the number of some other process does not hinder the start', async () => {
  const dataDir = join(folder, 'kept');
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n.\n\n`);
  await withServer(dataDir, async ({ ownerUrl }) => equal(await one(ownerUrl, 'select 1'), 1));
});

test('data below a folder that only its owner may enter, and under a long path', async () => {
  const hidden = join(folder, 'hidden');
  mkdirSync(hidden, { mode: 0o700 });
  await withServer(join(hidden, 'data'), async ({ ownerUrl }) => equal(await one(ownerUrl, 'select 1'), 1));
  const long = join(folder, 'x'.repeat(100));
  await withServer(long, async ({ ownerUrl }) => equal(await one(ownerUrl, 'select 1'), 1));
});

test('data of another major version is refused by name', async () => {
  await rejects(
    startPostgres({ dataDir: join(folder, 'kept'), version: 15 }),
    /made by PostgreSQL 18, this program starts 15/,
  );
});

test('the server is set to lose nothing', async () => {
  const server = await startPostgres({ dataDir: join(folder, 'kept') });
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'])
    equal(await one(server.ownerUrl, `show ${name}`), 'on');
  await server.stop();
  match(readFileSync(join(folder, 'kept', 'postgres', 'postmaster.opts'), 'utf8'), /shared_buffers/);
});

for (const [memory_mb, expected] of [
  [512, 64],
  [1024, 64],
  [2048, 512],
  [8192, 2048],
  [65_536, 4096],
] as const)
  test(`a machine with ${memory_mb} MB gives ${expected} MB to shared buffers`, () =>
    equal(sharedBuffers_mb(memory_mb), expected));

test('the write-ahead log takes at most about a tenth of the free disk, and 4 GB', () => {
  equal(walSizes(1_000_000).max_wal_size, '4096MB');
  equal(walSizes(12_000).max_wal_size, '1024MB');
  equal(walSizes(100).max_wal_size, '256MB');
});
