import { query, sql, t } from '../../kit/sql.ts';
import type { Words } from '../../kit/text.ts';

/** Messages about a case, one row for all who got the same one; the newest first. Whom it went to is counted, never named. */
export const toldAbout = query(
  'aftersales.told_about',
  {
    kind: t.text,
    what: t.json<Words>(),
    next: t.json<Words>(),
    at: t.instant,
    people: t.int,
    read: t.int,
    readAt: t.instant.null,
  },
  (p: { viewerCase: string; limit: number }) => sql`
  select m.kind, m.data->'what' as what, m.data->'next' as next, min(m.at) as at, count(*) as people, count(m.read_at) as read, min(m.read_at) as read_at
    from notifications.messages m
   where m.data ? 'case' and m.data->>'case' = ${p.viewerCase}::text and m.kind in ('case.news', 'shop.case', 'staff.case')
   group by m.id, m.kind, m.data->'what', m.data->'next' order by min(m.at) desc, m.id desc limit ${p.limit}::int`,
);

/** News of a case that nobody was told yet. */
export const untoldOf = query(
  'aftersales.untold_of',
  { waiting: t.int },
  (p: { viewerCase: string }) => sql`
  select count(*) as waiting from kit.outbox where event like 'case.%' and body->'about' ? ${p.viewerCase}::text`,
);
