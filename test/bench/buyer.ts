// A process that buys on the bench's database, in process. With NO_EVIDENCE its purchases write no events.
import { mock } from 'node:test';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import type { Goods } from './world.ts';

if (process.env['NO_EVIDENCE'] === 'yes') {
  const none = async (): Promise<never[]> => [];
  mock.module(new URL('../../src/evidence/actions.ts', import.meta.url).href, {
    namedExports: { record: none, recordNext: none },
  });
}
const { buying, closedLoop } = await import('./load.ts');
const db = openDb({
  url: process.env['BENCH_URL'] ?? '',
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
});
process.on(
  'message',
  (task: { goods: Goods[]; buyers: string[]; clients: number; seconds: number; warmUp: number }) => {
    void closedLoop(task.clients, task.seconds, task.warmUp, buying(db, task.goods, task.buyers)).then(
      ({ perSecond }) => process.send?.({ perSecond }),
    );
  },
);
process.on('SIGTERM', () => void db.pool.end().then(() => process.exit(0)));
process.send?.('ready');
