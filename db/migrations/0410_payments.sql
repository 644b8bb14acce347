-- payments: what was asked of a channel, what the channel says came in, what goes back, and what nobody could explain.
create schema payments;
grant usage on schema payments to mengyue_app;

-- One request for money for one thing, a checkout or a top-up: the same thing never has two payments (F170).
create table payments.payments (
  id uuid primary key,
  purpose text not null check (purpose in ('checkout', 'topup')),
  buyer_id uuid not null,
  -- The idempotency key of the checkout or of the top-up.
  request_key text not null,
  channel text not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('opening', 'open', 'part', 'paid', 'closed', 'failed')),
  received_fen bigint not null default 0 check (received_fen >= 0),
  channel_ref text,
  pay_url text,
  -- Why the channel refused it.
  failure text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  -- Top-ups only: when the wallet got the money.
  credited_at timestamptz,
  check (state not in ('opening', 'open', 'failed') or received_fen = 0),
  check (state <> 'paid' or (received_fen >= amount_fen and paid_at is not null)),
  check (credited_at is null or purpose = 'topup')
) with (fillfactor = 50);
create unique index payments_requests on payments.payments (buyer_id, purpose, request_key);
grant select, insert, update on payments.payments to mengyue_app;

-- When the channel is asked next about a payment: due_at is wall time, expires_at business time (null once it was seen to have come).
create table payments.checks (
  payment_id uuid primary key references payments.payments (id),
  due_at timestamptz not null,
  expires_at timestamptz,
  done smallint not null default 0,
  last_at timestamptz
);
create index checks_due on payments.checks (due_at);
create index checks_expiry on payments.checks (expires_at) where expires_at is not null;
grant select, insert, update, delete on payments.checks to mengyue_app;

-- Every success that a channel reported, once. Its id is the key of its transfer in the ledger. A trade without a payment is 无主款项:
-- its money waits in unapplied:{id of the trade}. The notice that brought it is this row: proof is the SHA-256 of its raw body.
create table payments.trades (
  channel text not null,
  trade_no text not null,
  id uuid not null,
  payment_id uuid,
  -- The number that the channel named, where it is none of ours.
  named text,
  amount_fen bigint not null check (amount_fen > 0),
  source text not null check (source in ('notice', 'query', 'bill')),
  proof bytea not null check (octet_length(proof) = 32),
  -- The channel's own time of the success (wall), and ours of learning it (business).
  channel_at timestamptz not null,
  at timestamptz not null,
  primary key (channel, trade_no),
  check (payment_id is null or named is null)
);
create index trades_payment on payments.trades (payment_id) where payment_id is not null;
-- For the daily bill; costs nothing where trades come in time's order.
create index trades_day on payments.trades using brin (channel_at);
grant select, insert on payments.trades to mengyue_app;

-- A trade without a payment that was given to one later.
create table payments.matches (
  channel text not null,
  trade_no text not null,
  payment_id uuid not null references payments.payments (id),
  by_id uuid not null,
  at timestamptz not null,
  primary key (channel, trade_no),
  foreign key (channel, trade_no) references payments.trades (channel, trade_no)
);
create index matches_payment on payments.matches (payment_id);
grant select, insert on payments.matches to mengyue_app;

-- Every notice that brought no new trade: forged, stale, doubled, of a state that is not success, contradicting.
create table payments.notices (
  id uuid primary key,
  channel text not null,
  verified boolean not null,
  decision text not null,
  trade_no text,
  payment_id uuid,
  body_hash bytea not null check (octet_length(body_hash) = 32),
  -- Timestamp, request number, signature, address: what shows who sent it. Never the body of an unverified notice.
  headers jsonb not null,
  at timestamptz not null
);
create index notices_payment on payments.notices (payment_id) where payment_id is not null;
grant select, insert on payments.notices to mengyue_app;

-- Money that goes back the way it came. The number given to the channel is made of id and request, and stays the same until its end is known.
create table payments.refunds (
  id uuid primary key,
  payment_id uuid,
  channel text not null,
  trade_no text not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('requested', 'unknown', 'done', 'refused', 'credited')),
  reason text not null,
  request smallint not null default 1 check (request > 0),
  tries integer not null default 0,
  -- Wall time of the next try; null when its end is known.
  due_at timestamptz,
  failure text,
  requested_at timestamptz not null,
  done_at timestamptz,
  foreign key (channel, trade_no) references payments.trades (channel, trade_no),
  check ((due_at is not null) = (state in ('requested', 'unknown')))
);
create index refunds_due on payments.refunds (due_at) where due_at is not null;
create index refunds_trade on payments.refunds (channel, trade_no);
grant select, insert, update on payments.refunds to mengyue_app;

-- 差错: what a person must look at. One row for one thing of one kind.
create table payments.exceptions (
  id uuid primary key,
  kind text not null,
  channel text not null,
  ref text not null,
  payment_id uuid,
  refund_id uuid,
  amount_fen bigint not null check (amount_fen >= 0),
  detail jsonb not null,
  at timestamptz not null,
  unique (kind, channel, ref)
);
grant select, insert on payments.exceptions to mengyue_app;

create table payments.decisions (
  exception_id uuid primary key references payments.exceptions (id),
  decision text not null,
  payment_id uuid,
  note text not null,
  by_id uuid not null,
  at timestamptz not null
);
grant select, insert on payments.decisions to mengyue_app;

-- Who says that an unexplained trade is his.
create table payments.claims (
  channel text not null,
  trade_no text not null,
  buyer_id uuid not null,
  payment_id uuid,
  at timestamptz not null,
  primary key (channel, trade_no, buyer_id)
);
grant select, insert on payments.claims to mengyue_app;

-- The daily bills that were compared, with the hash of what the channel sent.
create table payments.bills (
  channel text not null,
  day date not null,
  body_hash bytea not null,
  rows integer not null,
  differences integer not null,
  at timestamptz not null,
  primary key (channel, day, body_hash)
);
grant select, insert on payments.bills to mengyue_app;
