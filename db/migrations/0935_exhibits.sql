-- aftersales: exhibits as files, what the other side says of them, and layers that point at what matters. Nobody changes what was shown.

-- A file that was put beside an order, to be shown in a case. The original stays as it came; what is shown of a picture is made anew.
create table aftersales.exhibit_files (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_kind text not null check (by_kind in ('buyer', 'merchant')),
  by_id uuid not null,
  -- recording: taken by this platform's page while it happened; upload: brought later.
  source text not null check (source in ('upload', 'recording')),
  name text not null,
  type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  original bytea not null references kit.blobs (sha256),
  view bytea references kit.blobs (sha256),
  thumb bytea references kit.blobs (sha256),
  -- What the camera wrote into the original and no copy holds: when, with what, and whether where.
  camera jsonb,
  -- When it came into being, as the file or the recording says.
  formed_at timestamptz,
  at timestamptz not null,
  primary key (shop_id, id),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id),
  check ((view is null) = (thumb is null) and (view is null) = (width is null) and (view is null) = (height is null))
);
create index exhibit_files_order on aftersales.exhibit_files (shop_id, order_id, by_id);
grant select, insert on aftersales.exhibit_files to mengyue_app;

alter table aftersales.exhibits
  add column file_id uuid,
  -- The code that a failure page shows, so that it can be searched and compared.
  add column code text not null default '',
  -- platform: it holds secrets of a person; the other side sees the copy that redacts it.
  add column audience text not null default 'parties' check (audience in ('parties', 'platform')),
  add column redaction_of integer,
  add foreign key (shop_id, file_id) references aftersales.exhibit_files (shop_id, id),
  add foreign key (shop_id, case_id, redaction_of) references aftersales.exhibits (shop_id, case_id, number),
  add check (redaction_of < number);

-- 质证: what the other side says of an exhibit.
create table aftersales.exhibit_comments (
  shop_id uuid not null,
  case_id uuid not null,
  exhibit integer not null,
  number integer not null,
  by_kind text not null check (by_kind in ('buyer', 'merchant')),
  by_id uuid not null,
  stance text not null check (stance in ('accepted', 'not_genuine', 'not_lawful', 'not_relevant')),
  text text not null,
  at timestamptz not null,
  primary key (shop_id, case_id, exhibit, number),
  foreign key (shop_id, case_id, exhibit) references aftersales.exhibits (shop_id, case_id, number)
);
grant select, insert on aftersales.exhibit_comments to mengyue_app;

-- A layer over an exhibit: which step it shows, what to look at and where. The newest counts; the file below never changes.
create table aftersales.exhibit_layers (
  shop_id uuid not null,
  case_id uuid not null,
  exhibit integer not null,
  number integer not null,
  by_id uuid not null,
  step smallint check (step > 0),
  caption text not null,
  -- Rectangles in thousandths of width and height.
  areas jsonb not null,
  sha256 bytea not null,
  at timestamptz not null,
  primary key (shop_id, case_id, exhibit, number),
  foreign key (shop_id, case_id, exhibit) references aftersales.exhibits (shop_id, case_id, number)
);
grant select, insert on aftersales.exhibit_layers to mengyue_app;
