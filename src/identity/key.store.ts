import { query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { StaffRole } from '../kit/viewer.ts';

export const countKeys = query(
  'identity.count_keys',
  { open: t.int },
  (p: { userId: string }) => sql`
  select count(*) as open from identity.api_keys where user_id = ${p.userId}::uuid and ended_at is null`,
);

/** Two keys at once are made one after the other, so that the limit holds. */
export const lockOwner = query(
  'identity.lock_owner',
  { id: t.uuid },
  (p: { userId: string }) => sql`
  select id from identity.users where id = ${p.userId}::uuid for update`,
);

export const insertKey = statement(
  'identity.insert_key',
  (p: { tokenHash: Buffer; id: string; userId: string; name: string; scopes: string[]; at: Instant }) => sql`
  insert into identity.api_keys (token_hash, id, user_id, name, scopes, created_at)
  values (${p.tokenHash}::bytea, ${p.id}::uuid, ${p.userId}::uuid, ${p.name}, ${p.scopes}::text[], ${ts(p.at)}::timestamptz)`,
);

export const useKey = statement(
  'identity.use_key',
  (p: { id: string; wall: Instant }) => sql`
  update identity.api_keys set used_at = ${ts(p.wall)}::timestamptz where id = ${p.id}::uuid`,
);

export const endKeyRow = statement(
  'identity.end_key',
  (p: { id: string; userId: string; wall: Instant }) => sql`
  update identity.api_keys set ended_at = ${ts(p.wall)}::timestamptz where id = ${p.id}::uuid and user_id = ${p.userId}::uuid and ended_at is null`,
);

/** Counts one try under each key, and answers how many there were in the window. In one order, so that two counts never wait for each other. */
export const countTries = query(
  'identity.count_tries',
  { scope: t.text, count: t.int },
  (p: { scopes: string[]; keys: Buffer[]; starts: Instant[] }) => sql`
  insert into identity.attempts as a (scope, key_hash, window_start, count)
  select x.*, 1 from unnest(${p.scopes}::text[], ${p.keys}::bytea[], ${tsAll(p.starts)}::timestamptz[]) as x(scope, key_hash, window_start)
   order by scope, key_hash
  on conflict (scope, key_hash, window_start) do update set count = a.count + 1
  returning scope, count`,
);

export const forgetTries = statement(
  'identity.forget_tries',
  (p: { scope: string; key: Buffer }) => sql`
  delete from identity.attempts where scope = ${p.scope} and key_hash = ${p.key}::bytea`,
);

export const deleteOldTries = statement(
  'identity.delete_old_tries',
  (p: { before: Instant }) => sql`
  delete from identity.attempts where window_start < ${ts(p.before)}::timestamptz`,
);

export const insertInvitation = statement(
  'identity.insert_invitation',
  (p: { tokenHash: Buffer; role: StaffRole; wall: Instant; end: Instant }) => sql`
  insert into identity.invitations (token_hash, role, created_at, expires_at)
  values (${p.tokenHash}::bytea, ${p.role}, ${ts(p.wall)}::timestamptz, ${ts(p.end)}::timestamptz)`,
);

/** Takes the invitation if nobody has: of two who try at once, one gets it. */
export const takeInvitation = query(
  'identity.take_invitation',
  { role: t.word<StaffRole>() },
  (p: { tokenHash: Buffer; userId: string; wall: Instant }) => sql`
  update identity.invitations set used_at = ${ts(p.wall)}::timestamptz, used_by = ${p.userId}::uuid
   where token_hash = ${p.tokenHash}::bytea and used_at is null and expires_at > ${ts(p.wall)}::timestamptz returning role`,
);
