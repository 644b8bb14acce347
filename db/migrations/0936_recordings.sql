-- aftersales: recordings of a screen or a camera from before a key is seen to its verification (F071).
create table aftersales.recordings (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_id uuid not null,
  source text not null check (source in ('screen', 'camera')),
  -- The hash of every piece with the chain before it: SHA-256(chain ‖ SHA-256(piece)), from SHA-256 of the recording's id.
  chain bytea not null,
  chunks integer not null check (chunks >= 0),
  size_bytes bigint not null check (size_bytes >= 0),
  started_at timestamptz not null,
  -- When the newest piece came, by the clock of rate limits: a tab that died says nothing.
  heard_at timestamptz not null,
  ended_at timestamptz,
  -- stopped by its maker, or cut off and sealed with what had arrived; empty: nothing had.
  ended_by text check (ended_by in ('stopped', 'cut_off', 'empty')),
  file_id uuid,
  sha256 bytea,
  primary key (shop_id, id),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id),
  foreign key (shop_id, file_id) references aftersales.exhibit_files (shop_id, id),
  check ((ended_at is null) = (ended_by is null) and (file_id is null) = (sha256 is null))
) with (fillfactor = 70);
create index recordings_order on aftersales.recordings (shop_id, order_id);
create index recordings_open on aftersales.recordings (heard_at) where ended_at is null;
grant select, insert, update on aftersales.recordings to mengyue_app;

create table aftersales.recording_chunks (
  shop_id uuid not null,
  recording_id uuid not null,
  number integer not null check (number > 0),
  sha256 bytea not null references kit.blobs (sha256),
  chain bytea not null,
  size_bytes integer not null,
  at timestamptz not null,
  primary key (shop_id, recording_id, number),
  foreign key (shop_id, recording_id) references aftersales.recordings (shop_id, id)
);
grant select, insert on aftersales.recording_chunks to mengyue_app;
