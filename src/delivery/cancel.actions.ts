import { assert, must } from '../kit/assert.ts';
import { clearDeadlines, setDeadlines } from '../kit/deadlines.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import { lockPoolsFor, returnNumbers, writeBackPools } from '../inventory/pool.actions.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn } from '../ledger/book.rules.ts';
import { account, escrowOf, refundToPayment, refundToWallet } from '../ledger/rules.ts';
import { makeSteps } from '../orders/actions.ts';
import { lossUnits, payLosses } from '../orders/losses.actions.ts';
import { leftOf } from '../orders/losses.rules.ts';
import type { Line } from '../orders/rules.ts';
import { lockPayments } from '../payments/actions.ts';
import { refundUnappliedMoney } from '../payments/refund.actions.ts';
import { confirmDeadline } from './card-key.actions.ts';
import { decideCancel, type Unit, type UnitName } from './card-key.rules.ts';
import { withdrawUnits } from './card-key.store.ts';
import { refundOf } from './completion.rules.ts';
import type { DeliveryRefusal } from './contract.ts';
import { dropUnit, holdOwnOrders, unitNamed, type Asking, type Held } from './units.actions.ts';

export type Cancelled = { readonly refunded: Fen; readonly to: 'wallet' | 'channel' };

/**
 * Cancels one key that nobody has seen (VGSR article 20): its money goes back to where it came from, its number back on sale. When it
 * was the last key of the order, the order is refunded; otherwise it goes on with the others.
 * @param paymentId the payment that funded the order, null when a wallet did
 */
export async function cancelSealed(
  tx: Tx,
  p: Asking & { unit: UnitName; userId: string; paymentId: string | null },
): Promise<Result<Cancelled, DeliveryRefusal>> {
  if (p.paymentId) await lockPayments(tx, [p.paymentId]);
  const [held] = await holdOwnOrders(tx, [p]);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const named = unitNamed(held, p.unit);
  const decided = decideCancel(named?.unit, held.order, tx.business, held.noReason.get(p.unit.line));
  if (!decided.ok) return decided;
  const { line } = must(named, 'a unit that can be cancelled has a line');
  const refunded = await giveMoneyBack(tx, held, { line, place: p.unit.place }, p.paymentId);
  await putBackOnSale(tx, decided.value);
  dropUnit(held, decided.value);
  await closeStep(tx, held, p, refunded);
  return done({ refunded, to: p.paymentId ? 'channel' : 'wallet' });
}

async function giveMoneyBack(
  tx: Tx,
  held: Held,
  { line, place }: { line: Line; place: number },
  paymentId: string | null,
): Promise<Fen> {
  const { order } = held;
  const escrow = escrowOf(order.id, line.number);
  const wallet = account('wallet', order.buyerId);
  const book = await openBook(tx, paymentId ? [escrow] : [escrow, wallet]);
  const unitsLeft = [...held.units.values()].filter((unit) => unit.line === line.number).length;
  const key = { shopId: order.shopId, orderId: order.id, line: line.number };
  const [losses = []] = await lossUnits(tx, [key]);
  const loss = must(
    losses.find((one) => one.place === place),
    'a unit of the line',
  );
  const wanted = refundOf({ price: line.price, left: leftIn(book, escrow), unitsLeft });
  // A case may have paid a part of it already.
  const amount = wanted < leftOf(loss) ? wanted : leftOf(loss);
  if (amount === 0n) return amount;
  payLosses(tx, [{ ...key, place, cap: loss.cap, amount }]);
  const lines = [{ orderId: order.id, number: line.number, amount }];
  const transfers = paymentId
    ? refundToPayment({ paymentId, lines })
    : refundToWallet({ buyerId: order.buyerId, lines });
  assert(enter(book, newId(tx.wall), transfers), 'what a sealed key cost is still in escrow');
  writeBook(tx, book);
  if (paymentId && amount > 0n) await refundUnappliedMoney(tx, [{ paymentId, amount, reason: 'order' }]);
  return amount;
}

async function putBackOnSale(tx: Tx, unit: Unit): Promise<void> {
  const pools = await lockPoolsFor(tx, [{ poolId: unit.poolId, count: 0 }]);
  returnNumbers(tx, must(pools.get(unit.poolId), 'the pool of a unit is there'), [unit.number]);
  writeBackPools(tx, pools.values());
  send(
    tx,
    withdrawUnits(tx, {
      shops: [unit.shopId],
      pools: [unit.poolId],
      numbers: [unit.number],
      ids: [newId(tx.wall)],
      at: tx.business,
    }),
  );
}

async function closeStep(
  tx: Tx,
  held: Held,
  p: { unit: UnitName; userId: string },
  refunded: Fen,
): Promise<void> {
  const last = held.units.size === 0;
  const [order] = makeSteps(tx, [
    {
      order: held.order,
      event: last ? 'refund' : 'cancel_sealed',
      by: 'buyer',
      byId: p.userId,
      facts: { refunded: fen(held.order.refunded + refunded) },
    },
  ]);
  held.order = must(order, 'the order after its step');
  const { shopId, id } = held.order;
  send(
    tx,
    last
      ? clearDeadlines(tx, [{ shopId, about: id, what: 'order.confirm' }])
      : setDeadlines(tx, [confirmDeadline(held, tx.business)]),
  );
  await recordNext(tx, [
    {
      shopId,
      about: id,
      kind: 'order.refunded',
      actor: `buyer:${p.userId}`,
      keyOwner: held.order.buyerId,
      body: {
        line: p.unit.line,
        place: p.unit.place,
        amount: refunded.toString(),
        reason: 'sealed key cancelled',
        article: '20',
      },
    },
  ]);
  send(
    tx,
    publish(tx, [{ event: 'order.refunded', about: [id], shops: [shopId], data: { amount: refunded } }]),
  );
}
