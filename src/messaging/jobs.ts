import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { instant } from '../kit/time.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { staffWith } from '../identity/people.actions.ts';
import { readShops } from '../merchants/views.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { sweepFeed } from './actions.ts';
import { lureWords, type LureKind, type Side } from './contract.ts';
import { hearersToTell } from './views.ts';

type Hearers = Awaited<ReturnType<typeof hearersToTell>>[number];

const telling =
  (notices: (hearers: Hearers, data: Record<string, unknown>, newsId: string) => Notice[]) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const one of news) {
      const rows = await hearersToTell(await reader(db), {
        ids: one.body.about,
        viewerShops: one.body.shops,
      });
      const data = (one.body.data ?? {}) as Record<string, unknown>;
      await transaction(db, (tx) =>
        notify(
          tx,
          rows.flatMap((row) => notices(row, data, one.id)),
        ),
      );
    }
  };

/**
 * message.sent: who has not seen it hears of it once for all that they have not seen: the message is named after the first of these, so
 * the tenth unseen word of a conversation rings no tenth time.
 */
export const tellMessages = telling((row, data) => {
  const side = data['side'] as Side;
  const about = { order: row.orderId, listing: row.title };
  const toBuyer: Notice[] =
    side === 'buyer' || !row.buyerFirst
      ? []
      : [
          {
            userId: row.buyerId,
            kind: 'chat.reply',
            data: about,
            cause: derivedId(row.buyerFirst, `${row.buyerId}/chat.reply`),
          },
        ];
  const { merchantFirst } = row;
  const toShop =
    side === 'merchant' || !merchantFirst
      ? []
      : row.staff.map((userId): Notice => ({
          userId,
          kind: 'shop.asked',
          data: about,
          cause: derivedId(merchantFirst, `${userId}/shop.asked`),
        }));
  return [...toBuyer, ...toShop];
});

/** message.unanswered: the time that the buyer set is over; both sides hear it (F080). */
export const tellUnanswered = telling((row, data, newsId) => {
  const about = { order: row.orderId, listing: row.title, at: instant(Number(data['dueAt'])) };
  const cause = (userId: string): string => derivedId(newsId, `${row.orderId}/${userId}`);
  return [
    { userId: row.buyerId, kind: 'chat.unanswered', data: about, cause: cause(row.buyerId) },
    ...row.staff.map((userId): Notice => ({
      userId,
      kind: 'shop.unanswered',
      data: about,
      cause: cause(userId),
    })),
  ];
});

/** message.lured: when it was the shop that led away, those who look after risk hear of it: a candidate for a penalty (F082, article 34). */
export async function tellLured(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['risk', 'support']);
  for (const { id, body } of news) {
    const { side, lures } = body.data as { side: Side; lures: LureKind[] };
    const [order] = body.about;
    const [shop] = await readShops(on, { ids: body.shops });
    if (side !== 'merchant' || !order || !shop) continue;
    const said = (language: 'zh' | 'en'): string =>
      lures.map((kind) => lureWords[kind][language]).join(language === 'zh' ? '、' : ', ');
    const what = { zh: said('zh'), en: said('en') };
    await transaction(db, (tx) =>
      notify(
        tx,
        staff.map((userId): Notice => ({
          userId,
          kind: 'staff.lured',
          data: { order, shop: shop.name, what },
          cause: derivedId(id, userId),
        })),
      ),
    );
  }
}

/** What nobody looks at any more leaves the feed. */
export const sweepMessages = (db: Db): Promise<number> => transaction(db, sweepFeed);
