import { assert } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { noFen, sumFen, type Fen } from '../kit/money.ts';
import type { Tx } from '../kit/tx.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn } from '../ledger/book.rules.ts';
import { account, escrowOf, refundToPayment, refundToWallet } from '../ledger/rules.ts';
import { refundUnappliedMoney } from '../payments/refund.actions.ts';
import { leftOf } from '../orders/losses.rules.ts';
import { lossUnits, payLine } from '../orders/losses.actions.ts';
import { refundFor } from './line.rules.ts';

export type BackWish = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly buyerId: string;
  readonly paymentId: string | null;
  /** undefined: all that is left of the line; zero: nothing. */
  readonly asked: Fen | undefined;
};

/**
 * Gives money of lines back to where it came from (VGSR article 31): the wallet, or the payment, which returns it through its channel. Answers
 * what went back, in the order asked. The caller holds payments and orders, and writes the sum into the order.
 */
export async function giveBack(tx: Tx, list: readonly BackWish[]): Promise<Fen[]> {
  const wanted = list.filter((one) => one.asked !== noFen);
  if (wanted.length === 0) return list.map(() => noFen);
  const book = await openBook(
    tx,
    wanted.flatMap((one) => [
      escrowOf(one.orderId, one.line),
      ...(one.paymentId === null ? [account('wallet', one.buyerId)] : []),
    ]),
  );
  const units = await lossUnits(tx, list);
  const amounts = list.map((one, i) => {
    if (one.asked === noFen) return noFen;
    const own = units[i] ?? [];
    const left = refundFor(leftIn(book, escrowOf(one.orderId, one.line)), one.asked);
    // What a case or the channel paid for a unit is not paid again, though escrow still holds money of another one.
    const unpaid = sumFen(own.map(leftOf));
    const amount = left < unpaid ? left : unpaid;
    if (amount === noFen) return noFen;
    payLine(tx, one, own, amount);
    const lines = [{ orderId: one.orderId, number: one.line, amount }];
    const transfers =
      one.paymentId === null
        ? refundToWallet({ buyerId: one.buyerId, lines })
        : refundToPayment({ paymentId: one.paymentId, lines });
    assert(enter(book, newId(tx.wall), transfers), 'what is left in escrow can go back');
    return amount;
  });
  writeBook(tx, book);
  const back = list.flatMap((one, i) => {
    const amount = amounts[i] ?? noFen;
    return one.paymentId !== null && amount > 0n
      ? [{ paymentId: one.paymentId, amount, reason: 'order' as const }]
      : [];
  });
  if (back.length > 0) await refundUnappliedMoney(tx, back);
  return amounts;
}
