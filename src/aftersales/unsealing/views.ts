import { query, sql } from '../../kit/sql.ts';
import { unsealingColumns, unsealingShape } from './store.ts';

/** The requests to look at keys of a case that the viewer may see. */
export const unsealingsOf = query(
  'aftersales.unsealings_of',
  unsealingShape,
  (p: { shopId: string; viewerCase: string }) => sql`
  select ${unsealingColumns} from aftersales.unsealings u where u.shop_id = ${p.shopId} and u.case_id = ${p.viewerCase} order by u.id`,
);

/** What waits for a second person, for a viewer of the staff. */
export const unsealingsAsked = query(
  'aftersales.unsealings_asked',
  unsealingShape,
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select ${unsealingColumns} from aftersales.unsealings u where u.state = 'asked' and ${p.viewerStaff}::boolean order by u.asked_at limit ${p.limit}::int`,
);
