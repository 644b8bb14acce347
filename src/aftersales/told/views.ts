import { bare, query, sql, t } from '../../kit/sql.ts';
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

/** The newest messages about each of these cases, for the page of deadlines. */
export const toldOfCases = query(
  'aftersales.told_of_cases',
  {
    about: t.text,
    kind: t.text,
    what: t.json<Words>(),
    at: t.instant,
    people: t.int,
    read: t.int,
    readAt: t.instant.null,
  },
  (p: { viewerCases: readonly string[]; limit: number }) => sql`
  select x.about, m.* from unnest(${bare(p.viewerCases)}::text[]) as x(about)
   cross join lateral (
     select m.kind, m.data->'what' as what, min(m.at) as at, count(*) as people, count(m.read_at) as read, min(m.read_at) as read_at
       from notifications.messages m
      where m.data ? 'case' and m.data->>'case' = x.about and m.kind in ('case.news', 'shop.case', 'staff.case')
      group by m.id, m.kind, m.data->'what' order by min(m.at) desc, m.id desc limit ${p.limit}::int) as m`,
);

/** News of these cases that nobody was told yet; a case without any has no row. */
export const untoldOfCases = query(
  'aftersales.untold_of_cases',
  { about: t.text, waiting: t.int },
  (p: { viewerCases: readonly string[] }) => sql`
  select x.about, count(*) as waiting from unnest(${bare(p.viewerCases)}::text[]) as x(about)
    join kit.outbox o on o.event like 'case.%' and o.body->'about' ? x.about group by x.about`,
);
