// A process that sweeps the bench's deadlines once, as the worker of the program does every second.
import { openLog } from '../../src/app/log.ts';
import { deadlines } from '../../src/app/reactions.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { benchKeys } from './bench.ts';

const db = openDb({
  url: process.env['BENCH_URL'] ?? '',
  wall: systemClock,
  keys: benchKeys,
  demo: true,
});
const sweep = openSweep(db, deadlines, openLog('error'));
process.on('message', () => {
  const begin = performance.now();
  void sweep.run().then(({ fired, failed }) =>
    process.send?.({
      seconds: (performance.now() - begin) / 1000,
      fired: Object.values(fired).reduce((sum, count) => sum + count, 0),
      failed: failed.length,
    }),
  );
});
process.on('SIGTERM', () => void db.pool.end().then(() => process.exit(0)));
process.send?.('ready');
