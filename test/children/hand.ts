import { openLog } from '../../src/app/log.ts';
import { deadlines } from '../../src/app/reactions.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { cancelLate } from '../../src/delivery/line-late.actions.ts';
import { fulfil, revealContent } from '../../src/delivery/manual/actions.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant, stoppedClock } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';

// One act on an order that is delivered by hand, in a process of its own: the shop's, the buyer's, or the clock's.
const [url = '', now = '', shopId = '', ownerId = '', orderId = '', buyerId = '', work = ''] =
  process.argv.slice(2);
const db = openDb({
  url,
  wall: stoppedClock(instant(Number(now))),
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
const asking = { orderId, buyerIds: [buyerId], userId: buyerId };
const works: Record<string, () => Promise<unknown>> = {
  deliver: () =>
    transaction(db, (tx) =>
      fulfil(tx, {
        shopId,
        userId: ownerId,
        orderId,
        line: 1,
        units: [{ account: 'a', password: 'Geheim-2026' }],
      }),
    ),
  look: () =>
    transaction(db, (tx) =>
      revealContent(tx, {
        ...asking,
        line: 1,
        place: 1,
        viewer: { sessionId: null, deviceId: null, scopes: [] },
        deviceHash: Buffer.alloc(16),
        addressHash: Buffer.alloc(16),
      }),
    ),
  cancel: () => transaction(db, (tx) => cancelLate(tx, asking)),
  sweep: async () => {
    const { failed } = await openSweep(db, deadlines, openLog('silent')).run();
    if (failed.length > 0) throw new Error(failed[0]?.error);
  },
};
await works[work]?.();
await db.pool.end();
