-- delivery of goods that are no keys from a pool: each line with its promise, its state, and what somebody wrote into it.
create table delivery.lines (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  listing_id uuid not null,
  goods text not null,
  mode text not null check (mode in ('automatic', 'manual', 'direct', 'handover', 'shipping')),
  state text not null check (state in ('waiting', 'accepted', 'delivering', 'delivered', 'failed', 'cancelled')),
  -- The payment that funded the line, null when a wallet did: money that goes back goes there.
  payment_id uuid,
  paid_at timestamptz not null,
  -- Until when the shop should have accepted, only where somebody delivers by hand.
  accept_by timestamptz,
  -- The promise: from then on the buyer cancels with one click. And the end: from then on the money goes back by itself.
  promised_at timestamptz not null,
  due_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  started_at timestamptz,
  -- The promise was not kept; recorded when its time had come.
  late_at timestamptz,
  -- The line is under way elsewhere, so it is cancelled there before its money goes back.
  cancel_asked_at timestamptz,
  delivered_at timestamptz,
  ended_at timestamptz,
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  primary key (shop_id, order_id, line),
  foreign key (shop_id, order_id, line) references orders.lines (shop_id, order_id, number),
  check (promised_at <= due_at)
) with (fillfactor = 70);
create index lines_open on delivery.lines (shop_id, promised_at) where state in ('waiting', 'accepted', 'delivering');
create index lines_listing on delivery.lines (shop_id, listing_id, paid_at);
grant select, insert, update on delivery.lines to mengyue_app;

-- What was delivered by hand: one row a unit, sealed with the buyer's key. A correction is a new version.
create table delivery.contents (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place smallint not null check (place > 0),
  version smallint not null check (version > 0),
  buyer_id uuid not null,
  sealed bytea not null,
  by_id uuid not null,
  at timestamptz not null,
  revealed_at timestamptz,
  reveals integer not null default 0 check (reveals >= 0),
  primary key (shop_id, order_id, line, place, version),
  foreign key (shop_id, order_id, line) references delivery.lines (shop_id, order_id, line)
) with (fillfactor = 80);
grant select, insert, update on delivery.contents to mengyue_app;

-- Every look at it.
create table delivery.content_reveals (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place smallint not null,
  version smallint not null,
  nth integer not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, place, version, nth)
);
grant select, insert on delivery.content_reveals to mengyue_app;
