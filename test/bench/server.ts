import { readConfig } from '../../src/app/config.ts';
import { openEvidence } from '../../src/app/evidence.ts';
import { startHttp } from '../../src/app/http.ts';
import { startWorker } from '../../src/app/worker.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';

// The program as npm start runs it, on a database that the bench laid out: HTTP and worker in one process, with the bench's key.
const config = readConfig({ ...process.env, PORT: '0', LOG_LEVEL: 'error', CHANNELS: 'none' });
const db = openDb({
  url: process.env['BENCH_URL'] ?? '',
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
});
const evidence = openEvidence(db, config);
const worker = process.env['WORKER'] === 'off' ? undefined : await startWorker({ db, config, evidence });
const http = await startHttp({ db, config, evidence, checks: worker?.checks ?? [] });
process.send?.({ address: http.address });
process.on('message', (message) => {
  if (message === 'memory')
    process.send?.({ rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 });
});
process.on(
  'SIGTERM',
  () =>
    void http
      .stop()
      .then(() => worker?.stop())
      .then(() => db.pool.end())
      .then(() => process.exit(0)),
);
