import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
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

/** inventory.stock_low: the shop's owner and who keeps its goods hear of it, once for each piece of news. */
export async function tellStockLow(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const pools = await poolsToTell(await reader(db), { ids: one.body.about, viewerShops: one.body.shops });
    const notices = pools.flatMap(({ poolId, listing, left, people }) =>
      people.map((userId): Notice => ({
        userId,
        kind: 'shop.stock_low',
        cause: derivedId(one.id, `${poolId}/${userId}`),
        data: { pool: poolId, listing, left },
      })),
    );
    await transaction(db, (tx) => notify(tx, notices));
  }
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
