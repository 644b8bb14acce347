import type pg from 'pg';
import type { Queryable } from './sql.ts';

/** So many reads share a connection at most: those behind a slow one wait for it. */
const groupMax = 16;

/** `open` counts who still needs the connection: the reads under way, and the turn while others may join. */
type Group = { readonly client: Promise<pg.PoolClient>; joined: number; open: number };

/**
 * Reads that are asked in one turn of the event loop travel together on one connection: one packet there instead of one each, and the
 * server wakes once. A page asks dozens, and what they cost is mostly the waking. Each has its own snapshot and fails by itself.
 */
export function gathered(pool: pg.Pool): Queryable['run'] {
  let now: Group | undefined;
  const begin = (): Group => {
    const group = { client: pool.connect(), joined: 0, open: 1 };
    setImmediate(() => {
      if (now === group) now = undefined;
      leave(group);
    });
    return group;
  };
  return async (prepared) => {
    const group = (now ??= begin());
    group.open++;
    if (++group.joined === groupMax) now = undefined;
    try {
      return await (await group.client).query(prepared);
    } finally {
      leave(group);
    }
  };
}

function leave(group: Group): void {
  group.open--;
  // Without a connection there is nothing to give back; whoever asked has the reason.
  if (group.open === 0)
    group.client.then(
      (client) => client.release(),
      () => {},
    );
}
