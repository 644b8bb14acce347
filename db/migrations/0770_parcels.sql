-- delivery of goods that are sent: parcels with their tracking, refusals, checks by the buyer with photos, and claims against carriers.
create table delivery.parcels (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  state text not null check (state in ('shipped', 'in_transit', 'still', 'signed', 'refused', 'returning', 'refunded')),
  carrier text not null,
  tracking text not null,
  shipped_at timestamptz not null,
  shipped_by uuid not null,
  -- The newest word of the carrier, and when it was asked.
  moved_at timestamptz not null,
  asked_at timestamptz not null,
  signed_at timestamptz,
  refused_at timestamptz,
  refused_why text not null default '',
  -- The shop's answer to a refusal: it waits for its parcel to come back.
  answered_at timestamptz,
  returned_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, order_id, line),
  foreign key (shop_id, order_id, line) references delivery.lines (shop_id, order_id, line)
) with (fillfactor = 80);
create index parcels_open on delivery.parcels (asked_at) where ended_at is null;
grant select, insert, update on delivery.parcels to mengyue_app;

-- What the carrier said, each word once.
create table delivery.parcel_events (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  at timestamptz not null,
  kind text not null,
  said text not null,
  heard_at timestamptz not null,
  primary key (shop_id, order_id, line, at, kind)
);
grant select, insert on delivery.parcel_events to mengyue_app;

-- Photos of a parcel, by the hash of their bytes.
create table delivery.parcel_photos (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  sha256 bytea not null references kit.blobs (sha256),
  kind text not null check (kind in ('package_photo', 'logistics_doc')),
  name text not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, sha256)
);
grant select, insert on delivery.parcel_photos to mengyue_app;

-- What the buyer looked at, at the door and while unpacking; a later check stands beside the earlier one.
create table delivery.parcel_checks (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  number integer not null check (number > 0),
  stage text not null check (stage in ('signoff', 'unboxing')),
  answers jsonb not null,
  photos bytea[] not null,
  suggested_fen bigint not null check (suggested_fen >= 0),
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, number)
);
grant select, insert on delivery.parcel_checks to mengyue_app;

-- A shop's claim against its carrier. It stands beside the buyer's refund and never before it (F024).
create table delivery.carrier_claims (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  number integer not null check (number > 0),
  claim_no text not null,
  note text not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, number)
);
grant select, insert on delivery.carrier_claims to mengyue_app;
