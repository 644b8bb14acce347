import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { lockWithLines } from '../../orders/actions.ts';
import { issueLicences } from './issue.actions.ts';
import { followHolds, suspendLicences } from './suspension.actions.ts';

/** delivery.due: licences are issued as soon as they are paid. */
export async function issueDue(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, (tx) =>
      issueLicences(
        tx,
        body.about.map((id, i) => ({ id, shopId: body.shops[i] ?? '' })),
      ),
    );
}

/** order.refunded: what was paid back in full does not work any more. A part that was paid back leaves the rest in use. */
export async function suspendRefunded(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, async (tx) => {
      const orders = await lockWithLines(
        tx,
        body.about.map((id, i) => ({ id, shopId: body.shops[i] ?? '' })),
      );
      for (const { order } of orders)
        if (order.state === 'refunded')
          await suspendLicences(tx, [{ shopId: order.shopId, orderId: order.id }], {
            reason: 'refund',
            ref: order.id,
          });
    });
}

/** order.held: a hold of an order came or went; its licences stand still with its money. */
export async function suspendHeld(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, (tx) =>
      followHolds(
        tx,
        body.about.map((id, i) => ({ id, shopId: body.shops[i] ?? '' })),
      ),
    );
}
