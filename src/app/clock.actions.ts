import { moveClock } from '../kit/clock.ts';
import { nextDueAfter } from '../kit/deadlines.ts';
import { instant, plus, spanMs, type Instant, type Span } from '../kit/time.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { forgetOffset, reader, transaction, type Db } from '../kit/tx.ts';
import type { Log } from './log.ts';
import { pumpAll } from './pump.ts';
import type { Failure, Swept, Sweep } from './sweep.ts';
import type { WorkTables } from './worker.ts';

export type Machine = {
  db: Db;
  sweep: Sweep;
  tables: WorkTables;
  log: Log;
  /** False where another program delivers the news, because its reactions need what only that one has (payment channels). */
  pumps?: boolean;
};
export type Progress = (step: { business: Instant; target: Instant; fired: number }) => void;

/** How near to its own instant each deadline fires while the clock moves: the journey is cut into at most this many steps. */
const stepsMax = 400;
const shortestStep_ms = 60_000;

/**
 * The time machine of a demo: moves the business clock forwards for everyone, stopping wherever something falls due, so that everything
 * happens in order, once, at about its own time, and a deadline set on the way counts from there. Ends when all of it has been done.
 * Refuses CLOCK_STANDS in a production, by the program's own setting and by the row of the clock.
 */
export async function moveTime(
  machine: Machine,
  span: Span,
  tell: Progress = () => undefined,
): Promise<Result<Swept & { business: Instant }, 'CLOCK_STANDS'>> {
  const { db, sweep } = machine;
  if (!db.demo) return refuse('CLOCK_STANDS');
  const start = (await fresh(db)).business;
  const target = plus(start, span);
  const shortest = Math.max(shortestStep_ms, spanMs(span) / stepsMax);
  const swept: Swept = { fired: {}, failed: [] };
  await settle(machine, swept);
  for (let at = start; at < target;) {
    const to = await nextStop(machine, at, target, shortest);
    const moved = await transaction(db, (tx) => moveClock(tx, { ms: to - at }));
    if (moved === undefined) return refuse('CLOCK_STANDS');
    at = to;
    await settle(machine, swept);
    tell({ business: at, target, fired: Object.values(swept.fired).reduce((sum, count) => sum + count, 0) });
  }
  for (const timer of machine.tables.timers) if (timer.afterMove) await timer.run(db);
  await settle(machine, swept);
  const failed = new Map(
    [...swept.failed, ...sweep.failing()].map((one) => [`${one.what} ${one.about}`, one]),
  );
  return done({
    fired: swept.fired,
    failed: [...failed.values()] as Failure[],
    business: (await fresh(db)).business,
  });
}

async function fresh(db: Db): ReturnType<typeof reader> {
  forgetOffset(db);
  return reader(db);
}

/** Just past the next deadline, but no shorter a step than agreed, and no further than the target. */
async function nextStop(
  { db, sweep }: Machine,
  at: Instant,
  target: Instant,
  shortest_ms: number,
): Promise<Instant> {
  const [next] = await nextDueAfter(await fresh(db), { now: at, whats: sweep.whats });
  if (!next?.dueAt || next.dueAt >= target) return target;
  return instant(Math.min(target, Math.max(next.dueAt, Math.ceil(at + shortest_ms))));
}

/** Everything due now, and what follows from it, until both are quiet. */
async function settle({ db, sweep, tables, log, pumps = true }: Machine, swept: Swept): Promise<void> {
  forgetOffset(db);
  for (;;) {
    const round = await sweep.run();
    for (const [what, count] of Object.entries(round.fired))
      swept.fired[what] = (swept.fired[what] ?? 0) + count;
    swept.failed.push(...round.failed);
    const news = pumps ? await pumpAll(db, tables.reactions, log) : 0;
    if (news === 0 || Object.keys(round.fired).length === 0) return;
  }
}
