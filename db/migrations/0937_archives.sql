-- aftersales: the binder of an order, sealed after its completion, and supplements for what came later (F072, VGSR article 23).
create table aftersales.archives (
  shop_id uuid not null,
  order_id uuid not null,
  -- 1 is the archive, the others are supplements.
  number integer not null check (number > 0),
  -- The records of the order that it holds, the first and the last included.
  from_seq integer not null check (from_seq > 0),
  to_seq integer not null,
  -- RFC 6962 over the commitments of these records.
  root bytea not null check (octet_length(root) = 32),
  -- The record that says so, after which the next supplement begins.
  seal_seq integer not null,
  at timestamptz not null,
  primary key (shop_id, order_id, number),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id),
  check (to_seq >= from_seq and seal_seq = to_seq + 1)
);
grant select, insert on aftersales.archives to mengyue_app;
