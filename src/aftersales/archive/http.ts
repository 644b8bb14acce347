import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader } from '../../kit/tx.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { headOf } from '../../orders/views.ts';
import { articleOfParam, param } from '../../rules/rules.ts';
import { keptOrders } from './actions.ts';
import { archiveContract } from './contract.ts';
import { keptWords, retainedUntil } from './rules.ts';
import { archivesOf } from './views.ts';

export const archiveRoutes = {
  archive: serve(archiveContract.archive, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const key = { shopId: seen.shopId, viewerOrder: orderId };
    const [[found], rows, [kept = []]] = await Promise.all([
      headOf(on, key),
      archivesOf(on, key),
      keptOrders(on, [{ shopId: seen.shopId, orderId }]),
    ]);
    const { rulebook, completedAt } = must(found, 'an order that is seen is there');
    return done({
      seals: rows.map(({ root, ...row }) => ({
        ...row,
        count: row.to - row.from + 1,
        root: root.toString('hex'),
      })),
      within_hours: param(rulebook, 'ARCHIVE'),
      article: articleOfParam(rulebook, 'ARCHIVE'),
      keptUntil: retainedUntil(completedAt, rulebook),
      // What an authority ordered may be secret: it is not said here.
      kept: kept.flatMap((why) => (why === 'hold' ? [] : [{ why, words: keptWords[why] }])),
    });
  }),
};
