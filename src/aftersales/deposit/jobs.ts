import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { measureDeposit, suspendShort } from './actions.ts';

/** order.settled, case.execute, listing.cured and the like: what a shop must keep, or what it has, may have moved. Safe to repeat. */
export async function measureShops(db: Db, news: readonly Delivered[]): Promise<void> {
  const shops = [...new Set(news.flatMap((one) => one.body.shops))];
  for (const shopId of shops) await transaction(db, (tx) => measureDeposit(tx, shopId));
}

/** Kind of deadline → what happens when it has come. */
export const depositDeadlines = { 'deposit.top_up': suspendShort };
