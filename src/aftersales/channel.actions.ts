import { assert, must } from '../kit/assert.ts';
import { clearDeadlines } from '../kit/deadlines.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import { once } from '../kit/once.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn, type Book } from '../ledger/book.rules.ts';
import { channelRefunded, escrowOf } from '../ledger/rules.ts';
import { lockWithLines, makeSteps } from '../orders/actions.ts';
import type { Line, Order } from '../orders/rules.ts';
import { applyMoves } from './actions.ts';
import { holdCases, refundable, type File } from './held.actions.ts';
import { spread } from './payout.rules.ts';
import { isSettled, merchantAnswers } from './rules.ts';
import { addLosses, insertExecution } from './store.ts';
import { casesOf } from './views.ts';
import { emptyDocket } from './write.actions.ts';

export type ChannelRefund = {
  readonly shopId: string;
  readonly orderId: string;
  readonly channel: string;
  readonly amount: Fen;
  /** The channel's own number of this refund: the same one is noted once. */
  readonly reference: string;
};

/**
 * A payment channel returned money of an order by its own decision (a complaint there, C14): what escrow held has left, the open case about
 * it is settled by that, and neither it nor anybody else pays the same loss again. NOTHING_LEFT: all of it went back before.
 */
export const noteChannelRefund = (
  tx: Tx,
  p: ChannelRefund,
): Promise<Result<{ noted: string }, 'NOTHING_LEFT' | 'IDEMPOTENCY_KEY_REUSED'>> =>
  once(tx, { scope: 'aftersales.channel_refund', key: `${p.channel}/${p.reference}`, input: p }, () =>
    note(tx, p),
  );

async function note(tx: Tx, p: ChannelRefund): Promise<Result<{ noted: string }, 'NOTHING_LEFT'>> {
  const rows = await casesOf(tx, { shopId: p.shopId, viewerOrder: p.orderId });
  const files = await holdCases(
    tx,
    rows.filter((one) => !isSettled(one.state)).map((one) => one.id),
  );
  const [ordered] = await lockWithLines(tx, [{ shopId: p.shopId, id: p.orderId }]);
  const { order, lines } = must(ordered, 'a refund of the channel is of an order that is there');
  const book = await openBook(
    tx,
    lines.map((line) => escrowOf(order.id, line.number)),
  );
  const open = [...files.values()].filter((file) => !isSettled(file.case.state));
  let left: bigint = p.amount;
  for (const file of open) left -= await settle(tx, book, file, { ...p, amount: fen(left) });
  for (const line of lines)
    left -= take(tx, book, { order, line, channel: p.channel, most: left, key: newId(tx.wall) });
  const noted = fen(p.amount - left);
  if (noted === 0n) return refuse('NOTHING_LEFT');
  writeBook(tx, book);
  stepOrder(tx, open[0]?.held.order ?? order, noted);
  await applyMoves(
    tx,
    emptyDocket(),
    open
      .filter((file) => file.case.awardRemedy !== null)
      .map((file) => ({
        file,
        move: {
          event: 'repay' as const,
          by: 'channel' as const,
          byId: null,
          says: [{ kind: 'channel', body: { channel: p.channel, reference: p.reference, amount: p.amount } }],
        },
      })),
  );
  return done({ noted: noted.toString() });
}

type Taking = { order: Order; line: Line; channel: string; most: bigint; key: string };

function take(tx: Tx, book: Book, { order, line, channel, most, key }: Taking): bigint {
  const escrow = leftIn(book, escrowOf(order.id, line.number));
  const amount = fen(escrow < most ? escrow : most);
  if (amount === 0n) return 0n;
  const entered = enter(book, key, [
    channelRefunded({ orderId: order.id, line: line.number, channel, amount }),
  ]);
  assert(entered, 'what a channel returned of a line was in its escrow');
  return amount;
}

/** The part that a case was about: carried out by the channel. */
async function settle(tx: Tx, book: Book, file: File, p: ChannelRefund): Promise<bigint> {
  const { case: one, line, held } = file;
  const most = refundable(file);
  const key = newId(tx.wall);
  const wanted = p.amount < most ? p.amount : most;
  const amount = fen(take(tx, book, { order: held.order, line, channel: p.channel, most: wanted, key }));
  if (amount === 0n) return 0n;
  const places = spread(
    amount,
    file.units.filter((unit) => one.places.includes(unit.place)),
  );
  send(
    tx,
    insertExecution(tx, {
      shopId: one.shopId,
      caseId: one.id,
      orderId: one.orderId,
      line: one.line,
      kind: 'channel',
      amount,
      shares: [{ source: 'channel', amount }],
      places,
      key,
      article: '30',
      paidFirst: false,
      at: tx.business,
    }),
    addLosses(tx, {
      shops: places.map(() => one.shopId),
      orders: places.map(() => one.orderId),
      lines: places.map(() => one.line),
      places: places.map(({ place }) => place),
      caps: places.map(() => line.price),
      amounts: places.map((each) => each.amount),
    }),
  );
  file.case = { ...one, awardRemedy: 'refund', awardFen: amount, liability: merchantAnswers };
  return amount;
}

function stepOrder(tx: Tx, order: Order, noted: Fen): void {
  const refunded = fen(order.refunded + noted);
  const isAll = refunded === order.total;
  makeSteps(tx, [
    { order, event: isAll ? 'compensate_all' : 'compensate', by: 'system', byId: null, facts: { refunded } },
  ]);
  if (!isAll) return;
  const { shopId, id: about } = order;
  send(
    tx,
    clearDeadlines(
      tx,
      ['order.confirm', 'order.release'].map((what) => ({ shopId, about, what })),
    ),
  );
}
