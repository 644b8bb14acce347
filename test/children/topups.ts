import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { reactions } from '../../src/app/reactions.ts';
import { supplierKey, supplierUser } from '../../src/app/sandbox/supplier.ts';
import { must } from '../../src/kit/assert.ts';
import { keyOf, keyringOf } from '../../src/kit/secret.ts';
import { instant, systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { installSupply } from '../../src/supply/setup.actions.ts';
import { supplyIdle, workSupply } from '../../src/supply/work.actions.ts';
import { readFileSync } from 'node:fs';

// The background work of a program for some seconds: `topups.ts <database url> <supplier url> <key file> <ms ahead> <notices>`.
// With FAULTS in its environment it dies on the way.
const [, , url, supplier, keyFile, ahead, origin] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: { now: () => instant(systemClock.now() + Number(ahead)) },
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 4,
});
const key = keyOf(Buffer.from(readFileSync(must(keyFile, 'a key file'), 'utf8').trim(), 'hex'));
installSupply(db, {
  origin: () => must(origin, 'where it listens'),
  sandbox: { url: must(supplier, 'a supplier'), userNo: supplierUser, key: supplierKey(key) },
  time_ms: 700,
});
const log = openLog('silent');
for (let turn = 0; turn < 200; turn++) {
  await pumpAll(db, reactions, log);
  await workSupply(db);
  await new Promise((wait) => setTimeout(wait, 25));
}
await supplyIdle(db);
await db.pool.end();
