-- delivery: software licences. One model behind both dialects; a licence is one unit of an order line, a machine one seat of it.

-- Who signs for a shop: an ed25519 pair whose public half is built into the shop's software, so it is never changed.
create table delivery.licence_accounts (
  shop_id uuid not null primary key,
  public_key bytea not null check (octet_length(public_key) = 32),
  -- The data key that seals the private half and the licence keys of this shop, itself wrapped by the master key.
  wrapped bytea not null,
  sealed_private bytea not null,
  made_at timestamptz not null
);
grant select, insert on delivery.licence_accounts to mengyue_app;

create table delivery.licences (
  shop_id uuid not null references delivery.licence_accounts (shop_id),
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  -- Which of the units of the line, from 1.
  place integer not null check (place > 0),
  buyer_id uuid not null,
  listing_id uuid not null,
  version integer not null,
  variant_id uuid not null,
  state text not null check (state in ('active', 'suspended')),
  -- What the pinned version promised; it never changes under a buyer.
  policy jsonb not null,
  sealed bytea not null,
  -- HMAC of the normalised key: found by it, never read from it. The last characters are for people.
  blind bytea not null check (octet_length(blind) = 32),
  tail text not null,
  seats integer check (seats > 0),
  machines integer not null default 0,
  uses_max bigint check (uses_max > 0),
  uses bigint not null default 0,
  validations bigint not null default 0,
  last_validated_at timestamptz,
  expires_at timestamptz,
  issued_at timestamptz not null,
  revealed_at timestamptz,
  reveals integer not null default 0,
  activated_at timestamptz,
  logged integer not null default 0,
  primary key (shop_id, id),
  check (machines >= 0 and (seats is null or machines <= seats)),
  check (uses >= 0 and (uses_max is null or uses <= uses_max))
) with (fillfactor = 70);
create unique index licences_blind on delivery.licences (blind);
create unique index licences_unit on delivery.licences (shop_id, order_id, line, place);
create index licences_buyer on delivery.licences (buyer_id, id);
grant select, insert, update on delivery.licences to mengyue_app;

-- A device that holds a seat. `scope` is where its fingerprint is unique: the licence, the listing or the shop, as the policy says.
create table delivery.machines (
  shop_id uuid not null,
  licence_id uuid not null,
  id uuid not null,
  scope uuid not null,
  fingerprint text not null,
  name text not null,
  platform text not null,
  hostname text not null,
  components jsonb not null,
  metadata jsonb not null,
  activated_at timestamptz not null,
  seen_at timestamptz not null,
  checked_out_at timestamptz,
  primary key (shop_id, licence_id, id),
  foreign key (shop_id, licence_id) references delivery.licences (shop_id, id)
) with (fillfactor = 80);
create unique index machines_fingerprint on delivery.machines (shop_id, scope, fingerprint);
create index machines_of_licence on delivery.machines (shop_id, licence_id, fingerprint);
grant select, insert, update, delete on delivery.machines to mengyue_app;

-- Everything that was done with a licence, and every activation that was refused. It only grows.
create table delivery.licence_log (
  shop_id uuid not null,
  licence_id uuid not null,
  nth integer not null,
  event text not null,
  machine_id uuid,
  fingerprint text,
  device text,
  -- Why it was refused or suspended: a code.
  why text,
  by_kind text not null,
  by_id uuid,
  address_hash bytea,
  at timestamptz not null,
  primary key (shop_id, licence_id, nth),
  foreign key (shop_id, licence_id) references delivery.licences (shop_id, id)
);
grant select, insert on delivery.licence_log to mengyue_app;

-- Why a licence does not work at the moment: a set of reasons. It works again when none is left.
create table delivery.licence_suspensions (
  shop_id uuid not null,
  licence_id uuid not null,
  reason text not null check (reason in ('refund', 'case', 'hold')),
  ref uuid not null,
  at timestamptz not null,
  primary key (shop_id, licence_id, reason, ref),
  foreign key (shop_id, licence_id) references delivery.licences (shop_id, id)
);
grant select, insert, delete on delivery.licence_suspensions to mengyue_app;
