import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Viewer } from '../kit/viewer.ts';
import { callColumns, callShape } from './callbacks.store.ts';

export const takenSlots = query(
  'community.taken_slots',
  { slotAt: t.instant, taken: t.int },
  (p: { viewerAnyone: true; from: Instant }) => sql`
  select slot_at, count(*) as taken from community.callbacks
   where ${p.viewerAnyone}::boolean and slot_at >= ${ts(p.from)}::timestamptz and outcome is null group by slot_at`,
);

export const callsOf = query(
  'community.calls_of',
  callShape,
  (p: { viewer: Pick<Viewer, 'userId'>; limit: number }) => sql`
  select ${callColumns} from community.callbacks c where c.user_id = ${p.viewer.userId}::uuid order by c.id desc limit ${p.limit}::int`,
);

export const callQueue = query(
  'community.call_queue',
  { ...callShape, name: t.text, opener: t.text.null },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select ${callColumns}, u.name, (select o.name from identity.users o where o.id = c.opened_by) as opener
    from community.callbacks c join identity.users u on u.id = c.user_id
   where ${p.viewerStaff}::boolean and c.outcome is null order by c.slot_at, c.place limit ${p.limit}::int`,
);
