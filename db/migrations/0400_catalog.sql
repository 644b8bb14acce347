-- catalog: what is offered. A version of a listing is written once; the order pins the version it bought.
create schema catalog;
grant usage on schema catalog to mengyue_app;

create table catalog.categories (
  id uuid primary key,
  slug text not null unique,
  name_zh text not null,
  name_en text not null,
  icon text not null,
  position smallint not null
);
-- Reference data of the platform, the same in every installation.
insert into catalog.categories (id, slug, name_zh, name_en, icon, position) values
  ('01900000-0000-7000-8000-00000000c001', 'cards', '卡密点卡', 'Game cards and gift cards', 'key', 1),
  ('01900000-0000-7000-8000-00000000c002', 'memberships', '会员权益', 'Memberships', 'case', 2),
  ('01900000-0000-7000-8000-00000000c003', 'topups', '话费流量', 'Phone top-ups', 'phone', 3),
  ('01900000-0000-7000-8000-00000000c004', 'software', '软件授权', 'Software licences', 'screen', 4),
  ('01900000-0000-7000-8000-00000000c005', 'game-items', '游戏币道具', 'Game items', 'game', 5),
  ('01900000-0000-7000-8000-00000000c006', 'accounts', '成品账号', 'Game accounts', 'person', 6),
  ('01900000-0000-7000-8000-00000000c007', 'downloads', '下载与课程', 'Downloads and courses', 'download', 7),
  ('01900000-0000-7000-8000-00000000c008', 'goods', '实物与服务', 'Goods and services', 'box', 8);
grant select, insert, update on catalog.categories to mengyue_app;

create table catalog.listings (
  shop_id uuid not null references merchants.shops (id),
  id uuid not null,
  state text not null check (state in ('draft', 'live', 'suspended', 'delisted')),
  -- The version that is shown and sold.
  version integer not null check (version > 0),
  category_id uuid not null references catalog.categories (id),
  created_at timestamptz not null,
  primary key (shop_id, id)
);
create index listings_id on catalog.listings (id);
grant select, insert, update on catalog.listings to mengyue_app;

create table catalog.listing_versions (
  shop_id uuid not null,
  listing_id uuid not null,
  version integer not null check (version > 0),
  content jsonb not null,
  -- SHA-256 of the content as RFC 8785 JSON.
  hash bytea not null check (octet_length(hash) = 32),
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, listing_id, version),
  foreign key (shop_id, listing_id) references catalog.listings (shop_id, id)
);
grant select, insert on catalog.listing_versions to mengyue_app;

-- The id of a variant is also the id of its pool of keys.
create table catalog.variants (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  name text not null,
  position smallint not null,
  state text not null check (state in ('live', 'off')),
  primary key (shop_id, id),
  foreign key (shop_id, listing_id) references catalog.listings (shop_id, id)
);
create unique index variants_id on catalog.variants (id);
create index variants_listing on catalog.variants (shop_id, listing_id, position);
grant select, insert, update on catalog.variants to mengyue_app;

-- What a list shows and a search finds: one row per listing, written with its newest version.
create table catalog.cards (
  shop_id uuid not null,
  listing_id uuid not null,
  state text not null check (state in ('draft', 'live', 'suspended', 'delisted')),
  category_id uuid not null,
  title text not null,
  subtitle text not null,
  goods text not null,
  face_colour text not null,
  face_title text not null,
  face_subtitle text not null,
  delivery_mode text not null,
  delivery_seconds integer not null,
  -- Sold from a pool of keys; all other goods have no stock that could run out.
  pooled boolean not null,
  -- The lowest and the highest price of a variant that is sold.
  price_fen bigint not null check (price_fen >= 0),
  price_max_fen bigint not null check (price_max_fen >= price_fen),
  variant_ids uuid[] not null,
  -- Title, category, shop and keywords, normalised; and its single characters and pairs of characters, for the index.
  found_by text not null,
  grams text[] not null,
  primary key (shop_id, listing_id),
  foreign key (shop_id, listing_id) references catalog.listings (shop_id, id)
);
create index cards_grams on catalog.cards using gin (grams) with (fastupdate = off);
create index cards_new on catalog.cards (listing_id) where state = 'live';
create index cards_price on catalog.cards (price_fen, listing_id) where state = 'live';
grant select, insert, update on catalog.cards to mengyue_app;

-- Price groups of a shop: a discount for the people in it. A person is in one group of a shop at most.
create table catalog.groups (
  shop_id uuid not null references merchants.shops (id),
  id uuid not null,
  name text not null,
  discount_bps smallint not null check (discount_bps between 0 and 9000),
  primary key (shop_id, id)
);
create table catalog.group_members (
  shop_id uuid not null,
  user_id uuid not null,
  group_id uuid not null,
  primary key (shop_id, user_id),
  foreign key (shop_id, group_id) references catalog.groups (shop_id, id)
);
create index group_members_user on catalog.group_members (user_id);
grant select, insert, update on catalog.groups to mengyue_app;
grant select, insert, update, delete on catalog.group_members to mengyue_app;
