import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { plus } from '../kit/time.ts';
import { send, transaction, type Db, type Tx } from '../kit/tx.ts';
import { post } from '../ledger/actions.ts';
import { refundDone, refundUnapplied } from '../ledger/rules.ts';
import { findChannel } from './channels.actions.ts';
import type { Channel } from './channel.contract.ts';
import { refundReasonWords, type RefundReason } from './contract.ts';
import { raiseExceptions } from './exception.actions.ts';
import { insertRefunds, lockRefunds, takeRefunds, writeRefund } from './refund.store.ts';
import { nextRefundTry, refundAfter, refundNumber, spreadRefund } from './rules.ts';
import { findTrades, readPaymentRows, tradesOfPayments } from './store.ts';

export type RefundWish = { readonly paymentId: string; readonly amount: Fen; readonly reason: RefundReason };
export type RefundPart = { readonly id: string; readonly tradeNo: string; readonly amount: Fen };

/**
 * Orders money back to where a locked payment came from; the worker tells the channel after the commit and asks until its end is known,
 * always with the same number. A refund that touches two trades has two parts. This writes no transfer: the caller moves the same amount
 * to `refund:{part.id}` in the same transaction, from unapplied (refundUnapplied) or from escrow (refundToOrigin).
 */
export async function requestRefunds(tx: Tx, list: readonly RefundWish[]): Promise<RefundPart[][]> {
  if (list.length === 0) return [];
  const ids = [...new Set(list.map((wish) => wish.paymentId))];
  const [payments, trades] = await Promise.all([readPaymentRows(tx, { ids }), tradesOfPayments(tx, { ids })]);
  const channelOf = new Map(payments.map((payment) => [payment.id, payment.channel]));
  const left = new Map(
    trades.map((trade) => [trade.tradeNo, { ...trade, left: fen(trade.amount - trade.returned) }]),
  );
  const rows: { part: RefundPart; wish: RefundWish }[] = [];
  const answer = list.map((wish) => {
    const own = [...left.values()].filter((trade) => trade.paymentId === wish.paymentId);
    return spreadRefund(wish.amount, own).map(({ tradeNo, amount }) => {
      const trade = must(left.get(tradeNo), 'a refund goes to a trade of its payment');
      left.set(tradeNo, { ...trade, left: fen(trade.left - amount) });
      const part = { id: newId(tx.wall), tradeNo, amount };
      rows.push({ part, wish });
      return part;
    });
  });
  const channels = rows.map(({ wish }) => must(channelOf.get(wish.paymentId), 'a refund has its payment'));
  send(
    tx,
    insertRefunds(tx, {
      ids: rows.map(({ part }) => part.id),
      payments: rows.map(({ wish }) => wish.paymentId),
      channels,
      nos: rows.map(({ part }) => part.tradeNo),
      amounts: rows.map(({ part }) => part.amount),
      reasons: rows.map(({ wish }) => wish.reason),
      due: tx.wall,
      at: tx.business,
    }),
  );
  return answer;
}

/** Sends unapplied money of locked payments back (F169, F005): the order and the transfer in one. */
export async function refundUnappliedMoney(tx: Tx, list: readonly RefundWish[]): Promise<RefundPart[][]> {
  const parts = await requestRefunds(tx, list);
  await post(
    tx,
    list.flatMap((wish, index) =>
      (parts[index] ?? []).map((part) => ({
        key: part.id,
        transfers: [refundUnapplied({ paymentId: wish.paymentId, refundId: part.id, amount: part.amount })],
      })),
    ),
  );
  return parts;
}

/** Sends a trade that belongs to no payment back; a person decided so. */
export async function returnOrphan(tx: Tx, exception: { channel: string; ref: string }): Promise<void> {
  const [row] = await findTrades(tx, { channels: [exception.channel], nos: [exception.ref] });
  const trade = must(row, 'an orphan is a trade');
  const id = newId(tx.wall);
  send(
    tx,
    insertRefunds(tx, {
      ids: [id],
      payments: [null],
      channels: [trade.channel],
      nos: [trade.tradeNo],
      amounts: [trade.amount],
      reasons: ['orphan'],
      due: tx.wall,
      at: tx.business,
    }),
  );
  await post(tx, [
    { key: id, transfers: [refundUnapplied({ paymentId: trade.id, refundId: id, amount: trade.amount })] },
  ]);
}

type Sent = Awaited<ReturnType<typeof takeRefunds>>[number];

/**
 * Tells channels about refunds that are due, and asks about those whose end is unknown. Each is marked as sent before it is sent, so a
 * crash in between asks first and only then repeats, with the same number. Answers how many were worked on.
 */
export async function sendRefunds(db: Db, limit = 20): Promise<number> {
  const due = await transaction(db, (tx) =>
    takeRefunds(tx, { wall: tx.wall, again: plus(tx.wall, { minutes: 1 }), limit }),
  );
  faultPoint('payments.refund.after-take');
  await Promise.all(due.map((refund) => sendOne(db, refund)));
  return due.length;
}

type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unknown' };

async function sendOne(db: Db, refund: Sent): Promise<void> {
  const channel = findChannel(db, refund.channel);
  const outcome: Outcome = channel ? await askForRefund(channel, refund) : { kind: 'unknown' };
  faultPoint('payments.refund.after-send');
  await transaction(db, (tx) => noteOutcome(tx, refund, outcome));
}

async function askForRefund(channel: Channel, refund: Sent): Promise<Outcome> {
  const number = refundNumber(refund.id, refund.request);
  if (refund.asked) {
    const before = await channel.refundQuery({ number });
    if (before.kind !== 'ok' || before.state === 'processing') return { kind: 'unknown' };
    if (before.state === 'done') return { kind: 'done' };
    if (before.state === 'refused') return { kind: 'refused', message: before.message };
  }
  const answer = await channel.refund({
    number,
    tradeNo: refund.tradeNo,
    amount: refund.amount,
    reason: refundReasonWords[refund.reason].zh,
  });
  if (answer.kind === 'refused') return { kind: 'refused', message: `${answer.code}: ${answer.message}` };
  return { kind: answer.kind === 'ok' ? 'done' : 'unknown' };
}

async function noteOutcome(tx: Tx, sent: Sent, outcome: Outcome): Promise<void> {
  const [refund] = await lockRefunds(tx, { ids: [sent.id] });
  const { id, request, amount, channel } = must(refund, 'a refund stays');
  // Another process may have heard its end in the meantime.
  if (refund?.state !== 'unknown' || request !== sent.request) return;
  if (outcome.kind === 'unknown')
    return void (await writeRefund(tx, {
      id,
      state: 'unknown',
      request,
      due: nextRefundTry(refund.tries, tx.wall),
      failure: null,
      doneAt: null,
    }));
  const state = must(
    refundAfter(refund.state, outcome.kind === 'done' ? 'confirm' : 'refuse'),
    'a sent refund can end',
  );
  if (outcome.kind === 'refused') {
    send(
      tx,
      writeRefund(tx, {
        id,
        state,
        request,
        due: null,
        failure: outcome.message.slice(0, 200),
        doneAt: null,
      }),
    );
    const detail = { why: outcome.message.slice(0, 200), tradeNo: refund.tradeNo, reason: refund.reason };
    return raiseExceptions(tx, [
      {
        kind: 'refund_refused',
        channel,
        ref: refundNumber(id, request),
        paymentId: refund.paymentId,
        refundId: id,
        amount,
        detail,
      },
    ]);
  }
  await post(tx, [{ key: newId(tx.wall), transfers: [refundDone({ refundId: id, channel, amount })] }]);
  send(tx, writeRefund(tx, { id, state, request, due: null, failure: null, doneAt: tx.business }));
  faultPoint('payments.refund.after-write');
  send(
    tx,
    publish(tx, [
      { event: 'refund.done', about: [id], data: { paymentId: refund.paymentId, reason: refund.reason } },
    ]),
  );
}
