-- merchants: what a shop must keep as its deposit, and where it stands with it. The money itself is the account deposit:{shop} of the ledger.
create table merchants.deposits (
  shop_id uuid primary key references merchants.shops (id),
  state text not null check (state in ('enough', 'short', 'suspended', 'leaving', 'returned')),
  -- By what it sells and what was settled; measured again whenever either or the deposit moves.
  required_fen bigint not null check (required_fen >= 0),
  tier_fen bigint not null,
  volume_fen bigint not null,
  rulebook text not null,
  measured_at timestamptz not null,
  -- Since when it is short, and until when it must be filled up.
  short_at timestamptz,
  due_at timestamptz,
  left_at timestamptz,
  check ((state = 'short') = (due_at is not null))
);
grant select, insert, update on merchants.deposits to mengyue_app;

create table merchants.deposit_steps (
  shop_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  balance_fen bigint not null,
  required_fen bigint not null,
  article text not null,
  at timestamptz not null,
  primary key (shop_id, step)
);
grant select, insert on merchants.deposit_steps to mengyue_app;

-- A deposit leaves the platform's hands only when one of the staff asks for it and another agrees.
create table merchants.deposit_returns (
  shop_id uuid not null,
  id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  asked_by uuid not null,
  asked_at timestamptz not null,
  reason text not null,
  agreed boolean,
  decided_by uuid,
  decided_at timestamptz,
  -- The key of its transfer.
  key uuid unique,
  primary key (shop_id, id),
  check (decided_by is null or decided_by <> asked_by),
  check ((decided_by is null) = (agreed is null)),
  check ((agreed is true) = (key is not null))
);
create unique index deposit_returns_open on merchants.deposit_returns (shop_id) where decided_by is null;
grant select, insert, update on merchants.deposit_returns to mengyue_app;
