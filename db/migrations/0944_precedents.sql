-- aftersales: what was decided, for everybody, without anything that says who it was. Facts are codes and bands; the one text is a summary
-- that a person wrote and a check let through. The case behind a precedent is for the desk only (F201).
create table aftersales.precedents (
  number bigint generated always as identity primary key,
  shop_id uuid not null,
  case_id uuid not null,
  -- The month in which it was closed, in Beijing; no day, so that nobody finds an order by its time.
  month text not null check (month ~ '^\d{4}-\d\d$'),
  goods text not null,
  reason text not null,
  presumed boolean not null,
  asked text not null,
  outcome text not null check (outcome in ('refund', 'part_refund', 'reissue', 'perform', 'none', 'channel')),
  -- The step that settled it: agreed, silent, decided, ruled, paid first.
  settled_by text not null,
  paid_first boolean not null,
  band text not null,
  took text not null,
  defence text,
  rulebook text not null,
  articles text[] not null,
  exhibits text[] not null,
  liability jsonb not null,
  summary text check (length(summary) between 20 and 2000),
  reviewed_by uuid,
  reviewed_at timestamptz,
  unique (shop_id, case_id),
  foreign key (shop_id, case_id) references aftersales.cases (shop_id, id),
  check ((summary is null) = (reviewed_by is null) and (summary is null) = (reviewed_at is null))
);
create index precedents_reason on aftersales.precedents (reason, number);
create index precedents_outcome on aftersales.precedents (outcome, number);
create index precedents_month on aftersales.precedents (month);
grant select, insert, update (summary, reviewed_by, reviewed_at) on aftersales.precedents to mengyue_app;

create table aftersales.precedent_articles (
  article text not null,
  number bigint not null references aftersales.precedents (number),
  primary key (article, number)
);
grant select, insert on aftersales.precedent_articles to mengyue_app;
