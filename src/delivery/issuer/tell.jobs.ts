import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { buyersOfOrders } from '../../orders/views.ts';

/** News delivery.issuer_answered: the buyer hears that there is an answer. What it says stands on the order page only. */
export async function tellIssuerAnswered(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const buyers = await buyersOfOrders(await reader(db), {
      viewerShops: one.body.shops,
      ids: one.body.about,
    });
    await transaction(db, (tx) =>
      notify(
        tx,
        buyers.map(({ id, buyerId }): Notice => ({
          userId: buyerId,
          cause: derivedId(one.id, `${id}/order.issuer_answered`),
          kind: 'order.issuer_answered',
          data: { order: id },
        })),
      ),
    );
  }
}
