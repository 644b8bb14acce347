import { done, refuse, type Result } from '../kit/result.ts';
import { sha256 } from '../kit/secret.ts';
import { plus } from '../kit/time.ts';
import { reader, type Db, type Tx } from '../kit/tx.ts';
import { countTries, deleteOldTries, forgetTries } from './key.store.ts';
import { waitAfter, windowStart, type LimitScope } from './rules.ts';

export type Try = { readonly scope: LimitScope; readonly key: string };

/**
 * Counts tries and refuses (TOO_MANY_REQUESTS, with the seconds to wait) when one limit is passed. It commits by itself before the
 * costly part begins, so that what fails later still counts, and no lock is held meanwhile.
 */
export async function allow(db: Db, tries: readonly Try[]): Promise<Result<null, 'TOO_MANY_REQUESTS'>> {
  const on = await reader(db);
  const rows = await countTries(on, {
    scopes: tries.map((one) => one.scope),
    keys: tries.map((one) => sha256(one.key)),
    starts: tries.map((one) => windowStart(one.scope, on.wall)),
  });
  const wait = Math.max(0, ...rows.map((row) => waitAfter(row.scope as LimitScope, row.count, on.wall)));
  return wait > 0 ? refuse('TOO_MANY_REQUESTS', { retryAfter_s: wait }) : done(null);
}

/** After a success the tries of this key do not count any more. */
export const forgive = (tx: Tx, { scope, key }: Try): Promise<unknown> =>
  forgetTries(tx, { scope, key: sha256(key) });

/** Windows are an hour at most, so yesterday's say nothing. */
export const sweepTries = (tx: Tx): Promise<number> =>
  deleteOldTries(tx, { before: plus(tx.wall, { days: -1 }) });
