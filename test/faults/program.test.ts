import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoints, type FaultPoint } from '../../src/kit/fault.ts';
import { startClients, type Move } from './clients.ts';
import { allDone, nothingLost, quiet } from './promises.ts';
import { aWorld, durableServer, startShop, stopShop, type Running, type World } from './shop.ts';

// The whole program is killed with SIGKILL at each of its write points, on a PostgreSQL that flushes, under 32 clients that repeat each
// request with the same key until it is answered. After each death the rows are looked at, and the next program goes on from them.
const { server, folder, stop } = await durableServer();
after(stop);

type Part = { says: string; points: FaultPoint[]; moves: Move[]; months?: boolean };
const under = (...starts: string[]): FaultPoint[] =>
  faultPoints.filter((point) => starts.some((start) => point.startsWith(start)));
const parts: Part[] = [
  { says: 'a purchase', points: under('checkout.purchase.'), moves: ['wallet', 'wallet', 'unpaid'] },
  {
    says: 'a notice and what it pays',
    points: under('payments.notice.', 'checkout.apply.'),
    moves: ['channel'],
  },
  { says: 'a look at a key', points: under('delivery.reveal.'), moves: ['reveal'] },
  {
    says: 'completion, expiry and release',
    points: under('delivery.complete.', 'delivery.release.', 'deadline order.'),
    moves: ['wallet', 'unpaid'],
    months: true,
  },
  { says: 'a message and its silence', points: under('messaging.'), moves: ['talk'], months: true },
  {
    says: 'an import',
    points: under('inventory.import.', 'inventory.draft.', 'inventory.confirm.'),
    moves: ['import', 'wallet', 'wallet', 'wallet'],
  },
  { says: 'a sequencing round', points: under('evidence.'), moves: ['wallet'] },
];

const killedAt: string[] = [];
for (const part of parts)
  test(`killed at each of the ${part.points.length} write points of ${part.says}, nothing answered is lost and nothing is done twice`, () =>
    killAll(part));

test('at least 40 named write points were tried', () => {
  console.log(`» killed at ${killedAt.length} write points: ${killedAt.join(' ')}`);
  assert.ok(killedAt.length >= 40);
  // Those of refunds, wallet top-ups and closing are tried in payments.test.ts, those of direct top-ups in topups.test.ts, those
  // of memberships, issuers and comparisons in help.test.ts, those of goods by hand in delivery.test.ts, those of files in downloads.test.ts of
  // this folder, those of licences, parcels, deposits, first payments and copies of data beside
  // their domain, those of exhibits, recordings, archives and looks at keys in exhibits.test.ts, those of panels, juries and groups in
  // tribunals.test.ts.
  const elsewhere = under(
    'payments.start.',
    'payments.credit.',
    'payments.refund.',
    'payments.close.',
    'aftersales.',
    'exhibits.',
    'recordings.',
    'archive.',
    'unsealings.',
    'complaints.',
    'deposit.',
    'community.',
    'supply.',
    'delivery.topup.',
    'delivery.parcel.',
    'delivery.line.',
    'delivery.manual.',
    'delivery.late.',
    'deadline delivery.',
    'delivery.download.',
    'kit.blob.',
    'delivery.membership.',
    'delivery.licence.',
    'delivery.activate.',
    'delivery.deactivate.',
    'delivery.issuer.',
    'delivery.check.',
  );
  const never = faultPoints.filter(
    (point) => !elsewhere.includes(point) && !killedAt.some((one) => one.startsWith(`${point}:`)),
  );
  assert.deepEqual(never, []);
});

async function killAll({ points, moves, months }: Part): Promise<void> {
  const world = await aWorld(server, folder);
  let running: Running | undefined;
  const clients = startClients(world, () => running?.address, moves);
  try {
    for (const [index, point] of points.entries()) {
      // What happens once a second dies at once, what every batch passes some batches later.
      const dies =
        `${point}:${/^(deadline|inventory|delivery\.(complete|release))/.test(point) ? 1 : 1 + (index % 4)}` as const;
      running = await startShop(world, 0, { dies });
      const time = months ? setInterval(() => void aMonthLater(world), 700) : undefined;
      const ended = running
        ? await Promise.race([running.ended, sleep(30_000, undefined, { ref: false })])
        : { signal: 'SIGKILL' };
      clearInterval(time);
      assert.ok(ended, `${point} is on the way`);
      assert.equal(ended.signal, 'SIGKILL', `${point} kills`);
      running = undefined;
      killedAt.push(dies);
      await nothingLost(world, clients.said, clients.wrong);
    }
    running = await startShop(world, 0);
    await clients.finish();
    await quiet(world);
    if (running) await stopShop(running);
    await nothingLost(world, clients.said, clients.wrong);
    await allDone(world);
  } finally {
    clients.abandon();
    if (running) await stopShop(running, 'SIGKILL');
    await world.end();
  }
}

/** Everything that waits falls due: confirmations, releases, unpaid orders. */
const aMonthLater = (world: World): Promise<unknown> =>
  world.rows(`update kit.clock set offset_ms = offset_ms + 30 * 86400000::bigint`).catch(() => undefined);
