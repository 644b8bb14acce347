import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testDatabase, testStart } from '../../test/database.ts';
import { comparePast, migrate, readMigrations } from './migrate.ts';

const { ownerUrl, asOwner } = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'mengyue-migrations-'));
after(() => rmSync(folder, { recursive: true }));
const at = new Date(testStart);

const written = (name: string, text: string): string => {
  const path = mkdtempSync(join(folder, 'm-'));
  for (const migration of readMigrations()) writeFileSync(join(path, migration.name), migration.text);
  writeFileSync(join(path, name), text);
  return path;
};

test('migrations are applied once', async () => {
  deepEqual(await migrate(ownerUrl, at), []);
  const path = written('9001_more.sql', '-- more\ncreate table kit.more (id int);');
  deepEqual(await migrate(ownerUrl, at, { folder: path }), ['9001_more.sql']);
  deepEqual(await migrate(ownerUrl, at, { folder: path }), []);
});

test('two programs that start at once migrate once', async () => {
  const path = written('9001_more.sql', '-- more\ncreate table kit.more (id int);');
  writeFileSync(join(path, '9002_even_more.sql'), '-- even more\ncreate table kit.even_more (id int);');
  const applied = await Promise.all([
    migrate(ownerUrl, at, { folder: path }),
    migrate(ownerUrl, at, { folder: path }),
  ]);
  deepEqual(applied.flat(), ['9002_even_more.sql']);
});

test('a migration that fails leaves nothing, and says where', async () => {
  const path = written('9001_more.sql', '-- more\ncreate table kit.more (id int);');
  writeFileSync(join(path, '9002_even_more.sql'), '-- even more\ncreate table kit.even_more (id int);');
  writeFileSync(
    join(path, '9003_bad.sql'),
    '-- bad\ncreate table kit.half (id int);\ncreate table kit.more (id int);',
  );
  await rejects(
    migrate(ownerUrl, at, { folder: path }),
    /9003_bad\.sql failed: relation "more" already exists/,
  );
  deepEqual(await asOwner(`select to_regclass('kit.half') as half`), [{ half: null }]);
});

test('a changed, missing or renamed old migration is refused', () => {
  const [first, second] = [
    { number: 1, name: '0001_a.sql', text: 'a', sha256: 'aa' },
    { number: 2, name: '0002_b.sql', text: 'b', sha256: 'bb' },
  ];
  comparePast([first], [first, second]);
  throws(() => comparePast([{ ...first, sha256: 'zz' }], [first, second]), /0001_a\.sql differs/);
  throws(() => comparePast([{ ...first, name: '0001_z.sql' }], [first, second]), /differs from 0001_z/);
  throws(() => comparePast([first, second], [first]), /newer than the program/);
});

test('two migrations with one number are refused', () => {
  const path = mkdtempSync(join(folder, 'm-'));
  for (const name of ['0001_a.sql', '0001_b.sql']) writeFileSync(join(path, name), '-- x');
  throws(() => readMigrations(path), /0001_b\.sql/);
});

test('the program may use every schema of ours and may change none', async () => {
  const rows =
    await asOwner(`select nspname from pg_namespace where nspowner <> 'pg_database_owner'::regrole and nspname !~ '^pg_' and nspname <> 'information_schema'
     and (not has_schema_privilege('mengyue_app', oid, 'usage') and nspname <> 'app' or has_schema_privilege('mengyue_app', oid, 'create'))`);
  deepEqual(rows, []);
  equal(
    (await asOwner(`select count(*)::int as n from app.migrations where applied_at is null`))[0]?.['n'],
    0,
  );
});
