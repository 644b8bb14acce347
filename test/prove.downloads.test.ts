import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { reportLink } from '../src/delivery/download/problem.actions.ts';
import { countStart, openLink, startDownload } from '../src/delivery/download/start.actions.ts';
import { transaction } from '../src/kit/tx.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { aDownloadShop, bought, pump, registered } from './downloads.ts';
import { testFiles } from './files.ts';

const { db, ownerUrl } = await testDatabase();
const { folder: files } = testFiles(db);
// The log is not sequenced here.
const proved = { db, ownerUrl, files, about: (says: string) => !/log|leaf|checkpoint/.test(says) };

const shop = await aDownloadShop(db);
registered(await shop.upload(Buffer.from('what buyers get')));
const [untouched, begun, reported] = [await bought(db, shop), await bought(db, shop), await bought(db, shop)];
await pump(db);
const trace = { deviceHash: Buffer.alloc(16), addressHash: Buffer.alloc(16) };
const link = await transaction(db, (tx) => startDownload(tx, { ...begun, ...trace }));
ok(link.ok && link.value.kind === 'platform');
const opened = await openLink(db, link.value.token);
ok(opened.ok && (await countStart(db, opened.value.name, trace)).ok);
ok((await transaction(db, (tx) => reportLink(tx, { ...reported, reason: 'wrong_file' }))).ok);

test('prove holds on downloads that were delivered, begun and reported', async () => {
  await holds(proved);
});

const [delivered, recorded, kept, held] = [
  'a download that was delivered may be downloaded, and nothing else may',
  'each download is recorded once and is a fact, and counts where the platform has the file',
  'every file that a shop registered is kept',
  'what is being corrected has its open problem, its hold and its deadline',
];
eachIsNamed(proved, [
  ['a grant disappears', `delete from delivery.grants where order_id = '${untouched.orderId}'`, delivered],
  [
    'a delivered line is said to wait',
    `update delivery.lines set state = 'waiting' where order_id = '${untouched.orderId}'`,
    delivered,
  ],
  ['a download is not counted', `update delivery.grants set used = 0 where used = 1`, recorded],
  ['a download is counted twice', `update delivery.grants set used = 2 where used = 1`, recorded],
  ['the record of a download disappears', `delete from delivery.downloads`, recorded],
  [
    'a fact of a download disappears',
    `delete from evidence.events where kind = 'delivery.downloaded'`,
    recorded,
  ],
  ['a file is not known', `delete from kit.blobs`, kept],
  ['a release is said to be larger', `update delivery.releases set size_bytes = size_bytes + 1`, kept],
  ['a hold disappears while an address is corrected', `delete from orders.holds`, held],
  ['the deadline of a correction disappears', `delete from kit.deadlines where what = 'download.fix'`, held],
  [
    'a problem is closed behind everybody’s back',
    `update delivery.link_problems set closed_at = opened_at, outcome = 'corrected'`,
    held,
  ],
]);
