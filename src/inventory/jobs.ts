import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { staffWith } from '../identity/people.actions.ts';
import { readShops } from '../merchants/views.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { resumeImports } from './import.actions.ts';
import { expireKeys } from './keys.actions.ts';
import { forgetUploads, noteLevels, ringAlarms } from './stock.actions.ts';
import { poolsToTell } from './views.ts';

/** What the stock needs every minute; each part may run anywhere, at any time, and twice. */
export async function sweepInventory(db: Db): Promise<void> {
  await noteLevels(db);
  while ((await expireKeys(db)) > 0);
  await ringAlarms(db);
  await forgetUploads(db);
  await resumeImports(db);
}

// The shop's owner and who keeps its goods hear of it, once for each piece of news.
const tellingPools =
  (kind: 'shop.stock_low' | 'shop.keys_expired') => async (db: Db, news: readonly Delivered[]) => {
    for (const one of news) {
      const pools = await poolsToTell(await reader(db), { ids: one.body.about, viewerShops: one.body.shops });
      const notices = pools.flatMap(({ poolId, listing, left, people }) =>
        people.map((userId): Notice => ({
          userId,
          kind,
          cause: derivedId(one.id, `${poolId}/${userId}`),
          data: { pool: poolId, listing, left },
        })),
      );
      await transaction(db, (tx) => notify(tx, notices));
    }
  };

/** inventory.stock_low: a pool has come down to where its shop wants to hear of it. */
export const tellStockLow = tellingPools('shop.stock_low');

/** inventory.keys_expired: keys left the shelf, because a buyer could not use them in time (VGSR article 14). */
export const tellKeysExpired = tellingPools('shop.keys_expired');

/** inventory.duplicates_met: a shop brought keys that others have; people of the staff look into it (F101). */
export async function tellDuplicatesMet(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['risk', 'admin']);
  const shops = await readShops(on, { ids: news.flatMap((one) => one.body.shops) });
  const notices = news.flatMap((one) => {
    const shop = shops.find(({ id }) => id === one.body.shops[0]);
    const { count } = one.body.data as { count: number };
    return staff.map((userId): Notice => ({
      userId,
      kind: 'staff.duplicates_met',
      cause: derivedId(one.id, userId),
      data: { shop: shop?.name ?? '', count },
    }));
  });
  await transaction(db, (tx) => notify(tx, notices));
}

type ImportNews = { poolId: string; accepted: number; refused: number; by: string; waited: boolean };

/** inventory.imported: whoever confirmed an import hears what came of it, also when the page was left. Who imported at once had the answer. */
export async function tellImported(db: Db, news: readonly Delivered[]): Promise<void> {
  const notices = news.flatMap((one): Notice[] => {
    const { poolId, accepted, refused, by, waited } = one.body.data as ImportNews;
    const notice: Notice = {
      userId: by,
      kind: 'shop.import_done',
      cause: derivedId(one.id, 'shop.import_done'),
      data: { pool: poolId, accepted, refused },
    };
    return waited ? [] : [notice];
  });
  await transaction(db, (tx) => notify(tx, notices));
}
