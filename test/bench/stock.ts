import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
import { encodeId } from '../../src/kit/public-id.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openSessions } from '../../src/identity/people.actions.ts';
import { answerOf, proved, startProgram, stop, type Bench } from './bench.ts';
import { buying, closedLoop, median } from './load.ts';
import { inProcesses } from './purchases.ts';
import { keys, wishOf, type BenchWorld, type Goods } from './world.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';

/** 100,000 keys through the API by a shop's owner, and how far the program's peak memory grows. */
export async function importFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const cookie = await ownerCookie(bench, world.hot.shopId);
  const speeds: number[] = [];
  const growth: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await peakOf(program);
    const begin = performance.now();
    await upload(bench, { port, cookie, goods: world.hot, round });
    speeds.push(100_000 / ((performance.now() - begin) / 1000));
    growth.push(((await peakOf(program)) - before) / 1e6);
  }
  await stop(program);
  bench.report({
    name: 'import.keys_per_s',
    value: median(speeds),
    unit: 'keys/s',
    runs: speeds,
    must: '≥ 40,000',
  });
  bench.report({
    name: 'import.memory_mb',
    value: Math.max(...growth),
    unit: 'MB of peak memory',
    runs: growth,
    must: '≤ 100',
  });
}

async function peakOf(program: ChildProcess): Promise<number> {
  program.send('memory');
  return (await answerOf<{ peak: number }>(program)).peak;
}

async function ownerCookie({ db }: Bench, shopId: string): Promise<string> {
  const { rows } = await db.reads.query(
    `select user_id from identity.memberships where shop_id = '${shopId}' and role = 'owner'`,
  );
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [
      {
        userId: String(rows[0].user_id),
        kind: 'account',
        deviceId: newId(tx.wall),
        userAgent: 'bench',
        ip: '127.0.0.1',
        known: true,
      },
    ]),
  );
  return `mengyue=${must(session, 'a session').token.reveal()}`;
}

type Upload = {
  readonly port: number;
  readonly cookie: string;
  readonly goods: Goods;
  readonly round: number;
};

async function upload({ db }: Bench, { port, cookie, goods, round }: Upload): Promise<void> {
  const key = (i: number): string =>
    `BENCH-${round}-${process.pid}-${i.toString(36).padStart(6, '0')}-${((i * 2654435761) % 2 ** 32).toString(36)}`;
  const form = new FormData();
  form.set('shopId', encodeId('shop', goods.shopId));
  form.set('variantId', encodeId('variant', goods.variantId));
  form.set('run', 'import');
  form.set(
    'file',
    new File([Array.from({ length: 100_000 }, (_, i) => key(i)).join('\n')], 'keys.txt', {
      type: 'text/plain',
    }),
  );
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/inventory/imports`, {
    method: 'POST',
    body: form,
    headers: { cookie, origin: `http://127.0.0.1:${port}`, 'idempotency-key': newId(db.wall.now()) },
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the import was refused: ${answer.slice(0, 300)}`);
}

/** With many orders and keys against few: the same load on both databases of one server, in turn. */
export async function growth(
  bench: Bench,
  world: BenchWorld,
  p: { orders: number; rounds: number },
): Promise<void> {
  const small = bench.server.urlOf('small', 'mengyue_app');
  const count = async (): Promise<number> => {
    const { rows } = await bench.db.reads.query(`select count(*) as n from orders.orders`);
    return Number(rows[0].n);
  };
  const each = Math.ceil(p.orders / world.spread.length);
  bench.tell(`growing to ${p.orders} orders`);
  await keys(bench.ownerUrl, world.spread, each);
  const fill = buying(bench.db, world.spread, world.buyers);
  for (let had = await count(); had < p.orders; had = await count())
    await closedLoop(256, Math.min(20, Math.max(2, (p.orders - had) / 5000)), 0, fill);
  const runs: number[] = [];
  for (let round = 0; round < p.rounds; round++) {
    const few = await inProcesses(bench, world, [256], { url: small });
    const many = await inProcesses(bench, world, [256]);
    runs.push(many / few);
  }
  await proved(bench);
  bench.report({
    name: 'purchase.growth',
    ratio: median(runs),
    unit: `with ${p.orders} orders per with 10,000`,
    runs,
    must: '≥ 0.7',
  });
}

/** What one purchase of one key writes, counted by the server itself. */
export async function rowBudget(bench: Bench, world: BenchWorld): Promise<void> {
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  const text = `select s.schemaname || '.' || s.relname as name, n_tup_ins + n_tup_upd as rows, (select count(*) from pg_index i where i.indrelid = s.relid) as indexes, n_tup_ins as inserted
                  from pg_stat_user_tables s where schemaname not in ('pg_catalog') order by 1`;
  const settle = async (): Promise<Map<string, { rows: number; inserted: number; indexes: number }>> => {
    // An idle backend tells its counts after ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    await client.query('select pg_stat_clear_snapshot()');
    return new Map(
      (await client.query(text)).rows.map((row) => [
        row.name,
        { rows: Number(row.rows), inserted: Number(row.inserted), indexes: Number(row.indexes) },
      ]),
    );
  };
  const before = await settle();
  const goods = must(world.spread[0], 'goods');
  for (let i = 0; i < 20; i++)
    await purchaseLane(bench.db).submit(wishOf(bench.db, must(world.buyers[i], 'a buyer'), goods));
  const after = await settle();
  const lines = [...after].flatMap(([name, now]) => {
    const was = before.get(name);
    const rows = (now.rows - (was?.rows ?? 0)) / 20,
      inserted = (now.inserted - (was?.inserted ?? 0)) / 20;
    return rows >= 0.5 && !name.startsWith('public.')
      ? [{ name, rows, entries: inserted * now.indexes }]
      : [];
  });
  await client.end();
  bench.tell(
    `one purchase alone writes ${lines.map((line) => `${line.name} ${line.rows}`).join(', ')}: ${lines.reduce((sum, line) => sum + line.rows, 0)} rows, at most ${lines.reduce((sum, line) => sum + line.entries, 0)} index entries (pool, pending and outbox once per batch)`,
  );
}
