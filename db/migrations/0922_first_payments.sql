-- What was paid first, for each person, device and payment instrument that it counts for; and the rows that are locked to count exactly.
create table aftersales.first_pay_counters (
  kind text not null check (kind in ('all', 'device', 'identity', 'instrument')),
  key text not null,
  primary key (kind, key)
);
grant select, insert, update on aftersales.first_pay_counters to mengyue_app;

create table aftersales.first_payments (
  kind text not null,
  key text not null,
  case_id uuid not null,
  shop_id uuid not null,
  -- What a machine had verified.
  trigger text not null check (trigger in ('used_before', 'sold_twice', 'dead_link', 'late', 'unreachable')),
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null,
  primary key (kind, key, case_id),
  foreign key (kind, key) references aftersales.first_pay_counters (kind, key)
);
create index first_payments_at on aftersales.first_payments (kind, key, at);
grant select, insert on aftersales.first_payments to mengyue_app;
