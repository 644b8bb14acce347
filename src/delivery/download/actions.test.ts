import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import {
  aDisk,
  aDownloadShop,
  bought,
  pump,
  registered,
  sweep,
  type DownloadShop,
} from '../../../test/downloads.ts';
import { eicar, inPieces, testFiles } from '../../../test/files.ts';
import { aShop } from '../../../test/world.ts';
import { prove } from '../../../bin/prove.ts';
import { installFiles, scanAgain, type BlobStore } from '../../kit/blob.ts';
import { moveClock } from '../../kit/clock.ts';
import { must } from '../../kit/assert.ts';
import type { Scanner } from '../../kit/malware.ts';
import { sha256 } from '../../kit/secret.ts';
import type { Span } from '../../kit/time.ts';
import { forgetOffset, reader, transaction } from '../../kit/tx.ts';
import { fileOfListing } from '../../catalog/file.actions.ts';
import { confirm } from '../completion.actions.ts';
import { downloadDeadlines, watchAddresses } from './jobs.ts';
import { cancelDownload, reportLink, withdrawReport } from './problem.actions.ts';
import { lookAgain, openAddress, uploadRelease } from './release.actions.ts';
import { countStart, openLink, startDownload } from './start.actions.ts';

const { db, asOwner, ownerUrl } = await testDatabase();
const { store, folder } = testFiles(db);
const disk = await aDisk(db, {
  '/s/good': '文件 1 个，输入提取码',
  '/s/other': '文件 1 个',
  '/s/moved': 302,
});
const file = Buffer.from('十二份简历模板');
const trace = { deviceHash: Buffer.alloc(16), addressHash: Buffer.alloc(16) };

type Order = Awaited<ReturnType<typeof bought>>;
const forward = async (span: Span): Promise<void> => {
  await transaction(db, (tx) => moveClock(tx, span));
  forgetOffset(db);
};
const one = async (text: string, values: unknown[]): Promise<Record<string, unknown>> =>
  must((await asOwner(text, values))[0], text);
const stateOf = async (order: Order) =>
  (await one('select state from orders.orders where id = $1', [order.orderId]))['state'];
const grantOf = (order: Order) =>
  one(
    'select state, used, allowed, nth, release_id, first_at is not null as begun from delivery.grants where order_id = $1',
    [order.orderId],
  );
const eventsOf = async (order: Order): Promise<unknown[]> =>
  (await asOwner('select kind from evidence.events where about = $1 order by seq', [order.orderId])).map(
    (row) => row['kind'],
  );
const messagesTo = async (userId: string): Promise<unknown[]> =>
  (await asOwner('select kind from notifications.messages where user_id = $1 order by id', [userId])).map(
    (row) => row['kind'],
  );
const wallet = async (order: Order) =>
  (
    await one(`select balance_fen::text as b from ledger.accounts where kind = 'wallet' and id = $1`, [
      order.buyerId,
    ])
  )['b'];
const refusalOf = (answer: { ok: boolean; refusal?: string }) => (answer.ok ? undefined : answer.refusal);

const start = (order: Order) => transaction(db, (tx) => startDownload(tx, { ...order, ...trace }));
const report = (order: Order, reason: 'dead' | 'not_received' | 'wrong_code' = 'dead') =>
  transaction(db, (tx) => reportLink(tx, { ...order, reason }));

/** A link to the file of an order. */
async function linkOf(order: Order): Promise<string> {
  const answer = await start(order);
  ok(answer.ok && answer.value.kind === 'platform', refusalOf(answer));
  return answer.value.token;
}

/** Somebody follows a link, once. */
async function follow(token: string) {
  const opened = await openLink(db, token);
  return opened.ok ? countStart(db, opened.value.name, trace) : opened;
}

async function delivered(shop: DownloadShop): Promise<Order> {
  const order = await bought(db, shop);
  await pump(db);
  equal(await stateOf(order), 'delivered');
  return order;
}

test('F140 F142 F177 a file is taken, its listing says which, and an order of it is delivered with its proof', async () => {
  const shop = await aDownloadShop(db);
  const release = registered(await shop.upload(file, '../简历.txt'));
  deepEqual([release.name, release.origin, release.size], ['简历.txt', 'platform', file.length]);
  const stated = (await fileOfListing(await reader(db), shop))?.file;
  deepEqual(
    [stated?.version, stated?.sha256, stated?.name],
    ['5.2', sha256(file).toString('hex'), '简历.txt'],
  );
  const order = await delivered(shop);
  const grant = await grantOf(order);
  deepEqual([grant['state'], grant['used'], grant['allowed'], grant['begun']], ['ready', 0, 3, false]);
  ok((await eventsOf(order)).includes('delivery.delivered'));
  await pump(db);
  equal((await asOwner('select 1 from delivery.grants where order_id = $1', [order.orderId])).length, 1);
});

test('the same file again is the same release, and a listing that is no download takes none', async () => {
  const shop = await aDownloadShop(db);
  const [first, second] = [registered(await shop.upload(file)), registered(await shop.upload(file))];
  equal(first.id, second.id);
  const cards = await aShop(db, [{}]);
  const { listingId } = must(cards.listings[0], 'a listing');
  const at = { listingId, version: '1', name: 'a.txt', expected: undefined };
  const [own, foreign] = [
    { ...at, shopId: cards.shopId, byId: cards.ownerId, source: inPieces(file) },
    { ...at, shopId: shop.shopId, byId: shop.ownerId, source: inPieces(file) },
  ];
  equal(refusalOf(await uploadRelease(db, own)), 'LISTING_NO_DOWNLOAD');
  equal(refusalOf(await uploadRelease(db, foreign)), 'LISTING_NOT_FOUND');
});

test('F142 EICAR is blocked at the upload: no release, no file, no new version of the listing', async () => {
  const shop = await aDownloadShop(db);
  const answer = await shop.upload(eicar, 'setup.exe');
  equal(refusalOf(answer), 'FILE_INFECTED');
  equal((await asOwner('select 1 from delivery.releases where listing_id = $1', [shop.listingId])).length, 0);
  equal((await one('select version from catalog.listings where id = $1', [shop.listingId]))['version'], 1);
  equal(await store.size(sha256(eicar).toString('hex')), undefined);
});

test('F140 a signed link counts once whatever is resumed on it, and the last download is the last', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.upload(file));
  const order = await delivered(shop);
  const [a, b, c, d] = [await linkOf(order), await linkOf(order), await linkOf(order), await linkOf(order)];
  for (let i = 0; i < 3; i++) ok((await follow(a)).ok);
  deepEqual([(await grantOf(order))['used'], (await grantOf(order))['state']], [1, 'downloaded']);
  const all = await Promise.all([b, c, d, b, c, d].map((token) => follow(token)));
  deepEqual(all.filter((answer) => answer.ok).length, 4, 'two links, each twice');
  equal((await grantOf(order))['used'], 3);
  equal(refusalOf(await start(order)), 'DOWNLOADS_USED_UP');
  ok((await follow(a)).ok, 'what was counted can still be resumed');
  const events = (await eventsOf(order)).filter((kind) => kind === 'delivery.downloaded');
  equal(events.length, 3);
});

test('F140 thirty days later the download is over; a stranger has none at any time', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.upload(file));
  const order = await delivered(shop);
  const token = await linkOf(order);
  const stranger = await transaction(db, (tx) =>
    startDownload(tx, { ...order, buyerIds: [shop.ownerId], ...trace }),
  );
  equal(refusalOf(stranger), 'ORDER_NOT_FOUND');
  await forward({ days: 31 });
  equal(refusalOf(await start(order)), 'DOWNLOAD_EXPIRED');
  equal(refusalOf(await follow(token)), 'DOWNLOAD_EXPIRED');
});

test('F016 an address is opened before it is registered: dead, moved or private ones are not, and nothing is delivered by them', async () => {
  const shop = await aDownloadShop(db);
  for (const [path, refusal] of [
    ['/s/gone', 'LINK_DEAD'],
    ['/s/moved', 'LINK_MOVED'],
  ] as const)
    equal(refusalOf(await shop.register(disk.url(path))), refusal);
  equal(refusalOf(await shop.register('https://127.0.0.1/x')), 'ADDRESS_REFUSED');
  equal(refusalOf(await shop.register('http://example.com/x')), 'ADDRESS_REFUSED');
  const order = await bought(db, shop);
  await pump(db);
  equal(await stateOf(order), 'awaiting');
});

test('F016 an address that opens is registered with the hash of what it showed; only its buyer reads it, and each look is recorded', async () => {
  const shop = await aDownloadShop(db);
  const release = registered(await shop.register(disk.url('/s/good'), 'a1b2'));
  deepEqual(release.page, sha256('文件 1 个，输入提取码'));
  const order = await delivered(shop);
  const answer = await start(order);
  ok(answer.ok && answer.value.kind === 'address');
  deepEqual([answer.value.url, answer.value.code.reveal()], [disk.url('/s/good'), 'a1b2']);
  match(JSON.stringify(answer.value), /\[secret\]/);
  deepEqual([(await grantOf(order))['begun'], (await grantOf(order))['used']], [true, 0]);
  equal((await asOwner('select 1 from delivery.downloads where order_id = $1', [order.orderId])).length, 1);
  const dump = JSON.stringify(
    await asOwner("select *, encode(sealed, 'escape') as s from delivery.releases where id = $1", [
      release.id,
    ]),
  );
  ok(!dump.includes('/s/good') && !dump.includes('a1b2'), 'an address is sealed at rest');
  equal(openAddress(db.keys, release).code.reveal(), 'a1b2');
});

test('F211 ten minutes after payment without an address buyer and shop hear of it, and one click reports it', async () => {
  const shop = await aDownloadShop(db, { delivery: { mode: 'automatic', within_seconds: 3600 } });
  const order = await bought(db, shop);
  await pump(db);
  await forward({ minutes: 9 });
  await sweep(db);
  equal(refusalOf(await report(order, 'not_received')), 'REPORT_TOO_EARLY');
  ok(!(await messagesTo(order.buyerId)).includes('download.missing'));
  await forward({ minutes: 1 });
  await sweep(db);
  ok((await messagesTo(order.buyerId)).includes('download.missing'));
  ok((await messagesTo(shop.ownerId)).includes('shop.download_missing'));
  ok((await eventsOf(order)).includes('delivery.missing'));
  const answer = await report(order, 'not_received');
  ok(answer.ok);
  equal(answer.value.finding, 'missing');
  equal(refusalOf(await report(order)), 'REPORT_OPEN');
  registered(await shop.upload(file));
  await pump(db);
  equal(await stateOf(order), 'delivered', 'what the shop registered goes to whoever waits');
  const problem = await one('select outcome from delivery.link_problems where order_id = $1', [
    order.orderId,
  ]);
  equal(problem['outcome'], 'corrected');
});

test('F180 news that comes twice, or whose reaction died, delivers once', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.upload(file));
  const order = await bought(db, shop);
  const { deliverPaid } = await import('./jobs.ts');
  const news = [
    {
      id: order.orderId,
      event: 'delivery.due',
      body: { about: [order.orderId], shops: [order.shopId], data: null },
    },
  ];
  await Promise.all([deliverPaid(db, news), deliverPaid(db, news)]);
  await pump(db);
  equal((await eventsOf(order)).filter((kind) => kind === 'delivery.delivered').length, 1);
  equal((await grantOf(order))['nth'], 1);
});

test('F181 F016 a dead address: the platform finds it, the money is held, a correction is a new delivery', async () => {
  const shop = await aDownloadShop(db);
  disk.pages['/s/dies'] = '文件 1 个';
  registered(await shop.register(disk.url('/s/dies')));
  const order = await delivered(shop);
  disk.pages['/s/dies'] = 404;
  await forward({ hours: 7 });
  for (let round = 0; round < 5; round++) await watchAddresses(db);
  await pump(db);
  deepEqual([(await grantOf(order))['state'], (await grantOf(order))['nth']], ['correcting', 1]);
  ok((await messagesTo(shop.ownerId)).includes('shop.link_reported'));
  equal(refusalOf(await transaction(db, (tx) => confirm(tx, order))), 'ORDER_IN_CASE');
  registered(await shop.register(disk.url('/s/other')));
  await pump(db);
  const corrected = await grantOf(order);
  deepEqual([corrected['state'], corrected['nth']], ['ready', 2]);
  ok((await eventsOf(order)).includes('delivery.corrected'));
  ok((await messagesTo(order.buyerId)).includes('download.corrected'));
  ok((await transaction(db, (tx) => confirm(tx, order))).ok, 'the hold is gone');
});

test('F016 F181 a dead address that nobody corrects is refunded after 24 hours, and not before', async () => {
  const shop = await aDownloadShop(db);
  disk.pages['/s/dead'] = '文件 1 个';
  const release = registered(await shop.register(disk.url('/s/dead')));
  const order = await delivered(shop);
  const before = await wallet(order);
  disk.pages['/s/dead'] = '链接不存在';
  await lookAgain(db, release);
  const answer = await report(order);
  ok(answer.ok);
  equal(answer.value.finding, 'dead');
  await forward({ hours: 23, minutes: 59 });
  await sweep(db);
  equal(await stateOf(order), 'delivered');
  await forward({ minutes: 1 });
  await sweep(db);
  equal(await stateOf(order), 'refunded');
  equal(BigInt(String(await wallet(order))) - BigInt(String(before)), 9750n);
  equal((await grantOf(order))['state'], 'refunded');
  equal(refusalOf(await start(order)), 'DOWNLOAD_ENDED');
  await transaction(db, (tx) =>
    downloadDeadlines['download.fix'](tx, [
      {
        shopId: order.shopId,
        about: order.orderId,
        what: 'download.fix',
        dueAt: tx.business,
        startAt: tx.business,
        article: '16',
        version: '1.0.0',
      },
    ]),
  );
  equal(BigInt(String(await wallet(order))) - BigInt(String(before)), 9750n, 'firing again pays nothing');
});

test('F016 what the platform can open itself is not refunded on a word: after its time it is a matter for a case', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.register(disk.url('/s/good')));
  const order = await delivered(shop);
  const answer = await report(order, 'wrong_code');
  ok(answer.ok);
  equal(answer.value.finding, 'alive');
  await forward({ hours: 24 });
  await sweep(db);
  equal(await stateOf(order), 'delivered');
  equal(
    (await one('select outcome from delivery.link_problems where order_id = $1', [order.orderId]))['outcome'],
    'case',
  );
  ok((await messagesTo(order.buyerId)).includes('download.uncorrected'));
});

test('a report can be taken back, and the money is free again', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.register(disk.url('/s/good')));
  const order = await delivered(shop);
  ok((await report(order)).ok);
  const held = () => asOwner('select 1 from orders.holds where order_id = $1', [order.orderId]);
  equal((await held()).length, 1);
  ok((await transaction(db, (tx) => withdrawReport(tx, order))).ok);
  equal((await held()).length, 0);
  equal(refusalOf(await transaction(db, (tx) => withdrawReport(tx, order))), 'REPORT_NONE');
});

test('F142 malware found later: the file is withheld at once, and after 24 hours the money goes back', async () => {
  let found = false;
  const clever: Scanner = {
    name: 'clever',
    again: true,
    scan: async () =>
      found
        ? { verdict: 'infected', by: 'clever', found: 'Test.Wicked' }
        : { verdict: 'unknown', by: 'clever', why: 'away' },
  };
  installFiles(db, { store: store as BlobStore, scanner: clever });
  const shop = await aDownloadShop(db);
  const wicked = Buffer.from('looks harmless today');
  registered(await shop.upload(wicked));
  const order = await delivered(shop);
  const token = await linkOf(order);
  found = true;
  deepEqual(await scanAgain(db), [sha256(wicked).toString('hex')]);
  equal(refusalOf(await follow(token)), 'FILE_WITHHELD');
  await pump(db);
  equal((await grantOf(order))['state'], 'correcting');
  await forward({ hours: 24 });
  await sweep(db);
  equal(await stateOf(order), 'refunded');
  testFilesAgain();
});
const testFilesAgain = (): void => installFiles(db, { store });

test('F055 what nobody downloaded can be cancelled within its days, all of it, and what was begun cannot', async () => {
  const shop = await aDownloadShop(db);
  registered(await shop.upload(file));
  const [untouched, begun] = [await delivered(shop), await delivered(shop)];
  ok((await follow(await linkOf(begun))).ok);
  equal(refusalOf(await transaction(db, (tx) => cancelDownload(tx, begun))), 'CANCEL_AFTER_DOWNLOAD');
  const before = BigInt(String(await wallet(untouched)));
  const answer = await transaction(db, (tx) => cancelDownload(tx, untouched));
  ok(answer.ok);
  deepEqual([answer.value.refunded, answer.value.to], [9750n, 'wallet']);
  equal(BigInt(String(await wallet(untouched))) - before, 9750n);
  equal(await stateOf(untouched), 'refunded');
  equal(refusalOf(await transaction(db, (tx) => cancelDownload(tx, untouched))), 'DOWNLOAD_ENDED');
  equal(refusalOf(await start(untouched)), 'DOWNLOAD_ENDED');
});

test('everything that was done here can be proved, files included', async () => {
  const result = await prove({ url: ownerUrl, files: folder });
  const own = result.offences.filter(({ says }) => !/checkpoint|leaf|log/.test(says));
  deepEqual(own, []);
});
