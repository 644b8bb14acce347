-- checkout: vouchers as they were made, so that one that is shown later can be told from one that was changed.
create table checkout.vouchers (
  shop_id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('order', 'payment')),
  body text not null,
  sha256 bytea not null unique check (octet_length(sha256) = 32),
  -- The event of the order's evidence that fixed the hash.
  event_seq integer not null,
  at timestamptz not null,
  primary key (shop_id, order_id, kind)
);
grant select, insert on checkout.vouchers to mengyue_app;

-- delivery: the code on a unit by which anybody sees where it came from. The code says nothing by itself.
create table delivery.provenance_tags (
  tag text primary key,
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  at timestamptz not null,
  unique (shop_id, order_id, line, place)
);
grant select, insert on delivery.provenance_tags to mengyue_app;
