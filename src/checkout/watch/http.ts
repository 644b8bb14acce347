import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { highOrderOf } from '../../risk/views.ts';
import { inspectOrder } from './actions.ts';
import { purchaseWatchContract } from './contract.ts';

export const purchaseWatchRoutes = {
  highValue: serve(purchaseWatchContract.highValue, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const [row] = await highOrderOf(on, { shopId: seen.shopId, viewerOrder: orderId });
    return done({ high: row ? { ...row, insurance: 'not_available' as const } : null });
  }),
  inspect: serve(purchaseWatchContract.inspect, ({ db, viewer }, { orderId }) =>
    transaction(db, (tx) => inspectOrder(tx, { viewer, orderId })),
  ),
};
