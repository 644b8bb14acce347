import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import type { Words } from '../../kit/text.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { staffWith } from '../../identity/people.actions.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { ticketWords } from '../../risk/words.contract.ts';
import { classAndAnchor, holdUnusual, releaseReviewed } from './actions.ts';
import { reviewedBy } from './views.ts';

/** order.purchased, delivery.due: what was just paid is looked at: high value (F207), and bursts of equal cards (F057). */
export async function watchPurchases(db: Db, news: readonly Delivered[]): Promise<void> {
  const keys = {
    shops: news.flatMap((one) => one.body.shops),
    ids: news.flatMap((one) => one.body.about),
  };
  await transaction(db, (tx) => holdUnusual(tx, keys));
  await transaction(db, (tx) => classAndAnchor(tx, keys));
}

const said: Readonly<Record<string, Words>> = {
  open: {
    zh: '买得太快太多，先核实，最多 30 分钟，到点自动恢复',
    en: 'so many at once are looked at, for 30 minutes at most',
  },
  pass: { zh: '核实过了，可以查看卡密', en: 'looked at; you can see your keys' },
  lapse: { zh: '到点自动恢复，可以查看卡密', en: 'the time is over; you can see your keys' },
};

/** risk.velocity: the buyer hears that the purchase waits, or goes on; officers are called when it begins (F057). */
export async function followReview(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['risk', 'admin']);
  for (const { id, body } of news) {
    const { event } = body.data as { event: string };
    const [ticketId = ''] = body.about;
    const words = said[event];
    await transaction(db, async (tx) => {
      const ends = event === 'pass' || event === 'lapse';
      const rows = ends
        ? await releaseReviewed(tx, ticketId)
        : await reviewedBy(tx, { viewerTicket: ticketId });
      await notify(tx, [
        ...(words ? rows : []).map((row): Notice => ({
          userId: row.buyerId,
          kind: 'order.review',
          cause: derivedId(id, row.orderId),
          data: { order: row.orderId, what: words ?? ticketWords.velocity },
        })),
        ...(event === 'open' ? staff : []).map((userId): Notice => ({
          userId,
          kind: 'staff.risk',
          cause: derivedId(id, `staff/${userId}`),
          data: { what: ticketWords.velocity, about: `${rows.length} 单` },
        })),
      ]);
    });
  }
}
