-- Printed by bin/schema.ts from the migrations; not to be edited.

create schema app;
create schema catalog;
create schema checkout;
create schema delivery;
create schema evidence;
create schema identity;
create schema inventory;
create schema kit;
create schema ledger;
create schema merchants;
create schema notifications;
create schema orders;
create schema payments;

create table app.migrations (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migrations_pkey PRIMARY KEY (number)
);

create table catalog.cards (
  shop_id uuid not null,
  listing_id uuid not null,
  state text not null,
  category_id uuid not null,
  title text not null,
  subtitle text not null,
  goods text not null,
  face_colour text not null,
  face_title text not null,
  face_subtitle text not null,
  delivery_mode text not null,
  delivery_seconds integer not null,
  price_fen bigint not null,
  price_max_fen bigint not null,
  variant_ids uuid[] not null,
  found_by text not null,
  grams text[] not null,
  constraint cards_pkey PRIMARY KEY (shop_id, listing_id),
  constraint cards_check CHECK ((price_max_fen >= price_fen)),
  constraint cards_price_fen_check CHECK ((price_fen >= 0)),
  constraint cards_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'suspended'::text, 'delisted'::text]))),
  constraint cards_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
);

create table catalog.categories (
  id uuid not null,
  slug text not null,
  name_zh text not null,
  name_en text not null,
  icon text not null,
  "position" smallint not null,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_slug_key UNIQUE (slug)
);

create table catalog.group_members (
  shop_id uuid not null,
  user_id uuid not null,
  group_id uuid not null,
  constraint group_members_pkey PRIMARY KEY (shop_id, user_id),
  constraint group_members_shop_id_group_id_fkey FOREIGN KEY (shop_id, group_id) REFERENCES catalog.groups(shop_id, id)
);

create table catalog.groups (
  shop_id uuid not null,
  id uuid not null,
  name text not null,
  discount_bps smallint not null,
  constraint groups_pkey PRIMARY KEY (shop_id, id),
  constraint groups_discount_bps_check CHECK (((discount_bps >= 0) AND (discount_bps <= 9000))),
  constraint groups_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table catalog.listing_versions (
  shop_id uuid not null,
  listing_id uuid not null,
  version integer not null,
  content jsonb not null,
  hash bytea not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint listing_versions_pkey PRIMARY KEY (shop_id, listing_id, version),
  constraint listing_versions_hash_check CHECK ((octet_length(hash) = 32)),
  constraint listing_versions_version_check CHECK ((version > 0)),
  constraint listing_versions_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
);

create table catalog.listings (
  shop_id uuid not null,
  id uuid not null,
  state text not null,
  version integer not null,
  category_id uuid not null,
  created_at timestamp with time zone not null,
  constraint listings_pkey PRIMARY KEY (shop_id, id),
  constraint listings_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'suspended'::text, 'delisted'::text]))),
  constraint listings_version_check CHECK ((version > 0)),
  constraint listings_category_id_fkey FOREIGN KEY (category_id) REFERENCES catalog.categories(id),
  constraint listings_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table catalog.variants (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  name text not null,
  "position" smallint not null,
  state text not null,
  constraint variants_pkey PRIMARY KEY (shop_id, id),
  constraint variants_state_check CHECK ((state = ANY (ARRAY['live'::text, 'off'::text]))),
  constraint variants_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
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

create table delivery.withdrawn (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  delivered_at timestamp with time zone not null,
  at timestamp with time zone not null,
  constraint withdrawn_pkey PRIMARY KEY (shop_id, id)
);

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

create table identity.api_keys (
  token_hash bytea not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (token_hash),
  constraint api_keys_id_key UNIQUE (id),
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint api_keys_scopes_check CHECK ((cardinality(scopes) > 0)),
  constraint api_keys_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.attempts (
  scope text not null,
  key_hash bytea not null,
  window_start timestamp with time zone not null,
  count integer not null,
  constraint attempts_pkey PRIMARY KEY (scope, key_hash, window_start),
  constraint attempts_count_check CHECK ((count > 0)),
  constraint attempts_key_hash_check CHECK ((octet_length(key_hash) = 32))
) with (fillfactor=70);

create table identity.contacts (
  blind bytea not null,
  user_id uuid not null,
  kind text not null,
  sealed bytea not null,
  verified_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint contacts_pkey PRIMARY KEY (blind),
  constraint contacts_blind_check CHECK ((octet_length(blind) = 32)),
  constraint contacts_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
  constraint contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) DEFERRABLE INITIALLY DEFERRED
);

create table identity.devices (
  user_id uuid not null,
  device_id uuid not null,
  known_at timestamp with time zone not null,
  constraint devices_pkey PRIMARY KEY (user_id, device_id),
  constraint devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.guest_claims (
  guest_id uuid not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  constraint guest_claims_pkey PRIMARY KEY (guest_id),
  constraint guest_claims_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES identity.users(id),
  constraint guest_claims_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.guests (
  user_id uuid not null,
  kind text not null,
  blind bytea not null,
  sealed bytea not null,
  constraint guests_pkey PRIMARY KEY (user_id),
  constraint guests_blind_check CHECK ((octet_length(blind) = 32)),
  constraint guests_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
  constraint guests_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.invitations (
  token_hash bytea not null,
  role text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_by uuid,
  constraint invitations_pkey PRIMARY KEY (token_hash),
  constraint invitations_check CHECK (((used_at IS NULL) = (used_by IS NULL))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'review'::text, 'finance'::text, 'risk'::text, 'support'::text, 'arbitrator'::text]))),
  constraint invitations_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint invitations_used_by_fkey FOREIGN KEY (used_by) REFERENCES identity.users(id)
);

create table identity.memberships (
  shop_id uuid not null,
  user_id uuid not null,
  role text not null,
  at timestamp with time zone not null,
  constraint memberships_pkey PRIMARY KEY (shop_id, user_id, role),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'goods'::text, 'orders'::text, 'money'::text]))),
  constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.sessions (
  token_hash bytea not null,
  id uuid not null,
  user_id uuid not null,
  device_id uuid not null,
  user_agent text not null,
  ip text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_id_key UNIQUE (id),
  constraint sessions_ip_check CHECK ((length(ip) <= 64)),
  constraint sessions_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint sessions_user_agent_check CHECK ((length(user_agent) <= 300)),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
) with (fillfactor=85);

create table identity.staff (
  user_id uuid not null,
  role text not null,
  at timestamp with time zone not null,
  constraint staff_pkey PRIMARY KEY (user_id, role),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'review'::text, 'finance'::text, 'risk'::text, 'support'::text, 'arbitrator'::text]))),
  constraint staff_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.users (
  id uuid not null,
  kind text not null,
  name text not null,
  language text not null,
  password text,
  created_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'guest'::text]))),
  constraint users_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint users_password_check CHECK ((password ~~ '$argon2id$%'::text))
);

create table inventory.alarms (
  shop_id uuid not null,
  pool_id uuid not null,
  at timestamp with time zone not null,
  constraint alarms_pkey PRIMARY KEY (shop_id, pool_id)
);

create table inventory.attempts (
  shop_id uuid not null,
  day date not null,
  hits bigint not null,
  constraint attempts_pkey PRIMARY KEY (shop_id, day),
  constraint attempts_hits_check CHECK ((hits > 0))
);

create table inventory.batches (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  first_number bigint not null,
  count bigint not null,
  root bytea not null,
  source text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint batches_pkey PRIMARY KEY (shop_id, id),
  constraint batches_shop_id_pool_id_first_number_key UNIQUE (shop_id, pool_id, first_number),
  constraint batches_count_check CHECK ((count > 0)),
  constraint batches_first_number_check CHECK ((first_number > 0)),
  constraint batches_root_check CHECK ((octet_length(root) = 32)),
  constraint batches_shop_id_pool_id_fkey FOREIGN KEY (shop_id, pool_id) REFERENCES inventory.pools(shop_id, id)
);

create table inventory.commitments (
  shop_id uuid not null,
  batch_id uuid not null,
  part integer not null,
  leaves bytea not null,
  constraint commitments_pkey PRIMARY KEY (shop_id, batch_id, part)
);

create table inventory.data_keys (
  shop_id uuid not null,
  id uuid not null,
  wrapped bytea not null,
  at timestamp with time zone not null,
  constraint data_keys_pkey PRIMARY KEY (shop_id, id)
);

create table inventory.fingerprints (
  fingerprint bytea not null,
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null,
  constraint fingerprints_pkey PRIMARY KEY (fingerprint)
);

create table inventory.imports (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  by_id uuid not null,
  state text not null,
  file_name text not null,
  source text not null,
  settings jsonb not null,
  counts jsonb not null,
  refusal text,
  wrapped bytea,
  detail bytea,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (shop_id, id),
  constraint imports_check CHECK (((detail IS NULL) OR (wrapped IS NOT NULL))),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'queued'::text, 'done'::text, 'refused'::text, 'discarded'::text])))
);

create table inventory.keys (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  batch_id uuid not null,
  sealed bytea not null,
  expires_at timestamp with time zone,
  voided_at timestamp with time zone,
  constraint keys_pkey PRIMARY KEY (shop_id, pool_id, number)
);

create table inventory.levels (
  shop_id uuid not null,
  pool_id uuid not null,
  day date not null,
  given bigint not null,
  constraint levels_pkey PRIMARY KEY (shop_id, pool_id, day)
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

create table inventory.progress (
  shop_id uuid not null,
  import_id uuid not null,
  rows_done bigint not null,
  rows_all bigint not null,
  constraint progress_pkey PRIMARY KEY (shop_id, import_id)
);

create table inventory.quarantine (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  import_id uuid not null,
  row_number bigint not null,
  data_key_id uuid not null,
  sealed bytea not null,
  fingerprint bytea not null,
  other_shop_id uuid not null,
  other_pool_id uuid not null,
  other_number bigint not null,
  at timestamp with time zone not null,
  constraint quarantine_pkey PRIMARY KEY (shop_id, id)
);

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

create table inventory.uploads (
  shop_id uuid not null,
  import_id uuid not null,
  part integer not null,
  sealed bytea not null,
  constraint uploads_pkey PRIMARY KEY (shop_id, import_id, part)
);

create table inventory.withdrawals (
  shop_id uuid not null,
  batch_id uuid not null,
  by_id uuid not null,
  count bigint not null,
  at timestamp with time zone not null,
  constraint withdrawals_pkey PRIMARY KEY (shop_id, batch_id)
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

create table merchants.shops (
  id uuid not null,
  name text not null,
  slug text not null,
  intro text not null,
  tier text not null,
  fee_bps smallint not null,
  opened_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  constraint shops_pkey PRIMARY KEY (id),
  constraint shops_slug_key UNIQUE (slug),
  constraint shops_fee_bps_check CHECK (((fee_bps >= 0) AND (fee_bps <= 10000))),
  constraint shops_intro_check CHECK ((length(intro) <= 2000)),
  constraint shops_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint shops_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'::text)),
  constraint shops_tier_check CHECK ((tier = ANY (ARRAY['probation'::text, 'whitelisted'::text, 'trusted'::text])))
);

create table notifications.messages (
  user_id uuid not null,
  id uuid not null,
  kind text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (user_id, id)
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

create table payments.bills (
  channel text not null,
  day date not null,
  body_hash bytea not null,
  rows integer not null,
  differences integer not null,
  at timestamp with time zone not null,
  constraint bills_pkey PRIMARY KEY (channel, day, body_hash)
);

create table payments.checks (
  payment_id uuid not null,
  due_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  done smallint default 0 not null,
  last_at timestamp with time zone,
  constraint checks_pkey PRIMARY KEY (payment_id),
  constraint checks_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);

create table payments.claims (
  channel text not null,
  trade_no text not null,
  buyer_id uuid not null,
  payment_id uuid,
  at timestamp with time zone not null,
  constraint claims_pkey PRIMARY KEY (channel, trade_no, buyer_id)
);

create table payments.decisions (
  exception_id uuid not null,
  decision text not null,
  payment_id uuid,
  note text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint decisions_pkey PRIMARY KEY (exception_id),
  constraint decisions_exception_id_fkey FOREIGN KEY (exception_id) REFERENCES payments.exceptions(id)
);

create table payments.exceptions (
  id uuid not null,
  kind text not null,
  channel text not null,
  ref text not null,
  payment_id uuid,
  refund_id uuid,
  amount_fen bigint not null,
  detail jsonb not null,
  at timestamp with time zone not null,
  constraint exceptions_pkey PRIMARY KEY (id),
  constraint exceptions_kind_channel_ref_key UNIQUE (kind, channel, ref),
  constraint exceptions_amount_fen_check CHECK ((amount_fen >= 0))
);

create table payments.matches (
  channel text not null,
  trade_no text not null,
  payment_id uuid not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint matches_pkey PRIMARY KEY (channel, trade_no),
  constraint matches_channel_trade_no_fkey FOREIGN KEY (channel, trade_no) REFERENCES payments.trades(channel, trade_no),
  constraint matches_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);

create table payments.notices (
  id uuid not null,
  channel text not null,
  verified boolean not null,
  decision text not null,
  trade_no text,
  payment_id uuid,
  body_hash bytea not null,
  headers jsonb not null,
  at timestamp with time zone not null,
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_body_hash_check CHECK ((octet_length(body_hash) = 32))
);

create table payments.payments (
  id uuid not null,
  purpose text not null,
  buyer_id uuid not null,
  request_key text not null,
  channel text not null,
  amount_fen bigint not null,
  state text not null,
  received_fen bigint default 0 not null,
  channel_ref text,
  pay_url text,
  failure text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  credited_at timestamp with time zone,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_amount_fen_check CHECK ((amount_fen > 0)),
  constraint payments_check CHECK (((state <> ALL (ARRAY['opening'::text, 'open'::text, 'failed'::text])) OR (received_fen = 0))),
  constraint payments_check1 CHECK (((state <> 'paid'::text) OR ((received_fen >= amount_fen) AND (paid_at IS NOT NULL)))),
  constraint payments_check2 CHECK (((credited_at IS NULL) OR (purpose = 'topup'::text))),
  constraint payments_purpose_check CHECK ((purpose = ANY (ARRAY['checkout'::text, 'topup'::text]))),
  constraint payments_received_fen_check CHECK ((received_fen >= 0)),
  constraint payments_state_check CHECK ((state = ANY (ARRAY['opening'::text, 'open'::text, 'part'::text, 'paid'::text, 'closed'::text, 'failed'::text])))
) with (fillfactor=80);

create table payments.refunds (
  id uuid not null,
  payment_id uuid,
  channel text not null,
  trade_no text not null,
  amount_fen bigint not null,
  state text not null,
  reason text not null,
  request smallint default 1 not null,
  tries integer default 0 not null,
  due_at timestamp with time zone,
  failure text,
  requested_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (id),
  constraint refunds_amount_fen_check CHECK ((amount_fen > 0)),
  constraint refunds_check CHECK (((due_at IS NOT NULL) = (state = ANY (ARRAY['requested'::text, 'unknown'::text])))),
  constraint refunds_request_check CHECK ((request > 0)),
  constraint refunds_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'unknown'::text, 'done'::text, 'refused'::text, 'credited'::text]))),
  constraint refunds_channel_trade_no_fkey FOREIGN KEY (channel, trade_no) REFERENCES payments.trades(channel, trade_no)
);

create table payments.trades (
  channel text not null,
  trade_no text not null,
  id uuid not null,
  payment_id uuid,
  named text,
  amount_fen bigint not null,
  source text not null,
  proof bytea not null,
  channel_at timestamp with time zone not null,
  at timestamp with time zone not null,
  constraint trades_pkey PRIMARY KEY (channel, trade_no),
  constraint trades_amount_fen_check CHECK ((amount_fen > 0)),
  constraint trades_check CHECK (((payment_id IS NULL) OR (named IS NULL))),
  constraint trades_proof_check CHECK ((octet_length(proof) = 32)),
  constraint trades_source_check CHECK ((source = ANY (ARRAY['notice'::text, 'query'::text, 'bill'::text])))
);

CREATE INDEX cards_grams ON catalog.cards USING gin (grams) WITH (fastupdate=off);

CREATE INDEX cards_new ON catalog.cards USING btree (listing_id) WHERE (state = 'live'::text);

CREATE INDEX cards_price ON catalog.cards USING btree (price_fen, listing_id) WHERE (state = 'live'::text);

CREATE INDEX group_members_user ON catalog.group_members USING btree (user_id);

CREATE INDEX listings_id ON catalog.listings USING btree (id);

CREATE UNIQUE INDEX variants_id ON catalog.variants USING btree (id);

CREATE INDEX variants_listing ON catalog.variants USING btree (shop_id, listing_id, "position");

CREATE UNIQUE INDEX checkouts_payment ON checkout.checkouts USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE INDEX withdrawn_order ON delivery.withdrawn USING btree (shop_id, order_id);

CREATE INDEX api_keys_user ON identity.api_keys USING btree (user_id);

CREATE INDEX contacts_user ON identity.contacts USING btree (user_id);

CREATE INDEX guest_claims_user ON identity.guest_claims USING btree (user_id);

CREATE INDEX memberships_user ON identity.memberships USING btree (user_id);

CREATE INDEX sessions_expiry ON identity.sessions USING btree (expires_at);

CREATE INDEX sessions_user ON identity.sessions USING btree (user_id);

CREATE INDEX imports_open ON inventory.imports USING btree (created_at) WHERE (wrapped IS NOT NULL);

CREATE INDEX keys_expiry ON inventory.keys USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (voided_at IS NULL));

CREATE INDEX keys_voided ON inventory.keys USING btree (shop_id, pool_id, number) WHERE (voided_at IS NOT NULL);

CREATE UNIQUE INDEX pools_variant ON inventory.pools USING btree (variant_id);

CREATE INDEX quarantine_other ON inventory.quarantine USING btree (other_shop_id, other_pool_id, other_number);

CREATE INDEX reservations_address ON inventory.reservations USING btree (address_hash);

CREATE INDEX reservations_buyer ON inventory.reservations USING btree (buyer_id);

CREATE INDEX deadlines_due ON kit.deadlines USING btree (what, due_at);

CREATE INDEX transfers_credits ON ledger.transfers USING btree (credit_kind, credit_id, at) WHERE (credit_kind = ANY (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text, 'receivable'::text, 'unapplied'::text, 'refund'::text, 'payout'::text]));

CREATE UNIQUE INDEX transfers_debits ON ledger.transfers USING btree (debit_kind, debit_id, debit_seq) WHERE (debit_seq IS NOT NULL);

CREATE INDEX messages_unread ON notifications.messages USING btree (user_id) WHERE (read_at IS NULL);

CREATE INDEX orders_buyer ON orders.orders USING btree (buyer_id, id);

CREATE INDEX checks_due ON payments.checks USING btree (due_at);

CREATE INDEX checks_expiry ON payments.checks USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX matches_payment ON payments.matches USING btree (payment_id);

CREATE INDEX notices_payment ON payments.notices USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE UNIQUE INDEX payments_requests ON payments.payments USING btree (buyer_id, purpose, request_key);

CREATE INDEX refunds_due ON payments.refunds USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX refunds_trade ON payments.refunds USING btree (channel, trade_no);

CREATE INDEX trades_day ON payments.trades USING brin (channel_at);

CREATE INDEX trades_payment ON payments.trades USING btree (payment_id) WHERE (payment_id IS NOT NULL);
grant usage on schema catalog to mengyue_app;
grant usage on schema checkout to mengyue_app;
grant usage on schema delivery to mengyue_app;
grant usage on schema evidence to mengyue_app;
grant usage on schema identity to mengyue_app;
grant usage on schema inventory to mengyue_app;
grant usage on schema kit to mengyue_app;
grant usage on schema ledger to mengyue_app;
grant usage on schema merchants to mengyue_app;
grant usage on schema notifications to mengyue_app;
grant usage on schema orders to mengyue_app;
grant usage on schema payments to mengyue_app;
grant insert, select, update on table catalog.cards to mengyue_app;
grant insert, select, update on table catalog.categories to mengyue_app;
grant delete, insert, select, update on table catalog.group_members to mengyue_app;
grant insert, select, update on table catalog.groups to mengyue_app;
grant insert, select on table catalog.listing_versions to mengyue_app;
grant insert, select, update on table catalog.listings to mengyue_app;
grant insert, select, update on table catalog.variants to mengyue_app;
grant insert, select, update on table checkout.bought to mengyue_app;
grant insert, select, update on table checkout.checkouts to mengyue_app;
grant insert, select on table delivery.reveals to mengyue_app;
grant delete, insert, select, update on table delivery.units to mengyue_app;
grant insert, select on table delivery.withdrawn to mengyue_app;
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
grant insert, select, update on table identity.api_keys to mengyue_app;
grant delete, insert, select, update on table identity.attempts to mengyue_app;
grant delete, insert, select, update on table identity.contacts to mengyue_app;
grant delete, insert, select on table identity.devices to mengyue_app;
grant insert, select on table identity.guest_claims to mengyue_app;
grant insert, select on table identity.guests to mengyue_app;
grant insert, select, update on table identity.invitations to mengyue_app;
grant delete, insert, select on table identity.memberships to mengyue_app;
grant delete, insert, select, update on table identity.sessions to mengyue_app;
grant delete, insert, select on table identity.staff to mengyue_app;
grant insert, select, update on table identity.users to mengyue_app;
grant delete, insert, select on table inventory.alarms to mengyue_app;
grant insert, select, update on table inventory.attempts to mengyue_app;
grant insert, select on table inventory.batches to mengyue_app;
grant insert, select on table inventory.commitments to mengyue_app;
grant insert, select on table inventory.data_keys to mengyue_app;
grant insert, select on table inventory.fingerprints to mengyue_app;
grant insert, select, update on table inventory.imports to mengyue_app;
grant insert, select, update on table inventory.keys to mengyue_app;
grant insert, select on table inventory.levels to mengyue_app;
grant insert, select, update on table inventory.pools to mengyue_app;
grant delete, insert, select, update on table inventory.progress to mengyue_app;
grant insert, select on table inventory.quarantine to mengyue_app;
grant delete, insert, select on table inventory.reservations to mengyue_app;
grant delete, insert, select on table inventory.returned to mengyue_app;
grant delete, insert, select on table inventory.uploads to mengyue_app;
grant insert, select on table inventory.withdrawals to mengyue_app;
grant delete, insert, select, update on table kit.answers to mengyue_app;
grant select, update on table kit.clock to mengyue_app;
grant delete, insert, select, update on table kit.deadlines to mengyue_app;
grant insert, select, update on table kit.marks to mengyue_app;
grant delete, insert, select, update on table kit.outbox to mengyue_app;
grant insert, select, update on table ledger.accounts to mengyue_app;
grant insert, select on table ledger.transfers to mengyue_app;
grant insert, select, update on table merchants.shops to mengyue_app;
grant insert, select on table notifications.messages to mengyue_app;
grant delete, insert, select on table orders.holds to mengyue_app;
grant insert, select, update on table orders.lines to mengyue_app;
grant insert, select, update on table orders.orders to mengyue_app;
grant insert, select on table orders.steps to mengyue_app;
grant insert, select on table payments.bills to mengyue_app;
grant delete, insert, select, update on table payments.checks to mengyue_app;
grant insert, select on table payments.claims to mengyue_app;
grant insert, select on table payments.decisions to mengyue_app;
grant insert, select on table payments.exceptions to mengyue_app;
grant insert, select on table payments.matches to mengyue_app;
grant insert, select on table payments.notices to mengyue_app;
grant insert, select, update on table payments.payments to mengyue_app;
grant insert, select, update on table payments.refunds to mengyue_app;
grant insert, select on table payments.trades to mengyue_app;
grant update (read_at) on table notifications.messages to mengyue_app;
