import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { instant, plus } from '../kit/time.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { publish } from '../kit/outbox.ts';
import { sha256 } from '../kit/secret.ts';
import { reader, send, transaction, type Db, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { lockPayments, readPayments, startPayments } from './actions.ts';
import type { Channel, ChannelTrade } from './channel.contract.ts';
import { findChannel } from './channels.actions.ts';
import type { PaymentRefusal } from './contract.ts';
import { applyNow, receive, newsOf, type Incoming } from './notice.actions.ts';
import {
  afterClosing,
  closeRetry,
  nextCheck,
  paymentAfter,
  paymentNumber,
  paymentOfNumber,
  verifyPause_ms,
  type Payment,
} from './rules.ts';
import {
  dropCheck,
  insertClaim,
  moveCheck,
  takeCheckNow,
  takeChecks,
  tradeOwner,
  writeStates,
} from './store.ts';
import { paymentSeenBy } from './views.ts';

/** A trade that the channel told us when we asked: its proof is the hash of what we kept of the answer. */
export const askedTrade = (channel: string, trade: ChannelTrade, source: 'query' | 'bill'): Incoming => ({
  kind: 'trade',
  headers: {},
  news: {
    channel,
    tradeNo: trade.tradeNo,
    number: trade.number,
    paymentId: paymentOfNumber(trade.number),
    amount: trade.amount,
    channelAt: trade.at,
    payer: trade.payer,
    source,
    proof: sha256([channel, trade.tradeNo, trade.number, trade.amount, trade.at].join('\n')),
  },
});

/**
 * Asks the channel about one payment and repairs our state (F003): records what it knows, starts what it never heard of, and closes what has
 * expired. Only the channel's own word that nobody can pay any more closes a payment. Answers unknown when the channel gave no word.
 */
export async function checkPayment(db: Db, id: string): Promise<'ok' | 'unknown'> {
  const now = await reader(db);
  const [payment] = await readPayments(now, [id]);
  const channel = payment && findChannel(db, payment.channel);
  if (!channel) return 'unknown';
  const answer = await channel.query({ number: paymentNumber(id) });
  if (answer.kind !== 'ok') return 'unknown';
  await receive(
    db,
    answer.trades.map((trade) => askedTrade(channel.name, trade, 'query')),
  );
  const [after] = await readPayments(now, [id]);
  const current = must(after, 'a payment stays');
  // Its money may have been recorded before, by a process that died before it applied it.
  if (current.received > 0n && current.creditedAt === null)
    await applyNow(db, [{ paymentId: id, purpose: current.purpose }]);
  const over = current.expiresAt <= now.business || answer.state === 'closed';
  if (current.state === 'opening' && !over && answer.state === 'absent') await startPayments(db, [id]);
  if (over && paymentAfter(current.state, 'close') && answer.state !== 'processing')
    return closePayment(db, channel, current);
  return 'ok';
}

async function closePayment(db: Db, channel: Channel, payment: Payment): Promise<'ok' | 'unknown'> {
  const answer = await channel.close({ number: paymentNumber(payment.id) });
  faultPoint('payments.close.after-close');
  // Refused: it was paid while we asked; the next check, which comes soon, finds the trade. Where only a part was paid, and the channel holds
  // that for the end of the matter, it is the end for us too: what is there goes back.
  const endedInPart = payment.state === 'part' && answer.kind === 'refused' && answer.code === 'ALREADY_PAID';
  if (answer.kind !== 'ok' && !endedInPart) return 'unknown';
  await transaction(db, (tx) => noteClosed(tx, payment.id));
  await applyNow(db, [{ paymentId: payment.id, purpose: payment.purpose }]);
  return 'ok';
}

async function noteClosed(tx: Tx, id: string): Promise<void> {
  const [payment] = await lockPayments(tx, [id]);
  const to = payment && paymentAfter(payment.state, 'close');
  if (!to) return;
  send(
    tx,
    writeStates(tx, {
      ids: [id],
      states: [to],
      refs: [payment.channelRef],
      urls: [payment.payUrl],
      failures: [payment.failure],
    }),
  );
  send(
    tx,
    publish(tx, newsOf([payment], 'payment.closed')),
    moveCheck(tx, { id, due: plus(tx.wall, afterClosing) }),
  );
}

/** Closes payments that nobody wants any more (a cancelled checkout), if the channel agrees; otherwise the checks go on. */
export async function closePayments(db: Db, ids: readonly string[]): Promise<void> {
  const payments = await readPayments(await reader(db), ids);
  await Promise.all(
    payments.map(async (payment) => {
      const channel = payment && findChannel(db, payment.channel);
      if (channel && paymentAfter(payment.state, 'close')) await closePayment(db, channel, payment);
    }),
  );
}

/** Asks about every payment whose check is due or that has expired; answers how many. */
export async function checkDue(db: Db, limit = 20): Promise<number> {
  const due = await transaction(db, (tx) =>
    takeChecks(tx, { wall: tx.wall, business: tx.business, again: plus(tx.wall, { minutes: 1 }), limit }),
  );
  await Promise.all(due.map((check) => checkAndPlan(db, check)));
  return due.length;
}

async function checkAndPlan(db: Db, check: { paymentId: string; done: number }): Promise<void> {
  const now = await reader(db);
  const [before] = await readPayments(now, [check.paymentId]);
  const ended = before?.state === 'paid' || before?.state === 'failed';
  const asked = ended ? 'ok' : await checkPayment(db, check.paymentId);
  const [after] = await readPayments(now, [check.paymentId]);
  const over = must(after, 'a payment stays').expiresAt <= now.business;
  await transaction(db, async (tx) => {
    if (
      after?.state === 'paid' ||
      after?.state === 'failed' ||
      (before?.state === 'closed' && asked === 'ok')
    )
      return void (await dropCheck(tx, { id: check.paymentId }));
    if (after?.state === 'closed' && asked === 'ok') return;
    await moveCheck(tx, {
      id: check.paymentId,
      due: over ? plus(tx.wall, closeRetry) : nextCheck(check.done, tx.wall),
    });
  });
}

/** 核对支付 (F003): asks the channel now. Refuses PAYMENT_NOT_FOUND. A second wish within two seconds does not ask again. */
export async function verifyPayment(
  db: Db,
  p: { viewer: Viewer; paymentId: string },
): Promise<Result<'ok' | 'unknown' | 'recently', PaymentRefusal>> {
  const [seen] = await paymentSeenBy(await reader(db), { viewerIds: p.viewer.buyerIds, id: p.paymentId });
  if (!seen) return refuse('PAYMENT_NOT_FOUND');
  const taken = await transaction(db, (tx) =>
    takeCheckNow(tx, {
      id: p.paymentId,
      wall: tx.wall,
      before: instant(tx.wall - verifyPause_ms),
      due: nextCheck(0, tx.wall),
    }),
  );
  return done(taken.length > 0 ? await checkPayment(db, p.paymentId) : 'recently');
}

/**
 * Finds a payment by the number on a bank statement (F004, F175): one of the viewer's, repaired from the channel if we had not heard of it.
 * What belongs to no payment is queued for a person together with who claims it. Refuses TRADE_NOT_FOUND, also for somebody else's number,
 * and PAYMENT_NOT_FOUND for a payment that is not the viewer's.
 */
export async function matchVoucher(
  db: Db,
  p: { viewer: Viewer; channel: string; tradeNo: string; paymentId: string | undefined },
): Promise<Result<{ found: 'yours' | 'queued'; paymentId: string | null }, PaymentRefusal>> {
  const now = await reader(db);
  const { buyerIds, userId } = p.viewer;
  if (p.paymentId && (await paymentSeenBy(now, { viewerIds: buyerIds, id: p.paymentId })).length === 0)
    return refuse('PAYMENT_NOT_FOUND');
  let [owner] = await tradeOwner(now, p);
  if (!owner) {
    const answer = await findChannel(db, p.channel)?.query({ tradeNo: p.tradeNo });
    if (answer?.kind !== 'ok') return refuse('TRADE_NOT_FOUND');
    await receive(
      db,
      answer.trades.map((trade) => askedTrade(p.channel, trade, 'query')),
    );
    [owner] = await tradeOwner(now, p);
  }
  if (!owner || (owner.buyerId !== null && !buyerIds.includes(owner.buyerId)) || userId === null)
    return refuse('TRADE_NOT_FOUND');
  if (owner.buyerId !== null) return done({ found: 'yours', paymentId: owner.paymentId });
  await transaction(db, (tx) =>
    insertClaim(tx, {
      channel: p.channel,
      tradeNo: p.tradeNo,
      buyerId: userId,
      paymentId: p.paymentId ?? null,
      at: tx.business,
    }),
  );
  return done({ found: 'queued', paymentId: null });
}
