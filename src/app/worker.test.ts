import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { newId } from '../kit/ids.ts';
import { publish } from '../kit/outbox.ts';
import { plus, type Instant } from '../kit/time.ts';
import { forgetOffset, reader, transaction, type Db } from '../kit/tx.ts';
import { moveTime } from './clock.actions.ts';
import { openLog } from './log.ts';
import { oneByOne, pumpAll, pumpOnce } from './pump.ts';
import { openSweep, untilRepeated, type DeadlineTable } from './sweep.ts';
import { startWorker, type WorkTables } from './worker.ts';

const { db, clock, asOwner, another } = await testDatabase();
const log = openLog('silent');
const shopId = '01890000-0000-7000-8000-00000000000a';

const businessNow = async (on: Db = db): Promise<Instant> => {
  forgetOffset(on);
  return (await reader(on)).business;
};

async function plan(list: readonly { what: string; inHours: number; about?: string }[]): Promise<string[]> {
  const now = await businessNow();
  const abouts = list.map((one) => one.about ?? newId(clock.now()));
  await transaction(db, (tx) =>
    setDeadlines(
      tx,
      list.map(({ what, inHours }, i) => ({
        shopId,
        about: abouts[i] as string,
        what,
        dueAt: plus(now, { hours: inHours }),
        startAt: now,
        article: '41',
        version: '1.0.0',
        clock: 'elapsed' as const,
      })),
    ),
  );
  return abouts;
}

const open = async (): Promise<number> =>
  Number((await asOwner('select count(*)::int as n from kit.deadlines'))[0]?.['n']);

/** Actions that write down what fired, and when by the business clock. */
function recorder() {
  const fired: { what: string; about: string; dueAt: Instant; at: Instant }[] = [];
  const note = (at: Instant, due: readonly Due[]) =>
    fired.push(...due.map(({ what, about, dueAt }) => ({ what, about, dueAt, at })));
  const clearing: DeadlineTable[string] = async (tx, due) => {
    await clearDeadlines(tx, due);
    note(tx.business, due);
  };
  return { fired, note, clearing };
}

test('after the clock was moved everything due happens, in order of due time, once, each at about its own time', async () => {
  const { fired, clearing } = recorder();
  await plan([
    { what: 'a', inHours: 5 },
    { what: 'b', inHours: 1 },
    { what: 'a', inHours: 30 },
    { what: 'b', inHours: 47.5 },
    { what: 'a', inHours: 49 },
  ]);
  const tables: WorkTables = { deadlines: { a: clearing, b: clearing }, reactions: {}, timers: [] };
  const before = await businessNow();
  const steps: number[] = [];
  const moved = await moveTime(
    { db, sweep: openSweep(db, tables.deadlines, log), tables, log },
    { hours: 48 },
    ({ business }) => steps.push(business),
  );
  assert.ok(moved.ok);
  assert.equal(moved.value.business, plus(before, { hours: 48 }));
  assert.deepEqual(moved.value.fired, { a: 2, b: 2 });
  assert.deepEqual(
    fired.map(({ what }) => what),
    ['b', 'a', 'a', 'b'],
  );
  for (const { dueAt, at } of fired)
    assert.ok(at >= dueAt && at - dueAt < 10 * 60_000, `${at - dueAt} ms late`);
  assert.ok(steps.length >= 4);
  assert.equal(await open(), 1);
  await asOwner('delete from kit.deadlines');
});

test('a deadline that is set on the way counts from its own time and fires in the same journey', async () => {
  const { fired, note } = recorder();
  const tables: WorkTables = {
    reactions: {},
    timers: [],
    deadlines: {
      confirm: async (tx, due) => {
        note(tx.business, due);
        await clearDeadlines(tx, due);
        await setDeadlines(
          tx,
          due.map((one) => ({
            ...one,
            what: 'release',
            dueAt: plus(tx.business, { days: 1 }),
            startAt: tx.business,
            clock: 'elapsed' as const,
          })),
        );
      },
      release: async (tx, due) => {
        note(tx.business, due);
        await clearDeadlines(tx, due);
      },
    },
  };
  const start = await businessNow();
  await plan([{ what: 'confirm', inHours: 24 }]);
  await moveTime({ db, sweep: openSweep(db, tables.deadlines, log), tables, log }, { days: 3 });
  assert.deepEqual(
    fired.map(({ what }) => what),
    ['confirm', 'release'],
  );
  const [confirm, release] = fired;
  assert.ok(
    confirm && release && confirm.at - start < 24.3 * 3_600_000 && release.at - confirm.at < 24.6 * 3_600_000,
  );
  assert.equal(await open(), 0);
});

test('two processes that sweep at once fire every deadline exactly once where the action looks again', async () => {
  const second = another();
  const counts = new Map<string, number>();
  const once: DeadlineTable[string] = async (tx, due) => {
    const rows = await tx.run({
      name: 'test.take_deadlines',
      text: 'delete from kit.deadlines where about = any($1::uuid[]) returning about',
      values: [due.map((one) => one.about)],
      rowMode: 'array',
    });
    for (const [about] of rows.rows) counts.set(String(about), (counts.get(String(about)) ?? 0) + 1);
  };
  await plan(Array.from({ length: 1200 }, () => ({ what: 'x', inHours: -1 })));
  await Promise.all([openSweep(db, { x: once }, log).run(), openSweep(second, { x: once }, log).run()]);
  assert.equal(counts.size, 1200);
  assert.ok([...counts.values()].every((count) => count === 1));
  assert.equal(await open(), 0);
});

test('a deadline whose action fails blocks no other, is told, waits longer each time, and is tried again', async () => {
  const [bad] = await plan([
    { what: 'x', inHours: -9 },
    { what: 'x', inHours: -8 },
    { what: 'y', inHours: -7 },
  ]);
  let isBroken = true;
  let tries = 0;
  const picky: DeadlineTable[string] = async (tx, due) => {
    if (due.some((one) => one.about === bad)) {
      tries += 1;
      if (isBroken) throw new Error('this one cannot');
    }
    await clearDeadlines(tx, due);
  };
  const sweep = openSweep(db, { x: picky, y: picky }, log);
  const first = await sweep.run();
  assert.deepEqual(first.fired, { x: 1, y: 1 });
  assert.deepEqual(first.failed, [{ what: 'x', about: bad, error: 'Error: this one cannot' }]);
  assert.equal(await open(), 1);
  const before = tries;
  assert.deepEqual((await sweep.run()).failed, []);
  assert.equal(tries, before);
  assert.equal(sweep.failing().length, 1);
  isBroken = false;
  clock.forward({ seconds: 3 });
  assert.deepEqual((await sweep.run()).fired, { x: 1 });
  assert.deepEqual([await open(), sweep.failing().length], [0, 0]);
});

test('the second deadline of one thing never overtakes its first', () => {
  const due = (about: string, what: string): Due => ({
    shopId,
    about,
    what,
    dueAt: clock.now(),
    startAt: clock.now(),
    article: '41',
    version: '1.0.0',
  });
  const list = [due('a', 'x'), due('b', 'y'), due('a', 'y'), due('c', 'x')];
  assert.deepEqual(untilRepeated(list), list.slice(0, 2));
});

test('production does not move: not by the program’s setting, and not by the row of the clock', async () => {
  const tables: WorkTables = { deadlines: {}, reactions: {}, timers: [] };
  const sweep = openSweep(db, {}, log);
  const before = await businessNow();
  const strict = { ...db, demo: false };
  assert.deepEqual(await moveTime({ db: strict, sweep, tables, log }, { hours: 1 }), {
    ok: false,
    refusal: 'CLOCK_STANDS',
  });
  await asOwner('update kit.clock set movable = false');
  assert.deepEqual(await moveTime({ db, sweep, tables, log }, { hours: 1 }), {
    ok: false,
    refusal: 'CLOCK_STANDS',
  });
  await asOwner('update kit.clock set movable = true');
  assert.equal(await businessNow(), before);
});

const tell = (event: string, about: string) =>
  transaction(db, (tx) => publish(tx, [{ event, about: [about] }]));
const waiting = () => asOwner('select event, attempts, error, retry_at from kit.outbox order by id');

test('news reaches every reaction of its event, and is gone; news nobody reacts to is dropped', async () => {
  const heard: string[] = [];
  await tell('order.settled', newId(clock.now()));
  await tell('order.settled', newId(clock.now()));
  await tell('nobody.listens', newId(clock.now()));
  const taken = await pumpAll(
    db,
    {
      'order.settled': [
        async (_, news) => void heard.push(`both ${news.length}`),
        oneByOne(async (_, one) => void heard.push(one.event)),
      ],
    },
    log,
  );
  assert.equal(taken, 3);
  assert.deepEqual(heard, ['both 2', 'order.settled', 'order.settled']);
  assert.deepEqual(await waiting(), []);
});

test('a reaction that fails keeps only the guilty news, with its error, and tries again later', async () => {
  const bad = newId(clock.now());
  await tell('e', bad);
  await tell('e', newId(clock.now()));
  let isBroken = true;
  const table = {
    e: [
      oneByOne(async (_, { body }) => {
        if (isBroken && body.about[0] === bad) throw new Error('no');
      }),
    ],
  };
  await pumpAll(db, table, log);
  const [left, ...others] = await waiting();
  assert.deepEqual([others.length, left?.['attempts'], left?.['error']], [0, 1, 'Error: no']);
  assert.equal(await pumpOnce(db, table, log), 0);
  isBroken = false;
  clock.forward({ seconds: 3 });
  assert.equal(await pumpOnce(db, table, log), 1);
  assert.deepEqual(await waiting(), []);
});

test('news that a killed process had taken comes again at once', async () => {
  await tell('e', newId(clock.now()));
  const dying = another();
  const [taken, hold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const stuck = async (): Promise<void> => {
    taken.resolve();
    await hold.promise;
  };
  const died = assert.rejects(pumpOnce(dying, { e: [stuck] }, log));
  await taken.promise;
  let heard = 0;
  assert.equal(await pumpOnce(db, { e: [async () => void (heard += 1)] }, log), 0);
  await asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
  );
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(await pumpOnce(db, { e: [async () => void (heard += 1)] }, log), 1);
  assert.equal(heard, 1);
  hold.resolve();
  await died;
});

test('a worker whose database goes away waits, and goes on by itself when it is back', async () => {
  const lines: string[] = [];
  const lonely = another();
  let runs = 0;
  const tables: WorkTables = {
    deadlines: {},
    reactions: {},
    timers: [
      {
        name: 'look',
        every_ms: 20,
        run: async (on) => {
          await on.pool.query('select 1');
          runs += 1;
        },
      },
    ],
  };
  const worker = await startWorker({
    db: lonely,
    config: { logLevel: 'info' },
    tables,
    log: openLog('info', { write: (line) => void lines.push(line) }),
  });
  await until(() => runs > 2);
  const url = lonely.pool.options.connectionString as string;
  lonely.pool.options.connectionString = url.replace(/\/[^/]*$/, '/no_such_database');
  await asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await until(() => lines.some((line) => line.includes('background work waits')));
  const stood = runs;
  lonely.pool.options.connectionString = url;
  await until(() => runs > stood + 1);
  await until(() => lines.some((line) => line.includes('background work goes on')));
  await worker.stop();
});

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail('it did not come about within 8 s');
}
