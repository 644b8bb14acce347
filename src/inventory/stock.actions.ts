import { must } from '../kit/assert.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { beijingDay, plus } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import { importLimits, type InventoryRefusal } from './contract.ts';
import { discardAll } from './import.actions.ts';
import { dropStaleProgress, forgetRejects, overdueDrafts } from './import.store.ts';
import { findShelf, insertPools } from './intake.store.ts';
import { lowerPools } from './keys.store.ts';
import {
  dropAlarms,
  insertAlarms,
  insertLevels,
  insertWithdrawal,
  lockBatch,
  voidBatch,
  writeAlarm,
} from './stock.store.ts';

/** Makes pools for variants whose keys are delivered from stock; making one twice is harmless. The pool of a variant has its id. */
export async function createPools(
  tx: Tx,
  list: readonly { shopId: string; poolId: string; variantId: string }[],
): Promise<void> {
  if (list.length === 0) return;
  await insertPools(tx, {
    shops: list.map((p) => p.shopId),
    pools: list.map((p) => p.poolId),
    variants: list.map((p) => p.variantId),
  });
}

/** From how many keys on the shop is told that a variant runs out; 0: never. */
export async function setAlarm(
  tx: Tx,
  p: { shopId: string; variantId: string; alarmAt: number },
): Promise<Result<{ alarmAt: number }, InventoryRefusal>> {
  const [shelf] = await findShelf(tx, p);
  if (!shelf) return refuse('POOL_NOT_FOUND');
  await createPools(tx, [{ shopId: p.shopId, poolId: p.variantId, variantId: p.variantId }]);
  await writeAlarm(tx, { shopId: p.shopId, poolId: p.variantId, alarmAt: p.alarmAt });
  return done({ alarmAt: p.alarmAt });
}

/**
 * Takes a whole batch off the shelf within an hour of its import, if nobody has bought or is paying for any of it. Its keys stay void and
 * known: they cannot come in a second time. Doing it twice is harmless.
 */
export async function withdrawBatch(
  tx: Tx,
  p: { shopId: string; batchId: string; by: string },
): Promise<Result<{ count: number }, InventoryRefusal>> {
  const [batch] = await lockBatch(tx, p);
  if (!batch) return refuse('BATCH_NOT_FOUND');
  if (batch.withdrawn) return done({ count: batch.count });
  if (plus(batch.at, { minutes: importLimits.withdrawal_minutes }) < tx.business)
    return refuse('WITHDRAWAL_LATE');
  if (batch.next > batch.first || batch.free < BigInt(batch.count)) return refuse('WITHDRAWAL_SOLD');
  const { shopId, batchId } = p;
  const count = await voidBatch(tx, {
    shopId,
    batchId,
    poolId: batch.poolId,
    first: batch.first,
    count: batch.count,
    at: tx.business,
  });
  await lowerPools(tx, { shops: [shopId], pools: [batch.poolId], gone: [count], back: [0] });
  await insertWithdrawal(tx, { shopId, batchId, by: p.by, count, at: tx.business });
  await recordNext(tx, [
    {
      shopId,
      about: batchId,
      kind: 'stock.withdrawn',
      actor: 'merchant',
      keyOwner: null,
      body: { batch: batchId, count, by: p.by },
    },
  ]);
  return done({ count });
}

/** Rings for pools that are at or under their number, once each; the shop's people hear of it by the news. Answers how many rang. */
export async function ringAlarms(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    await dropAlarms(tx);
    const rung = await insertAlarms(tx, { at: tx.business });
    await publish(
      tx,
      rung.map((pool) => ({
        event: 'inventory.stock_low',
        about: [pool.poolId],
        shops: [must(pool.shopId, 'a pool has its shop')],
      })),
    );
    return rung.length;
  });
}

/** Notes once a day how much every pool has given away, for the pace of sales. */
export const noteLevels = (db: Db): Promise<number> =>
  transaction(db, (tx) => insertLevels(tx, { day: beijingDay(tx.business) }));

/** Deletes unconfirmed files after ten minutes and rejected rows after a week, with the keys that opened them. Answers how many files went. */
export async function forgetUploads(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    const overdue = await overdueDrafts(tx, {
      before: plus(tx.wall, { minutes: -importLimits.draft_minutes }),
    });
    await discardAll(tx, overdue);
    await dropStaleProgress(tx);
    await forgetRejects(tx, { before: plus(tx.wall, { days: -importLimits.rejects_days }) });
    return overdue.length;
  });
}
