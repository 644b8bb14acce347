import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import { orderSeenBy } from './actions.ts';
import { explainOrder } from './explanation.actions.ts';
import { explanationContract } from './explanation.contract.ts';

export const explanationRoutes = {
  explanation: serve(explanationContract.explanation, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const order = await orderSeenBy(on, viewer, orderId);
    if (!order) return refuse('ORDER_NOT_FOUND');
    return done(await explainOrder(on, { shopId: order.shopId, orderId }));
  }),
};
