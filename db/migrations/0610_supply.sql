-- supply: who fills accounts for a shop, what each was asked with which number, and what it answered.
create schema supply;
grant usage on schema supply to mengyue_app;

-- A supplier of a shop. The key is sealed with the keys of the installation; the sandbox of a demo has none.
create table supply.suppliers (
  shop_id uuid not null,
  id uuid not null,
  name text not null,
  protocol text not null check (protocol in ('yrapi', 'sandbox')),
  address text not null,
  user_no text not null,
  key_sealed bytea,
  is_on boolean not null,
  -- Below this the shop is warned.
  alarm_fen bigint not null default 0 check (alarm_fen >= 0),
  at timestamptz not null,
  primary key (shop_id, id),
  check ((protocol = 'sandbox') = (key_sealed is null))
);
grant select, insert, update on supply.suppliers to mengyue_app;

-- How a supplier is doing (wall time): its balance when it was last asked, and how often in a row it gave no answer.
create table supply.health (
  shop_id uuid not null,
  supplier_id uuid not null,
  balance_fen bigint,
  balance_at timestamptz,
  trouble text,
  silences integer not null default 0,
  -- The circuit breaker: nothing new is sent before.
  open_until timestamptz,
  primary key (shop_id, supplier_id),
  foreign key (shop_id, supplier_id) references supply.suppliers (shop_id, id)
) with (fillfactor = 50);
grant select, insert, update on supply.health to mengyue_app;

-- What a supplier sells, as its catalogue said.
create table supply.products (
  shop_id uuid not null,
  supplier_id uuid not null,
  product_no text not null,
  name text not null,
  carrier text not null,
  price_fen bigint not null check (price_fen >= 0),
  on_sale boolean not null,
  at timestamptz not null,
  primary key (shop_id, supplier_id, product_no),
  foreign key (shop_id, supplier_id) references supply.suppliers (shop_id, id)
);
grant select, insert, update on supply.products to mengyue_app;

-- From whom a variant is supplied, in this order, and what it may cost at most.
create table supply.routes (
  shop_id uuid not null,
  variant_id uuid not null,
  place smallint not null check (place between 1 and 9),
  supplier_id uuid not null,
  product_no text not null,
  max_cost_fen bigint not null check (max_cost_fen > 0),
  primary key (shop_id, variant_id, place),
  foreign key (shop_id, supplier_id) references supply.suppliers (shop_id, id)
);
grant select, insert, delete on supply.routes to mengyue_app;

-- One account to fill for one line of an order. The account is sealed, and forgotten when the request has ended; its masked form stays.
create table supply.requests (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  variant_id uuid not null,
  face_fen bigint not null check (face_fen > 0),
  target_sealed bytea,
  masked text not null,
  state text not null check (state in ('open', 'held', 'done', 'failed', 'cancelled', 'abandoned')),
  -- Why nothing is under way.
  why text,
  attempts smallint not null default 0,
  at timestamptz not null,
  ended_at timestamptz,
  primary key (shop_id, order_id, line),
  check ((state in ('open', 'held')) = (ended_at is null)),
  check ((state in ('open', 'held')) = (target_sealed is not null))
) with (fillfactor = 70);
create index requests_held on supply.requests (shop_id, variant_id) where state = 'held';
grant select, insert, update on supply.requests to mengyue_app;

-- One attempt: one number at one supplier. Sending again uses the same number; only a new attempt has a new one.
create table supply.attempts (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth smallint not null check (nth > 0),
  number text not null,
  supplier_id uuid not null,
  product_no text not null,
  face_fen bigint not null check (face_fen > 0),
  max_cost_fen bigint not null check (max_cost_fen > 0),
  state text not null,
  -- What is done when due_at (wall) has come; due_at is null where nothing is left to be done.
  wish text not null check (wish in ('send', 'ask', 'cancel')),
  due_at timestamptz,
  sends smallint not null default 0,
  asks integer not null default 0,
  cancels smallint not null default 0,
  cancel_wanted boolean not null default false,
  -- The buyer got the money back meanwhile.
  abandoned boolean not null default false,
  -- The last sending that got no answer, and the refusal of the last one that got it.
  silent_at timestamptz,
  refusal text,
  supplier_no text,
  cost_fen bigint,
  charged_fen bigint,
  voucher text,
  said text,
  at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, number),
  unique (shop_id, order_id, line, nth),
  foreign key (shop_id, order_id, line) references supply.requests (shop_id, order_id, line),
  foreign key (shop_id, supplier_id) references supply.suppliers (shop_id, id)
) with (fillfactor = 60);
create index attempts_due on supply.attempts (due_at) where due_at is not null;
create index attempts_supplier on supply.attempts (shop_id, supplier_id, at);
grant select, insert, update on supply.attempts to mengyue_app;

-- Everything that was asked and what came back, never rewritten.
create table supply.exchanges (
  shop_id uuid not null,
  attempt_id uuid not null,
  nth integer not null,
  act text not null check (act in ('send', 'ask', 'cancel', 'notice')),
  answer text not null check (answer in ('ok', 'refused', 'unknown')),
  said text not null,
  at timestamptz not null,
  primary key (shop_id, attempt_id, nth)
);
grant select, insert on supply.exchanges to mengyue_app;

-- Every call of a supplier, the forged, stale and doubled ones too. A genuine one only makes us ask sooner.
create table supply.notices (
  shop_id uuid not null,
  id uuid not null,
  supplier_id uuid not null,
  attempt_id uuid,
  genuine boolean not null,
  decision text not null,
  body_hash bytea not null check (octet_length(body_hash) = 32),
  sender text not null,
  at timestamptz not null,
  primary key (shop_id, id)
);
create index notices_supplier on supply.notices (shop_id, supplier_id, body_hash);
grant select, insert on supply.notices to mengyue_app;
