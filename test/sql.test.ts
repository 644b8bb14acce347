import { deepEqual, match, ok } from 'node:assert/strict';
import { globSync } from 'node:fs';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { queries, type Shape, sql, t } from '../src/kit/sql.ts';
import { testDatabase } from './database.ts';
import { type Catalogue, faultsOf, readCatalogue } from './tidy/prepared.ts';

// Each statement is prepared as the program's role against the schema that the migrations make.
const { url } = await testDatabase();
const client = new pg.Client({ connectionString: url });
let catalogue: Catalogue;
before(async () => {
  await client.connect();
  catalogue = await readCatalogue(client);
});
after(() => client.end());

const root = `${import.meta.dirname}/..`;
for (const path of globSync(['src/kit/*.ts', 'src/*/**/*{store,views}.ts'], { cwd: root }).sort())
  if (!path.endsWith('.test.ts')) await import(`${root}/${path}`);

test('every statement is understood by the database, is allowed to the program, and gives what its row says', async () => {
  ok(queries.size > 10, 'the statements of the program are registered');
  const faults: string[] = [];
  for (const declared of queries.values()) faults.push(...(await faultsOf(client, catalogue, declared)));
  deepEqual(faults, []);
});

const planted: readonly (readonly [what: string, shape: Shape | null, text: string, found: RegExp])[] = [
  [
    'a column that does not exist',
    { price: t.fen },
    'select price from kit.marks',
    /column "price" does not exist/,
  ],
  ['a table that does not exist', null, 'delete from kit.nothing', /does not exist/],
  [
    'a wrong type',
    { value: t.int },
    'select value from kit.marks',
    /value is text, declared as int2 or int4 or int8/,
  ],
  ['a null that is not declared', { error: t.text }, 'select error from kit.outbox', /error may be null/],
  ['a null that cannot be', { value: t.text.null }, 'select value from kit.marks', /value is never null/],
  [
    'a null of an outer join',
    { name: t.text, value: t.text },
    'select o.event as name, m.value from kit.outbox o left join kit.marks m on m.name = o.event',
    /value may be null/,
  ],
  [
    'a null of an empty sum',
    { most: t.int },
    'select max(attempts) as most from kit.outbox',
    /most may be null/,
  ],
  [
    'a column that is forgotten',
    { name: t.text, value: t.text },
    'select name from kit.marks',
    /does not give value/,
  ],
  ['a column too many', { name: t.text }, 'select name, value from kit.marks', /gives value/],
];
for (const [what, shape, text, found] of planted)
  test(`a planted statement is found: ${what}`, async () => {
    const faults = await faultsOf(client, catalogue, {
      name: 'planted',
      shape,
      sample: () => ({ text, values: [] }),
    });
    match(faults.join('\n'), found);
  });

test('a planted statement is found: what the program may not do', async () => {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as version`);
  const plant = {
    name: 'planted',
    shape: null,
    sample: () => sql`update ledger.transfers set amount_fen = 1`,
  };
  // Before 16 a plan cannot be started without values; there the actions' own tests meet the missing right.
  if (Number(rows[0].version) >= 160_000)
    match((await faultsOf(client, catalogue, plant)).join('\n'), /permission denied/);
  else await client.query('select 1').then(() => ok(true));
});
