import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  bannedCalls,
  emptyNames,
  fileLength,
  functionLength,
  machinePaths,
  pureRules,
  viewsHaveViewers,
} from './tidy/code.ts';
import { browserSafe, deadFiles, fileNames, imports } from './tidy/layers.ts';
import { machineFaults, type Row } from './tidy/machines.ts';
import type { Source } from './tidy/source.ts';
import { appendOnly, bannedSql, migrations, ownTables } from './tidy/tables.ts';
import { bothLanguages, refusals, unusedRefusals, voice, wordsInPages } from './tidy/words.ts';

// The house, held by a machine: each rule looks at every file, and is shown here to find a planted offence.
const patterns = [
  '{src,web,test,bin}/**/*.{ts,tsx,mjs,md}',
  'db/migrations/*',
  'docs/**/*.md',
  '*.{md,ts,json}',
  '.ci/*',
];
const files: Source[] = globSync(patterns, { exclude: (name) => /node_modules|\+types/.test(String(name)) })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

type Rule = (files: readonly Source[]) => string[];

const at = (path: string, text: string): Source => ({ path, text });
const long = (lines: number): string => `{\n${'  1;\n'.repeat(lines)}}`;

const rules: readonly (readonly [name: string, rule: Rule, planted: readonly Source[], found: RegExp])[] = [
  ['a domain has the files of DESIGN 3', fileNames, [at('src/orders/utils.ts', '')], /no other names/],
  ['no folder is made up', fileNames, [at('src/coupons/rules.ts', '')], /no domain/],
  ['no index files', fileNames, [at('src/orders/index.ts', '')], /no index files/],
  [
    'imports point downwards',
    imports,
    [at('src/ledger/actions.ts', `import { a } from '../orders/actions.ts';`)],
    /may not look at orders/,
  ],
  [
    'imports do not point sideways',
    imports,
    [at('src/ledger/rules.ts', `export * from '../evidence/rules.ts';`)],
    /may not look at evidence/,
  ],
  [
    'a store is its own domain’s',
    imports,
    [at('src/orders/actions.ts', `import { a } from '../ledger/store.ts';`)],
    /may not take its store/,
  ],
  [
    'contracts and rules call no actions',
    imports,
    [at('src/orders/rules.ts', `import { a } from '../ledger/actions.ts';`)],
    /may not take its actions/,
  ],
  [
    'the server imports no pages',
    imports,
    [at('src/orders/http.ts', `import { a } from '../../web/paths.ts';`)],
    /does not import pages/,
  ],
  [
    'pages import contracts only',
    browserSafe,
    [at('web/buyer/order.tsx', `import { a } from '../../src/orders/actions.ts';`)],
    /contract\.ts and machine\.ts/,
  ],
  [
    'contracts run in a browser',
    browserSafe,
    [at('src/orders/contract.ts', `import { hash } from 'node:crypto';`)],
    /browser/,
  ],
  [
    'contracts take only pure kit',
    browserSafe,
    [
      at('src/kit/tx.ts', `import pg from 'pg';`),
      at('src/orders/contract.ts', `import { a } from '../kit/tx.ts';`),
    ],
    /needs a server/,
  ],
  ['no dead files', deadFiles, [at('src/orders/rules.ts', 'export const a = 1;')], /nothing uses it/],
  ['files have at most 400 lines', fileLength, [at('src/orders/rules.ts', 'a;\n'.repeat(401))], /401 lines/],
  [
    'functions have at most 70 lines',
    functionLength,
    [at('src/orders/rules.ts', `export function decide() ${long(69)}`)],
    /decide has 71 lines/,
  ],
  ['no clock in a domain', bannedCalls, [at('src/orders/actions.ts', 'const a = Date.now();')], /Date\.now/],
  [
    'no new Date() in a page',
    bannedCalls,
    [at('web/buyer/order.tsx', 'const a = <p>{new Date().getTime()}</p>;')],
    /time is passed/,
  ],
  [
    'no chance in a domain',
    bannedCalls,
    [at('src/orders/rules.ts', 'const a = Math.random();')],
    /Math\.random/,
  ],
  [
    'ids come from the kit',
    bannedCalls,
    [at('src/orders/actions.ts', 'const a = crypto.randomUUID();')],
    /newId/,
  ],
  [
    'domains do not print',
    bannedCalls,
    [at('src/orders/actions.ts', `console.log('x');`)],
    /only app, cli and tests print/,
  ],
  [
    'rules are pure',
    pureRules,
    [at('src/orders/rules.ts', 'export async function decide() { await 1; }')],
    /do not wait/,
  ],
  [
    'rules open nothing',
    pureRules,
    [at('src/orders/rules.ts', `import { a } from './store.ts';`)],
    /do not import/,
  ],
  [
    'no names that say nothing',
    emptyNames,
    [at('src/orders/actions.ts', 'export class OrderManager {}')],
    /OrderManager/,
  ],
  [
    'views take a viewer',
    viewsHaveViewers,
    [at('src/orders/views.ts', `export const orders = query('orders.all', {}, () => sql\`select 1\`);`)],
    /takes a viewer/,
  ],
  ['no paths of one machine', machinePaths, [at('README.md', `cd /wor${'k'}/main`)], /path of one machine/],
  [
    'each text has both languages',
    bothLanguages,
    [at('web/text/common.ts', `export const a = { search: { zh: '搜索' } };`)],
    /English is missing/,
  ],
  [
    'texts fill in the same places',
    bothLanguages,
    [at('web/text/common.ts', `export const a = { n: { zh: '{count} 张', en: 'keys' } };`)],
    /different places/,
  ],
  [
    'texts keep the voice',
    voice,
    [at('web/text/common.ts', `export const a = { n: { zh: '您好', en: 'Hello' } };`)],
    /not 您/,
  ],
  [
    'nothing is shouted',
    voice,
    [at('web/text/common.ts', `export const a = { n: { zh: '好', en: 'Hello!' } };`)],
    /exclamation/,
  ],
  [
    'pages hold no words',
    wordsInPages,
    [at('web/buyer/order.tsx', 'const a = <p>确认收货</p>;')],
    /web\/text/,
  ],
  [
    'each refusal has both languages',
    refusals,
    [
      at(
        'src/orders/contract.ts',
        `export const orderRefusals = { GONE: { status: 404, zh: '没有了' } } as const;`,
      ),
    ],
    /has no en/,
  ],
  [
    'each refusal has a status',
    refusals,
    [at('src/orders/contract.ts', `export const orderRefusals = { GONE: { zh: '没有了', en: 'Gone.' } };`)],
    /HTTP status/,
  ],
  [
    'each refusal is given somewhere',
    unusedRefusals,
    [
      at(
        'src/orders/contract.ts',
        `export const orderRefusals = { GONE: { status: 404, zh: '没有了', en: 'Gone.' } };`,
      ),
    ],
    /given nowhere/,
  ],
  [
    'SQL knows no time',
    bannedSql,
    [at('src/orders/store.ts', 'const a = sql`select now()`;')],
    /time is a parameter/,
  ],
  [
    'migrations set no times',
    bannedSql,
    [at('db/migrations/0001_a.sql', 'create table kit.a (at timestamptz default current_timestamp);')],
    /time is a parameter/,
  ],
  [
    'no triggers',
    bannedSql,
    [at('db/migrations/0001_a.sql', 'create trigger a before update on kit.a execute function b();')],
    /no triggers/,
  ],
  [
    'tables are written by their own domain',
    ownTables,
    [at('src/orders/store.ts', 'const a = sql`update ledger.accounts set balance_fen = 0`;')],
    /its own domain/,
  ],
  [
    'views only read',
    ownTables,
    [at('src/orders/views.ts', 'const a = sql`select 1 from orders.orders for update`;')],
    /only reads/,
  ],
  [
    'SQL stands in store and views',
    ownTables,
    [at('src/orders/actions.ts', 'const a = sql`select 1`;')],
    /stands in/,
  ],
  [
    'migrations say what for',
    migrations,
    [at('db/migrations/0001_a.sql', 'create schema kit;')],
    /begins with a line/,
  ],
  [
    'foreign keys point down',
    migrations,
    [at('db/migrations/0100_a.sql', '-- a\ncreate table ledger.a (id uuid references orders.orders (id));')],
    /points up/,
  ],
  [
    'history only grows',
    appendOnly,
    [
      at(
        'db/migrations/0100_a.sql',
        '-- a\ngrant select, insert, update on ledger.transfers to mengyue_app;',
      ),
    ],
    /only grows/,
  ],
];

for (const [name, rule, planted, found] of rules)
  test(`the house sees a planted offence: ${name}`, () => match(rule(planted).join('\n'), found));

for (const rule of new Set(rules.map(([, each]) => each)))
  test(`the house holds: ${rule.name}`, () => equal(rule(files).join('\n'), ''));

test('the house: every state of every life can be reached, and no step leads two ways', async () => {
  const faultsOf = (table: readonly Row[]) => machineFaults('planted', table).join('\n');
  match(
    faultsOf([
      ['a', 'go', 'buyer', 'b'],
      ['c', 'go', 'buyer', 'd'],
    ]),
    /nothing leads to c/,
  );
  match(
    faultsOf([
      ['a', 'go', 'buyer', 'b'],
      ['a', 'go', 'buyer', 'c'],
    ]),
    /leads two ways/,
  );
  match(faultsOf([['a', 'go', 'nobody', 'b']]), /nobody is called nobody/);
  const machines = files.filter(
    ({ path }) => /^src\/.*\bmachine\.ts$/.test(path) && !path.startsWith('src/kit/'),
  );
  for (const { path } of machines) {
    const exported = (await import(`../${path}`)) as Record<string, unknown>;
    const tables = Object.entries(exported).filter(([name]) => name.endsWith('Table'));
    notEqual(tables.length, 0, `${path} exports a table`);
    for (const [name, table] of tables)
      deepEqual(machineFaults(`${path} ${name}`, table as readonly Row[]), []);
  }
});

test('the house is looked at: the rules see its files', () => {
  for (const folder of ['src/kit/', 'src/ledger/', 'src/app/', 'web/', 'db/migrations/', 'test/', 'bin/'])
    ok(
      files.some(({ path }) => path.startsWith(folder)),
      folder,
    );
});
