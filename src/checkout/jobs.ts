import type { Due } from '../kit/deadlines.ts';
import { clearDeadlines } from '../kit/deadlines.ts';
import type { Db, Tx } from '../kit/tx.ts';
import { expireAll } from './apply.actions.ts';
import { paymentsOfOrders } from './expiry.store.ts';
import { applyLane } from './lanes.actions.ts';

/** payment.received for checkouts: the money is applied, also when the process died after the notice. Safe to repeat. */
export const applyPayments = async (db: Db, paymentIds: readonly string[]): Promise<void> =>
  void (await Promise.all(paymentIds.map((id) => applyLane(db).submit(id))));

/** Deadline order.expire: unpaid checkouts whose time is over (VGSR article 43). */
export async function expireOrders(tx: Tx, due: readonly Due[]): Promise<void> {
  const payments = await paymentsOfOrders(tx, {
    shops: due.map((d) => d.shopId),
    orders: due.map((d) => d.about),
  });
  const ids = payments.flatMap((row) => (row.paymentId ? [row.paymentId] : []));
  await expireAll(tx, ids);
  await clearDeadlines(
    tx,
    due.map((d) => ({ ...d, what: 'order.expire' })),
  );
}
