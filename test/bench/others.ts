import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { encodeId } from '../../src/kit/public-id.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openSessions } from '../../src/identity/people.actions.ts';
import { testLog } from '../log.ts';
import { answerOf, cpuSeconds, load, proved, startProgram, stop, type Bench } from './bench.ts';
import { leavesPerSecond } from './evidence.ts';
import { buying, closedLoop, median } from './load.ts';
import { inProcesses, purchaseHeads } from './purchases.ts';
import { bodyOf, keys, wishOf, type BenchWorld } from './world.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';

/** 2,000 attempts on 500 keys by 64 clients, over HTTP: who paid has a key, who has none paid nothing, nobody gets an error. */
export async function flash(bench: Bench, world: BenchWorld): Promise<void> {
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const heads = await purchaseHeads(bench, world, port);
  const answer = await load({
    port,
    connections: 64,
    seconds: 20,
    warmUp: 0,
    rate: 2000 / 4,
    heads: heads.slice(0, 2000),
    bodies: [bodyOf(world.flash)],
    ok: 200,
  });
  await stop(program);
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    `select (select count(*) from delivery.units where pool_id = $1) as sold,
            (select count(*) from orders.lines l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id where l.pool_id = $1 and o.paid_at is not null and cardinality(l.numbers) = 0) as keyless`,
    [world.flash.variantId],
  );
  await client.end();
  await proved(bench);
  const errors = Object.entries(answer.statuses)
    .filter(([status]) => status.startsWith('5'))
    .reduce((sum, [, n]) => sum + n, 0);
  bench.tell(`flash: ${JSON.stringify(answer.statuses)}`);
  bench.report({
    name: 'flash.sold',
    value: Number(rows[0].sold),
    unit: 'of 500 keys',
    runs: [Number(rows[0].sold)],
    must: '500',
  });
  bench.report({ name: 'flash.5xx', value: errors, unit: 'answers', runs: [errors], must: '0' });
  bench.report({
    name: 'flash.keyless',
    value: Number(rows[0].keyless),
    unit: 'payers without a key',
    runs: [Number(rows[0].keyless)],
    must: '0',
  });
}

/** The sequencer alone, and what events cost a purchase while it runs. */
export async function evidenceFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const overhead: number[] = [];
  const { process: program } = await startProgram(bench);
  for (let round = 0; round < rounds; round++) {
    const without = await inProcesses(bench, world, [256], {
      env: { NO_EVIDENCE: 'yes' },
      execArgv: ['--experimental-test-module-mocks', '--no-warnings'],
      url: bench.server.urlOf('plain', 'mengyue_app'),
    });
    const withEvents = await inProcesses(bench, world, [256]);
    overhead.push(without / withEvents);
  }
  await stop(program);
  const log = testLog(bench.db);
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  await client.query('delete from evidence.pending');
  await client.end();
  const runs: number[] = [];
  for (let round = 0; round < rounds; round++)
    runs.push(await leavesPerSecond({ ...log, db: bench.db }, 30_000));
  bench.report({
    name: 'evidence.leaves_per_s',
    value: median(runs),
    unit: 'leaves/s',
    runs,
    must: '≥ 30,000',
  });
  bench.report({
    name: 'evidence.order_overhead',
    ratio: median(overhead),
    unit: 'purchases/s without per with events',
    runs: overhead,
    must: '≤ 1.25',
  });
}

/** 100,000 keys through the API by a shop's owner, and how far the program's peak memory grows. */
export async function importFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const { shopId, variantId } = world.hot;
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    `select user_id from identity.memberships where shop_id = $1 and role = 'owner'`,
    [shopId],
  );
  await client.end();
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const [session] = await transaction(bench.db, (tx) =>
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
  const speeds: number[] = [],
    growth: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const text = Array.from(
      { length: 100_000 },
      (_, i) =>
        `BENCH-${round}-${process.pid}-${i.toString(36).padStart(6, '0')}-${((i * 2654435761) % 2 ** 32).toString(36)}`,
    ).join('\n');
    const form = new FormData();
    form.set('shopId', encodeId('shop', shopId));
    form.set('variantId', encodeId('variant', variantId));
    form.set('run', 'import');
    form.set('file', new File([text], 'keys.txt', { type: 'text/plain' }));
    program.send('memory');
    const before = await answerOf<{ peak: number }>(program);
    const begin = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/inventory/imports`, {
      method: 'POST',
      body: form,
      headers: {
        cookie: `mengyue=${must(session, 'a session').token.reveal()}`,
        origin: `http://127.0.0.1:${port}`,
        'idempotency-key': newId(bench.db.wall.now()),
      },
    });
    const answer = await response.text();
    const seconds = (performance.now() - begin) / 1000;
    if (!response.ok) throw new Error(`the import was refused: ${answer.slice(0, 300)}`);
    program.send('memory');
    const after = await answerOf<{ peak: number }>(program);
    speeds.push(100_000 / seconds);
    growth.push((after.peak - before.peak) / 1e6);
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

/** Pages and API per core-second of program and database together. */
export async function pageFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}`;
  const listings = world.spread.map((goods) => encodeId('listing', goods.listingId));
  for (const [name, paths, must_] of [
    ['page.home', ['/'], '≥ 300'],
    ['page.listing', listings.map((id) => `/g/${id}`), '≥ 300'],
    [
      'api.list',
      ['/api/v1/products', '/api/v1/products?sort=price_up', '/api/v1/products?limit=20'],
      '≥ 2,000',
    ],
    ['api.product', listings.map((id) => `/api/v1/products/${id}`), '≥ 4,000'],
  ] as const) {
    const runs: number[] = [];
    const heads = paths.map(get);
    await load({ port, connections: 16, seconds: 1, warmUp: 1, heads, bodies: [], ok: 200 });
    for (let round = 0; round < rounds; round++) {
      const before = cpuSeconds(bench, [must(program.pid, 'a process')]);
      const answer = await load({ port, connections: 16, seconds: 3, warmUp: 0, heads, bodies: [], ok: 200 });
      const used = cpuSeconds(bench, [must(program.pid, 'a process')]) - before;
      if (answer.failed > 0) throw new Error(`${name}: ${JSON.stringify(answer.statuses)}`);
      runs.push((answer.perSecond * 3) / used);
    }
    bench.report({ name, value: median(runs), unit: 'answers per core-second', runs, must: must_ });
  }
  await stop(program);
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

/** A second start of npm start, and its memory at rest. */
export async function startFigures(bench: Bench, rounds: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-start-'));
  const runs: number[] = [],
    idle: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begin = performance.now();
    const program = spawn(process.execPath, [join(import.meta.dirname, '../../src/app/main.ts')], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of program.stdout) if ((said += String(chunk)).includes('Ctrl-C')) break;
    if (round > 0) runs.push((performance.now() - begin) / 1000);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    if (round > 0)
      idle.push(
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1000,
      );
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
  bench.report({ name: 'start.warm_s', value: median(runs), unit: 's', runs, must: '≤ 3' });
  bench.report({
    name: 'idle_mb',
    value: median(idle),
    unit: 'MB without the database',
    runs: idle,
    must: '≤ 250',
  });
}

/** What one purchase of one key writes, counted by the server itself. */
export async function rowBudget(bench: Bench, world: BenchWorld): Promise<void> {
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  const text = `select s.schemaname || '.' || s.relname as name, n_tup_ins + n_tup_upd as rows, (select count(*) from pg_index i where i.indrelid = s.relid) as indexes, n_tup_ins as inserted
                  from pg_stat_user_tables s where schemaname not in ('pg_catalog') order by 1`;
  const settle = async (): Promise<Map<string, { rows: number; inserted: number; indexes: number }>> => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
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
