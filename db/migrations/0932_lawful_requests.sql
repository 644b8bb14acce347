-- evidence: what a court, the police or a regulator ordered to be kept as it is. Overrides timers and retention.
create table evidence.legal_holds (
  id uuid primary key,
  scope text not null check (scope in ('order', 'shop', 'user', 'evidence')),
  -- An order, a shop, a user, or the subject of events; shop_id where it has one.
  subject_id uuid not null,
  shop_id uuid,
  authority text not null,
  kind text not null check (kind in ('court', 'police', 'regulator')),
  number text not null,
  document_sha256 bytea not null check (octet_length(document_sha256) = 32),
  reason text not null,
  until timestamptz not null,
  -- The authority ordered secrecy: the parties are not told.
  secret boolean not null,
  state text not null check (state in ('asked', 'standing', 'lift_asked', 'lifted', 'dropped')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  placed_by uuid,
  placed_at timestamptz,
  lift_by uuid,
  lift_reason text,
  lifted_by uuid,
  ended_at timestamptz,
  check (placed_by is null or placed_by <> asked_by),
  check (lifted_by is null or lifted_by <> lift_by)
);
create index legal_holds_subject on evidence.legal_holds (subject_id) where state in ('standing', 'lift_asked');
grant select, insert, update on evidence.legal_holds to mengyue_app;

-- aftersales: what authorities asked for and what they got (e-commerce law art. 25).
create table aftersales.lawful_requests (
  id uuid primary key,
  authority text not null,
  kind text not null check (kind in ('court', 'police', 'regulator')),
  number text not null,
  basis text not null,
  asked text not null,
  document_sha256 bytea not null check (octet_length(document_sha256) = 32),
  -- What may be shown: one order, one shop, or the anonymised figures of a time.
  scope text not null check (scope in ('order', 'shop', 'period')),
  order_id uuid,
  shop_id uuid,
  from_at timestamptz,
  to_at timestamptz,
  due_at timestamptz not null,
  state text not null check (state in ('received', 'granted', 'answered', 'declined')),
  received_by uuid not null,
  received_at timestamptz not null,
  granted_by uuid,
  granted_at timestamptz,
  -- The code with which the authority looks, only as its hash, and until when it works.
  code_sha256 bytea,
  open_until timestamptz,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  check (granted_by is null or granted_by <> received_by)
);
create unique index lawful_requests_code on aftersales.lawful_requests (code_sha256) where code_sha256 is not null;
create index lawful_requests_open on aftersales.lawful_requests (due_at) where state in ('received', 'granted');
grant select, insert, update on aftersales.lawful_requests to mengyue_app;

-- Each look of an authority: what was given, with its hash.
create table aftersales.lawful_looks (
  request_id uuid not null references aftersales.lawful_requests (id),
  number integer not null,
  what text not null,
  sha256 bytea,
  at timestamptz not null,
  primary key (request_id, number)
);
grant select, insert on aftersales.lawful_looks to mengyue_app;
