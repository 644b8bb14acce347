import { serve } from '@hono/node-server';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openLog } from '../src/app/log.ts';
import { pumpAll } from '../src/app/pump.ts';
import { deadlines, reactions } from '../src/app/reactions.ts';
import { startSandbox } from '../src/app/sandbox/process.ts';
import { supplierKey, supplierUser } from '../src/app/sandbox/supplier.ts';
import type { SupplierMood, SupplierOrder } from '../src/app/sandbox/supplier-books.ts';
import { openSweep } from '../src/app/sweep.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { must } from '../src/kit/assert.ts';
import { fen } from '../src/kit/money.ts';
import { instant, spanMs, systemClock, type Span } from '../src/kit/time.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import { supplyNoticeRoutes } from '../src/supply/notice.http.ts';
import { installSupply } from '../src/supply/setup.actions.ts';
import { addSandboxSupplier, setRoutes } from '../src/supply/suppliers.actions.ts';
import { workSupply } from '../src/supply/work.actions.ts';
import { testDatabase } from './database.ts';
import { topupListing } from './listings.ts';
import { aShop, buyers, wishFor } from './world.ts';

/** What a test reads of the pretended supplier. */
export type SupplierBook = {
  orders: SupplierOrder[];
  credits: { number: string; charged: number; times: number }[];
  calls: { number: string; tries: number; over: boolean }[];
};

/** The sandbox process with its pretended supplier, installed for `db`, which it calls back; ends after the last test. */
export async function testSupplier(db: Db, time_ms = 700) {
  const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-supplier-'));
  const sandbox = await startSandbox({ dataDir });
  const server = serve({ fetch: supplyNoticeRoutes(db).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((ready) => server.once('listening', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  installSupply(db, {
    origin: () => origin,
    sandbox: { url: sandbox.url, userNo: supplierUser, key: supplierKey(sandbox.key) },
    time_ms,
  });
  after(async () => {
    await sandbox.stop();
    await new Promise((closed) => server.close(closed));
    rmSync(dataDir, { recursive: true, force: true });
  });
  const drive = async (path: string, body?: unknown): Promise<unknown> =>
    (
      await fetch(
        `${sandbox.url}/driver/supplier${path}`,
        body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
      )
    ).json();
  await drive('/pace', { slow_ms: 300, credit_ms: 50, silence_ms: 5000 });
  return {
    sandbox,
    origin,
    keyFile: join(dataDir, 'sandbox', 'key'),
    drive,
    book: () => drive('') as Promise<SupplierBook>,
    mood: (mood: SupplierMood | null, mobile = '') => drive('/mood', { mood, mobile }),
  };
}

type Surroundings = Awaited<ReturnType<typeof testDatabase>> & Awaited<ReturnType<typeof testSupplier>>;

/** A shop that sells a top-up of 50 yuan, with two suppliers, of which the first has a route. */
async function topupShop(db: Db) {
  const shelf = await aShop(db, [topupListing()]);
  const { shopId } = shelf;
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  const [first = '', second = ''] = await transaction(db, async (tx) => [
    await addSandboxSupplier(tx, { shopId, name: '一号供货' }),
    await addSandboxSupplier(tx, { shopId, name: '二号供货' }),
  ]);
  const route = (supplierId: string, productNo = 'H50', maxCost = 4950n) => ({
    supplierId,
    productNo,
    maxCost: fen(maxCost),
  });
  const routes = (list: ReturnType<typeof route>[]) =>
    transaction(db, (tx) => setRoutes(tx, { shopId, variantId, routes: list }));
  await routes([route(first)]);
  return { shelf, shopId, variantId, first, second, route, routes };
}

/** The clock of these tests runs, and may be sent ahead: the supplier has a clock of its own. */
function running({ db, clock }: Surroundings) {
  const log = openLog('error', { write: (line) => void process.stderr.write(line) });
  const sweep = openSweep(db, deadlines, log);
  let ahead_ms = 0;
  const tick = (): void => clock.set(instant(systemClock.now() + ahead_ms));
  /** What a running program does in between. */
  async function turn(): Promise<void> {
    tick();
    const { failed } = await sweep.run();
    assert.deepEqual(failed, []);
    await pumpAll(db, reactions, log);
    await workSupply(db);
    await pumpAll(db, reactions, log);
  }
  async function until<T>(
    look: () => Promise<T | undefined | false>,
    what: string,
    limit_ms = 9000,
  ): Promise<T> {
    const from = performance.now();
    for (;;) {
      await turn();
      const seen = await look();
      if (seen) return seen;
      if (performance.now() - from > limit_ms) throw new Error(`never happened: ${what}`);
      await new Promise((wait) => setTimeout(wait, 25));
    }
  }
  const forward = (span: Span): void => void (ahead_ms += spanMs(span));
  return { tick, turn, until, forward, aheadMs: () => ahead_ms };
}

/** What tests look at: rows, wallets, and what the supplier credited. */
function looking({ asOwner, book }: Surroundings) {
  const rowOf = async (text: string, id: string): Promise<Record<string, unknown>> =>
    must((await asOwner(text, [id]))[0], 'a row');
  return {
    topup: (orderId: string) => rowOf('select * from delivery.topups where order_id = $1', orderId),
    order: (orderId: string) => rowOf('select * from orders.orders where id = $1', orderId),
    attempts: (orderId: string) =>
      asOwner('select * from supply.attempts where order_id = $1 order by nth', [orderId]),
    wallet: async (userId: string): Promise<bigint> => {
      const text = `select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`;
      return BigInt(String((await rowOf(text, userId))['balance_fen']));
    },
    kinds: async (orderId: string): Promise<unknown[]> =>
      (await asOwner('select kind from evidence.events where about = $1 order by seq', [orderId])).map(
        (row) => row['kind'],
      ),
    /** The credits that an account got, by its number. */
    credits: async (mobile: string) => {
      const { orders, credits: all } = await book();
      const numbers = orders.filter((one) => one.mobile === mobile).map((one) => one.number);
      return all.filter((one) => numbers.includes(one.number));
    },
  };
}

/** All of it together, and the few things that tests of top-ups do again and again. Once per test file. */
export async function testTopups() {
  const database = await testDatabase({ at: systemClock.now(), connections: 8 });
  const { db, asOwner } = database;
  const base: Surroundings = { ...database, ...(await testSupplier(db)) };
  const shop = await topupShop(db);
  const run = running(base);
  let people = 0;
  async function buy(mood?: SupplierMood, mobile = `170${String((people += 1)).padStart(8, '0')}`) {
    if (mood) await base.mood(mood, mobile);
    run.tick();
    const [buyerId = ''] = await buyers(db, 1);
    const wish = await wishFor(db, { buyerId, variantId: shop.variantId, answers: { target: mobile } });
    const answer = await purchaseLane(db).submit(wish);
    assert.ok(answer.ok, answer.ok ? '' : answer.refusal);
    return { buyerId, mobile, orderId: must(answer.value.orders[0], 'an order').orderId };
  }
  const reach = (orderId: string, state: string, limit_ms?: number) =>
    run.until(
      async () => {
        const [row] = await asOwner('select state from delivery.topups where order_id = $1', [orderId]);
        return row?.['state'] === state;
      },
      `the top-up is ${state}`,
      limit_ms,
    );
  return { ...base, ...shop, ...run, ...looking(base), buy, reach };
}
