-- checkout: what a buyer pays. The pair of buyer and idempotency key is the checkout, so the same request twice is one checkout.
create schema checkout;
grant usage on schema checkout to mengyue_app;

create table checkout.checkouts (
  buyer_id uuid not null,
  idempotency_key text not null,
  input_hash bytea not null,
  state text not null check (state in ('open', 'paid', 'expired', 'cancelled')),
  shop_ids uuid[] not null,
  order_ids uuid[] not null,
  total_fen bigint not null check (total_fen >= 0),
  paid_by text not null check (paid_by in ('wallet', 'channel')),
  payment_id uuid,
  -- The texts that were shown and ticked, by name, version and hash, each with its time.
  acknowledgements jsonb not null,
  at timestamptz not null,
  primary key (buyer_id, idempotency_key)
) with (fillfactor = 60);
create unique index checkouts_payment on checkout.checkouts (payment_id) where payment_id is not null;
grant select, insert, update on checkout.checkouts to mengyue_app;

-- How many units of a limited listing a buyer has bought.
-- Every text that was ever ticked, once: hash is SHA-256 of name, title and text, a line each, as base64url.
create table checkout.texts (
  hash text primary key,
  language text not null check (language in ('zh', 'en')),
  name text not null,
  article text not null,
  title text not null,
  text text not null,
  at timestamptz not null
);
grant select, insert on checkout.texts to mengyue_app;

create table checkout.bought (
  shop_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  units bigint not null,
  primary key (shop_id, listing_id, buyer_id)
);
grant select, insert, update on checkout.bought to mengyue_app;
