-- aftersales: one question after each case that was closed: how it was handled. Asked once, answered once or not at all (F193).
create table aftersales.surveys (
  shop_id uuid not null,
  case_id uuid not null,
  buyer_id uuid not null,
  -- Who decided it, where somebody did.
  handler_id uuid,
  asked_at timestamptz not null,
  answered_at timestamptz,
  result smallint check (result between 1 and 5),
  speed smallint check (speed between 1 and 5),
  clarity smallint check (clarity between 1 and 5),
  words text check (length(words) <= 1000),
  primary key (shop_id, case_id),
  foreign key (shop_id, case_id) references aftersales.cases (shop_id, id),
  check ((answered_at is null) = (result is null) and (result is null) = (speed is null) and (result is null) = (clarity is null))
);
create index surveys_answered on aftersales.surveys (answered_at, case_id) where answered_at is not null;
create index surveys_asked on aftersales.surveys (asked_at);
grant select, insert, update (answered_at, result, speed, clarity, words) on aftersales.surveys to mengyue_app;
create index cases_filed on aftersales.cases (filed_at);
create index cases_ended on aftersales.cases (ended_at) where ended_at is not null;
create index executions_at on aftersales.executions (at);
