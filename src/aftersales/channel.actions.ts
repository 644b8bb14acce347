import { assert, must } from '../kit/assert.ts';
import { clearDeadlines } from '../kit/deadlines.ts';
import { newId } from '../kit/ids.ts';
import { fen, noFen, sumFen, type Fen } from '../kit/money.ts';
import { once } from '../kit/once.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, type Book } from '../ledger/book.rules.ts';
import { account, escrowOf } from '../ledger/rules.ts';
import { lockWithLines, makeSteps } from '../orders/actions.ts';
import { lossUnits, payLosses } from '../orders/losses.actions.ts';
import { leftOf, spread, type Loss } from '../orders/losses.rules.ts';
import type { Line, Order } from '../orders/rules.ts';
import { applyMoves } from './actions.ts';
import { coverOf } from './execution.actions.ts';
import { holdCases, type File } from './held.actions.ts';
import { payoutTransfers, planPayout, type Share } from './payout.rules.ts';
import { isSettled, merchantAnswers } from './rules.ts';
import { insertChannelRefund, insertExecution } from './store.ts';
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
  const book = await openBook(tx, [
    ...lines.map((line) => escrowOf(order.id, line.number)),
    account('available', p.shopId),
    account('deposit', p.shopId),
  ]);
  const open = [...files.values()].filter((file) => !isSettled(file.case.state));
  let left: bigint = p.amount;
  const taken: Taken[] = [];
  const repaid: File[] = [];
  for (const file of open) {
    const part = await settle(tx, book, file, { ...p, amount: fen(left) });
    if (!part) continue;
    left -= part.amount;
    taken.push(part);
    repaid.push(file);
  }
  for (const line of lines) {
    const part = await take(tx, book, { order, line, channel: p.channel, most: fen(left) });
    if (part) writeRest(tx, p, { line: line.number, part });
    left -= part?.amount ?? 0n;
    if (part) taken.push(part);
  }
  const noted = fen(p.amount - left);
  if (noted === 0n) return refuse('NOTHING_LEFT');
  writeBook(tx, book);
  stepOrder(tx, open[0]?.held.order ?? order, sumFen(taken.map(fromEscrow)));
  await applyMoves(
    tx,
    emptyDocket(),
    repaid.map((file) => ({
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

type Taken = {
  readonly amount: Fen;
  readonly shares: readonly Share[];
  readonly places: readonly { place: number; amount: Fen }[];
  readonly key: string;
};
const fromEscrow = (one: Taken): Fen =>
  sumFen(one.shares.filter((share) => share.source === 'channel').map((share) => share.amount));

type Taking = { order: Order; line: Line; channel: string; most: Fen; places?: readonly number[] };

/**
 * What the channel has paid out for units of a line, never more than is left of them: out of escrow, and where the money was settled
 * before, out of what the shop has, its deposit, or the fund, which recovers it from the shop.
 */
async function take(
  tx: Tx,
  book: Book,
  { order, line, channel, most, places }: Taking,
): Promise<Taken | undefined> {
  const at = { shopId: order.shopId, orderId: order.id, line: line.number };
  const [all = []] = await lossUnits(tx, [at]);
  const units: Loss[] = all.filter((unit) => !places || places.includes(unit.place));
  const unpaid = sumFen(units.map(leftOf));
  const amount = most < unpaid ? most : unpaid;
  if (amount === noFen) return undefined;
  const plan = planPayout(amount, await coverOf(tx, book, { order, line }, amount), merchantAnswers);
  const key = newId(tx.wall);
  assert(
    enter(book, key, payoutTransfers({ ...at, to: { channel }, shares: plan })),
    'a payout takes what is there',
  );
  const parts = spread(amount, units);
  payLosses(
    tx,
    parts.map((part) => ({ ...at, ...part, cap: line.price })),
  );
  const shares = plan.map((share) =>
    share.source === 'escrow' ? { ...share, source: 'channel' as const } : share,
  );
  return { amount, shares, places: parts, key };
}

function writeRest(tx: Tx, p: ChannelRefund, { line, part }: { line: number; part: Taken }): void {
  const { shopId, orderId, channel, reference } = p;
  send(tx, insertChannelRefund(tx, { shopId, orderId, line, channel, reference, ...part, at: tx.business }));
}

/** The part that a case was about: carried out by the channel. */
async function settle(tx: Tx, book: Book, file: File, p: ChannelRefund): Promise<Taken | undefined> {
  const { case: one, line, held } = file;
  const part = await take(tx, book, {
    order: held.order,
    line,
    channel: p.channel,
    most: p.amount,
    places: one.places,
  });
  if (!part) return undefined;
  send(
    tx,
    insertExecution(tx, {
      shopId: one.shopId,
      caseId: one.id,
      orderId: one.orderId,
      line: one.line,
      kind: 'channel',
      ...part,
      article: '30',
      paidFirst: false,
      at: tx.business,
    }),
  );
  file.case = { ...one, awardRemedy: 'refund', awardFen: part.amount, liability: merchantAnswers };
  return part;
}

function stepOrder(tx: Tx, order: Order, noted: Fen): void {
  const refunded = fen(order.refunded + noted);
  const isAll = order.releasedAt === null && refunded === order.total;
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
