import { assert } from '../../kit/assert.ts';
import { instant, type Clock, type Instant } from '../../kit/time.ts';
import type { Db } from '../../kit/tx.ts';

/** A clock that goes where it is told, never back. */
export type WalkingClock = Clock & { to(at: Instant): void };

/**
 * The same database, seen by a program that lives in the past: its wall clock begins at `start` and is walked forwards. Both clocks of its
 * transactions follow, so ids, sessions, orders and evidence carry the times at which they would have come about, and the business clock of
 * the demo stays unmoved when the past has arrived at the present.
 */
export function pastDb(db: Db, start: Instant): { db: Db; clock: WalkingClock } {
  let at = start;
  const end = db.wall.now();
  const clock: WalkingClock = {
    now: () => at,
    to: (next) => {
      assert(next <= end, 'the past ends now');
      at = instant(Math.max(at, next));
    },
  };
  return { db: { ...db, wall: clock }, clock };
}
