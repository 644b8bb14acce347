import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant } from '../kit/time.ts';
import { reader, transaction, type Tx } from '../kit/tx.ts';
import { dueBy, versionAt } from '../rules/rules.ts';
import { setQuickReplies } from './actions.ts';
import { messagingContract } from './contract.ts';
import { previewsOf } from './reading.actions.ts';
import {
  conversationsForViewerStaff,
  conversationsOfBuyer,
  conversationsOfShop,
  conversationsWaiting,
  quickRepliesOf,
  waitingIn,
} from './views.ts';

type Row = Awaited<ReturnType<typeof conversationsOfBuyer>>[number];

async function listed(on: Tx, rows: readonly Row[], waiting: number) {
  const previews = await previewsOf(on, rows);
  const version = versionAt(on.business);
  return {
    threads: rows.map(({ lastSeq: _, ...row }, i) => ({
      ...row,
      preview: previews[i] ?? null,
      answerBy: row.demandDueAt ?? (row.waitsSince && dueBy(version, 'DEMAND', row.waitsSince).dueAt),
    })),
    waiting,
    unread: rows.reduce((sum, row) => sum + row.unread, 0),
  };
}

const repliesOf = async (on: Tx, viewerShop: string) => ({
  replies: (await quickRepliesOf(on, { viewerShop })).map((row) => row.text),
});
const since = (before: number | undefined) => (before === undefined ? null : instant(before));

// What needs to know an order (its conversation, saying something) is served above orders, in aftersales/talk.
export const messagingRoutes = {
  mine: serve(messagingContract.mine, async ({ db, viewer }, { before, limit }) => {
    const on = await reader(db);
    const rows = await conversationsOfBuyer(on, { viewerIds: viewer.buyerIds, before: since(before), limit });
    return done(await listed(on, rows, rows.filter((row) => row.waitsSince !== null).length));
  }),
  ofShop: serve(messagingContract.ofShop, async ({ db }, { shopId, waiting, before, limit }) => {
    const on = await reader(db);
    const [rows, [count]] = await Promise.all([
      waiting
        ? conversationsWaiting(on, { viewerShop: shopId, limit })
        : conversationsOfShop(on, { viewerShop: shopId, before: since(before), limit }),
      waitingIn(on, { viewerShop: shopId }),
    ]);
    return done(await listed(on, rows, count?.waiting ?? 0));
  }),
  ofSupport: serve(messagingContract.ofSupport, async ({ db }, { limit }) => {
    const on = await reader(db);
    const rows = await conversationsForViewerStaff(on, { limit });
    return done(await listed(on, rows, rows.length));
  }),
  quickReplies: serve(messagingContract.quickReplies, async ({ db }, { shopId }) =>
    done(await repliesOf(await reader(db), shopId)),
  ),
  setQuickReplies: serve(messagingContract.setQuickReplies, async ({ db }, { shopId, replies }) => {
    await transaction(db, (tx) => setQuickReplies(tx, { shopId, replies }));
    return done({ replies });
  }),
};
