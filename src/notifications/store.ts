import { sql, statement, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const insertMessages = statement(
  'notifications.insert_messages',
  (p: { userIds: string[]; ids: string[]; kinds: string[]; datas: string[]; at: Instant }) => sql`
  insert into notifications.messages (user_id, id, kind, data, at)
  select x.user_id, x.id, x.kind, x.data::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.userIds}::uuid[], ${p.ids}::uuid[], ${p.kinds}::text[], ${p.datas}::text[]) as x(user_id, id, kind, data)
  on conflict (user_id, id) do nothing`,
);

/** The first reading counts. Without ids: all. */
export const readMessages = statement(
  'notifications.read_messages',
  (p: { userId: string; ids: string[] | null; at: Instant }) => sql`
  update notifications.messages set read_at = ${ts(p.at)}::timestamptz
   where user_id = ${p.userId}::uuid and read_at is null and (${p.ids}::uuid[] is null or id = any(${p.ids}::uuid[]))`,
);
