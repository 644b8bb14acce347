import { query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const insertSessions = statement(
  'identity.insert_sessions',
  (p: {
    tokens: Buffer[];
    ids: string[];
    userIds: string[];
    deviceIds: string[];
    userAgents: string[];
    ips: string[];
    ends: Instant[];
    wall: Instant;
  }) => sql`
  insert into identity.sessions (token_hash, id, user_id, device_id, user_agent, ip, expires_at, created_at, seen_at)
  select x.*, ${ts(p.wall)}::timestamptz, ${ts(p.wall)}::timestamptz
    from unnest(${p.tokens}::bytea[], ${p.ids}::uuid[], ${p.userIds}::uuid[], ${p.deviceIds}::uuid[], ${p.userAgents}::text[], ${p.ips}::text[],
                ${tsAll(p.ends)}::timestamptz[]) as x`,
);

/** Two requests at once write it once. */
export const seeSession = statement(
  'identity.see_session',
  (p: { sessionId: string; before: Instant; wall: Instant; end: Instant }) => sql`
  update identity.sessions set seen_at = ${ts(p.wall)}::timestamptz, expires_at = ${ts(p.end)}::timestamptz
   where id = ${p.sessionId}::uuid and seen_at = ${ts(p.before)}::timestamptz`,
);

export const confirmSession = statement(
  'identity.confirm_session',
  (p: { sessionId: string; wall: Instant }) => sql`
  update identity.sessions set confirmed_at = ${ts(p.wall)}::timestamptz where id = ${p.sessionId}::uuid`,
);

export const deleteSession = statement(
  'identity.delete_session',
  (p: { sessionId: string; userId: string }) => sql`
  delete from identity.sessions where id = ${p.sessionId}::uuid and user_id = ${p.userId}::uuid`,
);

export const deleteOtherSessions = statement(
  'identity.delete_other_sessions',
  (p: { keep: string | null; userId: string }) => sql`
  delete from identity.sessions where user_id = ${p.userId}::uuid and id is distinct from ${p.keep}::uuid`,
);

export const deleteOldSessions = statement(
  'identity.delete_old_sessions',
  (p: { wall: Instant }) => sql`
  delete from identity.sessions where expires_at <= ${ts(p.wall)}::timestamptz`,
);

export const insertDevices = statement(
  'identity.insert_devices',
  (p: { userIds: string[]; deviceIds: string[]; wall: Instant }) => sql`
  insert into identity.devices (user_id, device_id, known_at)
  select x.*, ${ts(p.wall)}::timestamptz from unnest(${p.userIds}::uuid[], ${p.deviceIds}::uuid[]) as x
  on conflict (user_id, device_id) do nothing`,
);

export const deleteOtherDevices = statement(
  'identity.delete_other_devices',
  (p: { userId: string; keep: string | null }) => sql`
  delete from identity.devices where user_id = ${p.userId}::uuid and device_id is distinct from ${p.keep}::uuid`,
);

/** What a step-up rests on: when each session was confirmed, and whether its user knows the device that asks now. */
export const readStepUps = query(
  'identity.read_step_ups',
  { id: t.uuid, deviceId: t.uuid.null, confirmedAt: t.instant.null, deviceKnown: t.bool },
  (p: { sessionIds: string[]; deviceIds: (string | null)[] }) => sql`
  select s.id, x.device_id, s.confirmed_at,
         exists (select from identity.devices d where d.user_id = s.user_id and d.device_id = x.device_id) as device_known
    from unnest(${p.sessionIds}::uuid[], ${p.deviceIds}::uuid[]) as x(session_id, device_id) join identity.sessions s on s.id = x.session_id`,
);
