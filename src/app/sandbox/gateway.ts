import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { signatureFault, signedHeaders } from '../../payments/sandbox-channel.rules.ts';
import type { KeyObject } from '../../kit/secret.ts';
import { endOfBeijingDay, instant, iso, plus } from '../../kit/time.ts';
import type { Bank, Paid } from './bank.ts';

/** How the gateway misbehaves on wish of a test: for this operation, this many times. */
export const faultKinds = [
  'timeout',
  'error',
  'processing',
  'garbage',
  'forged',
  'refuse',
  'done_then_error',
] as const;
export type Fault = {
  on: 'create' | 'query' | 'close' | 'refund' | 'refund_query' | 'bill' | 'complaint';
  how: (typeof faultKinds)[number];
  times: number;
};

export type Answer = { status: 200 | 202 | 400 | 409; body: Record<string, unknown> };
export const ok = (body: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: { ok: true, ...body },
});
export const no = (code: string, message: string): Answer => ({
  status: 409,
  body: { ok: false, code, message },
});

const amountIn = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);
const createIn = z.object({
  number: z.string().min(1).max(32),
  amount: amountIn,
  subject: z.string().max(128),
  ttl_seconds: z.number().int().min(1).max(86_400),
  notify_url: z.url(),
  return_url: z.url(),
});
const queryIn = z.union([z.object({ number: z.string() }), z.object({ trade_no: z.string() })]);
const refundIn = z.object({
  number: z.string().min(1).max(32),
  trade_no: z.string(),
  amount: amountIn,
  reason: z.string().max(80),
});

export const tradeOut = (paid: Paid) => ({
  trade_no: paid.tradeNo,
  number: paid.number,
  amount: String(paid.amount),
  at: iso(instant(paid.at)),
  ...(paid.payer === undefined ? {} : { payer: paid.payer }),
});

export type Gateway = {
  bank: Bank;
  key: KeyObject;
  merchant: string;
  now: () => number;
  origin: () => string;
  faults: Fault[];
};

/** The signed side of the sandbox, as a payment institution's API is. Every number is idempotent. */
export function gateway(p: Gateway): Hono {
  const { bank } = p;
  const routes = new Hono();
  const post = <S extends z.ZodType>(
    path: string,
    on: Fault['on'],
    shape: S,
    act: (input: z.infer<S>) => Answer,
  ) => routes.post(path, (context) => admit(p, context, path, on, shape, act));
  post('/v1/payments', 'create', createIn, (input) => create(p, input));
  post('/v1/payments/query', 'query', queryIn, (input) => find(bank, input));
  post('/v1/payments/close', 'close', z.object({ number: z.string() }), (input) =>
    bank.close(input.number, 'closed by the merchant')
      ? ok()
      : no('ALREADY_PAID', 'it is paid, or just being paid'),
  );
  post('/v1/refunds', 'refund', refundIn, (input) => refund(bank, input));
  post('/v1/refunds/query', 'refund_query', z.object({ number: z.string() }), (input) => {
    const found = bank.refund(input.number);
    return ok({ state: found?.state ?? 'absent', message: found?.message ?? '' });
  });
  post('/v1/bills', 'bill', z.object({ day: z.iso.date() }), (input) => billOf(bank, input.day));
  return routes;
}

/** Whoever does not sign learns nothing; what was told to go wrong goes wrong after that. */
export async function admit<S extends z.ZodType>(
  p: Gateway,
  context: Context,
  path: string,
  on: Fault['on'],
  shape: S,
  act: (input: z.infer<S>) => Answer,
): Promise<Response> {
  const body = Buffer.from(await context.req.arrayBuffer());
  const signedPart = { direction: 'request', method: 'POST', path, body } as const;
  const wrong = signatureFault(p.key, context.req.header(), signedPart, instant(p.now()));
  if (wrong || context.req.header('x-sandbox-merchant') !== p.merchant)
    return context.json({ ok: false, code: 'SIGNATURE', message: wrong ?? 'unknown merchant' }, 401);
  const input = shape.safeParse(readJson(body));
  if (input.success) return misbehave(p, context, path, takeFault(p.faults, on), () => act(input.data));
  const refused = { ok: false, code: 'INPUT', message: z.prettifyError(input.error) };
  return signed(p, context, path, { status: 400, body: refused });
}

function create(p: Gateway, input: z.infer<typeof createIn>): Answer {
  if (p.bank.isClosed(input.number)) return no('CLOSED', 'this number was closed');
  const asked = p.bank.ask({
    number: input.number,
    amount: input.amount,
    subject: input.subject,
    expiresAt: p.now() + input.ttl_seconds * 1000,
    notifyUrl: input.notify_url,
    returnUrl: input.return_url,
  });
  if (asked.amount !== input.amount) return no('NUMBER_USED', 'this number was used for another amount');
  return ok({ ref: asked.ref, pay_url: `${p.origin()}/cashier/${asked.number}` });
}

function find(bank: Bank, input: z.infer<typeof queryIn>): Answer {
  if ('trade_no' in input) {
    const trade = bank.trade(input.trade_no);
    return trade
      ? ok({ state: 'paid', number: trade.number, trades: [tradeOut(trade)] })
      : no('TRADE_NOT_FOUND', 'no such trade');
  }
  const view = bank.view(input.number);
  // A number that was closed before it ever arrived is closed, not absent.
  const state = view?.state ?? (bank.isClosed(input.number) ? 'closed' : 'absent');
  return ok({ state, number: input.number, trades: bank.tradesOf(input.number).map(tradeOut) });
}

function billOf(bank: Bank, day: string): Answer {
  const to = endOfBeijingDay(day);
  const { trades, refunds } = bank.between(plus(to, { hours: -24 }), to);
  const row = (kind: string, no: string, number: string, amount: number, at: number) => ({
    kind,
    no,
    number,
    amount: String(amount),
    at: iso(instant(at)),
  });
  return ok({
    rows: [
      ...trades.map((one) => row('trade', one.tradeNo, one.number, one.amount, one.at)),
      ...refunds.map((one) => row('refund', one.number, one.tradeNo, one.amount, one.at)),
    ],
  });
}

function refund(
  bank: Bank,
  input: z.infer<typeof refundIn>,
  state: 'done' | 'processing' | 'refused' = 'done',
): Answer {
  const before = bank.refund(input.number);
  if (before) {
    if (before.amount !== input.amount || before.tradeNo !== input.trade_no)
      return no('NUMBER_USED', 'this number was used for another refund');
    return before.state === 'done'
      ? ok()
      : before.state === 'refused'
        ? no('REFUSED', before.message)
        : { status: 202, body: { ok: false, code: 'PROCESSING' } };
  }
  const trade = bank.trade(input.trade_no);
  if (!trade) return no('TRADE_NOT_FOUND', 'no such trade');
  const returned = bank
    .refundsOf(trade.tradeNo)
    .filter((one) => one.state !== 'refused')
    .reduce((sum, one) => sum + one.amount, 0);
  if (returned + input.amount > trade.amount) return no('TOO_MUCH', 'more than was paid');
  bank.giveBack({
    number: input.number,
    tradeNo: trade.tradeNo,
    amount: input.amount,
    state,
    message: state === 'refused' ? 'the account is closed' : '',
  });
  return state === 'done'
    ? ok()
    : state === 'refused'
      ? no('REFUSED', 'the account is closed')
      : { status: 202, body: { ok: false, code: 'PROCESSING' } };
}

function takeFault(faults: Fault[], on: Fault['on']): Fault | undefined {
  const found = faults.find((fault) => fault.on === on && fault.times > 0);
  if (found) found.times -= 1;
  return found;
}

type Sending = { key: KeyObject; now: () => number; bank: Bank };

async function misbehave(
  p: Sending,
  context: Context,
  path: string,
  fault: Fault | undefined,
  act: () => Answer,
): Promise<Response> {
  switch (fault?.how) {
    case 'error':
      return context.text('the sandbox was told to fail', 500);
    case 'done_then_error':
      return (act(), context.text('the sandbox did it and was told to fail', 502));
    case 'timeout':
      return (act(), await new Promise((wait) => setTimeout(wait, 10_000)), context.text('too late', 504));
    case 'garbage':
      return context.html('<html>maintenance</html>');
    case 'forged':
      return context.json(act().body, 200, {
        'x-sandbox-timestamp': '1',
        'x-sandbox-signature': 'f'.repeat(64),
      });
    case 'processing':
      return path === '/v1/refunds'
        ? signed(p, context, path, refundAs(p, context, 'processing', await context.req.json()))
        : signed(p, context, path, { status: 202, body: { ok: false, code: 'PROCESSING' } });
    case 'refuse':
      return path === '/v1/refunds'
        ? signed(p, context, path, refundAs(p, context, 'refused', await context.req.json()))
        : signed(p, context, path, no('REFUSED', 'the sandbox was told to refuse'));
    case undefined:
      return signed(p, context, path, act());
  }
}

const refundAs = (p: Sending, _context: Context, state: 'processing' | 'refused', body: unknown): Answer =>
  refund(p.bank, refundIn.parse(body), state);

function signed(
  p: { key: KeyObject; now: () => number },
  context: Context,
  path: string,
  answer: Answer,
): Response {
  const body = JSON.stringify(answer.body);
  const request = context.req.header('x-sandbox-request') ?? '';
  return context.body(
    body,
    answer.status,
    signedHeaders(p.key, {
      direction: 'answer',
      method: 'POST',
      path,
      timestamp: String(Math.floor(p.now() / 1000)),
      request,
      body,
    }),
  );
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
