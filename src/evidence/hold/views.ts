import { query, sql } from '../../kit/sql.ts';
import { holdColumns, holdShape } from './store.ts';

/** The register, open ones first; for staff only. */
export const holdsSeen = query(
  'evidence.holds_seen',
  holdShape,
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select ${holdColumns} from evidence.legal_holds h where ${p.viewerStaff}::boolean
   order by h.state in ('lifted', 'dropped'), h.until, h.id limit ${p.limit}::int`,
);
