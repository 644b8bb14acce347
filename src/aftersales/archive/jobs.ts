import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import { plantSupplements, sealOrders } from './actions.ts';

const subjectsOf = (news: readonly Delivered[]) =>
  news.flatMap(({ body }) =>
    body.about.flatMap((about, i) => {
      const shopId = body.shops[i];
      return shopId === undefined ? [] : [{ shopId, id: about }];
    }),
  );

const together = 200;

/** order.completed, order.refunded: the binder is sealed at once; one that was sealed before gets a supplement in time. */
export async function sealCompleted(db: Db, news: readonly Delivered[]): Promise<void> {
  const keys = subjectsOf(news);
  for (let at = 0; at < keys.length; at += together)
    await transaction(db, (tx) => sealOrders(tx, keys.slice(at, at + together)));
}

/** News of an order or of a case of it: something was added to its evidence. */
export async function noteAdditions(db: Db, news: readonly Delivered[]): Promise<void> {
  const subjects = subjectsOf(news);
  if (subjects.length === 0) return;
  await transaction(db, (tx) =>
    plantSupplements(tx, {
      shops: subjects.map((one) => one.shopId),
      abouts: subjects.map((one) => one.id),
    }),
  );
}

/** Deadline archive.seal: what was added since the last seal is sealed. */
export async function sealLater(tx: Tx, due: readonly Due[]): Promise<void> {
  await sealOrders(
    tx,
    due.map(({ shopId, about }) => ({ shopId, id: about })),
  );
  await clearDeadlines(tx, due);
}
