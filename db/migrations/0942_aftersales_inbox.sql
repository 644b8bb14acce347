-- aftersales: a shop's inbox goes on page by page by what ends first; what has no end stands last.
drop index aftersales.cases_inbox;
alter table aftersales.cases add column shop_by timestamptz generated always as (
  case when ended_at is not null then null when due_at is null then 'infinity'::timestamptz else due_at end) stored;
create index cases_inbox on aftersales.cases (shop_id, shop_by, id) where shop_by is not null;
