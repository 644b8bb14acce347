import { createHash } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';
import { migrate, readMigrations } from '../src/app/migrate.ts';
import { appRole, ownerRole } from '../src/app/postgres.ts';
import { keyringOf } from '../src/kit/secret.ts';
import { type Clock, type Instant, type Span, instant, plus } from '../src/kit/time.ts';
import { type Db, openDb } from '../src/kit/tx.ts';
import { startTestServer, type TestServer } from './server.ts';

/** The wall clock of a test: it stands still until the test moves it. */
export type TestClock = Clock & { forward: (span: Span) => void; set: (at: Instant) => void };

export type TestDatabase = {
  /** As the program sees it: the program's role, a stopped wall clock, a business clock that may be moved. */
  db: Db;
  clock: TestClock;
  name: string;
  /** As the program connects. */
  url: string;
  /** As the owner connects, for what the program may not do. */
  ownerUrl: string;
  /** One statement as the owner: to look at, damage or prepare what no action would. Values come as pg gives them. */
  asOwner: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** A further pool on the same database, as a second process of the program would have. */
  another: () => Db;
};

export const testStart = instant('2026-11-20T04:00:00.000Z'); // noon in Beijing, a Friday

/**
 * A fresh database with the newest schema, for one test file; call it once, at the top. After the last test it is
 * dropped, and the file fails if a connection was left open. With MENGYUE_KEEP it stays.
 */
export async function testDatabase(
  options: { at?: Instant; connections?: number } = {},
): Promise<TestDatabase> {
  const { url: server, stop } = await serverForTests();
  const template = await templateOn(server);
  const name = `test_${process.pid}_${(counter += 1)}`;
  await onServer(server, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template ${template}`);
  });
  const clock = testClock(options.at ?? testStart);
  const [url, ownerUrl] = [urlFor(server, name, appRole), urlFor(server, name, ownerRole)];
  const keys = keyringOf(Buffer.alloc(32, 7), true);
  const open = () => openDb({ url, wall: clock, keys, demo: true, connections: options.connections ?? 8 });
  const db = open();
  const pools = [db.pool];
  const another = () => {
    const second = open();
    pools.push(second.pool);
    return second;
  };
  const asOwner = async (text: string, values: unknown[] = []) =>
    onServer(
      ownerUrl,
      async (client) => (await client.query(text, values)).rows as Record<string, unknown>[],
    );
  const finish = async () => {
    for (const pool of pools)
      if (!pool.ended) await within(5000, pool.end(), 'a connection was never given back to its pool');
    await onServer(server, async (client) => {
      await refuseLeaks(client, name);
      if (!process.env['MENGYUE_KEEP']) await client.query(`drop database ${name} with (force)`);
    }).finally(stop);
  };
  // Hooks run in the order of their making: this one is made after those of the file, which end what they opened.
  setImmediate(() => after(finish));
  return { db, clock, name, url, ownerUrl, asOwner, another };
}

let counter = 0;

function testClock(start: Instant): TestClock {
  let at = start;
  return { now: () => at, forward: (span) => void (at = plus(at, span)), set: (to) => void (at = to) };
}

/** The server that the test run started, or for a single file one of its own. */
async function serverForTests(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['MENGYUE_TEST_SERVER'];
  if (given) return { url: given, stop: async () => undefined };
  own ??= startTestServer();
  users += 1;
  const server = await own;
  const stop = async () => {
    users -= 1;
    if (users === 0) await server.stop();
  };
  return { url: server.url, stop };
}

let own: Promise<TestServer> | undefined;
let users = 0;

/** Migrated once per server and set of migrations; every test file copies it, which takes some 50 ms. */
export async function templateOn(server: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, sha256 } of readMigrations()) hash.update(`${name} ${sha256}\n`);
  const template = `template_${hash.digest('hex').slice(0, 12)}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock(7305003)');
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
      template,
    ]);
    if (rowCount) return;
    await client.query(`drop database if exists ${template} with (force)`);
    await client.query(`create database ${template}`);
    const url = urlFor(server, template, ownerRole);
    await migrate(url, new Date(testStart));
    await onServer(url, (fresh) => fresh.query('update kit.clock set movable = true'));
    await client.query(`alter database ${template} is_template true`);
  });
  return template;
}

async function refuseLeaks(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await client.query(
      `select application_name, state, left(query, 200) as query from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0) return;
    if (attempt === 50) throw new Error(`connections were left open: ${JSON.stringify(rows)}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function within(limit_ms: number, act: Promise<void>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>(
    (_, failed) => (timer = setTimeout(() => failed(new Error(otherwise)), limit_ms)),
  );
  await Promise.race([act, late]).finally(() => clearTimeout(timer));
}

async function onServer<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'mengyue test' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

const urlFor = (server: string, database: string, role: string): string =>
  server.replace(
    /^postgresql:\/\/[^:@]*((?::[^@]*)?)@([^/]*)\/[^?]*/,
    `postgresql://${role}$1@$2/${database}`,
  );
