import type { Due } from '../../kit/deadlines.ts';
import { must } from '../../kit/assert.ts';
import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { holdsOn } from '../../evidence/hold/actions.ts';
import { staffWith } from '../../identity/people.actions.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { buyersOfOrders } from '../../orders/views.ts';
import { complaintsOf } from '../../payments/complaint/views.ts';
import { followComplaint, remindComplaints } from './complaint.actions.ts';
import { courseWords, type CourseWord } from './complaint.rules.ts';
import { holdNewOrders } from './hold.actions.ts';
import { peopleOfLink, peopleOfOrders } from './views.ts';

/** complaint.told: the order and the case hear of it. */
export async function followTold(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const key = one.body.data as { channel: string; number: string };
    await transaction(db, (tx) => followComplaint(tx, key));
  }
}

/** What happened to a complaint is told to the shop and the support, and its beginning to the payer. Told twice, nobody hears it twice. */
export async function tellComplaint(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['support', 'admin']);
  for (const one of news) {
    const word = one.event.slice('complaint.'.length) as CourseWord;
    const key = one.body.data as { channel: string; number: string };
    const [[complaint], [people]] = await Promise.all([
      complaintsOf(on, { viewerChannels: [key.channel], numbers: [key.number] }),
      peopleOfLink(on, { viewerLink: one.body.about[0] ?? '' }),
    ]);
    if (!complaint || !people) continue;
    const at = complaint.answeredAt === null ? complaint.answerBy : complaint.settleBy;
    const data = { number: key.number, what: courseWords[word], at };
    const notices: Notice[] = [
      ...people.owners.map((userId): Notice => ({
        userId,
        kind: 'shop.complaint',
        data: { ...data, order: people.orderId },
      })),
      ...staff.map((userId): Notice => ({ userId, kind: 'staff.complaint', data })),
      ...(word === 'taken' || word === 'refunded'
        ? [
            {
              userId: people.buyerId,
              kind: 'order.complaint',
              data: { order: people.orderId, what: courseWords[word] },
            } as Notice,
          ]
        : []),
    ];
    await transaction(db, (tx) =>
      notify(
        tx,
        notices.map((notice) => ({ ...notice, cause: derivedId(one.id, notice.kind) })),
      ),
    );
  }
}

/** hold.placed, hold.lifted: both sides hear which authority it was. What was ordered to be secret makes no such news. */
export async function tellHeld(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  for (const one of news) {
    const { authority } = one.body.data as { authority: string };
    const what = heldWords[one.event as keyof typeof heldWords];
    const people = await peopleOfOrders(on, { viewerShops: one.body.shops, ids: one.body.about });
    await transaction(db, (tx) =>
      notify(
        tx,
        people.flatMap(({ id, buyerId, owners }) =>
          [buyerId, ...owners].map((userId): Notice => ({
            userId,
            kind: 'order.legal_hold',
            data: { order: id, authority, what },
            cause: derivedId(one.id, `${id}/${userId}`),
          })),
        ),
      ),
    );
  }
}
const heldWords = {
  'hold.placed': { zh: '这笔钱被冻结', en: 'its money is held' },
  'hold.lifted': { zh: '这笔钱解除冻结', en: 'its money is free again' },
} as const;

/** order.purchased: what is sold while its shop or its buyer is under a hold is held as well. */
export async function holdSold(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  for (const one of news) {
    const orders = await buyersOfOrders(on, { viewerShops: one.body.shops, ids: one.body.about });
    const sold = orders.map(({ id, buyerId }) => ({
      id,
      buyerId,
      shopId: must(one.body.shops[one.body.about.indexOf(id)], 'a sold order has its shop'),
    }));
    if (
      (
        await holdsOn(
          on,
          sold.flatMap((each) => [each.shopId, each.buyerId]),
        )
      ).length > 0
    )
      await transaction(db, (tx) => holdNewOrders(tx, sold));
  }
}

export const outsideReactions = {
  'complaint.told': [followTold],
  'hold.placed': [tellHeld],
  'hold.lifted': [tellHeld],
  ...Object.fromEntries(Object.keys(courseWords).map((word) => [`complaint.${word}`, [tellComplaint]])),
};

/** The clocks of channels ring for reminders only: what follows at their end, the channel does. */
export const outsideDeadlines = {
  'complaint.remind': (tx: Tx, due: readonly Due[]): Promise<void> => remindComplaints(tx, due),
};
