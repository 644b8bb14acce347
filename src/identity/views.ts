import { query, sql, t, ts } from '../kit/sql.ts';
import type { Language } from '../kit/text.ts';
import type { Instant } from '../kit/time.ts';
import type { StaffRole, Viewer } from '../kit/viewer.ts';
import type { ContactKind } from './contract.ts';

const rights = sql`
  u.id as user_id, u.kind, u.name,
  array(select m.shop_id::text || ':' || m.role from identity.memberships m where m.user_id = u.id order by m.shop_id, m.role) as shops,
  array(select f.role from identity.staff f where f.user_id = u.id order by f.role) as staff,
  array(select c.guest_id from identity.guest_claims c where c.user_id = u.id order by c.guest_id) as guests`;
const rightsShape = {
  userId: t.uuid,
  kind: t.word<'account' | 'guest'>(),
  name: t.text,
  shops: t.array(t.text),
  staff: t.array(t.word<StaffRole>()),
  guests: t.array(t.uuid),
};

/** Everything that a request must know of its session, for the viewers of many requests in one look. */
export const viewersOfSessions = query(
  'identity.viewers_of_sessions',
  { ...rightsShape, asked: t.int, sessionId: t.uuid, seenAt: t.instant },
  (p: { tokenHashes: Buffer[]; wall: Instant }) => sql`
  select x.asked, s.id as session_id, s.seen_at, ${rights}
    from unnest(${p.tokenHashes}::bytea[]) with ordinality as x(token_hash, asked)
    join identity.sessions s on s.token_hash = x.token_hash join identity.users u on u.id = s.user_id
   where s.expires_at > ${ts(p.wall)}::timestamptz`,
);

export const viewerOfKey = query(
  'identity.viewer_of_key',
  { ...rightsShape, keyId: t.uuid, scopes: t.array(t.text), usedAt: t.instant.null },
  (p: { tokenHash: Buffer }) => sql`
  select k.id as key_id, k.scopes, k.used_at, ${rights}
    from identity.api_keys k join identity.users u on u.id = k.user_id
   where k.token_hash = ${p.tokenHash}::bytea and k.ended_at is null`,
);

/** Of these, everybody sees their own only. */
type Own = Pick<Viewer, 'userId'>;

export const sessionsOf = query(
  'identity.sessions_of',
  { id: t.uuid, userAgent: t.text, ip: t.text, createdAt: t.instant, seenAt: t.instant },
  (p: { viewer: Own; wall: Instant }) => sql`
  select id, user_agent, ip, created_at, seen_at from identity.sessions
   where user_id = ${p.viewer.userId}::uuid and expires_at > ${ts(p.wall)}::timestamptz order by seen_at desc, id desc`,
);

export const keysOf = query(
  'identity.keys_of',
  { id: t.uuid, name: t.text, scopes: t.array(t.text), createdAt: t.instant, usedAt: t.instant.null },
  (p: { viewer: Own }) => sql`
  select id, name, scopes, created_at, used_at from identity.api_keys where user_id = ${p.viewer.userId}::uuid and ended_at is null order by id desc`,
);

export const personOf = query(
  'identity.person_of',
  { name: t.text, language: t.word<Language>(), createdAt: t.instant },
  (p: { viewer: Own }) => sql`
  select name, language, created_at from identity.users where id = ${p.viewer.userId}::uuid`,
);

export const contactsOf = query(
  'identity.contacts_of',
  { kind: t.word<ContactKind>(), sealed: t.bytes, verifiedAt: t.instant.null },
  (p: { viewer: Own }) => sql`
  select kind, sealed, verified_at from identity.contacts where user_id = ${p.viewer.userId}::uuid
  union all
  select kind, sealed, null from identity.guests where user_id = ${p.viewer.userId}::uuid
  order by kind`,
);
