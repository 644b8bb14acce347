import { newId } from '../../src/kit/ids.ts';
import { transaction } from '../../src/kit/tx.ts';
import { openSessions } from '../../src/identity/people.actions.ts';
import type { Answer } from './http-load.ts';
import { answerOf, child, load, proved, startProgram, stop, type Bench } from './bench.ts';
import { buying, closedLoop, median, noticing, openPayments, percentile } from './load.ts';
import { plainPurchase } from './plain.ts';
import { bodyOf, type BenchWorld } from './world.ts';

const seconds = 3;
const warmUp = 1;

type Runs = Record<'spread' | 'hot' | 'notice' | 'http' | 'alone' | 'p99', number[]>;
type Round = {
  readonly bench: Bench;
  readonly world: BenchWorld;
  readonly plain: Awaited<ReturnType<typeof plainPurchase>>;
  readonly payments: { id: string; total: bigint }[];
  /** Over HTTP with so many connections, each as fast as it can, or together at a rate per second. */
  readonly http: (connections: number, rate?: number) => Promise<Answer>;
};

/** Purchases, notices and purchases over HTTP, interleaved with the yardstick: each ratio is taken within its own round. */
export async function purchaseFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const { db } = bench;
  const runs: Runs = { spread: [], hot: [], notice: [], http: [], alone: [], p99: [] };
  const plain = await plainPurchase(bench, world);
  const payments = await openPayments(
    db,
    world.spread,
    world.buyers,
    Math.min(world.buyers.length * 2, rounds * 12_000),
  );
  const share = Math.floor(payments.length / rounds);
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const task = {
    port,
    seconds,
    warmUp,
    heads: await purchaseHeads(bench, world, port),
    bodies: world.spread.map(bodyOf),
    ok: 200,
  };
  const http = (connections: number, rate?: number): Promise<Answer> =>
    load({ ...task, connections, ...(rate === undefined ? {} : { rate, seconds: 6, warmUp: 2 }) });
  for (let n = 0; n < rounds; n++)
    await round({ bench, world, plain, payments: payments.splice(0, share), http }, runs);
  await stop(program);
  await plain.end();
  await proved(bench);
  reportPurchases(bench, runs);
}

async function round({ bench, world, plain, payments, http }: Round, runs: Runs): Promise<void> {
  const { db } = bench;
  const tpcb = await bench.tpcb.measure(seconds);
  const spread = await closedLoop(256, seconds, warmUp, buying(db, world.spread, world.buyers));
  const hot = await closedLoop(256, seconds, warmUp, buying(db, [world.hot], world.buyers));
  const notice = await countedLoop(256, payments, (some) => noticing(db, some));
  const [few, many] = [await http(64), await http(256)];
  const alone = await closedLoop(1, 2, 0.5, buying(db, world.spread, world.buyers));
  const plainAlone = await closedLoop(1, 2, 0.5, plain.buy);
  const best = Math.max(few.perSecond, many.perSecond);
  const half = await http(256, best / 2);
  runs.spread.push(spread.perSecond / tpcb);
  runs.hot.push(hot.perSecond / spread.perSecond);
  runs.notice.push(notice / tpcb);
  runs.http.push(best / tpcb);
  runs.p99.push(half.p99);
  runs.alone.push(median(alone.latencies) / median(plainAlone.latencies));
  bench.tell(
    [
      `TPC-B ${tpcb.toFixed(0)}/s`,
      `spread ${spread.perSecond.toFixed(0)} (p50 ${median(spread.latencies).toFixed(1)}, p99 ${percentile(spread.latencies, 0.99).toFixed(1)} ms)`,
      `hot ${hot.perSecond.toFixed(0)}`,
      `notices ${notice.toFixed(0)}`,
      `HTTP ${few.perSecond.toFixed(0)} with 64, ${many.perSecond.toFixed(0)} with 256 (failed ${few.failed + many.failed})`,
      `at half of it p50 ${half.p50.toFixed(1)}, p99 ${half.p99.toFixed(1)} ms`,
      `alone ${median(alone.latencies).toFixed(2)} ms, plain ${median(plainAlone.latencies).toFixed(2)} ms`,
    ].join(', '),
  );
}

function reportPurchases({ report }: Bench, runs: Runs): void {
  const perTpcb = 'per second, per TPC-B transaction per second';
  report({
    name: 'purchase.lane.spread',
    ratio: median(runs.spread),
    unit: perTpcb,
    runs: runs.spread,
    must: '≥ 2.0',
  });
  report({
    name: 'purchase.lane.hot_over_spread',
    ratio: median(runs.hot),
    unit: 'hot per spread',
    runs: runs.hot,
    must: '≥ 0.95',
  });
  report({
    name: 'notice.lane.spread',
    ratio: median(runs.notice),
    unit: perTpcb,
    runs: runs.notice,
    must: '≥ 1.5',
  });
  report({ name: 'purchase.http', ratio: median(runs.http), unit: perTpcb, runs: runs.http, must: '≥ 0.8' });
  report({
    name: 'purchase.alone_over_plain',
    ratio: median(runs.alone),
    unit: 'p50 per p50',
    runs: runs.alone,
    must: '≤ 1.6',
  });
  report({
    name: 'purchase.p99_half_load',
    value: median(runs.p99),
    unit: 'ms',
    runs: runs.p99,
    must: '≤ 50',
  });
}

/** Payments per second for a list that is worked off once, by so many clients. */
async function countedLoop<T>(
  clients: number,
  list: readonly T[],
  one: (list: readonly T[]) => (i: number) => Promise<boolean>,
): Promise<number> {
  const act = one(list);
  let next = 0,
    done = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < list.length) if (await act(next++)) done++;
    }),
  );
  return done / ((performance.now() - begin) / 1000);
}

/** Logged-in buyers, as heads of POST /api/v1/checkouts. */
export async function purchaseHeads({ db }: Bench, world: BenchWorld, port: number): Promise<string[]> {
  const some = world.buyers.slice(0, 2000);
  const sessions = await transaction(db, (tx) =>
    openSessions(
      tx,
      some.map((userId) => ({
        userId,
        kind: 'account' as const,
        deviceId: newId(tx.wall),
        userAgent: 'bench',
        ip: '127.0.0.1',
        known: true,
      })),
    ),
  );
  return sessions.map(
    (session) =>
      `POST /api/v1/checkouts HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: http://127.0.0.1:${port}\r\ncookie: mengyue=${session.token.reveal()}\r\nidempotency-key: {key}`,
  );
}

/** Two processes on one database against one with as many clients. */
export async function twoProcesses(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const runs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const one = await inProcesses(bench, world, [256]);
    const two = await inProcesses(bench, world, [128, 128]);
    runs.push(two / one);
  }
  await proved(bench);
  bench.report({
    name: 'purchase.two_processes',
    ratio: median(runs),
    unit: 'two per one',
    runs,
    must: '≥ 0.9',
  });
}

export async function inProcesses(
  bench: Bench,
  world: BenchWorld,
  clients: readonly number[],
  options: { url?: string; execArgv?: string[]; env?: Record<string, string> } = {},
): Promise<number> {
  const workers = await Promise.all(
    clients.map(async (count, i) => {
      const process = await child(
        'buyer.ts',
        { BENCH_URL: options.url ?? bench.url, ...options.env },
        options.execArgv ?? [],
      );
      await answerOf(process);
      process.send({
        goods: world.spread,
        buyers: world.buyers.filter((_, n) => n % clients.length === i),
        clients: count,
        seconds,
        warmUp: 1.5,
      });
      return process;
    }),
  );
  const answers = await Promise.all(workers.map((process) => answerOf<{ perSecond: number }>(process)));
  await Promise.all(workers.map(stop));
  return answers.reduce((sum, answer) => sum + answer.perSecond, 0);
}
