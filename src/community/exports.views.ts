import { query, sql } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import { exportColumns, exportShape } from './exports.store.ts';

/** A person's own copies, newest first; never their bytes. */
export const exportsOf = query(
  'community.exports_of',
  exportShape,
  (p: { viewer: Pick<Viewer, 'userId'>; limit: number }) => sql`
  select ${exportColumns} from community.exports x where x.user_id = ${p.viewer.userId}::uuid order by x.id desc limit ${p.limit}::int`,
);
