import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { publishPrecedent } from './actions.ts';

/** case.close: everybody may learn from it, and nobody whose it was (F201). */
export async function publishAfterClosing(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    for (const [index, caseId] of body.about.entries()) {
      const shopId = body.shops[index] ?? body.shops[0];
      if (shopId) await transaction(db, (tx) => publishPrecedent(tx, { shopId, caseId }));
    }
}
