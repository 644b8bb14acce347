import { overdue } from '../kit/deadlines.ts';
import { newsInTrouble, newsWaiting } from '../kit/outbox.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import type { WorkTables } from './worker.ts';
import { workContract } from './work.contract.ts';

const shownMax = 100;

export const workRoutes = ({ tables }: { tables: WorkTables }) => ({
  read: serve(workContract.read, async (context) => {
    const on = await reader(context.db);
    const [[waiting], failed, late] = await Promise.all([
      newsWaiting(on),
      newsInTrouble(on, { limit: shownMax }),
      overdue(on, on.business),
    ]);
    return done({
      news: { waiting: waiting?.count ?? 0, oldestAt: waiting?.oldest ?? null },
      failed: failed.map(({ event, attempts, retryAt, error }) => ({
        event,
        attempts,
        nextTryAt: retryAt,
        error: error ?? '',
      })),
      late: late.map(({ what, count, oldest }) => ({
        what,
        count,
        oldestAt: oldest,
        known: Object.hasOwn(tables.deadlines, what),
      })),
    });
  }),
});
