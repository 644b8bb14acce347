import { platformId } from '../../kit/ids.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { cureListings, pauseListings } from '../../catalog/pause.actions.ts';
import { keepHealth } from '../../risk/pauses.actions.ts';
import { healthSince, p95, unhealthy } from '../../risk/rules.ts';
import { versionAt } from '../../rules/terms.rules.ts';
import { refundOpen } from '../line-late.actions.ts';
import { listingHealth, openOrdersOf } from './views.ts';

type Row = Awaited<ReturnType<typeof listingHealth>>[number];
const atOnce = 200;
const measured = ['delay', 'stock_out', 'supplier'] as const;

/**
 * F105: looks at every listing on sale, or paused by a measurement, and pauses or cures it (article 46). Each page of listings is its own
 * transaction; looking twice changes nothing twice. Answers how many pauses began and how many ended.
 */
export async function measureHealth(db: Db): Promise<{ paused: number; cured: number }> {
  const sums = { paused: 0, cured: 0 };
  for (let after = platformId; ;) {
    const on = await reader(db);
    const version = versionAt(on.business);
    const rows = await listingHealth(on, {
      viewerStaff: true,
      since: healthSince(version, on.business),
      now: on.business,
      after,
      limit: atOnce,
    });
    const last = rows.at(-1);
    if (!last) return sums;
    const changed = await transaction(db, (tx) => act(tx, rows, version));
    sums.paused += changed.paused;
    sums.cured += changed.cured;
    after = last.listingId;
  }
}

async function act(
  tx: Tx,
  rows: readonly Row[],
  version: string,
): Promise<{ paused: number; cured: number }> {
  const judged = rows.map((row) => ({ row, causes: unhealthy(row, version) }));
  const paused = await pauseListings(
    tx,
    judged.flatMap(({ row, causes }) =>
      causes
        .filter((cause) => !row.causes.includes(cause))
        .map((cause) => ({ ...keyOf(row), cause, facts: factsOf(row) })),
    ),
  );
  const cured = await cureListings(
    tx,
    judged.flatMap(({ row, causes }) =>
      measured
        .filter((cause) => row.causes.includes(cause) && !causes.includes(cause))
        .map((cause) => ({ ...keyOf(row), cause })),
    ),
  );
  // A point of the series for what moved, or is not well: a quiet listing needs no rows.
  keepHealth(
    tx,
    judged
      .filter(({ row, causes }) => row.delays.length > 0 || causes.length > 0 || row.causes.length > 0)
      .map(({ row }) => ({ ...keyOf(row), ...pointOf(row) })),
  );
  return { paused: paused.length, cured: cured.length };
}

const keyOf = ({ shopId, listingId }: Row) => ({ shopId, listingId });
const pointOf = (row: Row) => ({
  deliveries: row.delays.length,
  late: row.delays.filter((one) => one.seconds > one.promise).length,
  p95: p95(row.delays.map((one) => one.seconds)),
  promise: row.promise,
  stock: row.stock,
});
const factsOf = (row: Row) => {
  const { deliveries, late, p95: worst, promise } = pointOf(row);
  return { deliveries, late, p95: worst, promise, stock: row.stock };
};

const ordersAtOnce = 50;

/** A shop was banned: what it has not delivered goes back (article 34, F166). Orders go in small batches; what is done stays done. */
export async function refundBanned(db: Db, shopId: string): Promise<void> {
  for (;;) {
    const rows = await openOrdersOf(await reader(db), { viewerShop: shopId, limit: ordersAtOnce });
    if (rows.length === 0) return;
    await transaction(db, (tx) =>
      refundOpen(
        tx,
        rows.map(({ id }) => ({ shopId, id })),
      ),
    );
  }
}
