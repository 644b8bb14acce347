import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { WrongSettings } from './config.ts';
import { appRole } from './postgres.ts';

export type Migration = { number: number; name: string; text: string; sha256: string };

const migrationLock = 7_305_002;
const folderOfOurs = fileURLToPath(new URL('../../db/migrations', import.meta.url));

/**
 * The plain SQL migrations NNNN_name.sql in their order. The first two digits are the layer of the domain, so a
 * later migration of a low layer comes before those of higher layers on a new database. Refuses a number that
 * comes twice.
 */
export function readMigrations(folder: string = folderOfOurs): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const numbers = new Set<number>();
  return names.map((name) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (!number || numbers.has(number))
      throw new Error(`Migration ${name}: a name is NNNN_words.sql with a number of its own.`);
    numbers.add(number);
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings a database to the newest schema: each migration once, in order, each in a transaction of its own, under
 * a lock, so that several programs may start at once. Refuses, by throwing, a database whose past differs from
 * the files.
 */
export async function migrate(
  ownerUrl: string,
  at: Date,
  options: { folder?: string; say?: (line: string) => void } = {},
): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'mengyue migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureAppRole(client);
    return await applyMissing(client, readMigrations(options.folder), at, options.say ?? (() => undefined));
  } finally {
    await client.end();
  }
}

async function applyMissing(
  client: pg.Client,
  migrations: Migration[],
  at: Date,
  say: (line: string) => void,
): Promise<string[]> {
  await client.query(`create schema if not exists app`);
  await client.query(`create table if not exists app.migrations (
    number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null)`);
  const { rows } = await client.query<Migration>(
    'select number, name, sha256 from app.migrations order by number',
  );
  comparePast(rows, migrations);
  const missing = migrations.filter(({ number }) => !rows.some((past) => past.number === number));
  for (const migration of missing) {
    say(`migration ${migration.name}`);
    await applyOne(client, migration, at);
  }
  return missing.map(({ name }) => name);
}

/** What was applied is a fact: a changed or missing file means that this program is not the one for this database. */
export function comparePast(
  applied: readonly Pick<Migration, 'number' | 'name' | 'sha256'>[],
  migrations: readonly Migration[],
): void {
  for (const past of applied) {
    const now = migrations.find(({ number }) => number === past.number);
    if (!now)
      throw new WrongSettings(
        `The database has migration ${past.name}, which this program does not know: it is newer than the program.`,
      );
    if (now.sha256 !== past.sha256 || now.name !== past.name)
      throw new WrongSettings(
        `Migration ${now.name} differs from ${past.name} as it was applied. Write a new migration instead of changing an old one.`,
      );
  }
}

async function applyOne(client: pg.Client, migration: Migration, at: Date): Promise<void> {
  try {
    await client.query('begin');
    await client.query("set local lock_timeout = '10s'");
    await client.query(migration.text);
    await client.query(
      'insert into app.migrations (number, name, sha256, applied_at) values ($1, $2, $3, $4)',
      [migration.number, migration.name, migration.sha256, at],
    );
    await client.query('commit');
  } catch (problem) {
    await client.query('rollback');
    throw new Error(`Migration ${migration.name} failed: ${describe(problem, migration.text)}`, {
      cause: problem,
    });
  }
}

function describe(problem: unknown, text: string): string {
  if (!(problem instanceof pg.DatabaseError)) return String(problem);
  const line = text.slice(0, Number(problem.position ?? 0)).split('\n').length;
  return `${problem.message} (line ${line}${problem.detail ? `; ${problem.detail}` : ''})`;
}

/** The role that the program works as. On a server of the operator's own, the owner must be allowed to become it. */
async function ensureAppRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select exists (select from pg_roles where rolname = $1) as there,
            case when exists (select from pg_roles where rolname = $1) then pg_has_role($1, 'member') else false end as ours`,
    [appRole],
  );
  if (rows[0].there && rows[0].ours) return;
  try {
    if (!rows[0].there) await client.query(`create role ${appRole}`);
    await client.query(`grant ${appRole} to current_user`);
  } catch (problem) {
    throw new WrongSettings(
      `The database needs a role ${appRole} that its owner may become. Let an administrator run: ` +
        `create role ${appRole}; grant ${appRole} to <owner>;`,
      { cause: problem },
    );
  }
}
