import { randomBytes } from 'node:crypto';
import { openJournal } from './journal.ts';

/** What a payer's finger does at the cashier. */
export const moods = [
  'pay',
  'twice',
  'late',
  'under',
  'over',
  'silent',
  'processing',
  'repeat',
  'refuse',
] as const;
export type Mood = (typeof moods)[number];

export type Asked = {
  number: string;
  ref: string;
  amount: number;
  subject: string;
  expiresAt: number;
  notifyUrl: string;
  returnUrl: string;
  at: number;
};
export type Paid = { tradeNo: string; number: string; amount: number; at: number; payer?: string };
export type Returned = {
  number: string;
  tradeNo: string;
  amount: number;
  state: 'processing' | 'done' | 'refused';
  message: string;
  at: number;
};
export type Sending = {
  id: string;
  tradeNo: string;
  dueAt: number;
  tries: number;
  state: 'waiting' | 'acknowledged' | 'given up';
};
type Event =
  | { type: 'asked'; asked: Asked }
  | { type: 'closed'; number: string; why: string; at: number }
  | { type: 'armed'; number: string; mood: 'late' }
  | { type: 'slow'; number: string; amount: number; until: number }
  | { type: 'paid'; paid: Paid }
  | { type: 'returned'; returned: Returned }
  | { type: 'sending'; sending: Sending };

export type PaymentView = Asked & {
  state: 'waiting' | 'processing' | 'paid' | 'closed';
  trades: Paid[];
  closedWhy: string | undefined;
  armed: boolean;
};

const processing_ms = 3000;

/** The sum of the journal. */
function openBooks(folder: string) {
  const journal = openJournal<Event>(folder);
  const books = {
    asked: new Map<string, Asked>(),
    closed: new Map<string, string>(),
    armed: new Set<string>(),
    slow: new Map<string, { amount: number; until: number }>(),
    trades: new Map<string, Paid>(),
    refunds: new Map<string, Returned>(),
    sendings: new Map<string, Sending>(),
    // What the rounds of the postman look at, ten times a second.
    waiting: new Set<string>(),
    byNumber: new Map<string, Paid[]>(),
  };
  const apply = (event: Event): void => {
    if (event.type === 'asked') books.asked.set(event.asked.number, event.asked);
    else if (event.type === 'closed') books.closed.set(event.number, event.why);
    else if (event.type === 'armed') books.armed.add(event.number);
    else if (event.type === 'slow')
      books.slow.set(event.number, { amount: event.amount, until: event.until });
    else if (event.type === 'returned') books.refunds.set(event.returned.number, event.returned);
    else if (event.type === 'sending') {
      books.sendings.set(event.sending.id, event.sending);
      if (event.sending.state === 'waiting') books.waiting.add(event.sending.id);
      else books.waiting.delete(event.sending.id);
    } else {
      books.byNumber.set(event.paid.number, [...(books.byNumber.get(event.paid.number) ?? []), event.paid]);
      books.trades.set(event.paid.tradeNo, event.paid);
      books.slow.delete(event.paid.number);
      books.armed.delete(event.paid.number);
    }
  };
  for (const event of journal.past) apply(event);
  const write = (event: Event): void => {
    journal.append(event);
    apply(event);
  };
  return { ...books, write, shut: journal.close };
}
type Books = ReturnType<typeof openBooks>;

const tradesIn = (books: Books, number: string): Paid[] => books.byNumber.get(number) ?? [];

function viewIn(books: Books, number: string, now: number): PaymentView | undefined {
  const one = books.asked.get(number);
  if (!one) return undefined;
  const trades = tradesIn(books, number);
  const closedWhy =
    books.closed.get(number) ?? (trades.length === 0 && now >= one.expiresAt ? 'expired' : undefined);
  const state =
    trades.length > 0 ? 'paid' : books.slow.has(number) ? 'processing' : closedWhy ? 'closed' : 'waiting';
  return { ...one, state, trades, closedWhy, armed: books.armed.has(number) };
}

/** Money is taken. A notice follows unless the mood is silent; several notices are several sendings of the same news. */
function take(
  books: Books,
  number: string,
  amount: number,
  notices: number,
  now: number,
  payer?: string,
): Paid {
  const told = payer === undefined ? {} : { payer };
  const paid = { tradeNo: `SB${now}${randomBytes(5).toString('hex')}`, number, amount, at: now, ...told };
  books.write({ type: 'paid', paid });
  for (let i = 0; i < notices; i++)
    books.write({
      type: 'sending',
      sending: {
        id: randomBytes(8).toString('hex'),
        tradeNo: paid.tradeNo,
        dueAt: now + i * 300,
        tries: 0,
        state: 'waiting',
      },
    });
  return paid;
}

/** False when it was paid or is just being paid: then it cannot be closed. */
function close(books: Books, number: string, why: string, now: number): boolean {
  if (tradesIn(books, number).length > 0 || books.slow.has(number)) return false;
  if (!books.closed.has(number)) books.write({ type: 'closed', number, why, at: now });
  return true;
}

type How = { readonly amount?: number | undefined; readonly payer?: string | undefined };

/** What the payer does, and from which account, where the bank tells it; false for a payment that does not exist. */
function act(books: Books, number: string, mood: Mood, { amount, payer }: How, now: number): boolean {
  const view = viewIn(books, number, now);
  if (!view) return false;
  const half = Math.max(1, Math.floor(view.amount / 2));
  const pay = (sum: number, notices: number): Paid => take(books, number, amount ?? sum, notices, now, payer);
  switch (mood) {
    case 'pay':
      pay(view.amount, 1);
      break;
    case 'twice':
      pay(view.amount, 1);
      pay(view.amount, 1);
      break;
    case 'under':
      pay(half, 1);
      break;
    case 'over':
      pay(view.amount + half, 1);
      break;
    case 'silent':
      pay(view.amount, 0);
      break;
    case 'repeat':
      pay(view.amount, 5);
      break;
    case 'refuse':
      close(books, number, 'refused by the bank', now);
      break;
    case 'processing':
      books.write({ type: 'slow', number, amount: view.amount, until: now + processing_ms });
      break;
    case 'late':
      if (view.state === 'closed') pay(view.amount, 1);
      else books.write({ type: 'armed', number, mood });
  }
  return true;
}

/** What becomes due by itself: slow payments end, armed ones are paid once nobody expects them, slow refunds arrive. */
function tick(books: Books, now: number): void {
  for (const [number, one] of books.slow) if (now >= one.until) take(books, number, one.amount, 1, now);
  for (const number of books.armed) {
    const view = viewIn(books, number, now);
    if (view?.state === 'closed') take(books, number, view.amount, 1, now);
  }
  for (const one of books.refunds.values())
    if (one.state === 'processing' && now >= one.at + processing_ms)
      books.write({ type: 'returned', returned: { ...one, state: 'done', at: now } });
}

/** Everything the sandbox institution knows. Its journal is the truth; this is the sum of it. Time is the wall clock of its own machine. */
export type Bank = ReturnType<typeof openBank>;

export function openBank(folder: string, now: () => number) {
  const books = openBooks(folder);
  const within = <T extends { at: number }>(rows: Iterable<T>, from: number, to: number): T[] =>
    [...rows].filter((one) => one.at >= from && one.at < to);
  return {
    view: (number: string) => viewIn(books, number, now()),
    tradesOf: (number: string) => tradesIn(books, number),
    list: () => [...books.asked.keys()].toReversed().flatMap((number) => viewIn(books, number, now()) ?? []),
    trade: (tradeNo: string) => books.trades.get(tradeNo),
    refund: (number: string) => books.refunds.get(number),
    refundsOf: (tradeNo: string) => [...books.refunds.values()].filter((one) => one.tradeNo === tradeNo),
    sendings: () => [...books.sendings.values()],
    waiting: () => [...books.waiting].flatMap((id) => books.sendings.get(id) ?? []),
    between: (from: number, to: number) => ({
      trades: within(books.trades.values(), from, to),
      refunds: within(books.refunds.values(), from, to).filter((one) => one.state === 'done'),
    }),
    /** A number that was asked before keeps its first amount, and its first reference. */
    ask(p: Omit<Asked, 'ref' | 'at'>): Asked {
      const before = books.asked.get(p.number);
      if (before) return before;
      const one = { ...p, ref: `SBO${now()}${randomBytes(4).toString('hex')}`, at: now() };
      books.write({ type: 'asked', asked: one });
      return one;
    },
    close: (number: string, why: string) => close(books, number, why, now()),
    isClosed: (number: string) => books.closed.has(number),
    take: (number: string, amount: number, notices: number) => take(books, number, amount, notices, now()),
    act: (number: string, mood: Mood, how: How = {}) => act(books, number, mood, how, now()),
    tick: () => tick(books, now()),
    giveBack: (returned: Omit<Returned, 'at'>) =>
      books.write({ type: 'returned', returned: { ...returned, at: now() } }),
    sent: (sending: Sending) => books.write({ type: 'sending', sending }),
    shut: () => books.shut(),
  };
}
