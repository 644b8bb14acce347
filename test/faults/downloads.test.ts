import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { proveWith } from '../../bin/prove.ts';
import { must } from '../../src/kit/assert.ts';
import { sweepBlobs } from '../../src/kit/blob.ts';
import { faultPoints, type FaultPoint } from '../../src/kit/fault.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { testDatabase } from '../database.ts';
import { aDownloadShop, bought, registered } from '../downloads.ts';
import { testFiles } from '../files.ts';

// Killed with SIGKILL at each write point of an upload, a delivery and a download: nothing is half done, and the next process does it once.
const { db, asOwner, clock, url } = await testDatabase();
const { folder, store } = testFiles(db);
const shop = await aDownloadShop(db);
registered(await shop.upload(Buffer.from('what buyers get')));
const program = fileURLToPath(new URL('../children/download.ts', import.meta.url));

type Own = Awaited<ReturnType<typeof bought>>;
async function run(own: Partial<Own>, work: string, faults = '', body = ''): Promise<string | number | null> {
  const facts = { shopId: shop.shopId, listingId: shop.listingId, byId: shop.ownerId, ...own };
  const child = spawn(
    process.execPath,
    [program, url, String(clock.now()), folder, JSON.stringify(facts), work],
    { env: { ...process.env, FAULTS: faults }, stdio: ['pipe', 'ignore', 'inherit'] },
  );
  child.stdin.on('error', () => {});
  child.stdin.end(body);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}
const points = (start: string): FaultPoint[] => faultPoints.filter((name) => name.startsWith(start));
const counts = async (own: Own) =>
  must(
    (
      await asOwner(
        `select o.state, (select count(*)::int from delivery.grants g where g.order_id = o.id) as grants,
                (select coalesce(sum(used), 0)::int from delivery.grants g where g.order_id = o.id) as used,
                (select count(*)::int from delivery.downloads d where d.order_id = o.id) as downloads,
                (select count(*)::int from evidence.events e where e.about = o.id and e.kind = 'delivery.delivered') as delivered,
                (select count(*)::int from evidence.events e where e.about = o.id and e.kind = 'delivery.downloaded') as facts
           from orders.orders o where o.id = $1`,
        [own.orderId],
      )
    )[0],
    'the order',
  );
const nothing = { state: 'awaiting', grants: 0, used: 0, downloads: 0, delivered: 0, facts: 0 };
const delivered = { ...nothing, state: 'delivered', grants: 1, delivered: 1 };

const delivering = ['after-lock', 'after-grants', 'after-lines'].map((name) => `delivery.download.${name}`);
for (const point of delivering)
  test(`F180 killed at ${point}: nothing is delivered, and the next worker delivers once`, async () => {
    const own = await bought(db, shop);
    equal(await run(own, 'deliver', point), 'SIGKILL');
    deepEqual(await counts(own), nothing);
    equal(await run(own, 'deliver'), 0);
    equal(await run(own, 'deliver'), 0);
    deepEqual(await counts(own), delivered);
  });

const counting = ['after-lock', 'after-count', 'after-evidence'].map((name) => `delivery.download.${name}`);
for (const point of counting.slice(1))
  test(`F140 killed at ${point}: no download is counted that did not begin`, async () => {
    const own = await bought(db, shop);
    equal(await run(own, 'deliver'), 0);
    equal(await run(own, 'download', point), 'SIGKILL');
    deepEqual(await counts(own), delivered);
    equal(await run(own, 'download'), 0);
    deepEqual(await counts(own), { ...delivered, used: 1, downloads: 1, facts: 1 });
  });

for (const [n, point] of points('kit.blob.').entries())
  test(`F142 killed at ${point}: no row knows the file, the sweep removes it, and it can be uploaded again`, async () => {
    const body = `a file of attempt ${n}`;
    const hash = sha256(body).toString('hex');
    equal(await run({}, 'upload', point, body), 'SIGKILL');
    deepEqual(await asOwner('select 1 from kit.blobs where sha256 = $1', [Buffer.from(hash, 'hex')]), []);
    const old = new Date('2020-01-01T00:00:00Z');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (statSync(join(folder, name)).isFile()) utimesSync(join(folder, name), old, old);
    const swept = await sweepBlobs(db);
    equal(swept.drafts + swept.files, 1);
    equal(await run({}, 'upload', '', body), 0);
    ok(await store.size(hash));
  });

test('prove finds nothing after all this, files included', async () => {
  const { offences } = await proveWith(async (text, values) => asOwner(text, values), { files: folder });
  // The log was not sequenced here.
  deepEqual(
    offences.filter((one) => !/log|leaf|checkpoint/.test(one.says)),
    [],
  );
  const tried = [...delivering, ...counting, ...points('kit.blob.')];
  deepEqual(
    [...points('delivery.download.'), ...points('kit.blob.')].filter((name) => !tried.includes(name)),
    [],
  );
});
