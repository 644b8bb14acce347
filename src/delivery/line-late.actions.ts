import { clearDeadlines, type Due } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { noFen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import { ownOrder, ownOrders } from '../orders/actions.ts';
import type { DeliveryRefusal } from './contract.ts';
import {
  actorOf,
  changeLines,
  holdLines,
  resetDeadlines,
  writeLines,
  type Hand,
  type HeldLater,
} from './line.actions.ts';
import { decideCancelLate, isOpen, mustAskFirst, newlyLate, overdue, type LaterLine } from './line.rules.ts';
import type { Asking } from './units.actions.ts';

const keysOf = (due: readonly Due[]) => due.map((d) => ({ shopId: d.shopId, id: d.about }));

/** Deadlines of orders that are no longer there, or not of later goods, wait for nothing. */
function dropLoose(tx: Tx, due: readonly Due[], held: ReadonlyMap<string, HeldLater>): void {
  const loose = due.filter((d) => !held.has(d.about));
  if (loose.length > 0) send(tx, clearDeadlines(tx, loose));
}

/**
 * Deadline delivery.late: the promised time is over and nothing was delivered. That is recorded as a fact (F062), shop and buyer hear of it,
 * and from now on the buyer cancels with one click. Firing again is harmless.
 */
export async function markLate(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdLines(tx, keysOf(due));
  dropLoose(tx, due, held);
  const late = [...held.values()].map((one) => ({ held: one, lines: newlyLate(one.later, tx.business) }));
  const some = late.filter((one) => one.lines.length > 0);
  for (const one of some) {
    const numbers = new Set(one.lines.map((line) => line.line));
    one.held.later = one.held.later.map((line) =>
      numbers.has(line.line) ? { ...line, lateAt: tx.business } : line,
    );
  }
  writeLines(
    tx,
    some.flatMap((one) => one.held.later.filter((line) => one.lines.some((was) => was.line === line.line))),
  );
  resetDeadlines(tx, [...held.values()]);
  faultPoint('delivery.late.after-lines');
  await recordNext(
    tx,
    some.flatMap(({ held: { order }, lines }) =>
      lines.map((line) => ({
        shopId: order.shopId,
        about: order.id,
        kind: 'delivery.late',
        actor: 'clock',
        keyOwner: order.buyerId,
        // What the program was to deliver by itself is not the shop's fault (F180).
        body: {
          line: line.line,
          promisedAt: line.promisedAt,
          article: '18',
          fault: line.mode === 'automatic' ? 'platform' : 'merchant',
        },
      })),
    ),
  );
  tell(
    tx,
    'delivery.late',
    some.map((one) => one.held),
  );
  faultPoint('delivery.late.after-news');
}

/** Deadline delivery.accept: half of the promised time is over and nobody took the order on; its shop is reminded. */
export async function remindToAccept(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdLines(tx, keysOf(due));
  dropLoose(tx, due, held);
  const waiting = [...held.values()].filter((one) =>
    one.later.some(
      (line) => line.state === 'waiting' && line.acceptBy !== null && line.acceptBy <= tx.business,
    ),
  );
  resetDeadlines(tx, [...held.values()]);
  tell(tx, 'delivery.unaccepted', waiting);
}

/**
 * Deadline delivery.undelivered: twice the promise, or LATE_AUTO, is over. The money goes back by itself (VGSR article 18); what is under way
 * at a supplier is asked back first, and its kind of goods ends it when the supplier has answered. Firing again is harmless.
 */
export async function refundUndelivered(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdLines(tx, keysOf(due));
  dropLoose(tx, due, held);
  const over = [...held.values()].flatMap((one) => overdue(one.later, tx.business));
  await endLate(tx, over, { by: 'clock', byId: null });
  const untouched = [...held.values()].filter((one) => !over.some((line) => line.orderId === one.order.id));
  resetDeadlines(tx, untouched);
}

export type LateCancelled = {
  readonly refunded: Fen;
  readonly to: 'wallet' | 'channel';
  /** Lines that are asked back from where they are under way; their money follows when that has answered. */
  readonly asked: number;
};

/**
 * The buyer cancels what is late, with one click (VGSR article 18): everything that it cost goes back to where it came from, at once. What is
 * under way at a supplier is asked back first. DELIVERY_NOT_LATE says from when on it is possible.
 */
export async function cancelLate(
  tx: Tx,
  p: Asking & { userId: string },
): Promise<Result<LateCancelled, DeliveryRefusal>> {
  const key = ownOrder(await ownOrders(tx, [p]), p);
  if (!key) return refuse('ORDER_NOT_FOUND');
  const held = (await holdLines(tx, [key])).get(key.id);
  if (!held) return refuse('NOTHING_OPEN');
  const late = decideCancelLate(held.later, tx.business);
  if (!late.ok) return late;
  const ended = await endLate(tx, late.value, { by: 'buyer', byId: p.userId });
  return done({
    refunded: ended.refunded,
    to: late.value.some((line) => line.paymentId !== null) ? 'channel' : 'wallet',
    asked: ended.asked,
  });
}

/**
 * A shop is banned (article 34): what it has not delivered goes back to its buyers at once; what is under way at a supplier is asked back
 * first. The caller names orders of the shop; firing again is harmless.
 */
export async function refundOpen(
  tx: Tx,
  keys: readonly { shopId: string; id: string }[],
): Promise<{ refunded: Fen; asked: number }> {
  const held = await holdLines(tx, keys);
  const open = [...held.values()].flatMap((one) => one.later.filter(isOpen));
  return endLate(tx, open, { by: 'system', byId: null });
}

/** Ends lines that are late: those under way elsewhere are asked back, the others cancelled with their money. */
async function endLate(
  tx: Tx,
  lines: readonly LaterLine[],
  hand: Hand,
): Promise<{ refunded: Fen; asked: number }> {
  const ask = lines.filter((line) => mustAskFirst(line) && line.cancelAskedAt === null);
  await askBack(tx, ask, hand);
  const changed = await changeLines(
    tx,
    lines
      .filter((line) => !mustAskFirst(line))
      .map((line) => ({
        shopId: line.shopId,
        orderId: line.orderId,
        line: line.line,
        ...hand,
        event: 'cancel',
        refund: 'all',
        fact: {
          kind: 'delivery.cancelled',
          body: {
            reason:
              hand.by === 'buyer'
                ? 'late, cancelled by the buyer'
                : hand.by === 'system'
                  ? 'the shop is banned'
                  : 'never delivered',
            article: hand.by === 'system' ? '34' : '18',
          },
        },
      })),
  );
  const refunded = changed.reduce((sum, one) => (sum + one.refunded) as Fen, noFen);
  return { refunded, asked: ask.length };
}

async function askBack(tx: Tx, lines: readonly LaterLine[], hand: Hand): Promise<void> {
  if (lines.length === 0) return;
  writeLines(
    tx,
    lines.map((line) => ({ ...line, cancelAskedAt: tx.business })),
  );
  const held = await holdLines(tx, [
    ...new Map(lines.map((line) => [line.orderId, { shopId: line.shopId, id: line.orderId }])).values(),
  ]);
  resetDeadlines(tx, [...held.values()]);
  await recordNext(
    tx,
    lines.flatMap((line) => {
      const one = held.get(line.orderId);
      return one
        ? [
            {
              shopId: line.shopId,
              about: line.orderId,
              kind: 'delivery.cancel_asked',
              actor: actorOf(hand),
              keyOwner: one.order.buyerId,
              body: { line: line.line, article: '15' },
            },
          ]
        : [];
    }),
  );
  tell(tx, 'delivery.cancel_asked', [...held.values()]);
}

function tell(tx: Tx, event: string, list: readonly HeldLater[]): void {
  if (list.length === 0) return;
  send(
    tx,
    publish(tx, [
      { event, about: list.map((one) => one.order.id), shops: list.map((one) => one.order.shopId) },
    ]),
  );
}
