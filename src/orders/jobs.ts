import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { ordersToTell } from './views.ts';

type Told = Awaited<ReturnType<typeof ordersToTell>>[number];

// One piece of news is about many orders; each message has an id made of news, order and kind, so that news delivered twice tells nobody twice.
const telling =
  (notices: (order: Told) => Notice[]) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const one of news) {
      const orders = await ordersToTell(await reader(db), {
        ids: one.body.about,
        viewerShops: one.body.shops,
      });
      await transaction(db, (tx) =>
        notify(
          tx,
          orders.flatMap((order) =>
            notices(order).map((notice) => ({
              ...notice,
              cause: derivedId(one.id, `${order.id}/${notice.kind}`),
            })),
          ),
        ),
      );
    }
  };

/** order.purchased: the buyer hears that the keys are there, the shop that it sold. */
export const tellPurchased = telling((order) => [
  { userId: order.buyerId, kind: 'order.delivered', data: { order: order.id, listing: order.title } },
  ...order.owners.map((userId): Notice => ({
    userId,
    kind: 'shop.sold',
    data: { order: order.id, listing: order.title, units: order.units, amount: order.total },
  })),
]);

/** order.completed: by the buyer or by the clock. */
export const tellCompleted = telling((order) => [
  {
    userId: order.buyerId,
    kind: 'order.completed',
    data: {
      order: order.id,
      by: order.byClock
        ? { zh: '到时间自动确认', en: 'by the clock' }
        : { zh: '你确认了收货', en: 'you confirmed' },
    },
  },
]);

/** order.settled: the shop's money is available; it hears what came, which is less than was paid by the fee and the refunds. */
export const tellSettled = telling((order) =>
  order.owners.map((userId): Notice => ({
    userId,
    kind: 'shop.settled',
    data: { order: order.id, amount: order.released },
  })),
);

/** order.cancelled: nobody paid in time. */
export const tellCancelled = telling((order) => [
  { userId: order.buyerId, kind: 'order.expired', data: { order: order.id } },
]);

/** order.unserved: the money came, but the keys that were held had expired meanwhile. */
export const tellUnserved = telling((order) => [
  { userId: order.buyerId, kind: 'order.unserved', data: { order: order.id, listing: order.title } },
  ...order.owners.map((userId): Notice => ({
    userId,
    kind: 'shop.unserved',
    data: { order: order.id, listing: order.title },
  })),
]);

/** order.refunded: how much is back by now. */
export const tellRefunded = telling((order) => [
  { userId: order.buyerId, kind: 'order.refunded', data: { order: order.id, amount: order.refunded } },
]);
