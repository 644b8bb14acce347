-- rules: the versions of the rulebook with their lives, what the public says to drafts, calendars of days off, declared outages.
create schema rules;
grant usage on schema rules to mengyue_app;

create table rules.versions (
  version text primary key,
  id uuid not null unique,
  state text not null check (state in ('draft', 'consultation', 'announced', 'in_force', 'superseded', 'withdrawn')),
  -- The canonical JSON of the book, exactly the bytes of its hash.
  body text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  steps integer not null default 1,
  consult_from timestamptz,
  consult_until timestamptz,
  -- Who proposes to announce which text from when; another person announces it.
  proposed_by uuid,
  proposed_sha256 bytea,
  proposed_effective_at timestamptz,
  announced_at timestamptz,
  effective_at timestamptz,
  check (state not in ('announced', 'in_force', 'superseded') or (announced_at is not null and effective_at is not null))
);
-- One version at a time is worked on in public, and one is in force.
create unique index versions_in_force on rules.versions (state) where state = 'in_force';
grant select, insert, update on rules.versions to mengyue_app;

-- Each step of a version's life, with the text of that moment by its hash: what the public saw stays known.
create table rules.steps (
  version text not null references rules.versions (version),
  step integer not null check (step > 0),
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  sha256 bytea not null,
  note text not null default '',
  at timestamptz not null,
  primary key (version, step)
);
grant select, insert on rules.steps to mengyue_app;

-- Texts that were public once and were changed in consultation.
create table rules.texts (
  sha256 bytea primary key,
  version text not null references rules.versions (version),
  body text not null,
  at timestamptz not null
);
grant select, insert on rules.texts to mengyue_app;

create table rules.comments (
  version text not null references rules.versions (version),
  number integer not null check (number > 0),
  state text not null check (state in ('waiting', 'shown', 'hidden', 'answered')),
  -- The article it is about, null for the whole.
  article text,
  author_id uuid not null,
  author_name text not null,
  text text not null,
  at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  outcome text check (outcome in ('adopted', 'partly', 'declined', 'hidden')),
  reasons text,
  primary key (version, number),
  check ((outcome is null) = (state in ('waiting', 'shown'))),
  check ((reasons is null) = (outcome is null))
);
create index comments_author on rules.comments (author_id, version);
grant select, insert, update (state, decided_by, decided_at, outcome, reasons) on rules.comments to mengyue_app;

-- Who is told when rules change. Owners of shops are told whether they ask or not.
create table rules.subscriptions (
  user_id uuid primary key,
  duty boolean not null,
  since timestamptz not null
);
grant select, insert, update, delete on rules.subscriptions to mengyue_app;

-- Days off and make-up working days as published; the newest version counts, the older ones stay for what was computed with them.
create table rules.calendars (
  version text primary key,
  number integer not null unique,
  body jsonb not null,
  by_id uuid,
  at timestamptz not null,
  -- How far the deadlines that reach beyond the calendar before it are computed again; null when done.
  recount_from timestamptz
);
grant select, insert, update (recount_from) on rules.calendars to mengyue_app;

-- Outages that the platform declared: no limit runs in them. A row is never taken back; its end may be moved to later.
create table rules.outages (
  id uuid primary key,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason_zh text not null,
  reason_en text not null,
  by_id uuid not null,
  at timestamptz not null,
  -- False while deadlines that were set before are still being moved.
  applied boolean not null default false,
  check (to_at > from_at)
);
grant select, insert, update (to_at, applied) on rules.outages to mengyue_app;
