-- delivery: what was typed compared with what was issued, and what issuers said about keys.

-- One comparison: which key, its place in the row of comparisons, and what was found. What was typed is kept as a fingerprint only.
create table delivery.code_checks (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  nth integer not null check (nth > 0),
  part text not null check (part in ('secret', 'number')),
  verdict text not null,
  findings jsonb not null,
  typed_print bytea not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, place, nth)
);
grant select, insert on delivery.code_checks to mengyue_app;

-- One question to an issuer about one key. `next_at` is on the wall clock, like every job; the rest is business time.
create table delivery.issuer_checks (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  pool_id uuid not null,
  number bigint not null,
  issuer text not null,
  state text not null check (state in ('asked', 'answered', 'refused', 'unanswered')),
  by_kind text not null check (by_kind in ('buyer', 'system')),
  by_id uuid,
  asked_at timestamptz not null,
  tries integer not null default 0,
  next_at timestamptz not null,
  used boolean,
  used_at timestamptz,
  account text,
  answered_at timestamptz,
  -- SHA-256 of the answer as it came, byte for byte.
  raw_hash bytea check (octet_length(raw_hash) = 32),
  primary key (shop_id, id),
  check ((state = 'answered') = (used is not null)),
  check (state = 'answered' or (used_at is null and account is null))
);
-- A key is asked about once at a time.
create unique index issuer_checks_open on delivery.issuer_checks (shop_id, pool_id, number) where state = 'asked';
create index issuer_checks_order on delivery.issuer_checks (shop_id, order_id);
create index issuer_checks_next on delivery.issuer_checks (next_at) where state = 'asked';
grant select, insert, update on delivery.issuer_checks to mengyue_app;
