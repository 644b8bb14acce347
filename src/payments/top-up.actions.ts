import { faultPoint } from '../kit/fault.ts';
import { publish } from '../kit/outbox.ts';
import { noFen, type Fen } from '../kit/money.ts';
import { reader, send, transaction, type Db, type Tx } from '../kit/tx.ts';
import { openAccounts, openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn, type Book } from '../ledger/book.rules.ts';
import { account, refundUnapplied, topUp } from '../ledger/rules.ts';
import { assert, must } from '../kit/assert.ts';
import { lockPayments, readPayments } from './actions.ts';
import { findChannel } from './channels.actions.ts';
import { raiseExceptions } from './exception.actions.ts';
import { requestRefunds, sendRefunds, type RefundWish } from './refund.actions.ts';
import { decideUnapplied, paymentNumber, type Payment, type UnappliedDecision } from './rules.ts';
import { tradesOfPayments, writeCredited } from './store.ts';

/** The channel could not be asked, so nothing was credited; the caller tries again. */
export class Unconfirmed extends Error {
  override name = 'Unconfirmed';
}

/**
 * Decides about the money of top-ups: the asked amount goes to the wallet once, what is double or over goes back, and too little waits until
 * the payment ends and then goes back. Before a wallet is filled the channel is asked whether it knows the trades (protocols-payments rule
 * 9); a trade it does not know becomes an exception. Calling it again is harmless. Throws Unconfirmed when a channel did not answer.
 */
export async function settleTopUps(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const payments = (await readPayments(await reader(db), ids))
    .filter((one) => one !== undefined && one.purpose === 'topup')
    .map((one) => must(one, 'filtered'));
  const asked = await Promise.all(payments.map((payment) => askAbout(db, payment)));
  const confirmed = payments.filter((_, index) => asked[index] === 'confirmed').map((payment) => payment.id);
  faultPoint('payments.credit.before-decide');
  const refunds = confirmed.length > 0 ? await transaction(db, (tx) => settle(tx, confirmed)) : 0;
  faultPoint('payments.credit.after-commit');
  if (refunds > 0) await sendRefunds(db);
  if (asked.includes('unanswered')) throw new Unconfirmed('a channel did not confirm a top-up');
}

/** Credited and closed payments need no confirmation: what lies there now only goes back. */
async function askAbout(db: Db, payment: Payment): Promise<'confirmed' | 'unanswered' | 'denied'> {
  if (payment.received < payment.amount || payment.creditedAt !== null) return 'confirmed';
  const answer = await findChannel(db, payment.channel)?.query({ number: paymentNumber(payment.id) });
  if (answer?.kind !== 'ok') return 'unanswered';
  const known = new Map(answer.trades.map((trade) => [trade.tradeNo, trade.amount]));
  const trades = await tradesOfPayments(await reader(db), { ids: [payment.id] });
  const missing = trades.filter((trade) => known.get(trade.tradeNo) !== trade.amount && !trade.matched);
  if (missing.length === 0) return 'confirmed';
  await transaction(db, (tx) =>
    raiseExceptions(
      tx,
      missing.map((trade) => ({
        kind: 'unconfirmed',
        channel: payment.channel,
        ref: trade.tradeNo,
        paymentId: payment.id,
        refundId: null,
        amount: trade.amount,
        detail: { state: answer.state },
      })),
    ),
  );
  return 'denied';
}

async function settle(tx: Tx, ids: readonly string[]): Promise<number> {
  const payments = (await lockPayments(tx, ids)).map((one) => must(one, 'a payment stays'));
  const wallets = payments.map((payment) => account('wallet', payment.buyerId));
  await openAccounts(tx, wallets);
  const book = await openBook(tx, [
    ...payments.map((payment) => account('unapplied', payment.id)),
    ...wallets,
  ]);
  const decisions = payments.map((payment) =>
    decideUnapplied({ ...factsOf(payment), unapplied: leftIn(book, account('unapplied', payment.id)) }),
  );
  const credited = payments.filter((_, index) => (decisions[index]?.apply ?? noFen) > 0n);
  for (const payment of credited)
    assert(
      enter(book, payment.id, [
        topUp({ paymentId: payment.id, userId: payment.buyerId, amount: payment.amount }),
      ]),
      'unapplied money was there',
    );
  const refunds = await giveBack(tx, book, payments, decisions);
  writeBook(tx, book);
  faultPoint('payments.credit.after-transfers');
  if (credited.length > 0) {
    send(tx, writeCredited(tx, { ids: credited.map((p) => p.id), at: tx.business }));
    send(tx, publish(tx, [{ event: 'wallet.topped_up', about: credited.map((p) => p.id) }]));
  }
  return refunds;
}

/** A wallet can always be filled, so a late top-up is revived. */
const factsOf = (
  payment: Payment,
): { asked: Fen; fulfilled: boolean; open: boolean; revivable: boolean } => ({
  asked: payment.amount,
  fulfilled: payment.creditedAt !== null,
  open: payment.state !== 'closed' && payment.state !== 'failed',
  revivable: true,
});

async function giveBack(
  tx: Tx,
  book: Book,
  payments: readonly Payment[],
  decisions: readonly UnappliedDecision[],
): Promise<number> {
  const wishes: RefundWish[] = payments.flatMap((payment, index) => {
    const decision = decisions[index];
    return decision?.reason && decision.refund > 0n
      ? [{ paymentId: payment.id, amount: decision.refund, reason: decision.reason }]
      : [];
  });
  const parts = await requestRefunds(tx, wishes);
  wishes.forEach((wish, index) => {
    for (const part of parts[index] ?? [])
      assert(
        enter(book, part.id, [
          refundUnapplied({ paymentId: wish.paymentId, refundId: part.id, amount: part.amount }),
        ]),
        'unapplied money was there',
      );
  });
  return wishes.length;
}
