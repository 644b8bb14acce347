import { claimGuest, openGuest } from '../identity/guest.actions.ts';
import { keepSession, visitorOf } from '../identity/visitor.actions.ts';
import { must } from '../kit/assert.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, type Db } from '../kit/tx.ts';
import { guestOrderContract } from './guest.contract.ts';
import { guestOfOrder } from './guest.views.ts';

const guestOf = async (db: Db, orderId: string): Promise<string | null> => {
  const [row] = await guestOfOrder(await reader(db), { orderId });
  return row?.guestId ?? null;
};

export const guestOrderRoutes = {
  open: serve(guestOrderContract.open, async (ctx, { orderId, orderPassword }) => {
    const { viewer } = ctx;
    // A guest's session in place of an account's would log somebody out who only wanted to look.
    if (viewer.userId !== null && !viewer.guest) return refuse('CLAIM_INSTEAD');
    const guestId = await guestOf(ctx.db, orderId);
    const opened = await openGuest(ctx.db, {
      asked: orderId,
      guestId,
      orderPassword,
      visitor: visitorOf(ctx),
    });
    if (!opened.ok) return opened;
    keepSession(ctx, must(opened.value.session, 'a session was opened').token, 'guest');
    return done({ orderId });
  }),
  claim: serve(guestOrderContract.claim, async (ctx, { orderId, orderPassword }) => {
    const guestId = await guestOf(ctx.db, orderId);
    const userId = must(ctx.viewer.userId, 'the route needs an account');
    const claimed = await claimGuest(ctx.db, { userId, asked: orderId, guestId, orderPassword, ip: ctx.ip });
    return claimed.ok ? done({ orderId }) : claimed;
  }),
};
