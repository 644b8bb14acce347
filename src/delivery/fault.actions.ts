import { must } from '../kit/assert.ts';
import { setDeadlines } from '../kit/deadlines.ts';
import { newId } from '../kit/ids.ts';
import { send, type Tx } from '../kit/tx.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { voidKeys } from '../inventory/keys.actions.ts';
import { lockPoolsFor, lookAtKeys, writeBackPools } from '../inventory/pool.actions.ts';
import { canTake, takeNumbers, type Pool } from '../inventory/pool.rules.ts';
import { numberLines } from '../orders/actions.ts';
import type { Line } from '../orders/rules.ts';
import { param } from '../rules/rules.ts';
import { confirmDeadline, deliverSealed } from './card-key.actions.ts';
import type { Unit } from './card-key.rules.ts';
import { withdrawUnits } from './card-key.store.ts';
import { countReplaced, replaceUnits } from './fault.store.ts';
import { dropUnit, putUnit, unitNamed, type Held } from './units.actions.ts';

/** Places of one line of a held order: what a case decided about. */
export type Faulty = { readonly held: Held; readonly line: number; readonly places: readonly number[] };

const lineOf = ({ held, line }: Faulty): Line =>
  must(
    held.lines.find((one) => one.number === line),
    'a line of the order',
  );

async function poolOf(tx: Tx, line: Line, count: number): Promise<Pool | undefined> {
  const wish = { poolId: line.poolId, count };
  const pools = await lockPoolsFor(tx, [wish]);
  const [version] = await versionsOf(tx, [line]);
  const useWithin_hours = version?.content.useWithin_hours ?? null;
  await lookAtKeys(tx, pools, [{ ...wish, useWithin_hours }]);
  return pools.get(line.poolId);
}

/** Whether these places can be replaced: a key for each, and none replaced as often as article 44 allows already. */
export async function reissueState(tx: Tx, faulty: Faulty): Promise<'ok' | 'NO_STOCK' | 'REISSUED_OFTEN'> {
  const { order } = faulty.held;
  const line = lineOf(faulty);
  if (line.numbers.length === 0) return 'NO_STOCK';
  const times = await countReplaced(tx, { shopId: order.shopId, orderId: order.id });
  const limit = param(order.rulebook, 'REISSUE_LIMIT');
  const often = times.some(
    (one) => one.line === line.number && faulty.places.includes(one.place) && one.times >= limit,
  );
  if (often) return 'REISSUED_OFTEN';
  const pool = await poolOf(tx, line, faulty.places.length);
  return pool && canTake(pool, faulty.places.length, false) ? 'ok' : 'NO_STOCK';
}

/**
 * Gives new keys for dead ones (VGSR articles 5 and 44): the old ones are void for ever first, then new ones lie sealed in their places,
 * with times of their own. False, and nothing is done, when the pool has not enough.
 */
export async function reissue(tx: Tx, faulty: Faulty): Promise<boolean> {
  const { places } = faulty;
  const line = lineOf(faulty);
  const pool = await poolOf(tx, line, places.length);
  const fresh = pool && takeNumbers(pool, places.length, false);
  if (!pool || !fresh) return false;
  const old = places.map((place) => must(line.numbers[place - 1], 'a place has its number'));
  writeBackPools(tx, [pool]);
  await voidKeys(
    tx,
    old.map((number) => ({ shopId: line.shopId, poolId: line.poolId, number })),
  );
  send(
    tx,
    replaceUnits(tx, {
      shops: old.map(() => line.shopId),
      pools: old.map(() => line.poolId),
      numbers: old,
      places: [...places],
      byNumbers: fresh,
      at: tx.business,
    }),
  );
  deliverSealed(tx, [
    { shopId: line.shopId, orderId: line.orderId, line: line.number, poolId: line.poolId, numbers: fresh },
  ]);
  const numbers = [...line.numbers];
  places.forEach((place, i) => (numbers[place - 1] = must(fresh[i], 'a number for each place')));
  numberLines(tx, [{ shopId: line.shopId, orderId: line.orderId, line: line.number, numbers }]);
  swap(tx, faulty, { ...line, numbers }, fresh);
  return true;
}

/** The held order knows its new units, so that its time to confirm runs anew. */
function swap(tx: Tx, { held, places }: Faulty, line: Line, fresh: readonly bigint[]): void {
  const before = held.lines.find((one) => one.number === line.number);
  for (const place of places) {
    const unit = before && unitNamed(held, { line: before.number, place })?.unit;
    if (unit) dropUnit(held, unit);
  }
  for (const number of fresh) {
    putUnit(held, sealedUnit(line, number, tx));
    held.changed.delete(`${line.poolId}/${number}`);
  }
  if (held.order.state === 'delivered') send(tx, setDeadlines(tx, [confirmDeadline(held, tx.business)]));
}

const sealedUnit = (line: Line, number: bigint, tx: Tx): Unit => ({
  shopId: line.shopId,
  poolId: line.poolId,
  number,
  orderId: line.orderId,
  line: line.number,
  state: 'sealed',
  deliveredAt: tx.business,
  revealedAt: null,
  decidedAt: null,
  reveals: 0,
});

/** Keys that nobody has seen and whose price went back are taken away, and never sold again: they were said to be wrong. */
export async function takeBackSealed(tx: Tx, faulty: Faulty): Promise<void> {
  const units = faulty.places.flatMap((place) => {
    const unit = unitNamed(faulty.held, { line: faulty.line, place })?.unit;
    return unit?.state === 'sealed' ? [unit] : [];
  });
  if (units.length === 0) return;
  const columns = {
    shops: units.map((unit) => unit.shopId),
    pools: units.map((unit) => unit.poolId),
    numbers: units.map((unit) => unit.number),
  };
  await voidKeys(tx, units);
  send(tx, withdrawUnits(tx, { ...columns, ids: units.map(() => newId(tx.wall)), at: tx.business }));
  for (const unit of units) dropUnit(faulty.held, unit);
}
