import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { causeWords, cureWords, type PauseCause } from '../../risk/words.contract.ts';
import { measureHealth } from './actions.ts';
import { keepersOf } from './views.ts';

const tellPause =
  (kind: 'shop.paused' | 'shop.cured') =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    const rows = await keepersOf(await reader(db), { viewerShops: news.flatMap((one) => one.body.shops) });
    const notices = news.flatMap(({ id, body }) => {
      const { cause, facts } = body.data as { cause: PauseCause; facts: Record<string, unknown> };
      const people = rows.find((row) => row.shopId === body.shops[0])?.people ?? [];
      const listing = String(facts['title'] ?? '').slice(0, 60);
      const what = causeWords[cause];
      return people.map((userId): Notice =>
        kind === 'shop.paused'
          ? { userId, kind, cause: derivedId(id, userId), data: { listing, what, next: cureWords[cause] } }
          : { userId, kind, cause: derivedId(id, userId), data: { listing, what } },
      );
    });
    await transaction(db, (tx) => notify(tx, notices));
  };

/** listing.paused, listing.cured: the shop hears what happened and what cures it (F105). */
export const healthReactions = {
  'listing.paused': [tellPause('shop.paused')],
  'listing.cured': [tellPause('shop.cured')],
};

export const healthTimers = [
  { name: 'listing health', every_ms: 60_000, afterMove: true, run: measureHealth },
] as const;
