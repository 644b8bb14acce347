import { issueLicences } from '../../src/delivery/licence/issue.actions.ts';
import { activate, deactivate } from '../../src/delivery/licence/seat.actions.ts';
import { licenceOfKey } from '../../src/delivery/licence/validation.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant, stoppedClock } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';

// A program that does one thing with a licence, so that a test may kill it on the way.
const [url = '', at = '', act = '', shopId = '', what = ''] = process.argv.slice(2);
const db = openDb({
  url,
  wall: stoppedClock(instant(Number(at))),
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
const by = { by: 'device' as const, byId: null, addressHash: Buffer.alloc(16) };
const device = { fingerprint: 'f1', name: 'f1', platform: '', hostname: '', components: [], metadata: {} };
if (act === 'issue') await transaction(db, (tx) => issueLicences(tx, [{ shopId, id: what }]));
else {
  const row = must(await licenceOfKey(db, what, {}), 'a licence');
  await transaction<unknown>(db, (tx) =>
    act === 'activate'
      ? activate(tx, row, device, by)
      : deactivate(tx, row, { id: null, fingerprint: 'f1' }, by),
  );
}
await db.pool.end();
