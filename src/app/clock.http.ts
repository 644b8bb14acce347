import { nextDueAfter } from '../kit/deadlines.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant } from '../kit/time.ts';
import { forgetOffset, reader, type Db } from '../kit/tx.ts';
import { moveTime } from './clock.actions.ts';
import { clockContract } from './clock.contract.ts';
import type { Log } from './log.ts';
import { openSweep } from './sweep.ts';
import type { WorkTables } from './worker.ts';

/** The routes of the time machine. In a production the moving one does not exist. */
export function clockRoutes({ db, log, tables }: { db: Db; log: Log; tables: WorkTables }) {
  const sweep = openSweep(db, tables.deadlines, log);
  const read = serve(clockContract.read, async (context) => done(await readClocks(context.db, sweep.whats)));
  if (!db.demo) return { read };
  return {
    read,
    move: serve(clockContract.move, async (context, { minutes }) => {
      const moved = await moveTime({ db: context.db, sweep, tables, log }, { minutes });
      if (!moved.ok) return moved;
      const { fired, failed } = moved.value;
      return done({ ...(await readClocks(context.db, sweep.whats)), fired, failed: grouped(failed) });
    }),
  };
}

async function readClocks(db: Db, whats: readonly string[]) {
  forgetOffset(db);
  const on = await reader(db);
  const [next] = await nextDueAfter(on, { now: on.business, whats });
  return {
    business: on.business,
    wall: on.wall,
    offset_ms: on.business - on.wall,
    movable: db.demo,
    nextDueAt: next?.dueAt ? instant(next.dueAt) : null,
  };
}

const grouped = (failed: readonly { what: string; error: string }[]) =>
  [...Map.groupBy(failed, ({ what }) => what)].map(([what, list]) => ({
    what,
    count: list.length,
    error: list[0]?.error ?? '',
  }));
