import { assert, must } from '../kit/assert.ts';
import { nextState } from '../kit/machine.ts';
import { fen, noFen, type Fen } from '../kit/money.ts';
import { decodeId, encodeId } from '../kit/public-id.ts';
import { plus, type Instant, type Span } from '../kit/time.ts';
import type { BillRow } from './channel.contract.ts';
import type { ExceptionDecision, ExceptionKind, PaymentPurpose, RefundReason } from './contract.ts';
import {
  paymentTable,
  refundTable,
  type PaymentEvent,
  type PaymentState,
  type RefundEvent,
  type RefundState,
} from './machine.ts';

export type Payment = {
  readonly id: string;
  readonly purpose: PaymentPurpose;
  readonly buyerId: string;
  readonly checkoutKey: string;
  readonly channel: string;
  readonly amount: Fen;
  readonly received: Fen;
  readonly state: PaymentState;
  readonly channelRef: string | null;
  readonly payUrl: string | null;
  readonly failure: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly paidAt: Instant | null;
  readonly creditedAt: Instant | null;
};
export type Trade = {
  readonly channel: string;
  readonly tradeNo: string;
  readonly id: string;
  readonly paymentId: string | null;
  readonly named: string | null;
  readonly amount: Fen;
  readonly channelAt: Instant;
  readonly at: Instant;
};
/** A success that a notice, a query or a bill tells of. `paymentId` is what its number decodes to, null when it is no number of ours. */
export type TradeNews = {
  readonly channel: string;
  readonly tradeNo: string;
  readonly number: string;
  readonly paymentId: string | null;
  readonly amount: Fen;
  readonly channelAt: Instant;
  readonly source: 'notice' | 'query' | 'bill';
  readonly proof: Buffer;
  readonly payer?: string | undefined;
};

/** The number that a channel knows a payment by: the public id, which fits the 32 characters that channels allow. */
export const paymentNumber = (id: string): string => encodeId('payment', id);
export const paymentOfNumber = (number: string): string | null => decodeId('payment', number) ?? null;

/** The number of a refund at its channel. It changes only when a person decides to ask anew after a refusal. */
export const refundNumber = (id: string, request: number): string =>
  request === 1 ? encodeId('refund', id) : `${encodeId('refund', id)}-${request}`;

export function paymentAfter(state: PaymentState, event: PaymentEvent): PaymentState | undefined {
  return nextState(paymentTable, state as never, event, 'channel') as PaymentState | undefined;
}
export function refundAfter(state: RefundState, event: RefundEvent): RefundState | undefined {
  const by =
    event === 'retry' || event === 'credit'
      ? 'operator'
      : event === 'confirm' || event === 'refuse'
        ? 'channel'
        : 'system';
  return nextState(refundTable, state as never, event, by) as RefundState | undefined;
}

export type TradeDecision = 'recorded' | 'doubled' | 'orphan' | 'contradiction';

/**
 * What a told success is to us (protocols-payments rules 3 to 5, 8): a trade is recorded once whatever the payment's state and whatever its
 * amount, because the money is there; telling it again changes nothing; a number that names none of our payments on this channel is orphan.
 */
export function decideTrade(
  news: TradeNews,
  known: Trade | undefined,
  payment: Payment | undefined,
): TradeDecision {
  if (known) {
    const sameNumber =
      known.paymentId === null
        ? known.named === news.number || news.paymentId === null
        : known.paymentId === news.paymentId;
    return known.amount === news.amount && sameNumber ? 'doubled' : 'contradiction';
  }
  return payment && payment.channel === news.channel ? 'recorded' : 'orphan';
}

/** The payment after money came in. */
export function received(payment: Payment, amount: Fen, at: Instant): Payment {
  const total = fen(payment.received + amount);
  const enough = total >= payment.amount;
  const state = must(
    paymentAfter(payment.state, enough ? 'receive' : 'receive_part'),
    `money can come in while a payment is ${payment.state}`,
  );
  return { ...payment, received: total, state, paidAt: enough ? (payment.paidAt ?? at) : payment.paidAt };
}

export type UnappliedFacts = {
  /** What the thing costs, and what of the payment's money is not used yet. */
  readonly asked: Fen;
  readonly unapplied: Fen;
  /** The thing has its money already. */
  readonly fulfilled: boolean;
  /** The payer still has time. */
  readonly open: boolean;
  /** Its time is over, but it can be had all the same (stock and price are there; a wallet can always be filled). */
  readonly revivable: boolean;
};
export type UnappliedDecision = {
  readonly apply: Fen;
  readonly refund: Fen;
  readonly reason: RefundReason | null;
  readonly wait: boolean;
};

/**
 * Where unapplied money goes (VGSR article 32; F005, F169): a thing is paid once and in full; what is double, over, late or, after its time,
 * under goes back by itself. All of the money has a decision, unless the payer still has time to add what is missing.
 */
export function decideUnapplied(facts: UnappliedFacts): UnappliedDecision {
  const { asked, unapplied, fulfilled, open, revivable } = facts;
  const none = { apply: noFen, refund: noFen, reason: null, wait: false } as const;
  if (unapplied === 0n) return { ...none, wait: !fulfilled && open };
  if (fulfilled) return { ...none, refund: unapplied, reason: unapplied >= asked ? 'double' : 'over' };
  if (unapplied < asked)
    return open ? { ...none, wait: true } : { ...none, refund: unapplied, reason: 'under' };
  if (!open && !revivable) return { ...none, refund: unapplied, reason: 'late' };
  const rest = fen(unapplied - asked);
  return {
    ...none,
    apply: asked,
    refund: rest,
    reason: rest === 0n ? null : rest >= asked ? 'double' : 'over',
  };
}

/** Shares a refund among the trades it goes back to: one trade that has it whole if there is one, the newest first. */
export function spreadRefund(
  amount: Fen,
  trades: readonly { tradeNo: string; left: Fen; at: Instant }[],
): { tradeNo: string; amount: Fen }[] {
  const newestFirst = [...trades].sort((a, b) => b.at - a.at || (a.tradeNo < b.tradeNo ? 1 : -1));
  const exact =
    newestFirst.find((one) => one.left === amount) ?? newestFirst.find((one) => one.left > amount);
  if (exact) return [{ tradeNo: exact.tradeNo, amount }];
  const parts: { tradeNo: string; amount: Fen }[] = [];
  let missing: bigint = amount;
  for (const one of newestFirst) {
    const part = one.left < missing ? one.left : fen(missing);
    if (part > 0n) parts.push({ tradeNo: one.tradeNo, amount: part });
    missing -= part;
  }
  assert(missing === 0n, 'no more goes back than came in');
  return parts;
}

const checkDelays: readonly Span[] = [{ seconds: 10 }, { seconds: 50 }, { minutes: 4 }, { minutes: 55 }];
/** When the channel is asked after `done` checks: 10 s, 1 min, 5 min and 1 h after the beginning, then each hour (F003). */
export const nextCheck = (done: number, wall: Instant): Instant =>
  plus(wall, checkDelays[done] ?? { hours: 1 });
/** How long an expired payment waits for another try to close it. */
export const closeRetry: Span = { seconds: 10 };
/** Once more after closing: who had the cashier page open may have paid. */
export const afterClosing: Span = { hours: 1 };
/** A person who presses 核对支付 many times asks the channel once in this time. */
export const verifyPause_ms = 2000;

const refundDelays: readonly Span[] = [
  { seconds: 2 },
  { seconds: 15 },
  { minutes: 1 },
  { minutes: 5 },
  { minutes: 20 },
];
/** When a refund of unknown end is asked about again. */
export const nextRefundTry = (tries: number, wall: Instant): Instant =>
  plus(wall, refundDelays[tries - 1] ?? { hours: 1 });

/** What a person may decide about an exception. A refused refund goes to a wallet only where its payer is known. */
export function decisionsOpenTo(kind: ExceptionKind, payerKnown: boolean): ExceptionDecision[] {
  if (kind === 'orphan') return ['match', 'refund', 'close'];
  if (kind === 'refund_refused') return payerKnown ? ['retry', 'wallet', 'close'] : ['retry', 'close'];
  return ['close'];
}

type Difference = {
  kind: ExceptionKind;
  ref: string;
  amount: Fen;
  ours: string | null;
  theirs: string | null;
};
type Booked = { readonly no: string; readonly amount: Fen };

/** Compares a day's bill with our books: every trade and every finished refund on both sides with the same amount, or it is a difference (F173). */
export function compareBill(
  ours: { trades: readonly Booked[]; refunds: readonly Booked[] },
  theirs: readonly BillRow[],
): Difference[] {
  const billed = theirs.filter((row) => row.kind === 'trade');
  const returned = theirs.filter((row) => row.kind === 'refund');
  return [
    ...differences(ours.trades, billed, {
      here: 'bill_missing_here',
      there: 'bill_missing_there',
      amount: 'bill_amount',
    }),
    ...differences(ours.refunds, returned, {
      here: 'bill_refund',
      there: 'bill_refund',
      amount: 'bill_refund',
    }),
  ];
}

function differences(
  ours: readonly Booked[],
  theirs: readonly Booked[],
  kinds: { here: ExceptionKind; there: ExceptionKind; amount: ExceptionKind },
): Difference[] {
  const booked = new Map(ours.map((row) => [row.no, row.amount]));
  const billed = new Map(theirs.map((row) => [row.no, row.amount]));
  const found: Difference[] = [];
  for (const [no, amount] of billed) {
    const mine = booked.get(no);
    if (mine === undefined)
      found.push({ kind: kinds.here, ref: no, amount, ours: null, theirs: String(amount) });
    else if (mine !== amount)
      found.push({ kind: kinds.amount, ref: no, amount, ours: String(mine), theirs: String(amount) });
  }
  for (const [no, amount] of booked)
    if (!billed.has(no))
      found.push({ kind: kinds.there, ref: no, amount, ours: String(amount), theirs: null });
  return found;
}
