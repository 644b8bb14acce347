import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyOf } from '../../kit/secret.ts';
import { moods, openBank, type Bank } from './bank.ts';
import { cashier } from './cashier.ts';
import { complaintDesk } from './complaints.ts';
import { faultKinds, gateway, type Fault } from './gateway.ts';
import { stubIssuer } from './issuer.ts';
import { startPostman } from './postman.ts';
import { markOf } from './process.ts';
import { sandboxSupplier } from './supplier.ts';

// The sandbox institution: a process of its own, with its own port and store, so that it can be down, slow or wrong without the shop.
// Started by startSandbox (process.ts), which hears its address over the parent's channel.

const settings = z
  .object({
    SANDBOX_DIR: z.string(),
    SANDBOX_HOST: z.string(),
    SANDBOX_PORT: z.coerce.number().int(),
    SANDBOX_MERCHANT: z.string(),
  })
  .parse(process.env);
const now = (): number => Date.now();
const key = keyOf(Buffer.from(readFileSync(join(settings.SANDBOX_DIR, 'key'), 'utf8').trim(), 'hex'));
const bank = openBank(settings.SANDBOX_DIR, now);
const faults: Fault[] = [];
let held = false;
let origin = '';

const actIn = z.object({
  mood: z.enum(moods),
  amount: z.number().int().positive().optional(),
  payer: z.string().min(1).max(64).optional(),
});
const faultIn = z.object({
  on: z.enum(['create', 'query', 'close', 'refund', 'refund_query', 'bill', 'complaint']),
  how: z.enum(faultKinds),
  times: z.number().int().min(0).default(1),
});

/** For tests and the operator's hands: what a payer does, what the gateway does wrong, and what was sent. Loopback only, like everything here. */
function driver(p: { bank: Bank }): Hono {
  const routes = new Hono();
  routes.get('/driver/payments/:number', (context) => {
    const view = p.bank.view(context.req.param('number'));
    return view
      ? context.json({ ...view, refunds: view.trades.flatMap((trade) => p.bank.refundsOf(trade.tradeNo)) })
      : context.json({}, 404);
  });
  routes.get('/driver/payments', (context) => context.json(p.bank.list()));
  routes.get('/driver/notices', (context) => context.json(p.bank.sendings()));
  routes.post('/driver/payments/:number', async (context) => {
    const { mood, ...how } = actIn.parse(await context.req.json());
    return context.json({ ok: p.bank.act(context.req.param('number'), mood, how) });
  });
  // Money for a number that nobody asked for.
  routes.post('/driver/orphans', async (context) => {
    const { number, amount, notify_url } = z
      .object({ number: z.string(), amount: z.number().int().positive(), notify_url: z.url() })
      .parse(await context.req.json());
    p.bank.ask({
      number,
      amount,
      subject: 'orphan',
      expiresAt: now() + 1000,
      notifyUrl: notify_url,
      returnUrl: notify_url,
    });
    return context.json(p.bank.take(number, amount, 1));
  });
  routes.post(
    '/driver/faults',
    async (context) => (faults.push(faultIn.parse(await context.req.json())), context.json({ ok: true })),
  );
  routes.delete('/driver/faults', (context) => (faults.splice(0), context.json({ ok: true })));
  routes.post('/driver/notices', async (context) => {
    held = z.object({ held: z.boolean() }).parse(await context.req.json()).held;
    return context.json({ ok: true });
  });
  return routes;
}

const app = new Hono();
// The mark of the key tells another process of the same installation that this is its sandbox.
app.get('/healthz', (context) => context.text(markOf(key)));
app.route(
  '/',
  gateway({ bank, key, merchant: settings.SANDBOX_MERCHANT, now, origin: () => origin, faults }),
);
app.route('/', driver({ bank }));
const complaints = complaintDesk({
  bank,
  key,
  merchant: settings.SANDBOX_MERCHANT,
  now,
  origin: () => origin,
  faults,
  folder: join(settings.SANDBOX_DIR, 'complaints'),
  held: () => held,
});
app.route('/', complaints.routes);
const supplier = sandboxSupplier({ key, folder: join(settings.SANDBOX_DIR, 'supplier'), now });
app.route('/', supplier.routes);
app.route('/', stubIssuer({ key, now }));
app.route('/', cashier(bank));

const server = serve(
  { fetch: app.fetch, port: settings.SANDBOX_PORT, hostname: settings.SANDBOX_HOST },
  (address) => {
    origin = `http://${settings.SANDBOX_HOST}:${address.port}`;
    process.send?.({ origin });
  },
);
server.on('error', (problem: NodeJS.ErrnoException) => {
  process.send?.({ problem: problem.code ?? problem.message });
  process.exitCode = 1;
  process.disconnect?.();
});
const postman = startPostman({ bank, key, merchant: settings.SANDBOX_MERCHANT, now, held: () => held });

function end(): void {
  postman.stop();
  complaints.stop();
  supplier.stop();
  server.close();
  bank.shut();
  process.exit();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
// Whoever started it is gone: nobody would ever stop it.
process.on('disconnect', end);
