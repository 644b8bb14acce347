import { derivedId, platformId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { instant } from '../../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { ordersToTell, peopleOfShops } from '../../orders/views.ts';
import type { OrderKey } from '../../orders/actions.ts';
import type { LinkReason } from './contract.ts';
import { deliverDownloads, tellMissing } from './deliver.actions.ts';
import type { DownloadState } from './machine.ts';
import { closeForRelease, endDownloads, lapseFixes, openForRelease } from './problem.actions.ts';
import { lookAgain } from './release.actions.ts';
import { addressesToLookAt, ordersOfListing, ordersOfRelease, releasesOfFile } from './store.ts';

const oneByOne =
  (react: (db: Db, news: Delivered) => Promise<void>) =>
  async (db: Db, list: readonly Delivered[]): Promise<void> => {
    for (const news of list) await react(db, news);
  };

/** So many orders are locked in one transaction. */
const atOnce = 100;

/** delivery.due: orders were paid. Those with downloads get them. */
export async function deliverPaid(db: Db, news: readonly Delivered[]): Promise<void> {
  await perOrders(db, news, deliverDownloads);
}

async function perOrders(
  db: Db,
  news: readonly Delivered[],
  act: (tx: Tx, orders: readonly OrderKey[]) => Promise<void>,
): Promise<void> {
  const orders = news.flatMap(({ body }) => body.about.map((id, i) => ({ id, shopId: body.shops[i] ?? '' })));
  const all = [...new Map(orders.map((one) => [one.id, one])).values()];
  for (let at = 0; at < all.length; at += atOnce)
    await transaction(db, (tx) => act(tx, all.slice(at, at + atOnce)));
}

/** order.refunded: what was given back can no longer be downloaded. */
export async function endRefundedDownloads(db: Db, news: readonly Delivered[]): Promise<void> {
  await perOrders(db, news, endDownloads);
}

/** download.released: a shop registered a file or an address. Whoever waits for it gets it, new or corrected. */
export async function deliverReleased(db: Db, { body }: Delivered): Promise<void> {
  const [shopId = '', listingId = ''] = [body.shops[0], body.about[0]];
  await inPages(
    async (after) =>
      (await ordersOfListing(await reader(db), { shopId, listingId, after, limit: atOnce })).map(
        ({ orderId }) => ({ shopId, id: orderId }),
      ),
    (orders) => transaction(db, (tx) => deliverDownloads(tx, orders)),
  );
}

/** Page after page of orders by their ids, each in a transaction of its own. */
async function inPages(
  read: (after: string) => Promise<OrderKey[]>,
  act: (orders: readonly OrderKey[]) => Promise<void>,
): Promise<void> {
  let after = platformId;
  for (;;) {
    const orders = await read(after);
    if (orders.length === 0) return;
    await act(orders);
    after = orders.at(-1)?.id ?? after;
  }
}

const usable: readonly DownloadState[] = ['ready', 'downloaded'];

async function overOrders(
  db: Db,
  at: { shopId: string; releaseId: string; states: readonly DownloadState[] },
  act: (tx: Tx, orders: readonly OrderKey[]) => Promise<void>,
): Promise<void> {
  const on = await reader(db);
  await inPages(
    async (after) =>
      (await ordersOfRelease(on, { ...at, now: on.business, after, limit: atOnce })).map(
        ({ shopId, orderId }) => ({ shopId, id: orderId }),
      ),
    (orders) => transaction(db, (tx) => act(tx, orders)),
  );
}

const releaseOf = ({ body }: Delivered) => ({ shopId: body.shops[0] ?? '', releaseId: body.about[0] ?? '' });
const opening =
  (releaseId: string, reason: LinkReason) =>
  (tx: Tx, orders: readonly OrderKey[]): Promise<void> =>
    openForRelease(tx, orders, { releaseId, reason });

/** download.dead: an address that buyers were given does not open any more. */
export async function openDead(db: Db, news: Delivered): Promise<void> {
  const at = releaseOf(news);
  await overOrders(db, { ...at, states: usable }, opening(at.releaseId, 'dead'));
}

/** download.alive: it opens again. */
export async function closeAlive(db: Db, news: Delivered): Promise<void> {
  const at = releaseOf(news);
  await overOrders(db, { ...at, states: ['correcting'] }, (tx, orders) =>
    closeForRelease(tx, orders, at.releaseId),
  );
}

/** blob.infected: a scanner found malware in a file that was taken before. It is withheld from that moment; buyers are owed another one (F142). */
export async function openInfected(db: Db, { body }: Delivered): Promise<void> {
  const { sha256 } = body.data as { sha256: string };
  const releases = await releasesOfFile(await reader(db), {
    sha256: Buffer.from(sha256, 'hex'),
    limit: 1000,
  });
  for (const { shopId, id } of releases)
    await overOrders(db, { shopId, releaseId: id, states: usable }, opening(id, 'malware'));
}

/** How often an address that opens is looked at, and one that did not. */
const calm_ms = 6 * 3_600_000;
const doubt_ms = 20 * 60_000;
const looksAtOnce = 10;

/** Looks at addresses that buyers may open, one after another; those in doubt sooner. */
export async function watchAddresses(db: Db): Promise<void> {
  const on = await reader(db);
  const due = await addressesToLookAt(on, {
    now: on.business,
    calm: instant(on.business - calm_ms),
    doubt: instant(on.business - doubt_ms),
    limit: looksAtOnce,
  });
  for (const at of due) await lookAgain(db, at);
}

type Told = Awaited<ReturnType<typeof ordersToTell>>[number];
type Kind = Extract<Notice['kind'], `download.${string}` | 'shop.download_missing' | 'shop.link_reported'>;

/** Tells the buyer and the shop of an order what happened to its download; the same news tells nobody twice. */
const telling =
  (toBuyer: Kind | null, toShop: Kind | null) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const one of news) {
      const { about, shops } = one.body;
      const on = await reader(db);
      const [orders, people] = await Promise.all([
        ordersToTell(on, { ids: about, viewerShops: shops }),
        peopleOfShops(on, { viewerShops: [...new Set(shops)], roles: ['owner', 'goods'] }),
      ]);
      const keepers = new Map(people.map((shop) => [shop.shopId, shop.people]));
      await transaction(db, (tx) =>
        notify(
          tx,
          orders.flatMap((order) => [
            ...(toBuyer ? [noticeOf(one.id, order, toBuyer, order.buyerId)] : []),
            ...(toShop
              ? (keepers.get(order.shopId) ?? []).map((userId) => noticeOf(one.id, order, toShop, userId))
              : []),
          ]),
        ),
      );
    }
  };

const noticeOf = (newsId: string, order: Told, kind: Kind, userId: string): Notice => ({
  userId,
  kind,
  data: { order: order.id, listing: order.title },
  cause: derivedId(newsId, `${order.id}/${kind}/${userId}`),
});

/** What this kind of goods does with news, in tables for src/app/reactions.ts. */
export const downloadReactions = {
  'download.released': [oneByOne(deliverReleased)],
  'download.dead': [oneByOne(openDead)],
  'download.alive': [oneByOne(closeAlive)],
  'blob.infected': [oneByOne(openInfected)],
  'download.missing': [telling('download.missing', 'shop.download_missing')],
  // A newer release than the one that was reported may be there already.
  'download.reported': [telling('download.reported', 'shop.link_reported'), deliverPaid],
  'download.corrected': [telling('download.corrected', null)],
  'download.uncorrected': [telling('download.uncorrected', null)],
};
export const downloadDeadlines = { 'download.missing': tellMissing, 'download.fix': lapseFixes };
export const downloadTimers = [
  { name: 'download addresses', every_ms: 60_000, afterMove: true, run: watchAddresses },
];
