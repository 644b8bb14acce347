import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import type { Instant } from '../kit/time.ts';
import type { Words } from '../kit/text.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { ordersToTell } from '../orders/views.ts';
import { followMoved } from './clocks.actions.ts';

type Moves = {
  readonly why: Words;
  readonly moves: readonly { readonly about: string; readonly what: string; readonly to: Instant }[];
};

const limit: Words = { zh: '售后的时限', en: 'the time limit of a case' };
const ofCases = (what: string): boolean =>
  /^(case|jury)\./.test(what) && what !== 'case.remind' && what !== 'case.close';

/** deadline.moved: cases among those things say the new time, and both sides are told until when and why (article 6, F186). */
export async function followMovedCases(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const { why, moves } = one.body.data as Moves;
    const mine = moves.filter((move) => ofCases(move.what));
    if (mine.length === 0) continue;
    const cases = await transaction(db, (tx) =>
      followMoved(
        tx,
        mine.map((move) => move.about),
      ),
    );
    const orders = await ordersToTell(await reader(db), {
      ids: cases.map((file) => file.orderId),
      viewerShops: [...new Set(cases.map((file) => file.shopId))],
    });
    const notices = cases.flatMap(({ id, orderId, dueAt }): Notice[] => {
      const order = orders.find((row) => row.id === orderId);
      if (!order || dueAt === null) return [];
      return [order.buyerId, ...order.owners].map((userId) => ({
        userId,
        cause: derivedId(one.id, id),
        kind: 'deadline.moved',
        data: { order: orderId, what: limit, at: dueAt, why },
      }));
    });
    await transaction(db, (tx) => notify(tx, notices));
  }
}
