import { bare, query, sql, t } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { MessageKind } from './contract.ts';
import type { ReminderKind } from './reminders.contract.ts';

type Own = Pick<Viewer, 'userId'>;

/** The messages of one person below a cursor, newest first. */
export const messagesOf = query(
  'notifications.messages_of',
  {
    id: t.uuid,
    kind: t.word<MessageKind>(),
    data: t.json<Record<string, unknown>>(),
    at: t.instant,
    readAt: t.instant.null,
  },
  (p: { viewer: Own; below: string | null; limit: number }) => sql`
  select id, kind, data, at, read_at from notifications.messages
   where user_id = ${p.viewer.userId}::uuid and (${p.below}::uuid is null or id < ${p.below}::uuid) order by id desc limit ${p.limit}`,
);

export const countUnread = query(
  'notifications.count_unread',
  { unread: t.int },
  (p: { viewer: Own }) => sql`
  select count(*) as unread from notifications.messages where user_id = ${p.viewer.userId}::uuid and read_at is null`,
);

/** What was told of these clocks (the field `clock` of the reminders): one row for all who got the same one, counted and never named. */
export const toldOfClocks = query(
  'notifications.told_of_clocks',
  {
    clock: t.text,
    kind: t.word<ReminderKind>(),
    part: t.int,
    at: t.instant,
    people: t.int,
    read: t.int,
    readAt: t.instant.null,
  },
  (p: { viewerClocks: readonly string[] }) => sql`
  select m.data->>'clock' as clock, m.kind, (m.data->>'part')::int as part, min(m.at) as at, count(*) as people, count(m.read_at) as read, min(m.read_at) as read_at
    from unnest(${bare(p.viewerClocks)}::text[]) as x(clock)
    join notifications.messages m on m.data->>'clock' = x.clock and m.data ? 'clock'
   group by 1, 2, 3 order by min(m.at) desc`,
);
