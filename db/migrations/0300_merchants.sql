-- merchants: the shops. Who works in one is identity.memberships; its money is in the ledger.
create schema merchants;
grant usage on schema merchants to mengyue_app;

create table merchants.shops (
  id uuid primary key,
  name text not null check (length(name) between 1 and 40),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  intro text not null check (length(intro) <= 2000),
  tier text not null check (tier in ('probation', 'whitelisted', 'trusted')),
  fee_bps smallint not null check (fee_bps between 0 and 10000),
  opened_at timestamptz not null,
  -- When the platform had checked who runs the shop; null while it has not.
  verified_at timestamptz
);
grant select, insert, update on merchants.shops to mengyue_app;
