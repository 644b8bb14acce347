import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { lane, LaneFull } from './lane.ts';
import { once } from './once.ts';
import { done, refuse } from './result.ts';
import { sql, statement } from './sql.ts';
import { transaction, type Tx } from './tx.ts';

const { db, asOwner, another } = await testDatabase();
await asOwner(
  'create table public.notes (name text primary key, n integer check (n < 100)); grant all on public.notes to mengyue_app',
);
const note = statement(
  'test.note',
  (p: { names: string[]; ns: number[] }) =>
    sql`insert into public.notes select * from unnest(${p.names}::text[], ${p.ns}::int[])`,
);
const bump = statement(
  'test.bump',
  (p: { name: string }) => sql`update public.notes set n = n + 1 where name = ${p.name}`,
);
const names = async (like: string): Promise<unknown[]> =>
  (await asOwner('select name from public.notes where name like $1 order by 1', [like])).map(
    (row) => row['name'],
  );

const notes = (batches: number[][]) =>
  lane<{ name: string; n: number }, string>({
    name: 'test.notes',
    db,
    batchMax: 8,
    waitingMax: 20,
    run: async (tx, requests) => {
      batches.push(requests.map((one) => one.n));
      await note(tx, { names: requests.map((one) => one.name), ns: requests.map((one) => one.n) });
      return requests.map((one) => `wrote ${one.name}`);
    },
  });

test('requests that wait together are one transaction, and each gets its own answer', async () => {
  const batches: number[][] = [];
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, n) => notes(batches).submit({ name: `alone-${n}`, n })),
  );
  equal(answers[3], 'wrote alone-3');
  batches.length = 0;
  const one = notes(batches);
  deepEqual(
    (await Promise.all(Array.from({ length: 16 }, (_, n) => one.submit({ name: `many-${n}`, n })))).length,
    16,
  );
  ok(batches.length <= 4 && batches.every((batch) => batch.length <= 8), JSON.stringify(batches));
});

test('a batch that fails on one request is run again one by one: only the guilty one fails', async () => {
  const batches: number[][] = [];
  const one = notes(batches);
  const answers = await Promise.allSettled([1, 2, 500, 4].map((n) => one.submit({ name: `guilty-${n}`, n })));
  deepEqual(
    answers.map((answer) => answer.status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  deepEqual(await names('guilty-%'), ['guilty-1', 'guilty-2', 'guilty-4']);
});

test('a lane that is full refuses at once, and drains what it took', async () => {
  const one = notes([]);
  const taken = Array.from({ length: 40 }, (_, n) => one.submit({ name: `full-${n}`, n }));
  const answers = await Promise.allSettled(taken);
  ok(answers.some((answer) => answer.status === 'rejected' && answer.reason instanceof LaneFull));
  equal(answers.filter((answer) => answer.status === 'fulfilled').length, (await names('full-%')).length);
  await one.drained();
  equal(one.waiting(), 0);
});

test('a deadlock is run again and counted', async () => {
  await transaction(db, (tx) => note(tx, { names: ['left', 'right'], ns: [0, 0] }));
  let met = 0;
  const both = (first: string, second: string) =>
    transaction(db, async (tx) => {
      await bump(tx, { name: first });
      met++;
      for (let i = 0; i < 100 && met < 2; i++) await new Promise((resolve) => setTimeout(resolve, 5));
      await bump(tx, { name: second });
    });
  const before = db.counters.deadlocks;
  await Promise.all([both('left', 'right'), both('right', 'left')]);
  equal(db.counters.deadlocks, before + 1);
  deepEqual(
    (await asOwner(`select n from public.notes where name in ('left', 'right')`)).map((row) => row['n']),
    [2, 2],
  );
});

test('a throw rolls back, and the failure told is the first one, not that the transaction is aborted', async () => {
  await rejects(
    transaction(db, async (tx) => {
      await note(tx, { names: ['rolled-back'], ns: [1] });
      await note(tx, { names: ['too-high'], ns: [1000] }).catch(() => {});
      await note(tx, { names: ['after'], ns: [1] });
    }),
    { code: '23514' },
  );
  deepEqual(await names('rolled-back'), []);
});

const counting =
  (counted: { n: number }, answer: () => ReturnType<typeof done<number>> | ReturnType<typeof refuse<'NO'>>) =>
  async (tx: Tx, key: string, input: unknown) =>
    once(tx, { scope: 'test', key, input }, async () => {
      counted.n++;
      return answer();
    });

test('F170 the same key gives the first answer, a refusal too; another input with it is refused; two processes at once act once', async () => {
  const counted = { n: 0 };
  const act = counting(counted, () => done(7));
  const second = another();
  const answers = await Promise.all(
    [db, second, db, second].map((on) => transaction(on, (tx) => act(tx, 'k1', { a: 1 }))),
  );
  for (const answer of answers) deepEqual(answer, { ok: true, value: 7 });
  equal(counted.n, 1);
  deepEqual(await transaction(db, (tx) => act(tx, 'k1', { a: 2 })), {
    ok: false,
    refusal: 'IDEMPOTENCY_KEY_REUSED',
  });
  const no = counting(counted, () => refuse('NO'));
  deepEqual(await transaction(db, (tx) => no(tx, 'k2', null)), { ok: false, refusal: 'NO' });
  deepEqual(await transaction(db, (tx) => act(tx, 'k2', null)), { ok: false, refusal: 'NO' });
});
