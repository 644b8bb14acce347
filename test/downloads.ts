import { createServer, type Server } from 'node:http';
import { after } from 'node:test';
import { openLog } from '../src/app/log.ts';
import { pumpAll } from '../src/app/pump.ts';
import { openSweep } from '../src/app/sweep.ts';
import { workTables } from '../src/app/worker.ts';
import type { ListingDraft } from '../src/catalog/content.contract.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { registerAddress, uploadRelease } from '../src/delivery/download/release.actions.ts';
import type { Release } from '../src/delivery/download/rules.ts';
import { must } from '../src/kit/assert.ts';
import { allowLoopback } from '../src/kit/outbound.ts';
import { sha256 } from '../src/kit/secret.ts';
import type { Db } from '../src/kit/tx.ts';
import type { TestClock } from './database.ts';
import { inPieces } from './files.ts';
import { buyers, aShop, wishFor } from './world.ts';

const log = openLog('silent');

/** A listing of a download; its file is stated and registered later. */
export const aDownload = (parts: Partial<ListingDraft> = {}): Partial<ListingDraft> => ({
  goods: 'download',
  title: '松果模板 简历 12 款',
  keyFormat: null,
  useWithin_hours: null,
  verification: '',
  guide: null,
  devices: '任何电脑',
  binding: { rule: '', mustConfirm: false },
  file: {
    version: '5.1',
    systems: ['any'],
    requires: '',
    install: ['解压缩', '打开“说明”'],
    downloads: 3,
    days: 30,
    from: 'platform',
    name: 'old.zip',
    size: null,
    sha256: '0'.repeat(64),
  },
  ...parts,
});

/** A shop that sells one download. */
export async function aDownloadShop(db: Db, parts: Partial<ListingDraft> = {}) {
  const shelf = await aShop(db, [aDownload(parts)]);
  const { listingId, variantId } = must(shelf.listings[0], 'a listing');
  const at = { shopId: shelf.shopId, listingId, byId: shelf.ownerId };
  // Two releases of one instant have no order: a clock that a test stopped goes on by a second before each.
  const tick = (): void => (db.wall as Partial<TestClock>).forward?.({ seconds: 1 });
  const upload = (bytes: Uint8Array, name = '简历.txt', version = '5.2') => {
    tick();
    return uploadRelease(db, { ...at, version, name, source: inPieces(bytes), expected: bytes.length });
  };
  const register = (url: string, code = 'x7k2', version = '5.2') => {
    tick();
    return registerAddress(db, {
      ...at,
      version,
      name: '简历.zip',
      url,
      code,
      sha256: sha256('the file behind it').toString('hex'),
      size: 12_345,
    });
  };
  return { ...shelf, listingId, variantId, upload, register };
}
export type DownloadShop = Awaited<ReturnType<typeof aDownloadShop>>;

export const registered = (
  answer: { ok: true; value: Release } | { ok: false; refusal: string },
): Release => {
  if (!answer.ok) throw new Error(`the release was refused: ${answer.refusal}`);
  return answer.value;
};

/** All news, as the worker gives it to its reactions. */
export const pump = (db: Db): Promise<number> => pumpAll(db, workTables.reactions, log);
/** All deadlines that are due, and the news of them. */
export async function sweep(db: Db): Promise<void> {
  const swept = await openSweep(db, workTables.deadlines, log).run();
  if (swept.failed.length > 0) throw new Error(JSON.stringify(swept.failed));
  await pump(db);
}

/** Somebody buys it from the wallet; answers the order, before anything reacted to the news. */
export async function bought(db: Db, shop: { variantId: string; shopId: string }, quantity = 1) {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(
    await wishFor(db, { buyerId, variantId: shop.variantId, quantity }),
  );
  if (!answer.ok) throw new Error(`the purchase was refused: ${answer.refusal}`);
  const { orderId } = must(answer.value.orders[0], 'an order');
  return { orderId, buyerId, line: 1, buyerIds: [buyerId], userId: buyerId, shopId: shop.shopId };
}

/** Pages of a pretended network disk, by their paths; what is not there answers 404. */
export async function aDisk(db: Db, pages: Record<string, string | number> = {}) {
  const server: Server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (typeof page === 'string') response.end(page);
    else response.writeHead(page ?? 404, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const place = `127.0.0.1:${(server.address() as { port: number }).port}`;
  allowLoopback(db, place);
  return { pages, url: (path: string): string => `http://${place}${path}` };
}
