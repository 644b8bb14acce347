import { must } from '../kit/assert.ts';
import { fen, noFen } from '../kit/money.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction, type Tx } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { balanceOf } from '../ledger/views.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { seenFrom, type Answer } from './actions.ts';
import { noteChannelRefund } from './channel.actions.ts';
import { ask, assign, decideObjection, decline, judge, rule, sign } from './desk.actions.ts';
import { deskContract } from './desk.contract.ts';
import { fourEyesAbove, type Judgment } from './desk.rules.ts';
import { leftFor } from './page.http.ts';
import { planPayout } from './payout.rules.ts';
import type { ReasonCode } from './reasons.data.ts';
import { merchantAnswers } from './rules.ts';
import { headOf } from './views.ts';

const acting = ({ viewer }: Context, caseId: string) => ({ caseId, viewer });
const write = (context: Context, act: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  transaction(context.db, act);

type JudgedIn = Omit<Judgment, 'amount' | 'reason'> & {
  amount?: bigint | undefined;
  reason?: ReasonCode | undefined;
};
export const judgmentOf = ({ amount, reason, ...rest }: JudgedIn): Judgment => ({
  ...rest,
  amount: amount === undefined ? null : fen(amount),
  reason: reason ?? null,
});

/** Which money an award would move now, with what stands in the accounts at this moment. */
async function shares(
  on: Tx,
  caseId: string,
  p: { shopId: string; amount: bigint | null; platform: number },
) {
  const [head] = await headOf(on, { shopId: p.shopId, viewerCase: caseId });
  const { escrow, left } = await leftFor(on, must(head, 'a case that is seen is there'));
  const amount = fen(p.amount === null || p.amount > left ? left : p.amount);
  const balances = await balanceOf(on, { viewerId: p.shopId });
  const of = (kind: string) => balances.find((row) => row.kind === kind)?.balance ?? noFen;
  const cover = { escrow, fee: noFen, available: of('available'), deposit: of('deposit'), insured: noFen };
  const liability = { ...merchantAnswers, merchant: 100 - p.platform, platform: p.platform };
  return {
    amount,
    left,
    limit: fourEyesAbove({ rulebook: must(head, 'it is there').rulebook, now: on.business }),
    plan: amount > 0n ? planPayout(amount, cover, liability) : [],
  };
}

export const deskRoutes = {
  preview: serve(deskContract.preview, async ({ db, viewer }, { caseId, amount, platform }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (seen?.side !== 'staff') return refuse('CASE_NOT_FOUND');
    const found = await shares(on, caseId, { shopId: seen.shopId, amount: amount ?? null, platform });
    return done({
      amount: found.amount,
      refundable: found.left,
      shares: found.plan,
      twoPeople: found.amount > found.limit,
      limit: found.limit,
    });
  }),
  assign: serve(deskContract.assign, (context, { caseId }) =>
    write(context, (tx) => assign(tx, acting(context, caseId))),
  ),
  decline: serve(deskContract.decline, (context, { caseId, code, text }) =>
    write(context, (tx) => decline(tx, { ...acting(context, caseId), code, text })),
  ),
  ask: serve(deskContract.ask, (context, { caseId, ...asked }) =>
    write(context, (tx) => ask(tx, { ...acting(context, caseId), ...asked })),
  ),
  judge: serve(deskContract.judge, (context, { caseId, ...judged }) =>
    write(context, (tx) => judge(tx, { ...acting(context, caseId), judged: judgmentOf(judged) })),
  ),
  sign: serve(deskContract.sign, (context, { caseId, agrees, text }) =>
    write(context, (tx) => sign(tx, { ...acting(context, caseId), agrees, text })),
  ),
  rule: serve(deskContract.rule, (context, { caseId, ...judged }) =>
    write(context, (tx) => rule(tx, { ...acting(context, caseId), judged: judgmentOf(judged) })),
  ),
  channelRefund: serve(deskContract.channelRefund, async ({ db, viewer }, { orderId, ...noted }) => {
    const seen = await orderSeenBy(await reader(db), viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const wish = { shopId: seen.shopId, orderId, ...noted, amount: fen(noted.amount) };
    return transaction(db, (tx) => noteChannelRefund(tx, wish));
  }),
  objection: serve(deskContract.objection, (context, { caseId, upholds, reasons }) =>
    write(context, (tx) => decideObjection(tx, { ...acting(context, caseId), upholds, reasons })),
  ),
};
