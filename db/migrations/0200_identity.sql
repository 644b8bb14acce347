-- identity: who somebody is, where they are logged in, and what they may do.
create schema identity;
grant usage on schema identity to mengyue_app;

-- An account has a contact and a password; a guest bought with a contact and an order password. Both are buyers.
create table identity.users (
  id uuid primary key,
  kind text not null check (kind in ('account', 'guest')),
  name text not null check (length(name) between 1 and 40),
  language text not null check (language in ('zh', 'en')),
  -- argon2id in the PHC string format; null for people who cannot log in.
  password text check (password like '$argon2id$%'),
  created_at timestamptz not null
);
grant select, insert, update on identity.users to mengyue_app;

-- How an account is reached and logs in. The blind index (a keyed hash) finds it without opening it, and is unique.
-- The reference is checked at the commit, so that taking a contact can come before making its user.
create table identity.contacts (
  blind bytea primary key check (octet_length(blind) = 32),
  user_id uuid not null references identity.users (id) deferrable initially deferred,
  kind text not null check (kind in ('email', 'phone')),
  sealed bytea not null,
  verified_at timestamptz,
  at timestamptz not null
);
create index contacts_user on identity.contacts (user_id);
grant select, insert, update, delete on identity.contacts to mengyue_app;

-- A guest's contact is not unique and finds nobody: two purchases with one phone number may be two people.
create table identity.guests (
  user_id uuid primary key references identity.users (id),
  kind text not null check (kind in ('email', 'phone')),
  blind bytea not null check (octet_length(blind) = 32),
  sealed bytea not null
);
grant select, insert on identity.guests to mengyue_app;

create table identity.guest_claims (
  guest_id uuid primary key references identity.users (id),
  user_id uuid not null references identity.users (id),
  at timestamptz not null
);
create index guest_claims_user on identity.guest_claims (user_id);
grant select, insert on identity.guest_claims to mengyue_app;

create table identity.memberships (
  shop_id uuid not null,
  user_id uuid not null references identity.users (id),
  role text not null check (role in ('owner', 'goods', 'orders', 'money')),
  at timestamptz not null,
  primary key (shop_id, user_id, role)
);
create index memberships_user on identity.memberships (user_id);
grant select, insert, delete on identity.memberships to mengyue_app;

create table identity.staff (
  user_id uuid not null references identity.users (id),
  role text not null check (role in ('admin', 'review', 'finance', 'risk', 'support', 'arbitrator')),
  at timestamptz not null,
  primary key (user_id, role)
);
grant select, insert, delete on identity.staff to mengyue_app;

-- The token is 256 random bits in the visitor's cookie; only its SHA-256 is here. Ending a session deletes its row.
create table identity.sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  id uuid not null unique,
  user_id uuid not null references identity.users (id),
  device_id uuid not null,
  user_agent text not null check (length(user_agent) <= 300),
  ip text not null check (length(ip) <= 64),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- The last time the password was typed again in this session.
  confirmed_at timestamptz
) with (fillfactor = 85);
create index sessions_user on identity.sessions (user_id);
create index sessions_expiry on identity.sessions (expires_at);
grant select, insert, update, delete on identity.sessions to mengyue_app;

-- Devices on which the password of this user was typed a second time, or on which the account was made.
create table identity.devices (
  user_id uuid not null references identity.users (id),
  device_id uuid not null,
  known_at timestamptz not null,
  primary key (user_id, device_id)
);
grant select, insert, delete on identity.devices to mengyue_app;

create table identity.api_keys (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  id uuid not null unique,
  user_id uuid not null references identity.users (id),
  name text not null check (length(name) between 1 and 40),
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);
create index api_keys_user on identity.api_keys (user_id);
grant select, insert, update on identity.api_keys to mengyue_app;

-- Fixed windows of the wall clock; a finished window says nothing any more and is swept away.
create table identity.attempts (
  scope text not null,
  key_hash bytea not null check (octet_length(key_hash) = 32),
  window_start timestamptz not null,
  count integer not null check (count > 0),
  primary key (scope, key_hash, window_start)
) with (fillfactor = 70);
grant select, insert, update, delete on identity.attempts to mengyue_app;

-- Links by which somebody becomes staff. Each works once.
create table identity.invitations (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  role text not null check (role in ('admin', 'review', 'finance', 'risk', 'support', 'arbitrator')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid references identity.users (id),
  check ((used_at is null) = (used_by is null))
);
grant select, insert, update on identity.invitations to mengyue_app;
