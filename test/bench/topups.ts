import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../../src/app/log.ts';
import { pumpAll, type ReactionTable } from '../../src/app/pump.ts';
import { startSandbox } from '../../src/app/sandbox/process.ts';
import { supplierKey, supplierUser } from '../../src/app/sandbox/supplier.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { beginPaidTopups, followSuppliers } from '../../src/delivery/topup/jobs.ts';
import { must } from '../../src/kit/assert.ts';
import { fen } from '../../src/kit/money.ts';
import { query, sql, t } from '../../src/kit/sql.ts';
import { reader, transaction, type Db } from '../../src/kit/tx.ts';
import { installSupply } from '../../src/supply/setup.actions.ts';
import { addSandboxSupplier, setRoutes } from '../../src/supply/suppliers.actions.ts';
import { supplyIdle, workSupply } from '../../src/supply/work.actions.ts';
import { topupListing } from '../listings.ts';
import { aShop, buyers, wishFor } from '../world.ts';
import { proved, type Bench } from './bench.ts';
import { buying, closedLoop, median, percentile } from './load.ts';
import type { BenchWorld } from './world.ts';

const seconds = 4;
const slow_ms = 2000;
const table: ReactionTable = { 'delivery.due': [beginPaidTopups], 'supply.changed': [followSuppliers] };
const log = openLog('error');

const progress = query(
  'bench.topups',
  { sent: t.int, done: t.int },
  () =>
    sql`select count(*) filter (where sends > 0) as sent, count(*) filter (where state = 'success') as done from supply.attempts`,
);

/** So many paid orders of top-ups, whose supplier takes two seconds for each answer. */
async function paid(db: Db, orders: number): Promise<void> {
  const shelf = await aShop(db, [topupListing()], 'bench-topups');
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  await transaction(db, async (tx) => {
    const supplierId = await addSandboxSupplier(tx, { shopId: shelf.shopId, name: 'slow' });
    const routes = [{ supplierId, productNo: 'H50', maxCost: fen(4950n) }];
    await setRoutes(tx, { shopId: shelf.shopId, variantId, routes });
  });
  const people = await buyers(db, orders);
  for (const [i, buyerId] of people.entries()) {
    const answers = { target: `170${String(i).padStart(8, '0')}` };
    const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, answers }));
    if (!answer.ok) throw new Error(`a top-up was refused: ${answer.refusal}`);
  }
}

/** News is taken all the time; with `supply` the pump of suppliers works beside it, as in a running program. */
function background(db: Db, supply: boolean): () => Promise<void> {
  let on = true;
  const pause = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));
  const news = (async () => {
    for (; on; await pause(250)) await pumpAll(db, table, log);
  })();
  const pump = (async () => {
    for (; on && supply; await pause(250)) await workSupply(db);
  })();
  return async () => {
    on = false;
    await Promise.all([news, pump]);
  };
}

/**
 * Orders are sent through a slow supplier, 50 at a time, while others buy as fast as they can: what buying loses by it, in the same process
 * and against the same database. Windows with and without the pump alternate, so that each ratio is of its own moment.
 */
export async function topupFigures(bench: Bench, world: BenchWorld, orders = 1000): Promise<void> {
  const { db, tell } = bench;
  const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-bench-supplier-'));
  const sandbox = await startSandbox({ dataDir });
  const drive = (path: string, body: object): Promise<unknown> =>
    fetch(`${sandbox.url}/driver/supplier${path}`, { method: 'POST', body: JSON.stringify(body) });
  try {
    await drive('/pace', { slow_ms, credit_ms: 500 });
    await drive('/mood', { mood: 'slow' });
    await drive('/held', { held: true });
    installSupply(db, {
      origin: () => 'http://127.0.0.1:9',
      sandbox: { url: sandbox.url, userNo: supplierUser, key: supplierKey(sandbox.key) },
    });
    await paid(db, orders);
    await pumpAll(db, table, log);
    tell(`${orders} top-ups are paid and wait`);
    const one = buying(db, world.spread, world.buyers);
    const [ratios, slower]: [number[], number[]] = [[], []];
    for (;;) {
      const alone = await window(db, one, false);
      const beside = await window(db, one, true);
      ratios.push(alone.perSecond / beside.perSecond);
      slower.push(median(beside.latencies) / median(alone.latencies));
      const [now] = await progress(await reader(db), undefined);
      tell(
        `${now?.sent ?? 0} sent, ${now?.done ?? 0} arrived; purchases ${alone.perSecond.toFixed(0)}/s alone, ${beside.perSecond.toFixed(0)}/s beside; ` +
          `p50 ${median(alone.latencies).toFixed(1)} and ${median(beside.latencies).toFixed(1)} ms, p99 ${percentile(alone.latencies, 0.99).toFixed(1)} and ${percentile(beside.latencies, 0.99).toFixed(1)} ms`,
      );
      if ((now?.sent ?? 0) >= orders) break;
    }
    await settle(db, orders);
    await proved(bench);
    const limit = '≤ 1.1';
    bench.report({
      name: 'topup.outbox',
      ratio: median(slower),
      unit: 'p50 of purchases beside per alone',
      runs: slower,
      must: limit,
    });
    bench.report({
      name: 'topup.outbox.rate',
      ratio: median(ratios),
      unit: 'purchases per second alone per beside',
      runs: ratios,
      must: limit,
    });
  } finally {
    await sandbox.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function window(db: Db, one: (i: number) => Promise<boolean>, supply: boolean) {
  const end = background(db, supply);
  const measured = await closedLoop(64, seconds, 1, one);
  await end();
  await supplyIdle(db);
  return measured;
}

/** Everything that was sent comes to its end before it is proved. */
async function settle(db: Db, orders: number): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    await workSupply(db);
    await pumpAll(db, table, log);
    const [now] = await progress(await reader(db), undefined);
    if ((now?.done ?? 0) >= orders) return;
    if (performance.now() > until) throw new Error(`only ${now?.done} of ${orders} top-ups arrived`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
}
