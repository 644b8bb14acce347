import { flushCompileCache } from 'node:module';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { startWorker } from '../../src/app/worker.ts';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { openLog as openEvidence } from '../../src/evidence/sequencer.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { faultPoints, setFaultPoint } from '../../src/kit/fault.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { installPayments } from '../../src/payments/channels.actions.ts';
import { noticeRoutes } from '../../src/payments/notice.http.ts';
import { quietChannel } from '../channel.ts';
import { killPostgres } from '../postgres.kill.ts';

// The program as it serves people, in a process of its own: `shop.ts <database url> <data folder> <port>`. Its channel says yes to everything
// and tells nothing; notices come from the test. With FAULTS in its environment it dies on the way; with KILL_POSTGRES=point:times:pid it
// kills the database there.
const [, , url, dataDir, port] = process.argv;
const folder = must(dataDir, 'a data folder');
const db = openDb({
  url: must(url, 'a database'),
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 10,
});

const [point, times, pid] = (process.env['KILL_POSTGRES'] ?? '').split(':');
const at = faultPoints.find((name) => name === point);
if (at) setFaultPoint(at, Number(times), () => killPostgres(Number(pid)));

installPayments(db, { channels: [quietChannel()], applyCheckouts: (ids) => applyPayments(db, ids) });
// Only shown when a test of this run fails.
const log = openLog('error', { write: (line) => void process.stderr.write(line) });
const evidence = openEvidence({
  db,
  keyFile: `${folder}/log.key`,
  head: `${folder}/log.head`,
  origin: 'demo.example/log',
});
const worker =
  process.env['WORKER'] === 'off'
    ? undefined
    : await startWorker({ db, config: { logLevel: 'error' }, log, evidence });
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log,
  viewerOf: viewerOfRequest,
  checks: worker?.checks ?? [],
  mounts: { '/': noticeRoutes(db) },
});
const server = await listen(app, { host: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => void end());
// A killed process would not leave what it compiled.
flushCompileCache();
console.log(server.address);

/** As npm start ends: HTTP first, then the background work, then the database. */
async function end(): Promise<void> {
  await server.stop();
  await worker?.stop();
  await db.pool.end();
  process.exit(0);
}
