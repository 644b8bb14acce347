import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { newId } from './ids.ts';
import { instants, query, sql, t, uuids } from './sql.ts';
import { instant, type Instant } from './time.ts';
import { reader } from './tx.ts';

const { db } = await testDatabase();
const back = query(
  'test.arrays',
  { id: t.uuid.null, at: t.instant.null },
  (p: { ids: (string | null)[]; times: (Instant | null)[] }) => sql`
  select x.id, x.at from unnest(${uuids(p.ids)}::uuid[], ${instants(p.times)}::timestamptz[]) with ordinality as x(id, at, n) order by n`,
);

const lists: [string, { id: string | null; at: Instant | null }[]][] = [
  ['nothing', []],
  ['one of each', [{ id: newId(instant(1)), at: instant(1_763_640_847_123) }]],
  [
    'nulls',
    [
      { id: null, at: instant(0) },
      { id: newId(instant(2)), at: null },
    ],
  ],
  [
    'many, also before 2000 and with every hexadecimal digit',
    Array.from({ length: 300 }, (_, i) => ({
      id: `01234567-89ab-7def-8${i.toString(16).padStart(3, '0')}-fedcba987654`,
      at: instant(946_684_799_999 + (i - 150) * 86_400_001),
    })),
  ],
];
for (const [what, rows] of lists)
  test(`binary arrays of ids and instants hold what they were given: ${what}`, async () =>
    deepEqual(
      await back(await reader(db), { ids: rows.map((row) => row.id), times: rows.map((row) => row.at) }),
      rows,
    ));
