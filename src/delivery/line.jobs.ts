import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { deliveriesToTell } from './line.views.ts';

export type Told = Awaited<ReturnType<typeof deliveriesToTell>>[number];

/** News of deliveries → who is told. Each message has an id made of news, order, kind and person, so that news delivered twice tells nobody twice. */
export const telling =
  (notices: (order: Told) => Notice[]) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const one of news) {
      const orders = await deliveriesToTell(await reader(db), {
        ids: one.body.about,
        viewerShops: one.body.shops,
      });
      const all = orders.flatMap((order) =>
        notices(order).map((notice) => ({
          ...notice,
          cause: derivedId(one.id, `${order.id}/${notice.kind}/${notice.userId}`),
        })),
      );
      await transaction(db, (tx) => notify(tx, all));
    }
  };

const toHands = (order: Told, notice: (userId: string) => Notice): Notice[] => order.hands.map(notice);

/** delivery.due: paid. Who delivers by hand hears what and until when. */
export const tellDue = telling((order) =>
  order.mode === 'manual'
    ? toHands(order, (userId) => ({
        userId,
        kind: 'shop.due',
        data: { order: order.id, listing: order.title, units: order.units, at: order.promisedAt },
      }))
    : [],
);

/** delivery.unaccepted: half of the time is over and nobody took it on. */
export const tellUnaccepted = telling((order) =>
  toHands(order, (userId) => ({
    userId,
    kind: 'shop.unaccepted',
    data: { order: order.id, listing: order.title, at: order.promisedAt },
  })),
);

/** order.delivered: it lies in the buyer's order. */
export const tellDelivered = telling((order) => [
  { userId: order.buyerId, kind: 'order.delivered', data: { order: order.id, listing: order.title } },
]);

/** delivery.corrected: the shop wrote it anew. */
export const tellCorrected = telling((order) => [
  { userId: order.buyerId, kind: 'order.corrected', data: { order: order.id, listing: order.title } },
]);

/** delivery.late: the buyer hears of the one-click cancel, the shop what its delay brings. */
export const tellLate = telling((order) => [
  {
    userId: order.buyerId,
    kind: 'order.late',
    data: { order: order.id, listing: order.title, at: order.dueAt },
  },
  ...toHands(order, (userId) => ({
    userId,
    kind: 'shop.late',
    data: { order: order.id, listing: order.title, at: order.dueAt },
  })),
]);
