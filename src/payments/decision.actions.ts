import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, transaction, type Db, type Tx } from '../kit/tx.ts';
import { openAccounts, post } from '../ledger/actions.ts';
import { account, refundToWalletInstead, unappliedMatched } from '../ledger/rules.ts';
import { lockPayments, readPayments } from './actions.ts';
import type { ExceptionDecision, ExceptionRefusal } from './contract.ts';
import { applyNow, newsOf } from './notice.actions.ts';
import { returnOrphan, sendRefunds } from './refund.actions.ts';
import { findException, insertDecision, lockRefunds, writeRefund } from './refund.store.ts';
import { decisionsOpenTo, received, refundAfter, type Payment } from './rules.ts';
import { findTrades, insertMatch, writeReceived } from './store.ts';

export type Decide = {
  readonly exceptionId: string;
  readonly decision: ExceptionDecision;
  readonly note: string;
  readonly paymentId?: string | undefined;
  readonly by: string;
};
type Answer = Result<{ decision: ExceptionDecision; matched: Payment | null }, ExceptionRefusal>;

/**
 * A person's decision about an exception, with name and reason (F004, F173). match gives an unexplained trade to a payment; refund sends it
 * back; retry asks the channel for a refused refund under a new number; wallet gives it to the payer's wallet; close moves nothing.
 * Refuses EXCEPTION_NOT_FOUND, EXCEPTION_DECIDED, DECISION_NOT_OPEN, PAYMENT_NOT_FOUND.
 */
export async function decideException(
  db: Db,
  p: Decide,
): Promise<Result<{ decision: ExceptionDecision }, ExceptionRefusal>> {
  const answer = await transaction(db, (tx) => decide(tx, p));
  if (!answer.ok) return answer;
  if (answer.value.matched)
    await applyNow(db, [{ paymentId: answer.value.matched.id, purpose: answer.value.matched.purpose }]);
  if (p.decision === 'refund' || p.decision === 'retry') await sendRefunds(db);
  return done({ decision: p.decision });
}

async function decide(tx: Tx, p: Decide): Promise<Answer> {
  const [target] = p.paymentId ? await lockPayments(tx, [p.paymentId]) : [];
  const [exception] = await findException(tx, { id: p.exceptionId });
  if (!exception) return refuse('EXCEPTION_NOT_FOUND');
  const refunds = exception.refundId ? await lockRefunds(tx, { ids: [exception.refundId] }) : [];
  if (!decisionsOpenTo(exception.kind, exception.paymentId !== null).includes(p.decision))
    return refuse('DECISION_NOT_OPEN');
  if (p.decision === 'match' && (!target || target.channel !== exception.channel))
    return refuse('PAYMENT_NOT_FOUND');
  // The row of the decision is the lock: who comes second is told so, and nothing was written before it.
  const decided = {
    id: p.exceptionId,
    decision: p.decision,
    paymentId: p.paymentId ?? null,
    note: p.note,
    by: p.by,
    at: tx.business,
  };
  if ((await insertDecision(tx, decided)) === 0) return refuse('EXCEPTION_DECIDED');
  if (p.decision === 'match') await match(tx, exception, must(target, 'a match has its payment'), p.by);
  if (p.decision === 'refund') await returnOrphan(tx, exception);
  if (p.decision === 'retry' || p.decision === 'wallet')
    await endRefusal(tx, must(refunds[0], 'a refused refund is there'), p.decision);
  return done({ decision: p.decision, matched: p.decision === 'match' ? (target ?? null) : null });
}

async function match(
  tx: Tx,
  exception: { channel: string; ref: string },
  payment: Payment,
  by: string,
): Promise<void> {
  const [trade] = await findTrades(tx, { channels: [exception.channel], nos: [exception.ref] });
  const { id: tradeId, amount, tradeNo, channel } = must(trade, 'an orphan is a trade');
  const after = received(payment, amount, tx.business);
  send(
    tx,
    insertMatch(tx, { channel, tradeNo, paymentId: payment.id, by, at: tx.business }),
    writeReceived(tx, {
      ids: [after.id],
      states: [after.state],
      sums: [after.received],
      paid: [after.paidAt],
    }),
  );
  await post(tx, [
    { key: newId(tx.wall), transfers: [unappliedMatched({ tradeId, paymentId: payment.id, amount })] },
  ]);
  send(tx, publish(tx, newsOf([payment], 'payment.received')));
}

type LockedRefund = Awaited<ReturnType<typeof lockRefunds>>[number];

/** The channel said no: ask again under a new number, or give the money to the payer's wallet. */
async function endRefusal(tx: Tx, refund: LockedRefund, decision: 'retry' | 'wallet'): Promise<void> {
  const to = must(
    refundAfter(refund.state, decision === 'retry' ? 'retry' : 'credit'),
    'only a refused refund is decided by a person',
  );
  if (decision === 'retry')
    return void (await writeRefund(tx, {
      id: refund.id,
      state: to,
      request: refund.request + 1,
      due: tx.wall,
      failure: null,
      doneAt: null,
    }));
  const [payment] = await readPayments(tx, [must(refund.paymentId, 'the payer is known')]);
  const userId = must(payment, 'a refund has its payment').buyerId;
  await openAccounts(tx, [account('wallet', userId)]);
  await post(tx, [
    {
      key: newId(tx.wall),
      transfers: [refundToWalletInstead({ refundId: refund.id, userId, amount: refund.amount })],
    },
  ]);
  await writeRefund(tx, {
    id: refund.id,
    state: to,
    request: refund.request,
    due: null,
    failure: null,
    doneAt: tx.business,
  });
}
