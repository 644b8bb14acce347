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

/** A shop that sells top-ups through the pretended supplier, and the few things that tests of top-ups do again and again. Once per test file. */
export async function testTopups() {
  const database = await testDatabase({ at: systemClock.now(), connections: 8 });
  const { db, clock, asOwner } = database;
  const supplier = await testSupplier(db);
  const shelf = await aShop(db, [topupListing()]);
  const { shopId } = shelf;
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  const [first = '', second = ''] = await transaction(db, async (tx) => {
    const ids = [
      await addSandboxSupplier(tx, { shopId, name: '一号供货' }),
      await addSandboxSupplier(tx, { shopId, name: '二号供货' }),
    ];
    return ids;
  });
  const route = (supplierId: string, productNo = 'H50', maxCost = 4950n) => ({
    supplierId,
    productNo,
    maxCost: fen(maxCost),
  });
  const routes = (list: ReturnType<typeof route>[]) =>
    transaction(db, (tx) => setRoutes(tx, { shopId, variantId, routes: list }));
  await routes([route(first)]);

  const log = openLog('error', { write: (line) => void process.stderr.write(line) });
  const sweep = openSweep(db, deadlines, log);
  let ahead_ms = 0;
  /** The clock of these tests runs, and may be sent ahead: the supplier has a clock of its own. */
  const tick = (): void => clock.set(instant(systemClock.now() + ahead_ms));
  const forward = (span: Span): void => void (ahead_ms += spanMs(span));
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
  let people = 0;
  async function buy(mood?: SupplierMood, mobile = `170${String((people += 1)).padStart(8, '0')}`) {
    if (mood) await supplier.mood(mood, mobile);
    tick();
    const [buyerId = ''] = await buyers(db, 1);
    const wish = await wishFor(db, { buyerId, variantId, answers: { target: mobile } });
    const answer = await purchaseLane(db).submit(wish);
    assert.ok(answer.ok, answer.ok ? '' : answer.refusal);
    return { buyerId, mobile, orderId: must(answer.value.orders[0], 'an order').orderId };
  }
  const topup = async (orderId: string): Promise<Record<string, unknown>> =>
    must((await asOwner('select * from delivery.topups where order_id = $1', [orderId]))[0], 'a top-up');
  const order = async (orderId: string): Promise<Record<string, unknown>> =>
    must((await asOwner('select * from orders.orders where id = $1', [orderId]))[0], 'an order');
  const attempts = (orderId: string) =>
    asOwner('select * from supply.attempts where order_id = $1 order by nth', [orderId]);
  const wallet = async (userId: string): Promise<bigint> =>
    BigInt(
      String(
        (
          await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [userId])
        )[0]?.['balance_fen'],
      ),
    );
  const reach = (orderId: string, state: string, limit_ms?: number) =>
    until(
      async () => {
        const [row] = await asOwner('select state from delivery.topups where order_id = $1', [orderId]);
        return row?.['state'] === state;
      },
      `the top-up is ${state}`,
      limit_ms,
    );
  /** The credits that an account got, by its number. */
  const credits = async (mobile: string) => {
    const { orders, credits: all } = await supplier.book();
    const numbers = orders.filter((one) => one.mobile === mobile).map((one) => one.number);
    return all.filter((one) => numbers.includes(one.number));
  };
  const kinds = async (orderId: string): Promise<unknown[]> =>
    (await asOwner('select kind from evidence.events where about = $1 order by seq', [orderId])).map(
      (row) => row['kind'],
    );
  return {
    ...database,
    ...supplier,
    shelf,
    shopId,
    variantId,
    first,
    second,
    route,
    routes,
    tick,
    forward,
    aheadMs: () => ahead_ms,
    turn,
    until,
    buy,
    topup,
    order,
    attempts,
    wallet,
    reach,
    credits,
    kinds,
  };
}
