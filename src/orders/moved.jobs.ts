import { recordNext } from '../evidence/actions.ts';
import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { once } from '../kit/once.ts';
import { done } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { lockWithLines } from './actions.ts';
import { ordersToTell } from './views.ts';

/** What the news deadline.moved says. */
type Moves = {
  readonly why: Words;
  readonly moves: readonly {
    readonly about: string;
    readonly what: string;
    readonly article: string;
    readonly from: number;
    readonly to: number;
  }[];
};

const whats: Readonly<Record<string, Words>> = {
  'order.expire': { zh: '付款时间', en: 'the time to pay' },
  'order.confirm': { zh: '自动确认收货', en: 'automatic confirmation' },
  'order.release': { zh: '结算给商家', en: 'payment to the shop' },
};
const someLimit: Words = { zh: '订单的时限', en: 'a time limit of the order' };

/** deadline.moved: the orders among those things get it into their evidence, and their people are told until when and why (article 6, F186). */
export async function tellMoved(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const { why, moves } = one.body.data as Moves;
    const told = await ordersToTell(await reader(db), {
      ids: [...new Set(one.body.about)],
      viewerShops: shopsOnce(one),
    });
    const orders = new Map(told.map((order) => [order.id, order]));
    const mine = moves.flatMap((move) => {
      const order = orders.get(move.about);
      return order ? [{ ...move, order }] : [];
    });
    if (mine.length === 0) continue;
    await transaction(db, (tx) => fix(tx, one.id, mine, why));
    const notices = mine.flatMap(({ order, what, to }) =>
      [order.buyerId, ...order.owners].map((userId): Notice => ({
        userId,
        cause: derivedId(one.id, `${order.id}/${what}`),
        kind: 'deadline.moved',
        data: { order: order.id, what: whats[what] ?? someLimit, at: to, why },
      })),
    );
    await transaction(db, (tx) => notify(tx, notices));
  }
}

const shopsOnce = ({ body }: Delivered): string[] => {
  const shops = new Map(body.about.map((about, i) => [about, body.shops[i] ?? '']));
  return [...shops.values()];
};

type Mine = Moves['moves'][number] & {
  readonly order: { readonly id: string; readonly shopId: string; readonly buyerId: string };
};

async function fix(tx: Tx, newsId: string, mine: readonly Mine[], why: Words): Promise<void> {
  await once(tx, { scope: 'orders.deadline_moved', key: newsId, input: null }, async () => {
    await lockWithLines(
      tx,
      mine.map(({ order }) => ({ shopId: order.shopId, id: order.id })),
    );
    await recordNext(
      tx,
      mine.map(({ order, what, article, from, to }) => ({
        shopId: order.shopId,
        about: order.id,
        kind: 'order.deadline_moved',
        actor: 'platform',
        keyOwner: order.buyerId,
        body: { what, article, from, to, why: why.zh },
      })),
    );
    return done(null);
  });
}
