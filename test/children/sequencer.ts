import { openLog } from '../../src/evidence/sequencer.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';

// A program that puts everything pending into the log and ends: `sequencer.ts <database url> <key file> <head file>`.
// With FAULTS in its environment it dies on the way, as in a power cut.
const [, , url, keyPath, headPath] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
const log = openLog({
  db,
  keyFile: must(keyPath, 'a key file'),
  head: must(headPath, 'a head file'),
  origin: 'demo.example/log',
});
const result = await sequenceAll(log);
await db.pool.end();
console.log(JSON.stringify(result));
