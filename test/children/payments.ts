import { readFileSync } from 'node:fs';
import { must } from '../../src/kit/assert.ts';
import { keyOf, keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { startPayments } from '../../src/payments/actions.ts';
import { installPayments } from '../../src/payments/channels.actions.ts';
import { checkPayment } from '../../src/payments/check.actions.ts';
import { sandboxChannel } from '../../src/payments/sandbox-channel.actions.ts';

// A program that starts a payment, or asks about it and does all that follows, and ends:
// `payments.ts <database url> <sandbox url> <key file> <merchant> <payment> <start|check>`. With FAULTS in its environment it dies on the way.
const [, , url, sandbox, keyFile, merchant, id, what] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: systemClock,
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 3,
});
const key = keyOf(Buffer.from(readFileSync(must(keyFile, 'a key file'), 'utf8').trim(), 'hex'));
const nowhere = 'http://127.0.0.1:9/notices/sandbox';
installPayments(db, {
  channels: [
    sandboxChannel({
      url: must(sandbox, 'a sandbox'),
      key,
      merchant: must(merchant, 'a merchant'),
      wall: systemClock,
      noticeUrl: () => nowhere,
      returnUrl: () => nowhere,
    }),
  ],
});
const payment = must(id, 'a payment');
await (what === 'start' ? startPayments(db, [payment]) : checkPayment(db, payment));
await db.pool.end();
