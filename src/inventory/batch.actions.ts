import { assert, must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { publish } from '../kit/outbox.ts';
import { newDataKey } from '../kit/secret.ts';
import { beijingDay } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { record } from '../evidence/actions.ts';
import { rootOf } from '../evidence/merkle.rules.ts';
import { importLimits, type InventoryRefusal } from './contract.ts';
import { Stopped, takeIn, type Taken } from './intake.actions.ts';
import {
  addHits,
  hitsOfDay,
  insertBatch,
  insertDataKey,
  insertLeaves,
  insertPools,
  lastNumber,
  lockShop,
  raisePool,
} from './intake.store.ts';
import { dataKeyName } from './keys.actions.ts';
import type { Plan } from './upload.actions.ts';

/** Holds the shop's place and answers how many keys of others it may still meet today. */
export async function admit(tx: Tx, shopId: string): Promise<number> {
  await lockShop(tx, { shopId });
  const [today] = await hitsOfDay(tx, { shopId, day: beijingDay(tx.wall) });
  const left = importLimits.foreignHitsPerDay - (today?.hits ?? 0);
  if (left <= 0) throw new Stopped('IMPORTS_PAUSED', 0);
  return left;
}

export const outcome = (taken: Taken): { state: 'done' | 'refused'; refusal: InventoryRefusal | null } =>
  taken.counts.accepted > 0
    ? { state: 'done', refusal: null }
    : { state: 'refused', refusal: 'IMPORT_NOTHING_ACCEPTED' };

type Bringing = {
  shopId: string;
  variantId: string;
  by: string;
  source: string;
  importId: string;
  planned: Plan;
  onProgress: ((done: number) => void) | null;
};

/**
 * Keys, batch, evidence and stock in one transaction: a program that dies leaves nothing, and nobody sees half of it. The pool is touched
 * last and shortly, so that buyers of its earlier keys do not wait for the import.
 */
export async function bringIn(tx: Tx, p: Bringing): Promise<Taken> {
  const { shopId, variantId: poolId, importId, planned } = p;
  const hitsLeft = await admit(tx, shopId);
  faultPoint('inventory.import.after-lock');
  await insertPools(tx, { shops: [shopId], pools: [poolId], variants: [poolId] });
  const [pool] = await lastNumber(tx, { shopId, poolId });
  const first = must(pool, 'the pool is there').last + 1n;
  const { key: dataKey, wrapped } = newDataKey(tx.keys, dataKeyName(shopId, importId));
  await insertDataKey(tx, { shopId, id: importId, wrapped, at: tx.business });
  const taken = await takeIn(tx, {
    ...planned,
    shopId,
    poolId,
    importId,
    text: planned.read.text,
    hitsLeft,
    into: { dataKey, first },
    onProgress: p.onProgress,
  });
  if (taken.foreign > 0) await addHits(tx, { shopId, day: beijingDay(tx.wall), hits: taken.foreign });
  if (taken.foreign > 0)
    await publish(tx, [
      {
        event: 'inventory.duplicates_met',
        about: [importId],
        shops: [shopId],
        data: { count: taken.foreign },
      },
    ]);
  faultPoint('inventory.import.before-batch');
  if (taken.counts.accepted > 0) await stock(tx, p, taken, first);
  return taken;
}

async function stock(tx: Tx, p: Bringing, taken: Taken, first: bigint): Promise<void> {
  const { shopId, variantId: poolId, importId } = p;
  const count = taken.counts.accepted;
  const root = Buffer.from(rootOf(taken.tree));
  assert(taken.tree.size === count, 'the batch commits to every key that it brings in');
  await insertBatch(tx, {
    shopId,
    id: importId,
    poolId,
    first,
    count,
    root,
    source: p.source,
    by: p.by,
    at: tx.business,
  });
  taken.leaves.forEach((leaves, part) =>
    send(tx, insertLeaves(tx, { shopId, batchId: importId, part, leaves })),
  );
  await record(tx, [
    {
      shopId,
      about: importId,
      seq: 1,
      kind: 'stock.batch',
      actor: 'merchant',
      keyOwner: null,
      body: {
        batch: importId,
        pool: poolId,
        first: Number(first),
        count,
        root: root.toString('base64'),
        source: p.source,
        by: p.by,
      },
      publicFacts: { count, root: root.toString('base64') },
    },
  ]);
  faultPoint('inventory.import.after-batch');
  const raised = await raisePool(tx, { shopId, poolId, first, count, careful: taken.careful });
  assert(raised === 1, 'the numbers of an import are still free at its end');
  faultPoint('inventory.import.after-pool');
  await publish(tx, [
    {
      event: 'inventory.imported',
      about: [importId],
      shops: [shopId],
      data: {
        poolId,
        accepted: count,
        refused: taken.counts.rejected,
        by: p.by,
        waited: p.onProgress === null,
      },
    },
  ]);
}
