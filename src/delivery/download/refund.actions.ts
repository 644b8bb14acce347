import { must } from '../../kit/assert.ts';
import { clearDeadlines } from '../../kit/deadlines.ts';
import { fen, type Fen } from '../../kit/money.ts';
import { publish } from '../../kit/outbox.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { makeSteps } from '../../orders/actions.ts';
import { writeLines } from '../line.actions.ts';
import { giveBack } from '../line-refund.actions.ts';
import type { HeldDownload } from './held.actions.ts';

/**
 * Gives back what is left in escrow of a delivered line, to where it came from. Answers the sum: nothing where the money was released before, which is
 * a matter for a case. The caller holds payments and order.
 */
export async function refundDelivered(
  tx: Tx,
  held: HeldDownload,
  p: { line: number; by: 'buyer' | 'clock'; byId: string | null; article: string; reason: string },
): Promise<Fen> {
  const { order } = held.later;
  const line = must(
    held.later.later.find((one) => one.line === p.line),
    'a delivered line has its row',
  );
  if (order.releasedAt !== null) return fen(0n);
  const [amount = fen(0n)] = await giveBack(tx, [
    {
      shopId: order.shopId,
      orderId: order.id,
      line: p.line,
      buyerId: order.buyerId,
      paymentId: line.paymentId,
      asked: undefined,
    },
  ]);
  if (amount === 0n) return amount;
  writeLines(tx, [{ ...line, refunded: fen(line.refunded + amount) }]);
  const refunded = fen(order.refunded + amount);
  const whole = refunded === order.total;
  const [after] = makeSteps(tx, [
    { order, event: whole ? 'refund' : 'refund_line', by: p.by, byId: p.byId, facts: { refunded } },
  ]);
  held.later.order = must(after, 'the order after its step');
  if (whole)
    send(
      tx,
      clearDeadlines(
        tx,
        ['order.confirm', 'order.release'].map((what) => ({ shopId: order.shopId, about: order.id, what })),
      ),
    );
  await recordNext(tx, [
    {
      shopId: order.shopId,
      about: order.id,
      kind: 'order.refunded',
      actor: p.byId === null ? p.by : `${p.by}:${p.byId}`,
      keyOwner: order.buyerId,
      body: { line: p.line, amount: amount.toString(), reason: p.reason, article: p.article },
    },
  ]);
  send(
    tx,
    publish(tx, [{ event: 'order.refunded', about: [order.id], shops: [order.shopId], data: { amount } }]),
  );
  return amount;
}
