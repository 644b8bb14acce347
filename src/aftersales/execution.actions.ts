import { leftOf, spread } from '../orders/losses.rules.ts';
import { assert } from '../kit/assert.ts';
import { clearDeadlines } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { fen, noFen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { send, type Tx } from '../kit/tx.ts';
import { reissue, takeBackSealed } from '../delivery/fault.actions.ts';
import { suspendLicences } from '../delivery/licence/suspension.actions.ts';
import { endMemberships } from '../delivery/membership/actions.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { addScores } from '../risk/actions.ts';
import { enter, leftIn, type Book } from '../ledger/book.rules.ts';
import { account, escrowOf } from '../ledger/rules.ts';
import { makeSteps } from '../orders/actions.ts';
import type { Line, Order } from '../orders/rules.ts';
import { payLosses } from '../orders/losses.actions.ts';
import { refundUnappliedMoney } from '../payments/refund.actions.ts';
import { refundable, settledRefunds, type File } from './held.actions.ts';
import { feeBack, payoutTransfers, planPayout, type Cover, type Payee, type Share } from './payout.rules.ts';
import { type Award, type Move } from './rules.ts';
import { insertExecution } from './store.ts';
import { scoreFor } from './watch/rules.ts';
import { enterMove, type Docket } from './write.actions.ts';

/** An award that is carried out now, with the move that brought it. */
export type Errand = {
  readonly file: File;
  readonly award: Award;
  readonly move: Move;
  readonly article: string;
};

type Done = {
  readonly kind: 'refund' | 'reissue' | 'perform' | 'none';
  readonly amount: Fen;
  readonly shares: readonly Share[];
  readonly places: readonly { place: number; amount: Fen }[];
  readonly key: string;
};

/**
 * Carries out awards (C10, C11): money by the order of article 30, new keys, or nothing, in the transaction of what decided it. One row of
 * executions for a case, one loss for each unit, numbered debits of escrow: a second payment of the same loss cannot be stored.
 */
export async function carryOut(tx: Tx, docket: Docket, orders: readonly Errand[]): Promise<void> {
  const money = orders.filter(({ award }) => award.remedy === 'refund' || award.remedy === 'reissue');
  const book = await openBook(
    tx,
    money.flatMap(({ file }) => accountsOf(file)),
  );
  faultPoint('aftersales.execute.after-lock');
  const back: { paymentId: string; amount: Fen; reason: 'order' }[] = [];
  for (const order of orders) {
    const { file, award } = order;
    // What was agreed to be done is not done yet: the shop says when it is, and the clock runs.
    if (award.remedy === 'perform' && order.move.event !== 'perform') continue;
    const done = await doOne(tx, book, order);
    write(tx, order, done);
    if (file.paymentId && done.amount > 0n)
      back.push({ paymentId: file.paymentId, amount: done.amount, reason: 'order' });
    faultPoint('aftersales.execute.after-execution');
    if (file.case.state !== 'executing') continue;
    enterMove(tx, docket, file, {
      event: 'execute',
      by: 'system',
      byId: null,
      article: order.article,
      says: [{ kind: 'execution', body: { kind: done.kind, amount: done.amount, shares: done.shares } }],
    });
  }
  writeBook(tx, book);
  faultPoint('aftersales.execute.after-money');
  // What came from a payment goes back to it, and from there the way it came; the channel is told after the commit.
  await refundUnappliedMoney(tx, back);
  faultPoint('aftersales.execute.after-refunds');
}

function accountsOf({ case: one, held, paymentId }: File) {
  return [
    escrowOf(one.orderId, one.line),
    account('available', one.shopId),
    account('deposit', one.shopId),
    paymentId ? account('unapplied', paymentId) : account('wallet', held.order.buyerId),
  ];
}

const payeeOf = ({ held, paymentId }: File): Payee =>
  paymentId ? { paymentId } : { wallet: held.order.buyerId };

async function doOne(tx: Tx, book: Book, order: Errand): Promise<Done> {
  const { file, award } = order;
  const nothing = { amount: noFen, shares: [], places: [], key: newId(tx.wall) };
  if (award.remedy === 'none' || award.remedy === 'perform') return { kind: award.remedy, ...nothing };
  const faulty = { held: file.held, line: file.case.line, places: file.case.places };
  if (award.remedy === 'reissue' && (await reissue(tx, faulty))) return { kind: 'reissue', ...nothing };
  // No key is left to replace it with: the money goes back instead (article 44).
  return refund(tx, book, order);
}

async function refund(tx: Tx, book: Book, order: Errand): Promise<Done> {
  const { file, award } = order;
  const { case: one, held, line } = file;
  const most = refundable(file);
  const amount = award.amount < most ? award.amount : most;
  const key = newId(tx.wall);
  if (amount === 0n) return { kind: 'none', amount, shares: [], places: [], key };
  const chosen = file.units.filter((unit) => one.places.includes(unit.place));
  const shares = planPayout(
    amount,
    await coverOf(tx, book, { order: held.order, line }, amount),
    award.liability,
  );
  const transfers = payoutTransfers({
    shopId: one.shopId,
    orderId: one.orderId,
    line: one.line,
    to: payeeOf(file),
    shares,
  });
  assert(enter(book, key, transfers), 'a payout takes no more than is there');
  const places = spread(amount, chosen);
  const whole = places.filter(({ place, amount: part }) =>
    chosen.some((unit) => unit.place === place && leftOf(unit) === part),
  );
  await takeBackSealed(tx, { held, line: line.number, places: whole.map(({ place }) => place) });
  stepOrder(tx, file, shares);
  const paid = new Set(whole.map(({ place }) => place));
  if (file.units.every((unit) => paid.has(unit.place) || leftOf(unit) === noFen)) await endUse(tx, file);
  return { kind: 'refund', amount, shares, places, key };
}

/**
 * A line whose whole money went back gives nothing any more, also where its order goes on or was settled long ago, so that no news of a
 * refunded order comes: its licences stop and its membership ends.
 */
async function endUse(tx: Tx, { case: one }: File): Promise<void> {
  const line = { shopId: one.shopId, orderId: one.orderId, line: one.line };
  if (one.goods === 'licence') await suspendLicences(tx, [line], { reason: 'refund', ref: one.id });
  if (one.goods === 'membership') await endMemberships(tx, [line]);
}

/** What stands behind a loss of a line, with its accounts in the book. */
export async function coverOf(
  tx: Tx,
  book: Book,
  { order, line }: { order: Order; line: Line },
  loss: Fen,
): Promise<Cover> {
  const isSettled = order.releasedAt !== null;
  const before = isSettled ? await settledRefunds(tx, order, line.number) : noFen;
  return {
    escrow: leftIn(book, escrowOf(order.id, line.number)),
    fee: isSettled ? feeBack({ before, loss, fee_bps: BigInt(line.fee) }) : noFen,
    available: leftIn(book, account('available', order.shopId)),
    deposit: leftIn(book, account('deposit', order.shopId)),
    insured: noFen,
  };
}

/** The order knows what of its escrow went back, and ends where nothing is left. */
function stepOrder(tx: Tx, { held }: File, shares: readonly Share[]): void {
  const fromEscrow = shares.find((share) => share.source === 'escrow')?.amount ?? 0n;
  const refunded = fen(held.order.refunded + fromEscrow);
  const isAll = held.order.releasedAt === null && refunded === held.order.total;
  const [after] = makeSteps(tx, [
    {
      order: held.order,
      event: isAll ? 'compensate_all' : 'compensate',
      by: 'system',
      byId: null,
      facts: { refunded },
    },
  ]);
  if (after) held.order = after;
  // Others hear of it as of any refund: a licence of an order that is refunded is suspended.
  if (fromEscrow > 0n)
    send(
      tx,
      publish(tx, [
        {
          event: 'order.refunded',
          about: [held.order.id],
          shops: [held.order.shopId],
          data: { amount: fen(fromEscrow) },
        },
      ]),
    );
  if (!isAll) return;
  const { shopId, id: about } = held.order;
  send(
    tx,
    clearDeadlines(
      tx,
      ['order.confirm', 'order.release'].map((what) => ({ shopId, about, what })),
    ),
  );
}

function write(tx: Tx, { file, award, move, article }: Errand, done: Done): void {
  const { case: one, line } = file;
  send(
    tx,
    insertExecution(tx, {
      shopId: one.shopId,
      caseId: one.id,
      orderId: one.orderId,
      line: one.line,
      kind: done.kind,
      amount: done.amount,
      shares: done.shares,
      places: done.places,
      key: done.key,
      article,
      paidFirst: move.paidFirst ?? false,
      at: tx.business,
    }),
  );
  const score = scoreFor({ event: move.event, liability: award.liability, kind: done.kind });
  // The points and the money of a decision are one commit (F117).
  if (score) addScores(tx, [{ shopId: one.shopId, kind: score, ref: one.id }]);
  payLosses(
    tx,
    done.places.map((part) => ({
      shopId: one.shopId,
      orderId: one.orderId,
      line: one.line,
      cap: line.price,
      ...part,
    })),
  );
}
