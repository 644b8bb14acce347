import { derivedId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { keepersOf } from '../../delivery/health/views.ts';
import { balanceOf } from '../../ledger/views.ts';
import { readDeposit } from '../../merchants/deposit/views.ts';
import { notify } from '../../notifications/actions.ts';
import { measureDeposit, suspendShort } from './actions.ts';

/** order.settled, case.execute, case.repay: what a shop must keep, or what it has, may have moved. Safe to repeat. */
export async function measureShops(db: Db, news: readonly Delivered[]): Promise<void> {
  const shops = [...new Set(news.flatMap((one) => one.body.shops))];
  for (const shopId of shops) await transaction(db, (tx) => measureDeposit(tx, shopId));
}

/** deposit.fall_short: the people of the shop hear how much is missing and until when; told once, whatever is delivered twice. */
export async function tellShort(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  for (const { id, body } of news)
    for (const shopId of body.shops) {
      const [[one], balances, keepers] = await Promise.all([
        readDeposit(on, { shopId, viewerShop: shopId }),
        balanceOf(on, { viewerId: shopId }),
        keepersOf(on, { viewerShops: [shopId] }),
      ]);
      const there = balances.find((row) => row.kind === 'deposit')?.balance ?? 0n;
      if (!one || one.dueAt === null || there >= one.required) continue;
      const data = { amount: fen(one.required - there), at: one.dueAt };
      await transaction(db, (tx) =>
        notify(
          tx,
          (keepers[0]?.people ?? []).map((userId) => ({
            userId,
            kind: 'shop.deposit_short' as const,
            cause: derivedId(id, userId),
            data,
          })),
        ),
      );
    }
}

export const depositReactions = { 'deposit.fall_short': [tellShort] };

/** Kind of deadline → what happens when it has come. */
export const depositDeadlines = { 'deposit.top_up': suspendShort };
