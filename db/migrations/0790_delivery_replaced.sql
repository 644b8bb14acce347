-- delivery: keys that were dead and replaced by others of the same line; what was stays known, with the key that took its place.
create table delivery.replaced (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  by_number bigint not null,
  delivered_at timestamptz not null,
  revealed_at timestamptz,
  reveals integer not null,
  at timestamptz not null,
  primary key (shop_id, pool_id, number)
);
create index replaced_order on delivery.replaced (shop_id, order_id);
grant select, insert on delivery.replaced to mengyue_app;
