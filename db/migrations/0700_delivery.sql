-- delivery: every unit sold is a row with its own reveal and its own fault.
create schema delivery;
grant usage on schema delivery to mengyue_app;

create table delivery.units (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  state text not null default 'sealed',
  delivered_at timestamptz not null,
  revealed_at timestamptz,
  decided_at timestamptz,
  reveals integer not null default 0,
  primary key (shop_id, pool_id, number)
) with (fillfactor = 70);
grant select, insert, update, delete on delivery.units to mengyue_app;

-- Every look at a key, also the second: who, when, from which device and address (hashed).
create table delivery.reveals (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  nth integer not null,
  order_id uuid not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null,
  primary key (shop_id, pool_id, number, nth)
);
grant select, insert on delivery.reveals to mengyue_app;

-- Units that were cancelled before anybody saw them: their number goes back on sale.
create table delivery.withdrawn (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  delivered_at timestamptz not null,
  at timestamptz not null,
  primary key (shop_id, id)
);
create index withdrawn_order on delivery.withdrawn (shop_id, order_id);
grant select, insert on delivery.withdrawn to mengyue_app;
