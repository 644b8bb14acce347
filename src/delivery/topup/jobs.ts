import type { Due } from '../../kit/deadlines.ts';
import { derivedId } from '../../kit/ids.ts';
import { clearDeadlines } from '../../kit/deadlines.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import { ordersToTell, peopleOfShops } from '../../orders/views.ts';
import { abandonRefunded, askBackTopups, beginTopups, followTopups, giveUpTopups } from './actions.ts';
import { stopWrong } from './choice.actions.ts';

const keysOf = (news: readonly Delivered[]): OrderKey[] =>
  news.flatMap(({ body }) => body.about.map((id, i) => ({ shopId: body.shops[i] ?? '', id })));
const unique = (keys: readonly OrderKey[]): OrderKey[] => [
  ...new Map(keys.map((key) => [key.id, key])).values(),
];

const reacting =
  (act: (tx: Tx, orders: readonly OrderKey[]) => Promise<void>) =>
  (db: Db, news: readonly Delivered[]): Promise<void> =>
    transaction(db, (tx) => act(tx, unique(keysOf(news))));

/** delivery.due: paid orders; those with direct lines are asked of a supplier (F028). */
export const beginPaidTopups = reacting(beginTopups);
/** supply.changed: a supplier has said something. */
export const followSuppliers = reacting(followTopups);
/** delivery.cancel_asked: the buyer or the clock wants it back. */
export const askTopupsBack = reacting(askBackTopups);

/** order.refunded: whatever gave the money back, nothing is filled any more if that can be helped. */
export const abandonRefundedTopups = reacting(abandonRefunded);

const sweeping =
  (act: (tx: Tx, orders: readonly OrderKey[]) => Promise<void>) =>
  async (tx: Tx, due: readonly Due[]): Promise<void> => {
    await clearDeadlines(tx, due);
    await act(
      tx,
      due.map((one) => ({ shopId: one.shopId, id: one.about })),
    );
  };

/** Deadlines of top-ups; each looks again and sets what is still to come. */
export const topupDeadlines = {
  'topup.give_up': sweeping(giveUpTopups),
  'topup.waited': sweeping(askBackTopups),
  'topup.wrong': sweeping(stopWrong),
} as const;

type Kind = 'shop.topup_held' | 'shop.topup_wrong' | 'shop.topup_late' | 'shop.topup_missed';

const tellingShop =
  (kind: Kind) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const one of news) {
      const { about: ids, shops: viewerShops } = one.body;
      const on = await reader(db);
      const [orders, people] = await Promise.all([
        ordersToTell(on, { ids, viewerShops }),
        peopleOfShops(on, { viewerShops: [...new Set(viewerShops)], roles: ['owner', 'orders'] }),
      ]);
      const hands = new Map(people.map((shop) => [shop.shopId, shop.people]));
      await transaction(db, (tx) =>
        notify(
          tx,
          orders.flatMap((order) =>
            (hands.get(order.shopId) ?? []).map((userId): Notice => ({
              userId,
              kind,
              data: { order: order.id, listing: order.title },
              cause: derivedId(one.id, `${order.id}/${kind}/${userId}`),
            })),
          ),
        ),
      );
    }
  };
export const tellHeld = tellingShop('shop.topup_held');
export const tellWrong = tellingShop('shop.topup_wrong');
export const tellLateArrival = tellingShop('shop.topup_late');
export const tellStopMissed = tellingShop('shop.topup_missed');
