// The sequencer alone, on the database of BENCH_URL, with a key and a head of its own.
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { startSequencer } from '../../src/evidence/sequencer.jobs.ts';
import { testLog } from '../log.ts';

const db = openDb({
  url: process.env['BENCH_URL'] ?? '',
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
});
const sequencer = startSequencer(testLog(db));
process.on(
  'SIGTERM',
  () =>
    void sequencer
      .stop()
      .then(() => db.pool.end())
      .then(() => process.exit(0)),
);
process.send?.('ready');
