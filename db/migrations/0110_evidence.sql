-- evidence: what happened, fixed when it happened. Events are the facts; leaves, tiles and checkpoints are the public log over them.
create schema evidence;
grant usage on schema evidence to mengyue_app;

-- One fact. commitment = SHA-256(salt32 ‖ payload bytes); the stored payload is that same salt and payload, sealed with the owner's key.
create table evidence.events (
  shop_id uuid not null,
  about uuid not null,
  seq integer not null check (seq > 0),
  kind text not null,
  at timestamptz not null,
  commitment bytea not null check (octet_length(commitment) = 32),
  payload bytea not null,
  prev bytea check (octet_length(prev) = 32),
  key_owner uuid not null,
  -- The transaction's batch and the place in it: where the log will have it, without a row of its own there.
  batch uuid not null,
  place integer not null check (place > 0),
  primary key (shop_id, about, seq),
  check ((seq = 1) = (prev is null))
);
grant select, insert on evidence.events to mengyue_app;

-- What waits for the sequencer: the batch of one transaction, with all that its leaves are made of.
create table evidence.pending (
  id uuid primary key,
  events integer not null check (events > 0),
  commitments bytea not null,
  at timestamptz not null,
  -- The leaf's text of public facts, null for private ones; the whole column is null when all are private.
  public_leaves text[],
  check (octet_length(commitments) = events * 32)
);
grant select, insert, delete on evidence.pending to mengyue_app;

-- What the sequencer took up: the leaves of a batch lie one after the other from `first` on. The index of a fact's leaf is
-- first + place - 1; the hash of the leaf stands in the tile.
create table evidence.batches (
  first bigint primary key check (first >= 0),
  id uuid not null unique,
  events integer not null check (events > 0)
);
grant select, insert on evidence.batches to mengyue_app;

-- Full tiles and bundles only; what is not full yet is an edge, and a partial tile is a prefix of one of both.
create table evidence.tiles (
  level integer not null check (level between 0 and 63),
  number bigint not null check (number >= 0),
  data bytea not null check (octet_length(data) = 8192),
  primary key (level, number)
);
grant select, insert on evidence.tiles to mengyue_app;

create table evidence.bundles (
  number bigint primary key check (number >= 0),
  data bytea not null
);
grant select, insert on evidence.bundles to mengyue_app;

-- The right edge of each level; level -1 is the entry bundle that is not full yet. Sequencing locks these rows.
create table evidence.edges (
  level integer primary key check (level between -1 and 63),
  number bigint not null,
  data bytea not null
);
insert into evidence.edges (level, number, data) values (-1, 0, ''), (0, 0, '');
grant select, insert, update on evidence.edges to mengyue_app;

-- The tree after each batch, written with it; signed afterwards.
create table evidence.checkpoints (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32)
);
grant select, insert on evidence.checkpoints to mengyue_app;

-- Signed checkpoints that were published.
create table evidence.notes (
  size bigint primary key check (size >= 0),
  note text not null,
  at timestamptz not null
);
grant select, insert on evidence.notes to mengyue_app;

-- Lines that witnesses added to a published checkpoint.
create table evidence.cosignatures (
  size bigint not null references evidence.notes (size),
  witness text not null,
  line text not null,
  at timestamptz not null,
  primary key (size, witness)
);
grant select, insert on evidence.cosignatures to mengyue_app;

-- One key per person, wrapped by the master key. Deleting the row erases every payload sealed for that person.
create table evidence.user_keys (
  user_id uuid primary key,
  wrapped bytea not null
);
grant select, insert, delete on evidence.user_keys to mengyue_app;
