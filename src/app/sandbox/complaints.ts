import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { signedHeaders } from '../../payments/sandbox-channel.rules.ts';
import { instant, iso, plus } from '../../kit/time.ts';
import { admit, no, ok, type Answer, type Gateway } from './gateway.ts';
import { openJournal } from './journal.ts';

// The complaint desk of the sandbox institution: payers complain there, it sends notices, and takes answers (WeChat 消费者投诉 2.0).

type Complaint = {
  number: string;
  version: number;
  tradeNo: string;
  amount: number;
  state: 'PENDING' | 'PROCESSING' | 'PROCESSED';
  text: string;
  confirmed: boolean;
  refunded: number;
  refundNo: string | null;
  at: number;
  replies: { request: string; text: string }[];
  notifyUrl: string;
};
type Sending = { id: string; number: string; version: number; dueAt: number; tries: number; over: boolean };
type Event = { type: 'complaint'; complaint: Complaint } | { type: 'sending'; sending: Sending };

const pauses_ms = [500, 2000, 10_000, 60_000];
const answerIn = z.object({
  complaint_id: z.string(),
  response_content: z.string().max(200).default(''),
  request: z.string(),
});
const openIn = z.object({
  trade_no: z.string(),
  text: z.string().max(2000),
  amount: z.number().int().positive().optional(),
});
/** What payers and the institution do, and how a stranger's or a broken notice looks. */
const actIn = z.object({
  act: z.enum(['say', 'confirm', 'refund', 'repeat', 'forge', 'replay', 'stale']),
  text: z.string().max(2000).default(''),
  amount: z.number().int().positive().optional(),
});

type Desk = Gateway & { folder: string; held: () => boolean };

export function complaintDesk(p: Desk): { routes: Hono; stop: () => void } {
  const journal = openJournal<Event>(p.folder);
  const books = { complaints: new Map<string, Complaint>(), sendings: new Map<string, Sending>() };
  const apply = (event: Event): void => {
    if (event.type === 'complaint') books.complaints.set(event.complaint.number, event.complaint);
    else books.sendings.set(event.sending.id, event.sending);
  };
  for (const event of journal.past) apply(event);
  const write = (event: Event): void => {
    journal.append(event);
    apply(event);
  };
  const notify = (complaint: Complaint): void =>
    write({
      type: 'sending',
      sending: {
        id: randomBytes(8).toString('hex'),
        number: complaint.number,
        version: complaint.version,
        dueAt: p.now(),
        tries: 0,
        over: false,
      },
    });
  const change = (before: Complaint, parts: Partial<Complaint>): Complaint => {
    const complaint = { ...before, ...parts, version: before.version + 1 };
    write({ type: 'complaint', complaint });
    notify(complaint);
    return complaint;
  };
  const shared: Shared = { ...p, books, write, notify, change, last: new Map() };
  const timer = setInterval(() => void round(shared), 100);
  return {
    routes: new Hono().route('/', signedSide(shared)).route('/', driver(shared)),
    stop: () => {
      clearInterval(timer);
      journal.close();
    },
  };
}

type Shared = Desk & {
  books: { complaints: Map<string, Complaint>; sendings: Map<string, Sending> };
  write: (event: Event) => void;
  notify: (complaint: Complaint) => void;
  change: (before: Complaint, parts: Partial<Complaint>) => Complaint;
  /** What was sent last for each number, for a replay. */
  last: Map<string, { headers: Record<string, string>; body: string }>;
};

function signedSide(p: Shared): Hono {
  const routes = new Hono();
  const post = (path: string, act: (input: z.infer<typeof answerIn>) => Answer) =>
    routes.post(path, (context) => admit(p, context, path, 'complaint', answerIn, act));
  post('/v1/complaints/reply', (input) => {
    // What a demo tells of its past was never here; it is answered all the same.
    if (input.complaint_id.startsWith('PAST')) return ok();
    const one = p.books.complaints.get(input.complaint_id);
    if (!one) return no('COMPLAINT_NOT_FOUND', 'no such complaint');
    if (one.replies.some((reply) => reply.request === input.request)) return ok();
    if (one.state === 'PROCESSED') return no('COMPLAINT_OVER', 'it is over');
    const replies = [...one.replies, { request: input.request, text: input.response_content }];
    return (p.change(one, { state: 'PROCESSING', replies }), ok());
  });
  post('/v1/complaints/complete', (input) => {
    if (input.complaint_id.startsWith('PAST')) return ok();
    const one = p.books.complaints.get(input.complaint_id);
    if (!one) return no('COMPLAINT_NOT_FOUND', 'no such complaint');
    if (one.state === 'PROCESSED') return ok();
    if (one.replies.length === 0 && !one.confirmed) return no('NO_REPLY', 'answer the payer first');
    return (p.change(one, { state: 'PROCESSED' }), ok());
  });
  return routes;
}

/** For tests and the demo. Loopback only, like everything here. */
function driver(p: Shared): Hono {
  const routes = new Hono();
  routes.get('/driver/complaints', (context) => context.json([...p.books.complaints.values()]));
  routes.post('/driver/complaints', async (context) => {
    const { trade_no, text, amount } = openIn.parse(await context.req.json());
    const trade = p.bank.trade(trade_no);
    const asked = trade && p.bank.view(trade.number);
    if (!trade || !asked) return context.json({}, 404);
    const complaint: Complaint = {
      number: `SBC${p.now()}${randomBytes(4).toString('hex')}`,
      version: 1,
      tradeNo: trade.tradeNo,
      amount: amount ?? trade.amount,
      state: 'PENDING',
      text,
      confirmed: false,
      refunded: 0,
      refundNo: null,
      at: p.now(),
      replies: [],
      notifyUrl: `${asked.notifyUrl}/complaints`,
    };
    p.write({ type: 'complaint', complaint });
    p.notify(complaint);
    return context.json(complaint);
  });
  routes.post('/driver/complaints/:number', async (context) => {
    const one = p.books.complaints.get(context.req.param('number'));
    if (!one) return context.json({}, 404);
    return context.json(await perform(p, one, actIn.parse(await context.req.json())));
  });
  return routes;
}

async function perform(
  p: Shared,
  one: Complaint,
  { act, text, amount }: z.infer<typeof actIn>,
): Promise<unknown> {
  switch (act) {
    case 'say':
      return p.change(one, {
        text: `${one.text}\n${text}`,
        state: one.state === 'PROCESSED' ? 'PROCESSING' : one.state,
      });
    case 'confirm':
      return p.change(one, { confirmed: true });
    case 'refund':
      return giveBack(p, one, amount ?? one.amount - one.refunded);
    case 'repeat':
      return (p.notify(one), p.notify(one), one);
    case 'replay': {
      const before = p.last.get(one.number);
      return { status: before ? await post(one.notifyUrl, before) : 0 };
    }
    case 'forge': {
      const sent = signedNotice(
        p,
        { ...one, version: one.version + 1, refunded: one.amount, refundNo: 'FORGED' },
        0,
      );
      return {
        status: await post(one.notifyUrl, {
          ...sent,
          headers: { ...sent.headers, 'x-sandbox-signature': 'f'.repeat(64) },
        }),
      };
    }
    case 'stale':
      return {
        status: await post(one.notifyUrl, signedNotice(p, { ...one, version: one.version + 1 }, -3600)),
      };
  }
}

/** The institution gives money back by its own decision; its books know it, so that the same money is not refunded twice there. */
function giveBack(p: Shared, one: Complaint, amount: number): unknown {
  const back = p.bank
    .refundsOf(one.tradeNo)
    .filter((each) => each.state !== 'refused')
    .reduce((sum, each) => sum + each.amount, 0);
  const trade = p.bank.trade(one.tradeNo);
  const most = Math.min(amount, (trade?.amount ?? 0) - back);
  if (most <= 0) return { refused: 'nothing is left of this trade' };
  const refundNo = `SBCR${p.now()}${randomBytes(3).toString('hex')}`;
  p.bank.giveBack({ number: refundNo, tradeNo: one.tradeNo, amount: most, state: 'done', message: '' });
  return p.change(one, { refunded: one.refunded + most, refundNo, state: 'PROCESSING' });
}

function signedNotice(
  p: Shared,
  one: Complaint,
  shift_s: number,
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({
    merchant: p.merchant,
    complaint: {
      complaint_id: one.number,
      version: one.version,
      transaction_id: one.tradeNo,
      amount: String(one.amount),
      complaint_state: one.state,
      complaint_detail: one.text,
      user_confirmed: one.confirmed,
      refunded: String(one.refunded),
      refund_no: one.refundNo,
      answer_by: iso(plus(instant(one.at), { hours: 24 })),
      settle_by: iso(plus(instant(one.at), { hours: 48 })),
    },
  });
  const headers = signedHeaders(p.key, {
    direction: 'notice',
    method: 'POST',
    path: new URL(one.notifyUrl).pathname,
    timestamp: String(Math.floor(p.now() / 1000) + shift_s),
    request: randomBytes(12).toString('hex'),
    body,
  });
  return { headers, body };
}

const post = (
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<number> =>
  fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(5000) })
    .then((response) => response.status)
    .catch(() => 0);

const underWay = new Set<string>();

async function round(p: Shared): Promise<void> {
  if (p.held()) return;
  for (const sending of p.books.sendings.values()) {
    if (sending.over || sending.dueAt > p.now() || underWay.has(sending.id)) continue;
    const one = p.books.complaints.get(sending.number);
    if (!one) continue;
    underWay.add(sending.id);
    // What is sent late tells how it stands now.
    const sent = signedNotice(p, one, 0);
    p.last.set(one.number, sent);
    const status = await post(one.notifyUrl, sent);
    const pause = pauses_ms[sending.tries];
    p.write({
      type: 'sending',
      sending: {
        ...sending,
        tries: sending.tries + 1,
        dueAt: p.now() + (pause ?? 0),
        over: status === 200 || pause === undefined,
      },
    });
    underWay.delete(sending.id);
  }
}
