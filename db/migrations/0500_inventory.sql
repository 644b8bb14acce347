-- inventory: pools of numbered card keys. Numbers are given by a cursor; a reservation counts and does not number.
create schema inventory;
grant usage on schema inventory to mengyue_app;

create table inventory.pools (
  shop_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  -- The number that is sold next, and the last that was imported. Numbers between may be holes (voided or expired keys).
  next_number bigint not null default 1,
  last_number bigint not null default 0,
  reserved bigint not null default 0 check (reserved >= 0),
  -- Usable keys that are neither sold nor reserved-for-nobody: imported − sold − voided + returned. What a buyer can have is on_hand − reserved.
  on_hand bigint not null default 0 check (on_hand >= 0),
  returned integer not null default 0 check (returned >= 0),
  -- Some keys of this pool expire or were voided: numbers are then chosen by looking at the keys.
  careful boolean not null default false,
  alarm_at bigint not null default 0,
  primary key (shop_id, id)
) with (fillfactor = 50);
create unique index pools_variant on inventory.pools (variant_id);
grant select, insert, update on inventory.pools to mengyue_app;

create table inventory.keys (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  batch_id uuid not null,
  sealed bytea not null,
  expires_at timestamptz,
  voided_at timestamptz,
  primary key (shop_id, pool_id, number),
  foreign key (shop_id, pool_id) references inventory.pools (shop_id, id)
);
grant select, insert, update on inventory.keys to mengyue_app;

-- Keys whose order was cancelled before anybody saw them; they are sold first.
create table inventory.returned (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamptz not null,
  primary key (shop_id, pool_id, number)
);
grant select, insert, delete on inventory.returned to mengyue_app;

-- Unpaid orders: what they hold, for whom, until when.
create table inventory.reservations (
  shop_id uuid not null,
  pool_id uuid not null,
  order_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  address_hash bytea not null,
  quantity bigint not null check (quantity > 0),
  until timestamptz not null,
  primary key (shop_id, pool_id, order_id)
);
create index reservations_buyer on inventory.reservations (buyer_id);
create index reservations_address on inventory.reservations (address_hash);
grant select, insert, delete on inventory.reservations to mengyue_app;
