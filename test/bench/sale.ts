import { appRole } from '../../src/app/postgres.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import pg from 'pg';
import { testLog } from '../log.ts';
import { answerOf, benchKeys, child, load, proved, startProgram, stop, type Bench } from './bench.ts';
import { leavesPerSecond } from './evidence.ts';
import { median } from './load.ts';
import { inProcesses, purchaseHeads } from './purchases.ts';
import { bodyOf, type BenchWorld } from './world.ts';

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

/** What events cost a purchase while the sequencer runs, on two copies of one database; and the sequencer alone. */
export async function evidenceFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const [silent, spoken] = [bench.server.urlOf('silent', appRole), bench.server.urlOf('spoken', appRole)];
  const overhead: number[] = [];
  const sequencer = await child('sequencer.ts', { BENCH_URL: spoken });
  await answerOf(sequencer);
  for (let round = 0; round < rounds; round++) {
    const without = await inProcesses(bench, world, [256], {
      env: { NO_EVIDENCE: 'yes' },
      execArgv: ['--experimental-test-module-mocks', '--no-warnings'],
      url: silent,
    });
    overhead.push(without / (await inProcesses(bench, world, [256], { url: spoken })));
  }
  await stop(sequencer);
  const db = openDb({ url: silent, wall: systemClock, keys: benchKeys, demo: true });
  const log = testLog(db);
  const runs: number[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await leavesPerSecond(log, 40_000));
  await db.pool.end();
  const perSecond = { name: 'evidence.leaves_per_s', value: median(runs), unit: 'leaves/s', runs };
  bench.report({ ...perSecond, must: '≥ 30,000' });
  const ratio = { name: 'evidence.order_overhead', ratio: median(overhead), unit: 'without per with events' };
  bench.report({ ...ratio, runs: overhead, must: '≤ 1.25' });
}
