-- orders: what was bought, from whom, at which terms, and every step of its life.
create schema orders;
grant usage on schema orders to mengyue_app;

create table orders.orders (
  shop_id uuid not null,
  id uuid not null,
  buyer_id uuid not null,
  checkout_key text not null,
  state text not null,
  -- A straight-through purchase is one step: 'purchase'. An order that waited for its money began with 'place', one that was paid at once
  -- and is delivered later with 'order'.
  first_event text not null check (first_event in ('purchase', 'place', 'order')),
  -- 'pool': keys, given with the payment. All other goods are delivered later; the lines of an order have one mode.
  mode text not null default 'pool' check (mode in ('pool', 'automatic', 'manual', 'direct', 'handover', 'shipping')),
  total_fen bigint not null check (total_fen >= 0),
  rulebook text not null,
  settle_days smallint not null,
  steps integer not null default 1,
  placed_at timestamptz not null,
  paid_at timestamptz,
  completed_at timestamptz,
  release_at timestamptz,
  released_at timestamptz,
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  primary key (shop_id, id),
  check (refunded_fen <= total_fen)
) with (fillfactor = 60);
create index orders_buyer on orders.orders (buyer_id, id);
grant select, insert, update on orders.orders to mengyue_app;

create table orders.lines (
  shop_id uuid not null,
  order_id uuid not null,
  number smallint not null,
  listing_id uuid not null,
  version integer not null,
  variant_id uuid not null,
  pool_id uuid not null,
  goods text not null,
  quantity integer not null check (quantity > 0),
  price_fen bigint not null check (price_fen >= 0),
  total_fen bigint not null check (total_fen >= 0),
  -- How the price came about: base price, wholesale tier, price group, each with its amount.
  components jsonb not null,
  fee_bps smallint not null,
  -- The numbers of the pool that this line got; empty until the money is there.
  numbers bigint[] not null default '{}',
  primary key (shop_id, order_id, number),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id)
) with (fillfactor = 60);
grant select, insert, update on orders.lines to mengyue_app;

-- Steps after the first, which stands in the order itself.
create table orders.steps (
  shop_id uuid not null,
  order_id uuid not null,
  step integer not null check (step > 1),
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  at timestamptz not null,
  primary key (shop_id, order_id, step)
);
grant select, insert on orders.steps to mengyue_app;

-- What the buyer answered at the checkout, sealed with the buyer's key: whoever is erased, their answers are.
create table orders.answers (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  buyer_id uuid not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line),
  foreign key (shop_id, order_id, line) references orders.lines (shop_id, order_id, number)
);
grant select, insert on orders.answers to mengyue_app;

-- Why money of a line may not be released: a set of reasons, each with its author.
create table orders.holds (
  shop_id uuid not null,
  order_id uuid not null,
  reason text not null,
  ref uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, reason, ref)
);
grant select, insert, delete on orders.holds to mengyue_app;
