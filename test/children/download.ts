import { buffer } from 'node:stream/consumers';
import { stdin } from 'node:process';
import { deliverPaid } from '../../src/delivery/download/jobs.ts';
import { uploadRelease } from '../../src/delivery/download/release.actions.ts';
import { countStart, openLink, startDownload } from '../../src/delivery/download/start.actions.ts';
import { installFiles } from '../../src/kit/blob.ts';
import { diskStore } from '../../src/kit/blob-disk.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant, stoppedClock } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';

// A process that does one piece of work on downloads, and may be killed in it: `download.ts <url> <time> <folder> <JSON> <work>`.
const [url = '', at = '', folder = '', facts = '{}', work = ''] = process.argv.slice(2);
const db = openDb({
  url,
  wall: stoppedClock(instant(Number(at))),
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
installFiles(db, { store: diskStore(folder) });
const own = JSON.parse(facts) as {
  shopId: string;
  listingId: string;
  byId: string;
  orderId: string;
  buyerId: string;
};

if (work === 'deliver')
  await deliverPaid(db, [
    {
      id: own.orderId,
      event: 'delivery.due',
      body: { about: [own.orderId], shops: [own.shopId], data: null },
    },
  ]);
if (work === 'download') {
  const trace = { deviceHash: Buffer.alloc(16), addressHash: Buffer.alloc(16) };
  const asking = { orderId: own.orderId, line: 1, buyerIds: [own.buyerId], userId: own.buyerId };
  const link = await transaction(db, (tx) => startDownload(tx, { ...asking, ...trace }));
  if (!link.ok || link.value.kind !== 'platform') throw new Error('no link');
  const opened = await openLink(db, link.value.token);
  if (!opened.ok) throw new Error(opened.refusal);
  const counted = await countStart(db, opened.value.name, trace);
  if (!counted.ok) throw new Error(counted.refusal);
}
if (work === 'upload') {
  const bytes = await buffer(stdin);
  const answer = await uploadRelease(db, {
    ...own,
    version: '9',
    name: 'new.txt',
    source: (async function* () {
      yield bytes;
    })(),
    expected: bytes.length,
  });
  must(answer.ok || undefined, 'the file is taken');
}
await db.pool.end();
