import { query, sql, t, type Queryable } from './sql.ts';
import type { Span } from './time.ts';
import { spanMs } from './time.ts';

const forward = query(
  'kit.move_clock',
  { offset: t.int },
  (p: { ms: number }) => sql`
  update kit.clock set offset_ms = offset_ms + ${p.ms}::bigint where movable and ${p.ms}::bigint > 0 returning offset_ms as "offset"`,
);

/** Moves the business clock of a demo forwards; answers the new offset in ms, or undefined where the clock does not move (production). */
export async function moveClock(on: Queryable, span: Span): Promise<number | undefined> {
  const [row] = await forward(on, { ms: spanMs(span) });
  return row?.offset;
}
