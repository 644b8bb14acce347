import { newId } from '../kit/ids.ts';
import { toJson } from '../kit/json.ts';
import { send, type Tx } from '../kit/tx.ts';
import { deletePauses, insertHealth, insertPauseEvents, insertPauses } from './store.ts';
import { pausesOfListings } from './views.ts';
import type { PauseCause } from './words.contract.ts';

export type Pause = {
  readonly shopId: string;
  readonly listingId: string;
  readonly cause: PauseCause;
  readonly facts: Readonly<Record<string, string | number | null>>;
};

/** Writes down why listings pause; the caller holds them. A cause that stands is left as it is. Answers the new ones. */
export async function notePauses(tx: Tx, list: readonly Pause[]): Promise<Pause[]> {
  if (list.length === 0) return [];
  const rows = await insertPauses(tx, { ...columns(list), facts: factsOf(list), at: tx.business });
  const fresh = list.filter((one) => rows.some((row) => same(row, one)));
  tellHistory(tx, 'pause', fresh);
  return fresh;
}

/** Takes cured causes away; the caller holds the listings. Answers those that stood. */
export async function noteCures(tx: Tx, list: readonly Pause[]): Promise<Pause[]> {
  if (list.length === 0) return [];
  const rows = await deletePauses(tx, columns(list));
  const cured = list.filter((one) => rows.some((row) => same(row, one)));
  tellHistory(tx, 'cure', cured);
  return cured;
}

/** The causes that keep each of these listings paused; a listing without any is not in the map. */
export async function pausedListings(
  tx: Tx,
  list: readonly { shopId: string; listingId: string }[],
): Promise<Map<string, PauseCause[]>> {
  if (list.length === 0) return new Map();
  const rows = await pausesOfListings(tx, {
    viewerShops: list.map((one) => one.shopId),
    listings: list.map((one) => one.listingId),
  });
  return new Map(
    [...Map.groupBy(rows, (row) => row.listingId)].map(([id, own]) => [id, own.map((row) => row.cause)]),
  );
}

type Key = Pick<Pause, 'shopId' | 'listingId' | 'cause'>;
const same = (a: Key, b: Key): boolean =>
  a.shopId === b.shopId && a.listingId === b.listingId && a.cause === b.cause;
const columns = (list: readonly Key[]) => ({
  shops: list.map((one) => one.shopId),
  listings: list.map((one) => one.listingId),
  causes: list.map((one) => one.cause),
});
const factsOf = (list: readonly Pause[]): string[] => list.map((one) => toJson(one.facts));

function tellHistory(tx: Tx, event: 'pause' | 'cure', list: readonly Pause[]): void {
  if (list.length === 0) return;
  send(
    tx,
    insertPauseEvents(tx, {
      ...columns(list),
      ids: list.map(() => newId(tx.wall)),
      events: list.map(() => event),
      facts: factsOf(list),
      at: tx.business,
    }),
  );
}

export type HealthPoint = {
  readonly shopId: string;
  readonly listingId: string;
  readonly deliveries: number;
  readonly late: number;
  readonly p95: number | null;
  readonly promise: number;
  readonly stock: number | null;
};

/** Keeps what was measured, for the series of the health page. */
export function keepHealth(tx: Tx, list: readonly HealthPoint[]): void {
  if (list.length === 0) return;
  send(
    tx,
    insertHealth(tx, {
      shops: list.map((one) => one.shopId),
      listings: list.map((one) => one.listingId),
      deliveries: list.map((one) => one.deliveries),
      lates: list.map((one) => one.late),
      p95s: list.map((one) => one.p95),
      promises: list.map((one) => one.promise),
      stocks: list.map((one) => one.stock),
      at: tx.business,
    }),
  );
}
