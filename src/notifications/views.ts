import { query, sql, t } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { MessageKind } from './contract.ts';

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
