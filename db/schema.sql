-- Printed by bin/schema.ts from the migrations; not to be edited.

create schema app;
create schema checkout;
create schema delivery;
create schema evidence;
create schema inventory;
create schema kit;
create schema ledger;
create schema orders;

create table app.migrations (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migrations_pkey PRIMARY KEY (number)
);

create table checkout.bought (
  shop_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  units bigint not null,
  constraint bought_pkey PRIMARY KEY (shop_id, listing_id, buyer_id)
);

create table checkout.checkouts (
  buyer_id uuid not null,
  idempotency_key text not null,
  input_hash bytea not null,
  state text not null,
  shop_ids uuid[] not null,
  order_ids uuid[] not null,
  total_fen bigint not null,
  paid_by text not null,
  payment_id uuid,
  acknowledgements jsonb not null,
  at timestamp with time zone not null,
  constraint checkouts_pkey PRIMARY KEY (buyer_id, idempotency_key),
  constraint checkouts_paid_by_check CHECK ((paid_by = ANY (ARRAY['wallet'::text, 'channel'::text]))),
  constraint checkouts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text, 'expired'::text, 'cancelled'::text]))),
  constraint checkouts_total_fen_check CHECK ((total_fen >= 0))
) with (fillfactor=90);

create table delivery.reveals (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  nth integer not null,
  order_id uuid not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamp with time zone not null,
  constraint reveals_pkey PRIMARY KEY (shop_id, pool_id, number, nth)
);

create table delivery.units (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  state text default 'sealed'::text not null,
  delivered_at timestamp with time zone not null,
  revealed_at timestamp with time zone,
  decided_at timestamp with time zone,
  reveals integer default 0 not null,
  constraint units_pkey PRIMARY KEY (shop_id, pool_id, number)
) with (fillfactor=70);

create table evidence.bundles (
  number bigint not null,
  data bytea not null,
  constraint bundles_pkey PRIMARY KEY (number),
  constraint bundles_number_check CHECK ((number >= 0))
);

create table evidence.checkpoints (
  size bigint not null,
  root bytea not null,
  constraint checkpoints_pkey PRIMARY KEY (size),
  constraint checkpoints_root_check CHECK ((octet_length(root) = 32)),
  constraint checkpoints_size_check CHECK ((size > 0))
);

create table evidence.cosignatures (
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamp with time zone not null,
  constraint cosignatures_pkey PRIMARY KEY (size, witness),
  constraint cosignatures_size_fkey FOREIGN KEY (size) REFERENCES evidence.notes(size)
);

create table evidence.edges (
  level integer not null,
  number bigint not null,
  data bytea not null,
  constraint edges_pkey PRIMARY KEY (level),
  constraint edges_level_check CHECK (((level >= '-1'::integer) AND (level <= 63)))
);

create table evidence.events (
  shop_id uuid not null,
  about uuid not null,
  seq integer not null,
  kind text not null,
  at timestamp with time zone not null,
  commitment bytea not null,
  payload bytea not null,
  prev bytea,
  key_owner uuid not null,
  constraint events_pkey PRIMARY KEY (shop_id, about, seq),
  constraint events_check CHECK (((seq = 1) = (prev IS NULL))),
  constraint events_commitment_check CHECK ((octet_length(commitment) = 32)),
  constraint events_prev_check CHECK ((octet_length(prev) = 32)),
  constraint events_seq_check CHECK ((seq > 0))
);

create table evidence.leaves (
  index bigint not null,
  shop_id uuid not null,
  about uuid not null,
  seq integer not null,
  leaf_hash bytea not null,
  constraint leaves_pkey PRIMARY KEY (index),
  constraint leaves_shop_id_about_seq_key UNIQUE (shop_id, about, seq),
  constraint leaves_index_check CHECK ((index >= 0)),
  constraint leaves_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32))
);

create table evidence.notes (
  size bigint not null,
  note text not null,
  at timestamp with time zone not null,
  constraint notes_pkey PRIMARY KEY (size),
  constraint notes_size_check CHECK ((size >= 0))
);

create table evidence.pending (
  id uuid not null,
  events integer not null,
  shop_ids uuid[] not null,
  abouts uuid[] not null,
  seqs integer[] not null,
  commitments bytea not null,
  at timestamp with time zone not null,
  public_leaves text[],
  constraint pending_pkey PRIMARY KEY (id),
  constraint pending_check CHECK ((octet_length(commitments) = (events * 32))),
  constraint pending_events_check CHECK ((events > 0))
);

create table evidence.tiles (
  level integer not null,
  number bigint not null,
  data bytea not null,
  constraint tiles_pkey PRIMARY KEY (level, number),
  constraint tiles_data_check CHECK ((octet_length(data) = 8192)),
  constraint tiles_level_check CHECK (((level >= 0) AND (level <= 63))),
  constraint tiles_number_check CHECK ((number >= 0))
);

create table evidence.user_keys (
  user_id uuid not null,
  wrapped bytea not null,
  constraint user_keys_pkey PRIMARY KEY (user_id)
);

create table inventory.keys (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  batch_id uuid not null,
  sealed bytea not null,
  expires_at timestamp with time zone,
  voided_at timestamp with time zone,
  constraint keys_pkey PRIMARY KEY (shop_id, pool_id, number),
  constraint keys_shop_id_pool_id_fkey FOREIGN KEY (shop_id, pool_id) REFERENCES inventory.pools(shop_id, id)
);

create table inventory.pools (
  shop_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  next_number bigint default 1 not null,
  last_number bigint default 0 not null,
  reserved bigint default 0 not null,
  on_hand bigint default 0 not null,
  returned integer default 0 not null,
  careful boolean default false not null,
  alarm_at bigint default 0 not null,
  constraint pools_pkey PRIMARY KEY (shop_id, id),
  constraint pools_on_hand_check CHECK ((on_hand >= 0)),
  constraint pools_reserved_check CHECK ((reserved >= 0)),
  constraint pools_returned_check CHECK ((returned >= 0))
) with (fillfactor=50);

create table inventory.reservations (
  shop_id uuid not null,
  pool_id uuid not null,
  order_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  address_hash bytea not null,
  quantity bigint not null,
  until timestamp with time zone not null,
  constraint reservations_pkey PRIMARY KEY (shop_id, pool_id, order_id),
  constraint reservations_quantity_check CHECK ((quantity > 0))
);

create table inventory.returned (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null,
  constraint returned_pkey PRIMARY KEY (shop_id, pool_id, number)
);

create table kit.answers (
  scope text not null,
  key text not null,
  input_hash bytea not null,
  answer jsonb,
  at timestamp with time zone not null,
  constraint answers_pkey PRIMARY KEY (scope, key)
);

create table kit.clock (
  one boolean default true not null,
  offset_ms bigint not null,
  movable boolean not null,
  constraint clock_pkey PRIMARY KEY (one),
  constraint clock_offset_ms_check CHECK ((offset_ms >= 0)),
  constraint clock_one_check CHECK (one)
);

create table kit.deadlines (
  shop_id uuid not null,
  about uuid not null,
  what text not null,
  due_at timestamp with time zone not null,
  start_at timestamp with time zone not null,
  article text not null,
  version text not null,
  clock text not null,
  constraint deadlines_pkey PRIMARY KEY (shop_id, about, what),
  constraint deadlines_clock_check CHECK ((clock = ANY (ARRAY['elapsed'::text, 'day'::text, 'workday'::text])))
);

create table kit.marks (
  name text not null,
  value text not null,
  constraint marks_pkey PRIMARY KEY (name)
);

create table kit.outbox (
  id uuid not null,
  event text not null,
  body jsonb not null,
  at timestamp with time zone not null,
  attempts integer default 0 not null,
  retry_at timestamp with time zone,
  error text,
  constraint outbox_pkey PRIMARY KEY (id)
);

create table ledger.accounts (
  kind text not null,
  id text not null,
  balance_fen bigint not null,
  debits bigint default 0 not null,
  constraint accounts_pkey PRIMARY KEY (kind, id),
  constraint accounts_balance_fen_check CHECK ((balance_fen >= 0)),
  constraint accounts_kind_check CHECK ((kind = ANY (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text])))
) with (fillfactor=70);

create table ledger.transfers (
  key uuid not null,
  leg smallint not null,
  kind text not null,
  debit_kind text not null,
  debit_id text not null,
  debit_seq bigint,
  debit_left_fen bigint,
  credit_kind text not null,
  credit_id text not null,
  amount_fen bigint not null,
  about uuid not null,
  at timestamp with time zone not null,
  constraint transfers_pkey PRIMARY KEY (key, leg),
  constraint transfers_amount_fen_check CHECK ((amount_fen > 0)),
  constraint transfers_check CHECK (((debit_kind <> credit_kind) OR (debit_id <> credit_id))),
  constraint transfers_check1 CHECK (((debit_seq IS NULL) = (debit_left_fen IS NULL))),
  constraint transfers_check2 CHECK (((debit_seq IS NOT NULL) OR (debit_kind <> ALL (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text, 'escrow'::text, 'unapplied'::text, 'refund'::text, 'payout'::text])))),
  constraint transfers_debit_left_fen_check CHECK ((debit_left_fen >= 0))
);

create table orders.holds (
  shop_id uuid not null,
  order_id uuid not null,
  reason text not null,
  ref uuid not null,
  at timestamp with time zone not null,
  constraint holds_pkey PRIMARY KEY (shop_id, order_id, reason, ref)
);

create table orders.lines (
  shop_id uuid not null,
  order_id uuid not null,
  number smallint not null,
  listing_id uuid not null,
  version integer not null,
  variant_id uuid not null,
  pool_id uuid not null,
  goods text not null,
  quantity integer not null,
  price_fen bigint not null,
  total_fen bigint not null,
  components jsonb not null,
  fee_bps smallint not null,
  numbers bigint[] default '{}'::bigint[] not null,
  constraint lines_pkey PRIMARY KEY (shop_id, order_id, number),
  constraint lines_price_fen_check CHECK ((price_fen >= 0)),
  constraint lines_quantity_check CHECK ((quantity > 0)),
  constraint lines_total_fen_check CHECK ((total_fen >= 0)),
  constraint lines_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
) with (fillfactor=90);

create table orders.orders (
  shop_id uuid not null,
  id uuid not null,
  buyer_id uuid not null,
  checkout_key text not null,
  state text not null,
  first_event text not null,
  total_fen bigint not null,
  rulebook text not null,
  settle_days smallint not null,
  steps integer default 1 not null,
  placed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  completed_at timestamp with time zone,
  release_at timestamp with time zone,
  released_at timestamp with time zone,
  refunded_fen bigint default 0 not null,
  constraint orders_pkey PRIMARY KEY (shop_id, id),
  constraint orders_check CHECK ((refunded_fen <= total_fen)),
  constraint orders_first_event_check CHECK ((first_event = ANY (ARRAY['purchase'::text, 'place'::text]))),
  constraint orders_refunded_fen_check CHECK ((refunded_fen >= 0)),
  constraint orders_total_fen_check CHECK ((total_fen >= 0))
) with (fillfactor=80);

create table orders.steps (
  shop_id uuid not null,
  order_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  at timestamp with time zone not null,
  constraint steps_pkey PRIMARY KEY (shop_id, order_id, step),
  constraint steps_step_check CHECK ((step > 1))
);

CREATE UNIQUE INDEX checkouts_payment ON checkout.checkouts USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE UNIQUE INDEX pools_variant ON inventory.pools USING btree (variant_id);

CREATE INDEX reservations_address ON inventory.reservations USING btree (address_hash);

CREATE INDEX reservations_buyer ON inventory.reservations USING btree (buyer_id);

CREATE INDEX deadlines_due ON kit.deadlines USING btree (what, due_at);

CREATE INDEX transfers_credits ON ledger.transfers USING btree (credit_kind, credit_id, at) WHERE (credit_kind = ANY (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text, 'receivable'::text, 'unapplied'::text, 'refund'::text, 'payout'::text]));

CREATE UNIQUE INDEX transfers_debits ON ledger.transfers USING btree (debit_kind, debit_id, debit_seq) WHERE (debit_seq IS NOT NULL);

CREATE INDEX orders_buyer ON orders.orders USING btree (buyer_id, id);
grant usage on schema checkout to mengyue_app;
grant usage on schema delivery to mengyue_app;
grant usage on schema evidence to mengyue_app;
grant usage on schema inventory to mengyue_app;
grant usage on schema kit to mengyue_app;
grant usage on schema ledger to mengyue_app;
grant usage on schema orders to mengyue_app;
grant insert, select, update on table checkout.bought to mengyue_app;
grant insert, select, update on table checkout.checkouts to mengyue_app;
grant insert, select on table delivery.reveals to mengyue_app;
grant delete, insert, select, update on table delivery.units to mengyue_app;
grant insert, select on table evidence.bundles to mengyue_app;
grant insert, select on table evidence.checkpoints to mengyue_app;
grant insert, select on table evidence.cosignatures to mengyue_app;
grant insert, select, update on table evidence.edges to mengyue_app;
grant insert, select on table evidence.events to mengyue_app;
grant insert, select on table evidence.leaves to mengyue_app;
grant insert, select on table evidence.notes to mengyue_app;
grant delete, insert, select on table evidence.pending to mengyue_app;
grant insert, select on table evidence.tiles to mengyue_app;
grant delete, insert, select on table evidence.user_keys to mengyue_app;
grant insert, select, update on table inventory.keys to mengyue_app;
grant insert, select, update on table inventory.pools to mengyue_app;
grant delete, insert, select on table inventory.reservations to mengyue_app;
grant delete, insert, select on table inventory.returned to mengyue_app;
grant delete, insert, select, update on table kit.answers to mengyue_app;
grant select, update on table kit.clock to mengyue_app;
grant delete, insert, select, update on table kit.deadlines to mengyue_app;
grant insert, select, update on table kit.marks to mengyue_app;
grant delete, insert, select, update on table kit.outbox to mengyue_app;
grant insert, select, update on table ledger.accounts to mengyue_app;
grant insert, select on table ledger.transfers to mengyue_app;
grant delete, insert, select on table orders.holds to mengyue_app;
grant insert, select, update on table orders.lines to mengyue_app;
grant insert, select, update on table orders.orders to mengyue_app;
grant insert, select on table orders.steps to mengyue_app;
