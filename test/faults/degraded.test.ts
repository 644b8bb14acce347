import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { wishFor } from '../world.ts';
import type { Acknowledged } from './clients.ts';
import { nothingLost, quiet } from './promises.ts';
import { aWorld, durableServer, startShop, stopShop, type Running, type World } from './shop.ts';

const nothing = (): Acknowledged => ({ purchases: [], reveals: [], trades: [], imports: [], messages: [] });
type Order = { person: World['people'][number]; key: string; body: unknown };

async function anOrder(world: World): Promise<Order> {
  const person = must(world.people[0], 'a buyer');
  const { variantId } = must(world.shelf.listings[0], 'a listing');
  const { total, acknowledgements } = await wishFor(world.db, { buyerId: person.userId, variantId });
  const body = {
    items: [{ variantId: encodeId('variant', variantId), quantity: 1 }],
    total: total.toString(),
    acknowledgements,
    paidBy: 'wallet',
  };
  return { person, key: newId(systemClock.now()), body };
}

async function buy(address: string, { person, key, body }: Order) {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${person.token}`,
    'idempotency-key': key,
  };
  const response = await fetch(`${address}/api/v1/checkouts`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  };
}
const health = async (address: string) => {
  const response = await fetch(`${address}/healthz`);
  return {
    status: response.status,
    ...((await response.json()) as { state: string; parts: Record<string, Record<string, unknown>> }),
  };
};

/** A world on a server of its own folder, which the test may stop, copy and start again. */
async function withWorld(
  act: (world: World, durable: Awaited<ReturnType<typeof durableServer>>) => Promise<void>,
): Promise<void> {
  const durable = await durableServer();
  const world = await aWorld(durable.server, durable.folder, { keys: 60 });
  try {
    await act(world, durable);
  } finally {
    await world.end();
    await durable.stop();
  }
}

const inRunning = async (
  world: World,
  act: (running: Running) => Promise<void>,
  trouble: { worker?: 'off' } = {},
): Promise<void> => {
  const running = must(await startShop(world, 0, trouble), 'the program');
  try {
    await act(running);
  } finally {
    await stopShop(running);
  }
};

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await holds().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`never happened: ${what}`);
}

test('a database that is away is told with 503 and Retry-After; when it is back the same request is answered, once', () =>
  withWorld(async (world, { stopServer, startServer }) => {
    await inRunning(world, async ({ address }) => {
      const order = await anOrder(world);
      assert.equal((await buy(address, await anOrder(world))).status, 200);
      await stopServer();
      const away = await buy(address, order);
      assert.deepEqual(
        [away.status, away.body['code'], away.body['retryable']],
        [503, 'DATABASE_UNAVAILABLE', true],
      );
      assert.ok(Number(away.retryAfter) >= 1);
      assert.deepEqual(
        [(await health(address)).status, (await fetch(`${address}/readyz`)).status],
        [503, 503],
      );
      assert.equal((await fetch(`${address}/api/v1/home`)).status, 503);
      await startServer();
      await until(async () => (await buy(address, order)).status === 200, 'the same request is answered');
      assert.equal((await buy(address, order)).status, 200);
      await until(async () => (await health(address)).state === 'good', 'all is well again');
      assert.deepEqual(await world.rows('select count(*)::int as orders from orders.orders'), [
        { orders: 2 },
      ]);
      await quiet(world);
    });
    await nothingLost(world, nothing(), []);
  }));

test('with the background work stopped sales go on; its deadlines are caught up when it is back', () =>
  withWorld(async (world) => {
    const states = async () =>
      (
        await world.rows(
          `select case when released_at is null then state else 'settled' end as state, count(*)::int as n from orders.orders group by 1 order by 1`,
        )
      ).map((row) => `${row['state']} ${row['n']}`);
    const month = () => world.rows('update kit.clock set offset_ms = offset_ms + 30 * 86400000::bigint');
    await inRunning(
      world,
      async ({ address }) => {
        for (let i = 0; i < 3; i++) assert.equal((await buy(address, await anOrder(world))).status, 200);
        await month();
        assert.equal((await buy(address, await anOrder(world))).status, 200);
        assert.deepEqual(await states(), ['delivered 4']);
      },
      { worker: 'off' },
    );
    await inRunning(world, async () => {
      await until(
        async () => (await states()).join() === 'completed 3,delivered 1',
        'the three are completed by the clock',
      );
      await month();
      await until(async () => (await states()).join() === 'completed 1,settled 3', 'the three are settled');
      await quiet(world);
    });
    await nothingLost(world, nothing(), []);
  }));

test('a data folder that was put back from a copy sells on, but its log is not signed, and /healthz says so', () =>
  withWorld(async (world, { folder, stopServer, startServer }) => {
    const [data, copy] = [join(folder, 'postgres'), join(folder, 'copy')];
    const sell = (times: number) =>
      inRunning(world, async ({ address }) => {
        for (let i = 0; i < times; i++) assert.equal((await buy(address, await anOrder(world))).status, 200);
        await quiet(world);
      });
    const signed = async () =>
      Number((await world.rows('select max(size)::int as size from evidence.notes'))[0]?.['size']);
    await sell(2);
    await stopServer();
    execFileSync('cp', ['-a', data, copy]);
    await startServer();
    await sell(2);
    const head = readFileSync(join(world.folder, 'log.head'), 'utf8');
    const before = await signed();
    await stopServer();
    rmSync(data, { recursive: true });
    renameSync(copy, data);
    await startServer();
    await inRunning(world, async ({ address }) => {
      for (let i = 0; i < 4; i++) assert.equal((await buy(address, await anOrder(world))).status, 200);
      await until(
        async () => (await health(address)).parts['evidence']?.['log'] === 'refused',
        'the sequencer refuses',
      );
      const told = await health(address);
      assert.deepEqual(
        [told.status, told.state, told.parts['evidence']?.['note']],
        [200, 'worse', 'TREE_BEHIND'],
      );
    });
    assert.equal(readFileSync(join(world.folder, 'log.head'), 'utf8'), head);
    assert.ok((await signed()) < before, 'nothing was signed beyond the copy');
  }));

test('on a full disk a purchase is refused with 503 and nothing is lost; with room again the same request is answered', () =>
  withWorld(async (world, { folder, stopServer, startServer }) => {
    await inRunning(world, async ({ address }) =>
      assert.equal((await buy(address, await anOrder(world))).status, 200),
    );
    // No file may grow beyond 20 MB, and one that every purchase writes to has got there.
    await world.rows(
      `insert into kit.outbox (id, event, body, at) select gen_random_uuid(), 'ballast', '{}', timestamptz '2026-01-01' from generate_series(1, 300000)`,
    );
    await stopServer();
    const answers: Awaited<ReturnType<typeof buy>>[] = [];
    const orders: Order[] = [];
    await onSmallDisk(folder, () =>
      inRunning(
        world,
        async ({ address }) => {
          // Its last page has room for a few.
          while (answers.at(-1)?.status !== 503 && answers.length < 50) {
            orders.push(await anOrder(world));
            answers.push(await buy(address, must(orders.at(-1), 'an order')));
          }
          assert.equal((await fetch(`${address}/api/v1/home`)).status, 200, 'what only reads goes on');
        },
        { worker: 'off' },
      ),
    );
    const full = must(answers.at(-1), 'an answer');
    assert.deepEqual(
      [full.status, full.body['code'], full.body['retryable']],
      [503, 'DATABASE_UNAVAILABLE', true],
    );
    assert.ok(answers.slice(0, -1).every((answer) => answer.status === 200));
    await startServer();
    await world.rows(`delete from kit.outbox where event = 'ballast'`);
    await inRunning(world, async ({ address }) => {
      for (const [index, order] of orders.entries()) {
        const again = await buy(address, order);
        assert.equal(again.status, 200);
        if (answers[index]?.status === 200)
          assert.deepEqual(again.body, answers[index]?.body, 'what was answered is there');
      }
      await quiet(world);
    });
    assert.deepEqual(await world.rows('select count(*)::int as orders from orders.orders'), [
      { orders: 1 + orders.length },
    ]);
    await nothingLost(world, nothing(), []);
  }));

/** PostgreSQL with files of 20 MB at most, which is how a disk ends for it without a disk of its own for the test. */
async function onSmallDisk(folder: string, act: () => Promise<void>): Promise<void> {
  const command = `ulimit -f ${(20 * 1_048_576) / 512}; exec "$0" "$@"`;
  const limited = spawn(
    'sh',
    ['-c', command, process.execPath, `${import.meta.dirname}/../children/server.ts`, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(limited, 'exit');
  try {
    await once(must(limited.stdout, 'it speaks'), 'data');
    await act();
  } finally {
    limited.kill('SIGTERM');
    await ended;
  }
}
