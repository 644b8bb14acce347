import { must } from '../kit/assert.ts';
import { decodeId, encodeId } from '../kit/public-id.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { markRead, unreadOf } from './actions.ts';
import { notificationsContract } from './contract.ts';
import { sayMessage } from './rules.ts';
import { messagesOf } from './views.ts';

const userOf = (context: Context): string => must(context.viewer.userId, 'the route needs a user');

export const notificationsRoutes = {
  messages: serve(notificationsContract.messages, async (ctx, { cursor, limit }) => {
    const below = cursor === undefined ? null : decodeId('message', cursor);
    if (below === undefined) return refuse('CURSOR_INVALID');
    const userId = userOf(ctx);
    const on = await reader(ctx.db);
    const [rows, unread] = await Promise.all([
      messagesOf(on, { viewer: ctx.viewer, below, limit: limit + 1 }),
      unreadOf(on, userId),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return done({
      messages: page.map((row) => ({
        id: row.id,
        kind: row.kind,
        at: row.at,
        read: row.readAt !== null,
        ...sayMessage(row, ctx.language),
      })),
      unread,
      next: rows.length > limit && last ? encodeId('message', last.id) : null,
    });
  }),
  unread: serve(notificationsContract.unread, async (ctx) =>
    done({ unread: await unreadOf(await reader(ctx.db), userOf(ctx)) }),
  ),
  markRead: serve(notificationsContract.markRead, async (ctx, { messageIds }) =>
    done({
      unread: await transaction(ctx.db, (tx) =>
        markRead(tx, { userId: userOf(ctx), ids: messageIds ?? null }),
      ),
    }),
  ),
};
