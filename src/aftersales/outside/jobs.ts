import type { Due } from '../../kit/deadlines.ts';
import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { staffWith } from '../../identity/people.actions.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { complaintsOf } from '../../payments/complaint/views.ts';
import { followComplaint, remindComplaints } from './complaint.actions.ts';
import { courseWords, type CourseWord } from './complaint.rules.ts';
import { peopleOfLink } from './views.ts';

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

export const outsideReactions = {
  'complaint.told': [followTold],
  ...Object.fromEntries(Object.keys(courseWords).map((word) => [`complaint.${word}`, [tellComplaint]])),
};

/** The clocks of channels ring for reminders only: what follows at their end, the channel does. */
export const outsideDeadlines = {
  'complaint.remind': (tx: Tx, due: readonly Due[]): Promise<void> => remindComplaints(tx, due),
};
