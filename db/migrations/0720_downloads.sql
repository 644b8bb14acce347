-- delivery of downloads: what a shop registered, what each line was given, every start, and every address that did not work.
create table delivery.releases (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  origin text not null check (origin in ('platform', 'address')),
  version text not null,
  name text not null,
  -- Of the file itself: computed for one of the platform, stated by the shop for an address.
  sha256 bytea not null check (octet_length(sha256) = 32),
  size_bytes bigint check (size_bytes >= 0),
  -- Address and code, sealed; null for a file of the platform.
  wrapped bytea,
  sealed bytea,
  host text not null,
  by_id uuid not null,
  at timestamptz not null,
  -- What the last look at the address found, and how many looks in a row failed.
  reach text not null check (reach in ('own', 'alive', 'dead', 'unclear')),
  reached_at timestamptz not null,
  failures smallint not null default 0,
  -- SHA-256 of what the address showed when it was registered.
  page_sha256 bytea,
  primary key (shop_id, id),
  check ((origin = 'address') = (sealed is not null and wrapped is not null)),
  check ((origin = 'platform') = (reach = 'own'))
);
create index releases_listing on delivery.releases (shop_id, listing_id, id);
create index releases_file on delivery.releases (sha256) where origin = 'platform';
create index releases_reached on delivery.releases (reached_at) where origin = 'address';
grant select, insert, update on delivery.releases to mengyue_app;

-- Every look at an address.
create table delivery.probes (
  shop_id uuid not null,
  release_id uuid not null,
  at timestamptz not null,
  reach text not null check (reach in ('alive', 'dead', 'unclear')),
  -- The HTTP status, or why there was none.
  said text not null,
  page_sha256 bytea,
  primary key (shop_id, release_id, at)
);
grant select, insert on delivery.probes to mengyue_app;

-- What a line may download. `nth` counts what was delivered for it: a correction is a new delivery.
create table delivery.grants (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  buyer_id uuid not null,
  release_id uuid not null,
  nth smallint not null default 1 check (nth > 0),
  state text not null check (state in ('ready', 'downloaded', 'correcting', 'refunded', 'withdrawn')),
  allowed integer not null check (allowed > 0),
  used integer not null default 0 check (used >= 0),
  delivered_at timestamptz not null,
  expires_at timestamptz not null,
  first_at timestamptz,
  primary key (shop_id, order_id, line),
  foreign key (shop_id, order_id, line) references orders.lines (shop_id, order_id, number),
  foreign key (shop_id, release_id) references delivery.releases (shop_id, id),
  check (used <= allowed)
) with (fillfactor = 80);
create index grants_release on delivery.grants (shop_id, release_id);
grant select, insert, update on delivery.grants to mengyue_app;

-- Signed links that a buyer asked for. One link is one download, whatever is resumed on it.
create table delivery.links (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  release_id uuid not null,
  user_id uuid not null,
  expires_at timestamptz not null,
  counted_at timestamptz,
  starts smallint not null default 0,
  primary key (shop_id, id)
);
grant select, insert, update on delivery.links to mengyue_app;

-- Every download that was begun, and every look at an address.
create table delivery.downloads (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth integer not null,
  release_id uuid not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null,
  primary key (shop_id, order_id, line, nth)
);
grant select, insert on delivery.downloads to mengyue_app;

-- An address that never came or does not work: who said so, what the machine found, and how it ended.
create table delivery.link_problems (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth smallint not null,
  reason text not null check (reason in ('not_received', 'dead', 'wrong_code', 'wrong_file', 'malware')),
  by_kind text not null check (by_kind in ('buyer', 'system')),
  by_id uuid,
  release_id uuid,
  -- What the platform found when it looked for itself.
  finding text not null check (finding in ('missing', 'dead', 'alive', 'unclear')),
  opened_at timestamptz not null,
  due_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (outcome in ('corrected', 'refunded', 'withdrawn', 'case')),
  primary key (shop_id, order_id, line, nth),
  check ((closed_at is null) = (outcome is null))
);
create index link_problems_open on delivery.link_problems (shop_id, due_at) where closed_at is null;
grant select, insert, update on delivery.link_problems to mengyue_app;
