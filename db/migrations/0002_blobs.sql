-- kit: files. A file lies under its SHA-256 in the blob store; the row says that it is there, and what it is.
create table kit.blobs (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  -- What its bytes say it is, never what somebody called it.
  media_type text not null,
  -- clean, infected or unknown: nobody could look inside.
  verdict text not null check (verdict in ('clean', 'infected', 'unknown')),
  verdict_by text not null,
  -- The name of what was found, or why it is unknown.
  verdict_note text not null,
  verdict_at timestamptz not null,
  at timestamptz not null
);
create index blobs_unknown on kit.blobs (verdict_at) where verdict = 'unknown';
grant select, insert, update on kit.blobs to mengyue_app;
