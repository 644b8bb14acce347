-- kit: the clock of business time, answers to repeated keys, news, deadlines, marks.
create schema kit;
grant usage on schema kit to mengyue_app;

create table kit.clock (
  one boolean primary key default true check (one),
  offset_ms bigint not null check (offset_ms >= 0),
  movable boolean not null
);
insert into kit.clock (offset_ms, movable) values (0, false);
grant select, update on kit.clock to mengyue_app;

-- What this database is: 'demo' marks a demo world, which production refuses.
create table kit.marks (name text primary key, value text not null);
grant select, insert, update on kit.marks to mengyue_app;

create table kit.answers (
  scope text not null,
  key text not null,
  input_hash bytea not null,
  answer jsonb,
  at timestamptz not null,
  primary key (scope, key)
);
grant select, insert, update, delete on kit.answers to mengyue_app;

create table kit.outbox (
  id uuid primary key,
  event text not null,
  body jsonb not null,
  at timestamptz not null,
  attempts integer not null default 0,
  retry_at timestamptz,
  error text
);
grant select, insert, update, delete on kit.outbox to mengyue_app;

create table kit.deadlines (
  shop_id uuid not null,
  about uuid not null,
  what text not null,
  due_at timestamptz not null,
  start_at timestamptz not null,
  article text not null,
  version text not null,
  clock text not null check (clock in ('elapsed', 'day', 'workday')),
  primary key (shop_id, about, what)
);
create index deadlines_due on kit.deadlines (what, due_at);
grant select, insert, update, delete on kit.deadlines to mengyue_app;
