-- aftersales: the desk's queue. A case that waits for the platform has a time until which it decides, or until which its chair rules; each way
-- to narrow the queue has its own index that ends in that time, so that a page of it costs the same among a thousand cases and among a million.
drop index aftersales.cases_queue;
alter table aftersales.cases add column desk_by timestamptz generated always as (
  case when ended_at is not null then null when state = 'chaired' then due_at else decide_by end) stored;
-- Who has it in hands now: a later instance is in other hands than the first decision.
alter table aftersales.cases add column holder_id uuid generated always as (
  case when state in ('appealed', 'chaired') then senior_id else handler_id end) stored;
create index cases_desk on aftersales.cases (desk_by, id) where desk_by is not null;
create index cases_desk_state on aftersales.cases (state, desk_by, id) where desk_by is not null;
create index cases_desk_reason on aftersales.cases (reason, desk_by, id) where desk_by is not null;
create index cases_desk_shop on aftersales.cases (shop_id, desk_by, id) where desk_by is not null;
create index cases_desk_holder on aftersales.cases (holder_id, desk_by, id) where desk_by is not null;
-- People read out the last six characters of a number; the last 28 bits find it.
create index cases_tail on aftersales.cases (right(id::text, 7));
