import { record, type NumberedEvent } from '../../src/evidence/actions.ts';
import type { Log } from '../../src/evidence/sequencer.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { createUserKeys } from '../../src/evidence/user-keys.actions.ts';
import { assert } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';

/**
 * The figure `evidence.leaves_per_s`: how fast the sequencer alone takes up what is pending (recorded before, in transactions of 128 events),
 * signing and publishing after each batch of at most 4,096.
 */
export async function leavesPerSecond(log: Log, leaves = 50_000): Promise<number> {
  await recordPurchases(log.db, leaves);
  const begin = performance.now();
  const sequenced = await sequenceAll(log);
  const seconds = (performance.now() - begin) / 1000;
  assert(sequenced.ok && sequenced.value >= leaves, 'the log took up everything that was recorded');
  return sequenced.value / seconds;
}

/** Records purchases in transactions of `batch` events; answers the CPU of this process for each event in microseconds, driver included. */
export async function recordPurchases(db: Db, events: number, batch = 128): Promise<number> {
  const wall = db.wall.now();
  const buyers = Array.from({ length: 1000 }, () => newId(wall));
  await transaction(db, (tx) => createUserKeys(tx, buyers));
  const shops = Array.from({ length: 20 }, () => newId(wall));
  // Two passes over all buyers, so that their keys are remembered, as those of a busy shop are.
  await inBatches(db, buyers.length, batch, (i) => purchase(wall, buyers, shops, i));
  const before = process.cpuUsage();
  await inBatches(db, events, batch, (i) => purchase(wall, buyers, shops, i));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}

async function inBatches(
  db: Db,
  events: number,
  batch: number,
  make: (i: number) => NumberedEvent,
): Promise<void> {
  for (let at = 0; at < events; at += batch) {
    const some = Array.from({ length: Math.min(batch, events - at) }, (_, i) => make(at + i));
    await transaction(db, (tx) => record(tx, some));
  }
}

function purchase(
  wall: ReturnType<Db['wall']['now']>,
  buyers: readonly string[],
  shops: readonly string[],
  i: number,
): NumberedEvent {
  const about = newId(wall);
  const keyOwner = buyers[i % buyers.length] ?? null;
  const lines = [
    {
      line: 1,
      listing: about,
      version: 3,
      hash: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
      quantity: 1,
      price: '1999',
    },
  ];
  const body = { total: '1999', buyer: keyOwner, rulebook: '1.0.0', lines, shown: ['a', 'b'] };
  return {
    shopId: shops[i % shops.length] ?? about,
    about,
    seq: 1,
    kind: 'order.purchased',
    actor: 'buyer',
    body,
    keyOwner,
  };
}
