import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { hmac } from '../kit/secret.ts';
import { json } from '../kit/sql.ts';
import { laneOf } from '../kit/lane.ts';
import { publish, type News } from '../kit/outbox.ts';
import { send, type Db, type Tx } from '../kit/tx.ts';
import { writeBook } from '../ledger/actions.ts';
import { emptyBook, enter } from '../ledger/book.rules.ts';
import { channelReceived } from '../ledger/rules.ts';
import { lockPayments } from './actions.ts';
import { applyCheckouts } from './channels.actions.ts';
import type { PaymentPurpose } from './contract.ts';
import { raiseExceptions, type NewException } from './exception.actions.ts';
import {
  decideTrade,
  received,
  type Payment,
  type Trade,
  type TradeDecision,
  type TradeNews,
} from './rules.ts';
import { findTrades, insertNotices, insertTrades, writeReceived } from './store.ts';
import { settleTopUps } from './top-up.actions.ts';

/** What came: a told success, or a notice that tells none (forged, stale, of another status) and is only kept on record. */
export type Incoming =
  | { readonly kind: 'trade'; readonly news: TradeNews; readonly headers: Record<string, string> }
  | {
      readonly kind: 'other';
      readonly channel: string;
      readonly verified: boolean;
      readonly why: string;
      readonly proof: Buffer;
      readonly headers: Record<string, string>;
    };
export type IncomingAnswer = {
  readonly decision: TradeDecision | 'noted';
  readonly paymentId: string | null;
  readonly purpose: PaymentPurpose | null;
};

/**
 * Records what channels tell, many at once: each new trade becomes a row and moves from the channel's clearing account to
 * unapplied:{payment}, with the news payment.received, in one transaction. Nothing else is decided here.
 */
export const noticeLane = laneOf<Incoming, IncomingAnswer>('payments.notice', recordAll);

/** Records, then lets every new trade be applied at once. What fails while applying is repeated from the outbox. */
export async function receive(db: Db, list: readonly Incoming[]): Promise<IncomingAnswer[]> {
  const answers = await Promise.all(list.map((one) => noticeLane(db).submit(one)));
  faultPoint('payments.notice.after-commit');
  await applyNow(
    db,
    answers.filter((one) => one.decision === 'recorded'),
  );
  return answers;
}

/** Gives payments to whoever decides about their money. Its failure is not the sender's: the trade is stored, and the outbox tries again. */
export async function applyNow(
  db: Db,
  list: readonly { paymentId: string | null; purpose: PaymentPurpose | null }[],
): Promise<void> {
  const of = (purpose: PaymentPurpose) => [
    ...new Set(list.flatMap((one) => (one.purpose === purpose && one.paymentId ? [one.paymentId] : []))),
  ];
  await Promise.allSettled([applyCheckouts(db, of('checkout')), settleTopUps(db, of('topup'))]);
}

type Batch = {
  readonly payments: Map<string, Payment>;
  readonly trades: Map<string, Trade>;
  readonly changed: Set<string>;
  readonly fresh: { trade: Trade; news: TradeNews }[];
  readonly noted: { one: Incoming; decision: string; paymentId: string | null }[];
  readonly exceptions: NewException[];
};

const tradeKey = (channel: string, tradeNo: string): string => `${channel} ${tradeNo}`;

async function recordAll(tx: Tx, list: readonly Incoming[]): Promise<IncomingAnswer[]> {
  const told = list.flatMap((one) => (one.kind === 'trade' ? [one.news] : []));
  const ids = [...new Set(told.flatMap((news) => news.paymentId ?? []))];
  // The trades are looked up after the lock in the same pipeline: what a transaction before us recorded is seen.
  const [payments, trades] = await Promise.all([
    ids.length > 0 ? lockPayments(tx, ids) : [],
    told.length > 0
      ? findTrades(tx, { channels: told.map((n) => n.channel), nos: told.map((n) => n.tradeNo) })
      : [],
  ]);
  const batch: Batch = {
    payments: new Map(payments.flatMap((p) => (p ? [[p.id, p]] : []))),
    trades: new Map(trades.map((one) => [tradeKey(one.channel, one.tradeNo), one])),
    changed: new Set(),
    fresh: [],
    noted: [],
    exceptions: [],
  };
  const answers = list.map((one) =>
    one.kind === 'trade' ? takeTrade(batch, one, one.news, tx) : note(batch, one, one.why, null),
  );
  await writeBatch(tx, batch);
  return answers;
}

function takeTrade(batch: Batch, one: Incoming, news: TradeNews, tx: Tx): IncomingAnswer {
  const known = batch.trades.get(tradeKey(news.channel, news.tradeNo));
  const payment = news.paymentId ? batch.payments.get(news.paymentId) : undefined;
  const decision = decideTrade(news, known, payment);
  if (decision === 'doubled' || decision === 'contradiction') {
    if (decision === 'contradiction')
      batch.exceptions.push(
        exceptionOf('contradiction', news, payment?.id ?? null, {
          said: news.amount,
          number: news.number,
          before: known?.amount,
        }),
      );
    // A query repeats what it knows each time; only notices are a record worth a row.
    if (news.source === 'notice') note(batch, one, decision, known?.paymentId ?? null);
    return { decision, paymentId: known?.paymentId ?? null, purpose: payment?.purpose ?? null };
  }
  const mine = decision === 'recorded' ? must(payment, 'a recorded trade has a payment') : undefined;
  const trade: Trade = {
    channel: news.channel,
    tradeNo: news.tradeNo,
    id: newId(tx.wall),
    paymentId: mine?.id ?? null,
    named: mine ? null : news.number.slice(0, 64),
    amount: news.amount,
    channelAt: news.channelAt,
    at: tx.business,
  };
  batch.trades.set(tradeKey(news.channel, news.tradeNo), trade);
  batch.fresh.push({ trade, news });
  if (mine) {
    batch.payments.set(mine.id, received(mine, news.amount, tx.business));
    batch.changed.add(mine.id);
  } else batch.exceptions.push(exceptionOf('orphan', news, null, { number: news.number }));
  return { decision, paymentId: mine?.id ?? null, purpose: mine?.purpose ?? null };
}

function note(batch: Batch, one: Incoming, decision: string, paymentId: string | null): IncomingAnswer {
  batch.noted.push({ one, decision, paymentId });
  return { decision: 'noted', paymentId: null, purpose: null };
}

const exceptionOf = (
  kind: 'orphan' | 'contradiction',
  news: TradeNews,
  paymentId: string | null,
  detail: unknown,
): NewException => ({
  kind,
  channel: news.channel,
  ref: news.tradeNo,
  paymentId,
  refundId: null,
  amount: news.amount,
  detail,
});

async function writeBatch(tx: Tx, batch: Batch): Promise<void> {
  faultPoint('payments.notice.before-trades');
  if (batch.noted.length > 0) send(tx, writeNotices(tx, batch));
  if (batch.fresh.length === 0) return void send(tx, raiseExceptions(tx, batch.exceptions));
  send(tx, writeTrades(tx, batch));
  faultPoint('payments.notice.after-trades');
  const changed = [...batch.changed]
    .sort()
    .map((id) => must(batch.payments.get(id), 'a changed payment was locked'));
  if (changed.length > 0)
    send(
      tx,
      writeReceived(tx, {
        ids: changed.map((p) => p.id),
        states: changed.map((p) => p.state),
        sums: changed.map((p) => p.received),
        paid: changed.map((p) => p.paidAt),
      }),
    );
  faultPoint('payments.notice.after-payments');
  const book = emptyBook();
  for (const { trade } of batch.fresh)
    enter(book, trade.id, [
      channelReceived({
        paymentId: trade.paymentId ?? trade.id,
        channel: trade.channel,
        amount: trade.amount,
      }),
    ]);
  writeBook(tx, book);
  faultPoint('payments.notice.after-transfers');
  send(tx, publish(tx, newsOf(changed, 'payment.received')), raiseExceptions(tx, batch.exceptions));
  faultPoint('payments.notice.after-news');
}

/** One piece of news for each purpose, since different domains react. */
export function newsOf(
  payments: readonly Pick<Payment, 'id' | 'purpose'>[],
  event: 'payment.received' | 'payment.closed',
): News[] {
  const of = (purpose: PaymentPurpose) => payments.filter((p) => p.purpose === purpose).map((p) => p.id);
  return (['checkout', 'topup'] as const).flatMap((purpose) =>
    of(purpose).length > 0 ? [{ event, about: of(purpose), data: { purpose } }] : [],
  );
}

function writeTrades(tx: Tx, { fresh }: Batch): Promise<number> {
  return insertTrades(tx, {
    channels: fresh.map((f) => f.trade.channel),
    nos: fresh.map((f) => f.trade.tradeNo),
    ids: fresh.map((f) => f.trade.id),
    payments: fresh.map((f) => f.trade.paymentId),
    named: fresh.map((f) => f.trade.named),
    amounts: fresh.map((f) => f.trade.amount),
    sources: fresh.map((f) => f.news.source),
    proofs: fresh.map((f) => f.news.proof),
    channelAts: fresh.map((f) => f.trade.channelAt),
    payers: fresh.map(({ news: { channel, payer } }) =>
      payer === undefined ? null : hmac(tx.keys.blind, `payments.payer/${channel}/${payer}`),
    ),
    at: tx.business,
  });
}

function writeNotices(tx: Tx, { noted }: Batch): Promise<number> {
  return insertNotices(tx, {
    ids: noted.map(() => newId(tx.wall)),
    channels: noted.map(({ one }) => (one.kind === 'trade' ? one.news.channel : one.channel)),
    verified: noted.map(({ one }) => one.kind === 'trade' || one.verified),
    decisions: noted.map((n) => n.decision),
    nos: noted.map(({ one }) => (one.kind === 'trade' ? one.news.tradeNo : null)),
    payments: noted.map((n) => n.paymentId),
    hashes: noted.map(({ one }) => (one.kind === 'trade' ? one.news.proof : one.proof)),
    headers: noted.map(({ one }) => json(one.headers)),
    at: tx.business,
  });
}
