import { must } from '../kit/assert.ts';
import { once } from '../kit/once.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { subscribe } from './actions.ts';
import { answer, comment, moderate } from './comments.actions.ts';
import { commentsContract, type CommentShown } from './comments.contract.ts';
import { shelvedOf } from './shelf.rules.ts';
import { commentQueueOf, commentsSeenBy, shownComments, subscriptionOf } from './views.ts';

const me = (context: Context): string => must(context.viewer.userId, 'an account');

type Row = Awaited<ReturnType<typeof commentsSeenBy>>[number];
type Shown = Omit<CommentShown, 'at' | 'decidedAt'> & { at: number; decidedAt: number | null };
const shown =
  (userId: string | null) =>
  ({ authorId, ...row }: Row): Shown => ({ ...row, mine: authorId === userId });

async function subscribed({ db, viewer }: Context): Promise<{ on: boolean; duty: boolean }> {
  const [row] = await subscriptionOf(await reader(db), { viewer });
  return { on: row !== undefined, duty: row?.duty ?? false };
}

export const commentRoutes = {
  comments: serve(commentsContract.comments, async ({ db, viewer }, { version, after, limit }) => {
    const one = shelvedOf(version);
    if (!one) return refuse('RULEBOOK_NOT_FOUND');
    const on = await reader(db);
    const [rows, [so]] = await Promise.all([
      commentsSeenBy(on, { viewer, version, after, limit: limit + 1 }),
      shownComments(on, { viewer, version }),
    ]);
    const open = one.life.state === 'consultation';
    return done({
      comments: rows.slice(0, limit).map(shown(viewer.userId)),
      shown: so?.count ?? 0,
      next: rows.length > limit ? (rows[limit - 1]?.number ?? null) : null,
      until: open ? one.life.consultUntil : null,
    });
  }),
  comment: serve(commentsContract.comment, (context, { version, article, text }) =>
    transaction(context.db, (tx) =>
      once(
        tx,
        {
          scope: `usr:${me(context)}/rules.comment`,
          key: must(context.idempotencyKey, 'a keyed route has a key'),
          input: { version, article, text },
        },
        () =>
          comment(tx, {
            version,
            article,
            text,
            author: { id: me(context), name: context.viewer.name ?? '' },
          }),
      ),
    ),
  ),
  commentQueue: serve(commentsContract.commentQueue, async ({ db, viewer }, { version }) => {
    const rows = await commentQueueOf(await reader(db), { viewer, version });
    return done({ comments: rows.map(shown(viewer.userId)) });
  }),
  moderate: serve(commentsContract.moderate, (context, input) =>
    transaction(context.db, (tx) => moderate(tx, { ...input, byId: me(context) })),
  ),
  answer: serve(commentsContract.answer, (context, input) =>
    transaction(context.db, (tx) => answer(tx, { ...input, byId: me(context) })),
  ),
  subscription: serve(commentsContract.subscription, async (context) => done(await subscribed(context))),
  subscribe: serve(commentsContract.subscribe, async (context, { on }) => {
    await transaction(context.db, (tx) => subscribe(tx, { userId: me(context), on }));
    return done(await subscribed(context));
  }),
};
