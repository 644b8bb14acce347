import pg from 'pg';
import { answerOf, child, proved, stop, type Bench } from './bench.ts';
import { buying, closedLoop, median } from './load.ts';
import type { BenchWorld } from './world.ts';

/** So many clients buy beside the sweep, as an ordinary hour has them. */
const clients = 16;
const seconds = 6;

type Swept = { seconds: number; fired: number; failed: number };

/**
 * 10,000 orders confirm themselves in the same minute, among a million deadlines that are open: how long until all have fired, and what
 * that leaves to ordinary purchases, which run beside it in a process of their own. Each round has its own orders.
 */
export async function deadlineFigures(
  bench: Bench,
  world: BenchWorld,
  p: { open: number; due: number; rounds: number },
): Promise<void> {
  const owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  bench.tell(`${p.open} open deadlines`);
  await fillOpen(owner, p.open);
  const took: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < p.rounds; round++) {
    await ordersDue(bench, world, owner, p.due);
    const { swept, alone, during } = await oneRound(bench, world);
    bench.tell(
      `fired ${swept.fired} in ${swept.seconds.toFixed(2)} s (failed ${swept.failed}); purchases ${alone.toFixed(0)}/s alone, ${during.toFixed(0)}/s beside`,
    );
    if (swept.fired < p.due || swept.failed > 0)
      throw new Error(`the sweep fired ${swept.fired} of ${p.due}, failed ${swept.failed}`);
    took.push(swept.seconds);
    beside.push(during / alone);
  }
  await owner.end();
  await proved(bench);
  const unit = `s for ${p.due} due of ${p.open} open`;
  bench.report({ name: 'deadlines.sweep', value: median(took), unit, runs: took, must: '≤ 10' });
  bench.report({
    name: 'deadlines.purchases_beside',
    ratio: median(beside),
    unit: 'purchases beside per alone',
    runs: beside,
    must: '≥ 0.75',
  });
}

/** Open deadlines as they would stand after a busy year: spread over the coming months, none due. */
async function fillOpen(owner: pg.Client, count: number): Promise<void> {
  await owner.query(
    `insert into kit.deadlines (shop_id, about, what, due_at, start_at, article, version, clock)
     select gen_random_uuid(), gen_random_uuid(), 'order.confirm', '2030-01-01Z'::timestamptz + n * interval '3 seconds', '2026-01-01Z', '41', '1.0.0', 'elapsed'
       from generate_series(1, $1::int - (select count(*)::int from kit.deadlines)) as n`,
    [count],
  );
  await owner.query('vacuum analyze kit.deadlines');
}

/** Orders by real purchases, whose confirmation then falls due in one and the same minute. */
async function ordersDue(bench: Bench, world: BenchWorld, owner: pg.Client, count: number): Promise<void> {
  const { rows } = await owner.query(
    `select coalesce(max(id::text), '00000000-0000-0000-0000-000000000000') as last from orders.orders`,
  );
  const buy = buying(bench.db, world.spread, world.buyers);
  for (let made = 0; made < count; made += 256)
    await Promise.all(Array.from({ length: Math.min(256, count - made) }, (_, i) => buy(made + i)));
  await owner.query(
    `update kit.deadlines set due_at = date_trunc('minute', $2::timestamptz) + (extract(microseconds from due_at)::bigint % 60) * interval '1 second'
      where what = 'order.confirm' and due_at < '2030-01-01Z' and about > $1::uuid`,
    [rows[0].last, new Date(bench.db.wall.now() - 120_000)],
  );
}

async function oneRound(
  bench: Bench,
  world: BenchWorld,
): Promise<{ swept: Swept; alone: number; during: number }> {
  const sweeper = await child('sweeper.ts', { BENCH_URL: bench.url });
  await answerOf(sweeper);
  const buy = buying(bench.db, world.spread, world.buyers);
  const alone = await closedLoop(clients, seconds, 2, buy);
  const answer = answerOf<Swept>(sweeper);
  sweeper.send('sweep');
  // Bought as long as the sweep runs: what comes after it would make the figure kinder than it is.
  const begin = performance.now();
  let bought = 0;
  let running = true;
  void answer.finally(() => (running = false));
  await Promise.all(
    Array.from({ length: clients }, async (_, i) => {
      for (let n = i; running; n += clients) if (await buy(n)) bought++;
    }),
  );
  const during = bought / ((performance.now() - begin) / 1000);
  const swept = await answer;
  await stop(sweeper);
  return { swept, alone: alone.perSecond, during };
}
