import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { proveWith } from '../bin/prove.ts';
import { reportLink } from '../src/delivery/download/problem.actions.ts';
import { countStart, openLink, startDownload } from '../src/delivery/download/start.actions.ts';
import { transaction } from '../src/kit/tx.ts';
import { testDatabase } from './database.ts';
import { aDownloadShop, bought, pump, registered } from './downloads.ts';
import { testFiles } from './files.ts';

const { db, ownerUrl } = await testDatabase();
const { folder } = testFiles(db);
const client = new pg.Client({ connectionString: ownerUrl });
await client.connect();

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

const proved = async () =>
  (
    await proveWith(
      async (sql, values) => (await client.query(sql, values)).rows as Record<string, unknown>[],
      {
        files: folder,
      },
    )
  ).offences.filter((one) => !/log|leaf|checkpoint/.test(one.says));

test('prove holds on downloads that were delivered, begun and reported', async () => {
  deepEqual(await proved(), []);
});

const [delivered, recorded, kept, held] = [
  'a download that was delivered may be downloaded, and nothing else may',
  'each download is recorded once and is a fact, and counts where the platform has the file',
  'every file that a shop registered is kept',
  'what is being corrected has its open problem, its hold and its deadline',
];
for (const [damage, text, names] of [
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
] as const)
  test(`prove names it: ${damage}`, async () => {
    await client.query('begin');
    try {
      ok(((await client.query(text)).rowCount ?? 0) > 0, 'the damage was done');
      const found = await proved();
      ok(
        found.some((one) => one.says === names && one.offences.every((each) => each.row && each.wrong)),
        found.map((one) => one.says).join('; ') || 'nothing was found',
      );
    } finally {
      await client.query('rollback');
    }
  });

test('and it holds again, since nothing of the damage stayed', async () => {
  deepEqual(await proved(), []);
  await client.end();
});
