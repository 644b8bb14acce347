import { query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Language } from '../kit/text.ts';
import type { Instant } from '../kit/time.ts';
import type { ShopRole, StaffRole } from '../kit/viewer.ts';

export type UserKind = 'account' | 'guest';

export const insertUsers = statement(
  'identity.insert_users',
  (p: {
    ids: string[];
    kinds: string[];
    names: string[];
    languages: string[];
    passwords: (string | null)[];
    at: Instant;
  }) => sql`
  insert into identity.users (id, kind, name, language, password, created_at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.kinds}::text[], ${p.names}::text[], ${p.languages}::text[], ${p.passwords}::text[]) as x`,
);

export type ContactRows = { blinds: Buffer[]; userIds: string[]; kinds: string[]; sealed: Buffer[] };

/** Takes contacts for users; answers those it took. A contact that somebody has stays theirs. */
export const takeContacts = query(
  'identity.take_contacts',
  { userId: t.uuid },
  (p: ContactRows & { verifiedAts: (Instant | null)[]; at: Instant }) => sql`
  insert into identity.contacts (blind, user_id, kind, sealed, verified_at, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.blinds}::bytea[], ${p.userIds}::uuid[], ${p.kinds}::text[], ${p.sealed}::bytea[], ${tsAll(p.verifiedAts)}::timestamptz[]) as x
  on conflict (blind) do nothing returning user_id`,
);

export const insertGuests = statement(
  'identity.insert_guests',
  (p: ContactRows) => sql`
  insert into identity.guests (blind, user_id, kind, sealed)
  select * from unnest(${p.blinds}::bytea[], ${p.userIds}::uuid[], ${p.kinds}::text[], ${p.sealed}::bytea[])`,
);

/** Whoever logs in with this contact, and whether they know the device. */
export const findLogin = query(
  'identity.find_login',
  { userId: t.uuid, password: t.text.null, deviceKnown: t.bool, devices: t.int },
  (p: { blind: Buffer; deviceId: string | null }) => sql`
  select u.id as user_id, u.password,
         exists (select from identity.devices d where d.user_id = u.id and d.device_id = ${p.deviceId}::uuid) as device_known,
         (select count(*) from identity.devices d where d.user_id = u.id) as devices
    from identity.contacts c join identity.users u on u.id = c.user_id where c.blind = ${p.blind}::bytea`,
);

export const findUser = query(
  'identity.find_user',
  { kind: t.word<UserKind>(), name: t.text, language: t.word<Language>(), password: t.text.null },
  (p: { userId: string }) => sql`
  select kind, name, language, password from identity.users where id = ${p.userId}::uuid`,
);

export const findGuest = query(
  'identity.find_guest',
  { password: t.text.null, blind: t.bytes },
  (p: { guestId: string }) => sql`
  select u.password, g.blind from identity.guests g join identity.users u on u.id = g.user_id where g.user_id = ${p.guestId}::uuid`,
);

export const setPassword = statement(
  'identity.set_password',
  (p: { userId: string; from: string; to: string }) => sql`
  update identity.users set password = ${p.to} where id = ${p.userId}::uuid and password = ${p.from}`,
);

export const setLanguage = statement(
  'identity.set_language',
  (p: { userId: string; language: string }) => sql`
  update identity.users set language = ${p.language} where id = ${p.userId}::uuid`,
);

/** Who has the guest's orders now: the first claim stays. */
export const claimGuestRow = statement(
  'identity.claim_guest',
  (p: { guestId: string; userId: string; at: Instant }) => sql`
  insert into identity.guest_claims (guest_id, user_id, at) values (${p.guestId}::uuid, ${p.userId}::uuid, ${ts(p.at)}::timestamptz)
  on conflict (guest_id) do nothing`,
);

export const findClaim = query(
  'identity.find_claim',
  { userId: t.uuid },
  (p: { guestId: string }) => sql`
  select user_id from identity.guest_claims where guest_id = ${p.guestId}::uuid`,
);

export const insertMembers = statement(
  'identity.insert_members',
  (p: { shopIds: string[]; userIds: string[]; roles: ShopRole[]; at: Instant }) => sql`
  insert into identity.memberships (shop_id, user_id, role, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${p.shopIds}::uuid[], ${p.userIds}::uuid[], ${p.roles}::text[]) as x
  on conflict (shop_id, user_id, role) do nothing`,
);

export const readStaff = query(
  'identity.read_staff',
  { userId: t.uuid },
  (p: { roles: readonly StaffRole[] }) => sql`
  select distinct user_id from identity.staff where role = any(${p.roles}::text[]) order by user_id`,
);

export const insertStaff = statement(
  'identity.insert_staff',
  (p: { userIds: string[]; roles: StaffRole[]; at: Instant }) => sql`
  insert into identity.staff (user_id, role, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${p.userIds}::uuid[], ${p.roles}::text[]) as x
  on conflict (user_id, role) do nothing`,
);
