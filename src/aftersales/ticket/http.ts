import { must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { once } from '../../kit/once.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { plus } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { firstAnswerOf, firstCallOf, supportAnswers } from '../../messaging/views.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { convertTicket } from './actions.ts';
import { ticketContract } from './contract.ts';

const figuresDays = 30;

export const ticketRoutes = {
  ticket: serve(ticketContract.ticket, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const key = { shopId: seen.shopId, viewerOrder: orderId };
    const [call] = await firstCallOf(on, key);
    const [answer] = call ? await firstAnswerOf(on, { ...key, seq: call.seq }) : [];
    return done({ calledAt: call?.at ?? null, answer_ms: call && answer ? answer.at - call.at : null });
  }),
  convert: serve(ticketContract.convert, ({ db, viewer, idempotencyKey }, input) => {
    const userId = must(viewer.userId, 'the route needs a user');
    const key = must(idempotencyKey, 'the route is keyed');
    return transaction(db, (tx) =>
      once(tx, { scope: `usr:${userId}/tickets.convert`, key, input }, () =>
        convertTicket(tx, {
          ...input,
          viewer,
          amount: input.amount === undefined ? null : fen(input.amount),
        }),
      ),
    );
  }),
  support: serve(ticketContract.support, async ({ db }) => {
    const on = await reader(db);
    const since = plus(on.business, { days: -figuresDays });
    const [row] = await supportAnswers(on, { from: since, to: plus(on.business, { seconds: 1 }) });
    const { calls, answered, median, slowest } = must(row, 'a sum has a row');
    const whole = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));
    return done({
      since,
      calls,
      answered,
      waiting: calls - answered,
      median_ms: whole(median),
      slowest_ms: whole(slowest),
    });
  }),
};
