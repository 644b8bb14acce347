-- aftersales: the second instance. A panel of arbitrators or a jury for one case, drawn by lot from a list that was fixed before the lot was known.
create table aftersales.tribunals (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('panel', 'jury')),
  state text not null,
  seats smallint not null check (seats > 0),
  -- The newest event of the order when the tribunal was asked for: the first published checkpoint that covers it decides the lot.
  after_seq integer not null check (after_seq > 0),
  round smallint not null default 1,
  -- Who could be drawn: names that say nothing to others, sorted, and beside each the person.
  tokens text[] not null,
  people uuid[] not null,
  list_sha256 bytea not null check (octet_length(list_sha256) = 32),
  source_size bigint,
  source_root bytea check (octet_length(source_root) = 32),
  asked_at timestamptz not null,
  drawn_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, case_id, kind),
  foreign key (shop_id, case_id) references aftersales.cases (shop_id, id),
  check ((source_size is null) = (drawn_at is null)),
  check (cardinality(tokens) = cardinality(people))
);
create index tribunals_drawing on aftersales.tribunals (asked_at) where state = 'drawing';
grant select, insert, update on aftersales.tribunals to mengyue_app;

-- Who sits, or sat. `rank` is the place in the order that the lot gave, from 1.
create table aftersales.seats (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null,
  user_id uuid not null,
  rank integer not null check (rank > 0),
  state text not null check (state in ('seated', 'recused', 'late')),
  reason text not null default '',
  seated_at timestamptz not null,
  left_at timestamptz,
  primary key (shop_id, case_id, kind, user_id),
  unique (shop_id, case_id, kind, rank),
  foreign key (shop_id, case_id, kind) references aftersales.tribunals (shop_id, case_id, kind)
);
create index seats_user on aftersales.seats (user_id, seated_at);
grant select, insert, update on aftersales.seats to mengyue_app;

-- One vote of one seat. Of a juror first only the commitment is here; choice and reasons come when it is opened.
create table aftersales.ballots (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null,
  user_id uuid not null,
  commitment bytea check (octet_length(commitment) = 32),
  choice text,
  nonce text,
  body jsonb,
  at timestamptz not null,
  opened_at timestamptz,
  primary key (shop_id, case_id, kind, user_id),
  foreign key (shop_id, case_id, kind, user_id) references aftersales.seats (shop_id, case_id, kind, user_id),
  check (commitment is not null or choice is not null),
  check ((choice is null) = (opened_at is null))
);
grant select, insert, update on aftersales.ballots to mengyue_app;

-- A party's reasoned wish that somebody does not sit; one for each seat.
create table aftersales.recusals (
  shop_id uuid not null,
  case_id uuid not null,
  user_id uuid not null,
  by_kind text not null check (by_kind in ('buyer', 'merchant')),
  by_id uuid not null,
  text text not null,
  state text not null check (state in ('open', 'granted', 'dismissed')),
  reasons text,
  decided_by uuid,
  at timestamptz not null,
  decided_at timestamptz,
  primary key (shop_id, case_id, user_id)
);
create index recusals_open on aftersales.recusals (at) where state = 'open';
grant select, insert, update on aftersales.recusals to mengyue_app;

-- People who offered to sit on juries.
create table aftersales.jurors (
  user_id uuid primary key,
  willing boolean not null,
  at timestamptz not null
);
create index jurors_willing on aftersales.jurors (user_id) where willing;
grant select, insert, update on aftersales.jurors to mengyue_app;

-- Nobody hears one case in two instances: 1 decides first, 2 sits on its panel or in its place, 3 rules on the appeal.
alter table aftersales.assignments drop constraint assignments_tier_check;
alter table aftersales.assignments add constraint assignments_tier_check check (tier in (1, 2, 3));
