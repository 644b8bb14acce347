import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FaultPoint } from '../../src/kit/fault.ts';
import { must } from '../../src/kit/assert.ts';
import { startClients, type Move } from './clients.ts';
import { allDone, nothingLost, quiet } from './promises.ts';
import { aWorld, durableServer, startShop, stopShop, visit, type Running, type World } from './shop.ts';

// PostgreSQL is killed, all its processes at once, in the middle of what the program does; the program lives on, and sometimes dies with it.
const { server, folder, stop } = await durableServer();
after(stop);

const middles: { says: string; at: FaultPoint[]; moves: Move[]; months?: boolean }[] = [
  {
    says: 'a purchase',
    at: ['checkout.purchase.after-money', 'checkout.purchase.commit-sent'],
    moves: ['wallet', 'reveal'],
  },
  {
    says: 'a notice',
    at: ['payments.notice.after-payments', 'checkout.apply.commit-sent'],
    moves: ['channel'],
  },
  {
    says: 'an import',
    at: ['inventory.import.after-chunk', 'inventory.import.before-commit'],
    moves: ['import', 'wallet', 'wallet'],
  },
  {
    says: 'a release',
    at: ['delivery.release.after-money', 'deadline order.release.commit-sent'],
    moves: ['wallet', 'unpaid'],
    months: true,
  },
  {
    says: 'a sequencing round',
    at: ['evidence.sequence.after-insert', 'evidence.sign.before-head'],
    moves: ['wallet'],
  },
];

for (const { says, at, moves, months } of middles)
  test(`PostgreSQL killed in the middle of ${says}: the program goes on by itself, nothing answered is lost and nothing is done twice`, async () => {
    const world = await aWorld(server, folder);
    let running: Running | undefined;
    const clients = startClients(world, () => running?.address, moves);
    const time = months
      ? setInterval(
          () =>
            void world
              .rows('update kit.clock set offset_ms = offset_ms + 30 * 86400000::bigint')
              .catch(() => undefined),
          700,
        )
      : undefined;
    try {
      for (const [index, point] of at.entries()) {
        const pid = must(server.pid(), 'PostgreSQL runs');
        running = await startShop(world, 0, {
          killsPostgres: `${point}:${index === 0 && !months ? 2 : 1}:${pid}`,
        });
        await restarted(world, pid, point);
        const before = clients.said.purchases.length;
        // The program that saw it die goes on the first time; the second time it dies as well.
        if (index === 0)
          await until(() => clients.said.purchases.length > before + 20, `purchases go on after ${point}`);
        await stopShop(must(running, 'it runs'), 'SIGKILL');
        running = undefined;
        await nothingLost(world, clients.said, clients.wrong);
      }
      running = await startShop(world, 0);
      clearInterval(time);
      await clients.finish();
      await quiet(world);
      await stopShop(must(running, 'it runs'));
      running = undefined;
      await nothingLost(world, clients.said, clients.wrong);
      await allDone(world);
    } finally {
      clearInterval(time);
      clients.abandon();
      if (running) await stopShop(running, 'SIGKILL');
      await world.end();
    }
  });

/** Waits until another server stands in the place of the one that was killed, and answers. */
async function restarted(world: World, before: number, point: string): Promise<void> {
  await until(async () => {
    const now = server.pid();
    if (now === undefined || now === before) return false;
    return visit(world.ownerUrl, (client) => client.query('select 1')).then(
      () => true,
      () => false,
    );
  }, `PostgreSQL dies at ${point} and comes back`);
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`never happened: ${what}`);
}
