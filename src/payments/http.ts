import { must } from '../kit/assert.ts';
import { fen } from '../kit/money.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, type Tx } from '../kit/tx.ts';
import type { Context, Viewer } from '../kit/viewer.ts';
import { topUp } from './actions.ts';
import { channelsOf } from './channels.actions.ts';
import { matchVoucher, verifyPayment } from './check.actions.ts';
import { paymentContract } from './contract.ts';
import { decideException } from './decision.actions.ts';
import { decisionsOpenTo } from './rules.ts';
import { tradesOfPayments } from './store.ts';
import { claimsOn, exceptionsSeen, paymentSeenBy, paymentsOf, refundsOfPayments } from './views.ts';

type PaymentRow = Awaited<ReturnType<typeof paymentsOf>>[number];

/** Payments with what came in and what went back. */
async function withMovements(tx: Tx, viewer: Viewer, rows: readonly PaymentRow[]) {
  const ids = rows.map((row) => row.paymentId);
  const [trades, refunds] =
    ids.length > 0
      ? await Promise.all([
          tradesOfPayments(tx, { ids }),
          refundsOfPayments(tx, { viewerIds: viewer.buyerIds, ids }),
        ])
      : [[], []];
  return rows.map((row) => ({
    ...row,
    trades: trades
      .filter((trade) => trade.paymentId === row.paymentId)
      .map(({ tradeNo, amount, at }) => ({ tradeNo, amount, at })),
    refunds: refunds.filter((refund) => refund.paymentId === row.paymentId),
  }));
}

async function onePayment(context: Context, id: string) {
  const now = await reader(context.db);
  const [row] = await withMovements(
    now,
    context.viewer,
    await paymentSeenBy(now, { viewerIds: context.viewer.buyerIds, id }),
  );
  return row;
}

async function exceptionList(context: Context, input: { decided: boolean; limit: number }) {
  const now = await reader(context.db);
  const viewerIsFinance = context.viewer.staff.some((role) => role === 'finance' || role === 'admin');
  const rows = await exceptionsSeen(now, { ...input, viewerIsFinance });
  const claims =
    rows.length > 0 ? await claimsOn(now, { viewerIsFinance, refs: rows.map((row) => row.ref) }) : [];
  return rows.map(({ decision, by, decidedAt, note, ...row }) => ({
    ...row,
    open: decision ? [] : decisionsOpenTo(row.kind, row.paymentId !== null),
    claims: claims.filter((claim) => claim.tradeNo === row.ref && claim.channel === row.channel),
    decided: decision
      ? {
          decision,
          by: must(by, 'a decision has its author'),
          at: must(decidedAt, 'a decision has its time'),
          note: note ?? '',
        }
      : null,
  }));
}

export const paymentRoutes = {
  channels: serve(paymentContract.channels, async (context) =>
    done({
      channels: channelsOf(context.db).map(({ name, zh, en, sandbox }) => ({
        channel: name,
        zh,
        en,
        sandbox,
      })),
    }),
  ),
  topUp: serve(paymentContract.topUp, async (context, input) => {
    const userId = must(context.viewer.userId, 'an account is logged in');
    const begun = await topUp(context.db, {
      userId,
      amount: fen(input.amount),
      channel: input.channel,
      key: must(context.idempotencyKey, 'a keyed route has a key'),
    });
    return begun.ok
      ? done(must(await onePayment(context, begun.value.id), 'one sees what one began'))
      : begun;
  }),
  list: serve(paymentContract.list, async (context, input) => {
    const now = await reader(context.db);
    const rows = await paymentsOf(now, {
      viewerIds: context.viewer.buyerIds,
      before: input.before ?? null,
      limit: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    return done({
      payments: await withMovements(now, context.viewer, page),
      next: rows.length > page.length ? (page.at(-1)?.paymentId ?? null) : null,
    });
  }),
  one: serve(paymentContract.one, async (context, input) => {
    const payment = await onePayment(context, input.paymentId);
    return payment ? done(payment) : refuse('PAYMENT_NOT_FOUND');
  }),
  verify: serve(paymentContract.verify, async (context, input) => {
    const asked = await verifyPayment(context.db, { viewer: context.viewer, paymentId: input.paymentId });
    return asked.ok
      ? done({
          asked: asked.value,
          payment: must(await onePayment(context, input.paymentId), 'a payment stays'),
        })
      : asked;
  }),
  matchVoucher: serve(paymentContract.matchVoucher, async (context, input) => {
    const answer = await matchVoucher(context.db, {
      viewer: context.viewer,
      channel: input.channel,
      tradeNo: input.tradeNo,
      paymentId: input.paymentId,
    });
    if (!answer.ok) return answer;
    const { found, paymentId } = answer.value;
    return done({
      found,
      payment: paymentId ? must(await onePayment(context, paymentId), 'one sees what is one’s own') : null,
    });
  }),
  exceptions: serve(paymentContract.exceptions, async (context, input) =>
    done({ exceptions: await exceptionList(context, input) }),
  ),
  decideException: serve(paymentContract.decideException, (context, input) =>
    decideException(context.db, { ...input, by: must(context.viewer.userId, 'staff is logged in') }),
  ),
};
