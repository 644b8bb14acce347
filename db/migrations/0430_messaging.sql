-- messaging: one conversation per order between its buyer, its shop and the support. What was said stays said: messages can only be added.
create schema messaging;
grant usage on schema messaging to mengyue_app;

-- One row per order that has been talked about, with what lists sort by.
create table messaging.threads (
  shop_id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  title text not null,
  messages integer not null check (messages >= 0),
  opened_at timestamptz not null,
  last_at timestamptz not null,
  last_side text not null,
  -- Since when the buyer waits for an answer of the shop, and since when somebody waits for the support; null when nobody does.
  waits_since timestamptz,
  support_since timestamptz,
  primary key (shop_id, order_id)
) with (fillfactor = 80);
create index threads_buyer on messaging.threads (buyer_id, last_at desc);
create index threads_shop on messaging.threads (shop_id, last_at desc);
create index threads_waiting on messaging.threads (shop_id, waits_since) where waits_since is not null;
create index threads_support on messaging.threads (support_since) where support_since is not null;
grant select, insert, update on messaging.threads to mengyue_app;

-- Who said something of which kind, when. The words themselves stand once, sealed, in the fact of evidence that `event_seq` names.
create table messaging.messages (
  shop_id uuid not null,
  order_id uuid not null,
  seq integer not null check (seq > 0),
  id uuid not null,
  kind text not null check (kind in ('text', 'demand', 'promise', 'call', 'notice')),
  side text not null check (side in ('buyer', 'merchant', 'support', 'platform')),
  author_id uuid,
  at timestamptz not null,
  event_seq integer not null check (event_seq > 0),
  -- By when an answer is demanded, or until when something is promised.
  due_at timestamptz,
  -- What the words were found to be: ways out of the platform, harsh words.
  flags text[] not null,
  primary key (shop_id, order_id, seq),
  foreign key (shop_id, order_id) references messaging.threads (shop_id, order_id),
  check ((side = 'platform') = (author_id is null)),
  check ((kind in ('demand', 'promise')) = (due_at is not null))
);
grant select, insert on messaging.messages to mengyue_app;

-- A message that its author took back is not shown any more; it stays, and so does its fact (F069).
create table messaging.hidings (
  shop_id uuid not null,
  order_id uuid not null,
  seq integer not null,
  by_id uuid not null,
  at timestamptz not null,
  event_seq integer not null,
  primary key (shop_id, order_id, seq),
  foreign key (shop_id, order_id, seq) references messaging.messages (shop_id, order_id, seq)
);
grant select, insert on messaging.hidings to mengyue_app;

-- When each side had seen the conversation up to which message.
create table messaging.reads (
  shop_id uuid not null,
  order_id uuid not null,
  side text not null check (side in ('buyer', 'merchant', 'support')),
  seq integer not null check (seq > 0),
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, side, seq),
  foreign key (shop_id, order_id) references messaging.threads (shop_id, order_id)
);
grant select, insert on messaging.reads to mengyue_app;

-- A demand of the buyer with its time limit (VGSR article 21); at most one of an order is open.
create table messaging.demands (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  seq integer not null,
  state text not null,
  rulebook text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null check (due_at > asked_at),
  closed_at timestamptz,
  answer_seq integer,
  primary key (shop_id, id),
  foreign key (shop_id, order_id, seq) references messaging.messages (shop_id, order_id, seq)
) with (fillfactor = 80);
create unique index demands_open on messaging.demands (shop_id, order_id) where state = 'open';
create index demands_order on messaging.demands (shop_id, order_id, asked_at);
grant select, insert, update on messaging.demands to mengyue_app;

-- Sentences that a shop keeps ready, in its own order.
create table messaging.quick_replies (
  shop_id uuid not null,
  number smallint not null,
  text text not null,
  primary key (shop_id, number)
);
grant select, insert, delete on messaging.quick_replies to mengyue_app;

-- Files of a conversation: the original by its hash, and for a picture the copies that are shown, without what the camera wrote into it.
create table messaging.attachments (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_id uuid not null,
  name text not null,
  type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  original bytea not null references kit.blobs (sha256),
  view bytea references kit.blobs (sha256),
  thumb bytea references kit.blobs (sha256),
  at timestamptz not null,
  primary key (shop_id, id),
  check ((view is null) = (thumb is null) and (view is null) = (width is null) and (view is null) = (height is null))
);
create index attachments_order on messaging.attachments (shop_id, order_id);
grant select, insert on messaging.attachments to mengyue_app;

-- What changed lately, for those who are looking at it now; emptied behind them.
create table messaging.feed (
  id uuid primary key,
  shop_id uuid not null,
  order_id uuid not null
);
grant select, insert, delete on messaging.feed to mengyue_app;
