-- inventory: how keys come in. Contents are sealed with a data key per batch; what must be found again without opening is a keyed hash.

-- A data key of a batch, wrapped with the installation's key. It is never changed and never goes: without it no key of its batch opens.
create table inventory.data_keys (
  shop_id uuid not null,
  id uuid not null,
  wrapped bytea not null,
  at timestamptz not null,
  primary key (shop_id, id)
);
grant select, insert on inventory.data_keys to mengyue_app;

-- One upload, from its check to its end; what it brings in is the batch of the same id. `wrapped` opens `detail` (preview, row errors) and the uploaded parts; it goes when they go.
create table inventory.imports (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  by_id uuid not null,
  state text not null check (state in ('draft', 'queued', 'done', 'refused', 'discarded')),
  file_name text not null,
  source text not null,
  settings jsonb not null,
  counts jsonb not null,
  refusal text,
  wrapped bytea,
  detail bytea,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (shop_id, id),
  check (detail is null or wrapped is not null)
);
create index imports_open on inventory.imports (created_at) where wrapped is not null;
grant select, insert, update on inventory.imports to mengyue_app;

-- The sealed bytes of an upload that was checked and waits for its confirmation, ten minutes at most.
create table inventory.uploads (
  shop_id uuid not null,
  import_id uuid not null,
  part integer not null,
  sealed bytea not null,
  primary key (shop_id, import_id, part)
);
alter table inventory.uploads alter column sealed set storage external;
grant select, insert, delete on inventory.uploads to mengyue_app;

-- How far an import is; written outside its transaction, so that others see it.
create table inventory.progress (
  shop_id uuid not null,
  import_id uuid not null,
  rows_done bigint not null,
  rows_all bigint not null,
  primary key (shop_id, import_id)
);
grant select, insert, update, delete on inventory.progress to mengyue_app;

-- The keys of one import: numbers first_number to first_number + count - 1 of the pool. `root` is the RFC 6962 root over their salted cards.
create table inventory.batches (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  first_number bigint not null check (first_number > 0),
  count bigint not null check (count > 0),
  root bytea not null check (octet_length(root) = 32),
  source text not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, pool_id, first_number),
  foreign key (shop_id, pool_id) references inventory.pools (shop_id, id)
);
grant select, insert on inventory.batches to mengyue_app;

-- Leaf hashes of a batch in their order, 32 bytes each, cut into parts: the path of one key is computed without opening the others.
create table inventory.commitments (
  shop_id uuid not null,
  batch_id uuid not null,
  part integer not null,
  leaves bytea not null,
  primary key (shop_id, batch_id, part)
);
alter table inventory.commitments alter column leaves set storage external;
grant select, insert on inventory.commitments to mengyue_app;

-- A batch that its shop took back before anybody bought from it.
create table inventory.withdrawals (
  shop_id uuid not null,
  batch_id uuid not null,
  by_id uuid not null,
  count bigint not null,
  at timestamptz not null,
  primary key (shop_id, batch_id)
);
grant select, insert on inventory.withdrawals to mengyue_app;

-- Every key that was ever imported, as a keyed hash of its normalised text: one key, one sale, in all shops and for all time.
create table inventory.fingerprints (
  fingerprint bytea primary key,
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamptz not null
);
grant select, insert on inventory.fingerprints to mengyue_app;

-- A key that another shop had imported before: both facts stay, the content sealed, until staff has looked at it.
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
  at timestamptz not null,
  primary key (shop_id, id)
);
create index quarantine_other on inventory.quarantine (other_shop_id, other_pool_id, other_number);
grant select, insert on inventory.quarantine to mengyue_app;

-- How often a shop met other shops' keys on a day (Beijing): who guesses is stopped.
create table inventory.attempts (
  shop_id uuid not null,
  day date not null,
  hits bigint not null check (hits > 0),
  primary key (shop_id, day)
);
grant select, insert, update on inventory.attempts to mengyue_app;

-- Pools that are at or under the number at which their shop wants to be told.
create table inventory.alarms (
  shop_id uuid not null,
  pool_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, pool_id)
);
grant select, insert, delete on inventory.alarms to mengyue_app;

-- How many numbers of a pool had been given away when a day (Beijing) was first looked at: what recent sales are counted from.
create table inventory.levels (
  shop_id uuid not null,
  pool_id uuid not null,
  day date not null,
  given bigint not null,
  primary key (shop_id, pool_id, day)
);
grant select, insert on inventory.levels to mengyue_app;

create index keys_voided on inventory.keys (shop_id, pool_id, number) where voided_at is not null;
create index keys_expiry on inventory.keys (expires_at) where expires_at is not null and voided_at is null;

-- Checking this for every key made an import three times as slow (33,000 keys/s against 59,000 to 72,000, same machine and hour). The batch
-- that brings keys in points to the pool, keys are written with their batch only, and bin/prove looks for keys without one.
alter table inventory.keys drop constraint keys_shop_id_pool_id_fkey;
