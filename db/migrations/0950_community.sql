-- community: what explains the shop to people: lessons passed, guides with versions and what readers say, call-backs, copies of personal data.
create schema community;
grant usage on schema community to mengyue_app;

-- How somebody did in the quiz of one edition of the lessons: the best of their attempts, and since when they have the badge.
create table community.quizzes (
  user_id uuid not null,
  edition text not null,
  attempts integer not null check (attempts > 0),
  best smallint not null check (best >= 0),
  passed_at timestamptz,
  at timestamptz not null,
  primary key (user_id, edition)
);
grant select, insert, update on community.quizzes to mengyue_app;

-- Guides and questions of the help centre. What everybody reads is the version named by `published`; a newer one is a draft.
create table community.guides (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  kind text not null check (kind in ('guide', 'question')),
  topic text not null,
  newest integer not null check (newest > 0),
  published integer check (published <= newest),
  published_at timestamptz,
  reads bigint not null default 0,
  useful integer not null default 0,
  useless integer not null default 0
);
grant select, insert, update on community.guides to mengyue_app;

create table community.guide_versions (
  guide_id uuid not null references community.guides (id),
  version integer not null check (version > 0),
  title_zh text not null,
  title_en text not null,
  summary_zh text not null,
  summary_en text not null,
  body_zh text not null,
  body_en text not null,
  -- null: it came with the program.
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (guide_id, version)
);
grant select, insert on community.guide_versions to mengyue_app;

-- Who read a guide, as the hash of their session: a view counts once a session and names nobody (F210).
create table community.guide_reads (
  guide_id uuid not null references community.guides (id),
  reader bytea not null check (octet_length(reader) = 16),
  at timestamptz not null,
  primary key (guide_id, reader)
);
create index guide_reads_at on community.guide_reads (at);
grant select, insert, delete on community.guide_reads to mengyue_app;

create table community.guide_votes (
  guide_id uuid not null references community.guides (id),
  reader bytea not null check (octet_length(reader) = 16),
  version integer not null,
  useful boolean not null,
  note text not null default '',
  at timestamptz not null,
  primary key (guide_id, reader)
);
grant select, insert, update on community.guide_votes to mengyue_app;

-- What readers ask below a guide. Words of those who sell help with claims hold a post back until somebody has looked at it (F130).
create table community.posts (
  id uuid primary key,
  guide_id uuid not null references community.guides (id),
  author_id uuid not null,
  author_name text not null,
  text text not null,
  state text not null check (state in ('shown', 'held', 'hidden')),
  held_for text[] not null default '{}',
  at timestamptz not null,
  answer text,
  decided_by uuid,
  decided_at timestamptz
);
create index posts_guide on community.posts (guide_id, id);
create index posts_held on community.posts (id) where state = 'held';
grant select, insert, update on community.posts to mengyue_app;

-- A call that somebody of the support makes in an hour that the buyer chose. Each hour has a few places; the number is sealed with the person's key.
create table community.callbacks (
  id uuid primary key,
  user_id uuid not null,
  slot_at timestamptz not null,
  place smallint not null check (place > 0),
  topic text not null,
  order_id uuid,
  note text not null,
  phone bytea not null,
  phone_masked text not null,
  asked_at timestamptz not null,
  -- Who opened the number, and what came of it.
  opened_by uuid,
  opened_at timestamptz,
  outcome text check (outcome in ('reached', 'missed', 'cancelled')),
  outcome_note text not null default '',
  ended_by uuid,
  ended_at timestamptz,
  check ((outcome is null) = (ended_at is null))
);
create unique index callbacks_place on community.callbacks (slot_at, place) where outcome is null;
create unique index callbacks_one_each on community.callbacks (user_id) where outcome is null;
grant select, insert, update on community.callbacks to mengyue_app;

-- A copy of what is known about a person (F168): asked for, made by a job, sealed with their key, given once, and gone after its time.
create table community.exports (
  id uuid primary key,
  user_id uuid not null,
  buyer_ids uuid[] not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  done_parts integer not null default 0,
  parts integer not null default 0,
  ready_at timestamptz,
  failed_at timestamptz,
  file bytea,
  size_bytes integer,
  sha256 bytea,
  expires_at timestamptz,
  fetched_at timestamptz,
  check (file is null or ready_at is not null)
);
create index exports_waiting on community.exports (asked_at) where ready_at is null and failed_at is null;
create index exports_of on community.exports (user_id, id);
create index exports_files on community.exports (expires_at) where file is not null;
grant select, insert, update on community.exports to mengyue_app;
