import { randomBytes } from 'node:crypto';
import { openJournal } from './journal.ts';

/** What a payer's finger does at the cashier. */
export const moods = ['pay', 'twice', 'late', 'under', 'over', 'silent', 'processing', 'repeat', 'refuse'] as const;
export type Mood = (typeof moods)[number];

export type Asked = { number: string; ref: string; amount: number; subject: string; expiresAt: number; notifyUrl: string; returnUrl: string; at: number };
export type Paid = { tradeNo: string; number: string; amount: number; at: number };
export type Returned = { number: string; tradeNo: string; amount: number; state: 'processing' | 'done' | 'refused'; message: string; at: number };
export type Sending = { id: string; tradeNo: string; dueAt: number; tries: number; state: 'waiting' | 'acknowledged' | 'given up' };
type Event =
  | { type: 'asked'; asked: Asked }
  | { type: 'closed'; number: string; why: string; at: number }
  | { type: 'armed'; number: string; mood: 'late' }
  | { type: 'slow'; number: string; amount: number; until: number }
  | { type: 'paid'; paid: Paid }
  | { type: 'returned'; returned: Returned }
  | { type: 'sending'; sending: Sending };

export type PaymentView = Asked & { state: 'waiting' | 'processing' | 'paid' | 'closed'; trades: Paid[]; closedWhy: string | undefined; armed: boolean };

/** Everything the sandbox institution knows. Its journal is the truth; this is the sum of it. Time is the wall clock of its own machine. */
export type Bank = ReturnType<typeof openBank>;

const processing_ms = 3000;

export function openBank(folder: string, now: () => number) {
  const asked = new Map<string, Asked>();
  const closed = new Map<string, string>();
  const armed = new Set<string>();
  const slow = new Map<string, { amount: number; until: number }>();
  const trades = new Map<string, Paid>();
  const refunds = new Map<string, Returned>();
  const sendings = new Map<string, Sending>();
  const journal = openJournal<Event>(folder);
  const apply = (event: Event): void => {
    if (event.type === 'asked') asked.set(event.asked.number, event.asked);
    else if (event.type === 'closed') closed.set(event.number, event.why);
    else if (event.type === 'armed') armed.add(event.number);
    else if (event.type === 'slow') slow.set(event.number, { amount: event.amount, until: event.until });
    else if (event.type === 'paid') (trades.set(event.paid.tradeNo, event.paid), slow.delete(event.paid.number), armed.delete(event.paid.number));
    else if (event.type === 'returned') refunds.set(event.returned.number, event.returned);
    else sendings.set(event.sending.id, event.sending);
  };
  for (const event of journal.past) apply(event);
  const write = (event: Event): void => (journal.append(event), apply(event));

  const tradesOf = (number: string): Paid[] => [...trades.values()].filter((trade) => trade.number === number);

  /** Money is taken. A notice follows unless the mood is silent; several notices are several sendings of the same news. */
  const take = (number: string, amount: number, notices: number): Paid => {
    const paid = { tradeNo: `SB${now()}${randomBytes(5).toString('hex')}`, number, amount, at: now() };
    write({ type: 'paid', paid });
    for (let i = 0; i < notices; i++) write({ type: 'sending', sending: { id: randomBytes(8).toString('hex'), tradeNo: paid.tradeNo, dueAt: now() + i * 300, tries: 0, state: 'waiting' } });
    return paid;
  };

  const view = (number: string): PaymentView | undefined => {
    const one = asked.get(number);
    if (!one) return undefined;
    const paid = tradesOf(number);
    const closedWhy = closed.get(number) ?? (paid.length === 0 && now() >= one.expiresAt ? 'expired' : undefined);
    const state = paid.length > 0 ? 'paid' : slow.has(number) ? 'processing' : closedWhy ? 'closed' : 'waiting';
    return { ...one, state, trades: paid, closedWhy, armed: armed.has(number) };
  };

  return {
    view, tradesOf,
    list: () => [...asked.keys()].toReversed().map((number) => view(number) as PaymentView),
    trade: (tradeNo: string) => trades.get(tradeNo),
    refund: (number: string) => refunds.get(number),
    refundsOf: (tradeNo: string) => [...refunds.values()].filter((one) => one.tradeNo === tradeNo),
    sendings: () => [...sendings.values()],
    between: (from: number, to: number) => ({
      trades: [...trades.values()].filter((one) => one.at >= from && one.at < to),
      refunds: [...refunds.values()].filter((one) => one.state === 'done' && one.at >= from && one.at < to),
    }),
    ask(p: Omit<Asked, 'ref' | 'at'>): Asked {
      const before = asked.get(p.number);
      if (before) return before;
      const one = { ...p, ref: `SBO${now()}${randomBytes(4).toString('hex')}`, at: now() };
      write({ type: 'asked', asked: one });
      return one;
    },
    /** False when it was paid or is just being paid: then it cannot be closed. */
    close(number: string, why: string): boolean {
      if (tradesOf(number).length > 0 || slow.has(number)) return false;
      if (!closed.has(number)) write({ type: 'closed', number, why, at: now() });
      return true;
    },
    isClosed: (number: string) => closed.has(number),
    take,
    /** What the payer does; false for a payment that does not exist. */
    act(number: string, mood: Mood, amount?: number): boolean {
      const one = asked.get(number);
      if (!one) return false;
      const half = Math.max(1, Math.floor(one.amount / 2));
      if (mood === 'refuse') this.close(number, 'refused by the bank');
      else if (mood === 'late') {
        if (view(number)?.state === 'closed') take(number, one.amount, 1);
        else write({ type: 'armed', number, mood });
      } else if (mood === 'processing') write({ type: 'slow', number, amount: one.amount, until: now() + processing_ms });
      else if (mood === 'twice') (take(number, one.amount, 1), take(number, one.amount, 1));
      else if (mood === 'under') take(number, amount ?? half, 1);
      else if (mood === 'over') take(number, amount ?? one.amount + half, 1);
      else take(number, amount ?? one.amount, mood === 'silent' ? 0 : mood === 'repeat' ? 5 : 1);
      return true;
    },
    /** What becomes due by itself: slow payments end, armed ones are paid once nobody expects them, slow refunds arrive. */
    tick(): void {
      for (const [number, one] of slow) if (now() >= one.until) take(number, one.amount, 1);
      for (const number of armed) if (view(number)?.state === 'closed') take(number, (asked.get(number) as Asked).amount, 1);
      for (const one of refunds.values()) if (one.state === 'processing' && now() >= one.at + processing_ms) write({ type: 'returned', returned: { ...one, state: 'done', at: now() } });
    },
    giveBack: (returned: Omit<Returned, 'at'>): void => write({ type: 'returned', returned: { ...returned, at: now() } }),
    sent: (sending: Sending): void => write({ type: 'sending', sending }),
    shut: (): void => journal.close(),
  };
}
