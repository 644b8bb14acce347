-- aftersales: cases about one batch. What each case is about, when a batch rang the alarm, and the groups that are looked into once.

-- The batch of a case about quality, or its listing where the goods have none.
create table aftersales.case_subjects (
  shop_id uuid not null,
  case_id uuid not null,
  listing_id uuid not null,
  subject_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, case_id),
  foreign key (shop_id, case_id) references aftersales.cases (shop_id, id)
);
create index case_subjects_subject on aftersales.case_subjects (shop_id, subject_id, at);
grant select, insert on aftersales.case_subjects to mengyue_app;

-- One row a batch about which somebody complained; whoever counts holds it.
create table aftersales.batch_watches (
  shop_id uuid not null,
  subject_id uuid not null,
  listing_id uuid not null,
  cases integer not null default 0,
  sold bigint not null default 0,
  alarmed_at timestamptz,
  suspended boolean not null default false,
  primary key (shop_id, subject_id)
);
create index batch_watches_alarmed on aftersales.batch_watches (alarmed_at) where alarmed_at is not null;
grant select, insert, update on aftersales.batch_watches to mengyue_app;

create table aftersales.case_groups (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  subject_id uuid not null,
  state text not null,
  steps integer not null default 1,
  rulebook text not null,
  -- The buyer who speaks for all of them.
  representative_id uuid not null,
  finding jsonb,
  proposed_by uuid,
  opened_at timestamptz not null,
  decided_at timestamptz,
  primary key (shop_id, id)
);
create index case_groups_id on aftersales.case_groups (id);
create unique index case_groups_open on aftersales.case_groups (shop_id, subject_id) where state in ('open', 'signing');
create index case_groups_list on aftersales.case_groups (opened_at desc, id);
grant select, insert, update on aftersales.case_groups to mengyue_app;

create table aftersales.case_group_steps (
  shop_id uuid not null,
  group_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamptz not null,
  primary key (shop_id, group_id, step)
);
grant select, insert on aftersales.case_group_steps to mengyue_app;

-- The cases of a group; one case is in one group at a time. `outcome`: found (the finding applies to it), settled (it was settled by itself),
-- unfit (the finding cannot apply: nothing is left, or another remedy is owed).
create table aftersales.case_group_members (
  shop_id uuid not null,
  group_id uuid not null,
  case_id uuid not null,
  joined_at timestamptz not null,
  left_at timestamptz,
  found_at timestamptz,
  outcome text check (outcome in ('found', 'settled', 'unfit')),
  primary key (shop_id, group_id, case_id),
  foreign key (shop_id, group_id) references aftersales.case_groups (shop_id, id),
  check ((found_at is null) = (outcome is null)),
  check (left_at is null or found_at is null)
);
create unique index case_group_members_case on aftersales.case_group_members (shop_id, case_id);
create index case_group_members_open on aftersales.case_group_members (shop_id, group_id) where found_at is null and left_at is null;
grant select, insert, update on aftersales.case_group_members to mengyue_app;

-- What the representative tells the desk and the others.
create table aftersales.case_group_words (
  shop_id uuid not null,
  group_id uuid not null,
  number integer not null,
  by_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (shop_id, group_id, number)
);
grant select, insert on aftersales.case_group_words to mengyue_app;
