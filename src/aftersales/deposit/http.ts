import { must } from '../../kit/assert.ts';
import { fen, noFen, type Fen } from '../../kit/money.ts';
import { once } from '../../kit/once.ts';
import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { balanceOf } from '../../ledger/views.ts';
import { isEnough, returnFrom, tiersOf } from '../../merchants/deposit/rules.ts';
import { readDeposit } from '../../merchants/deposit/views.ts';
import { versionAt } from '../../rules/rules.ts';
import { owedBy } from '../store.ts';
import { askReturn, decideReturn, leaveShop, payDeposit } from './actions.ts';
import { depositContract } from './contract.ts';
import { depositsOf, leavingFacts } from './views.ts';

const userOf = ({ viewer }: Context): string => must(viewer.userId, 'whoever may has an id');
const owing = (rows: readonly { owed: bigint }[]): Fen => {
  const owed = rows[0]?.owed ?? 0n;
  return fen(owed > 0n ? owed : 0n);
};

export const depositRoutes = {
  mine: serve(depositContract.mine, async (context, { shopId }) => {
    const on = await reader(context.db);
    const rulebook = versionAt(on.business);
    const [[one], shop, own, owed, [facts]] = await Promise.all([
      readDeposit(on, { shopId, viewerShop: shopId }),
      balanceOf(on, { viewerId: shopId }),
      balanceOf(on, { viewerId: userOf(context) }),
      owedBy(on, { shopId }),
      leavingFacts(on, { shopId, viewerShop: shopId }),
    ]);
    const of = (rows: typeof shop, kind: string): Fen =>
      rows.find((row) => row.kind === kind)?.balance ?? noFen;
    const balance = of(shop, 'deposit');
    const required = one?.required ?? noFen;
    const from =
      !one || one.leftAt === null ? null : { ...must(facts, 'a shop has its facts'), leftAt: one.leftAt };
    return done({
      state: one?.state ?? null,
      balance,
      required,
      enough: one !== undefined && isEnough({ balance, required, version: one.rulebook }),
      dueAt: one?.dueAt ?? null,
      owed: owing(owed),
      tier: one?.tier ?? noFen,
      volume: one?.volume ?? noFen,
      available: of(shop, 'available'),
      wallet: of(own, 'wallet'),
      tiers: tiersOf(rulebook),
      returnFrom: from && one ? returnFrom({ ...from, version: one.rulebook }) : null,
      rulebook: one?.rulebook ?? rulebook,
      now: on.business,
    });
  }),
  pay: serve(depositContract.pay, (context, { shopId, from, amount }) => {
    const userId = userOf(context);
    const wish = { shopId, userId, from, amount: fen(amount) };
    return transaction(context.db, (tx) =>
      once(
        tx,
        {
          scope: `usr:${userId}/deposit.pay`,
          key: must(context.idempotencyKey, 'a keyed route has its key'),
          input: { shopId, from, amount: amount.toString() },
        },
        () => payDeposit(tx, wish),
      ),
    );
  }),
  leave: serve(depositContract.leave, (context, { shopId }) =>
    transaction(context.db, (tx) => leaveShop(tx, { shopId, userId: userOf(context) })),
  ),
  all: serve(depositContract.all, async (context, { limit }) => {
    const on = await reader(context.db);
    const rows = await depositsOf(on, { viewerStaff: true, limit });
    return done({
      shops: await Promise.all(
        rows.map(async ({ askedAmount, askedReason, askedAt, askedBy, leftAt, ...row }) => {
          const [facts] = leftAt === null ? [] : await leavingFacts(on, { ...row, viewerShop: row.shopId });
          return {
            ...row,
            enough: isEnough({ ...row, version: row.rulebook }),
            owed: owing(await owedBy(on, row)),
            returnFrom:
              leftAt === null || !facts ? null : returnFrom({ ...facts, leftAt, version: row.rulebook }),
            asked:
              askedAmount === null || askedAt === null
                ? null
                : {
                    amount: askedAmount,
                    reason: askedReason ?? '',
                    at: askedAt,
                    mine: askedBy === context.viewer.userId,
                  },
          };
        }),
      ),
      now: on.business,
    });
  }),
  askReturn: serve(depositContract.askReturn, (context, { shopId, reasons }) =>
    transaction(context.db, (tx) => askReturn(tx, { shopId, reason: reasons, byId: userOf(context) })),
  ),
  decideReturn: serve(depositContract.decideReturn, (context, p) =>
    transaction(context.db, (tx) => decideReturn(tx, { ...p, byId: userOf(context) })),
  ),
};
