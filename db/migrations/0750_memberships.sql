-- delivery of memberships that a shop keeps: who is a member until when, and which order paid for which stretch.
create table delivery.memberships (
  shop_id uuid not null,
  id uuid not null,
  buyer_id uuid not null,
  listing_id uuid not null,
  variant_id uuid not null,
  -- Terms that add up share one membership: zero. One that stands alone has its own id here.
  slot uuid not null,
  level text not null,
  sharing text not null check (sharing in ('own', 'shared')),
  state text not null check (state in ('none', 'pending', 'active', 'expiring', 'expired', 'suspended', 'ended')),
  -- The rulebook of the newest order in it, which its deadlines cite.
  rulebook text not null,
  begun_at timestamptz,
  ends_at timestamptz,
  suspended_at timestamptz,
  -- How many days before its end it was last reminded; null since it was bought last.
  reminded smallint,
  changes integer not null default 0,
  primary key (shop_id, id),
  unique (shop_id, buyer_id, listing_id, slot),
  check ((state = 'suspended') = (suspended_at is not null)),
  check (state not in ('active', 'expiring', 'expired') or (begun_at is not null and ends_at > begun_at))
) with (fillfactor = 80);
create index memberships_buyer on delivery.memberships (buyer_id, id);
create index memberships_id on delivery.memberships (id);
grant select, insert, update on delivery.memberships to mengyue_app;

-- One stretch for each order line. Its times are null until the membership begins; `days` are whole Beijing days, the first one free.
create table delivery.membership_periods (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  membership_id uuid not null,
  nth integer not null check (nth > 0),
  term_count integer not null check (term_count > 0),
  term_unit text not null check (term_unit in ('day', 'month')),
  total_fen bigint not null check (total_fen >= 0),
  from_at timestamptz,
  until_at timestamptz,
  days integer check (days > 0),
  paused_days integer not null default 0 check (paused_days >= 0),
  -- Its money went back: it gives no days any more.
  ended_at timestamptz,
  primary key (shop_id, order_id, line),
  foreign key (shop_id, membership_id) references delivery.memberships (shop_id, id),
  check ((from_at is null) = (until_at is null) and (from_at is null) = (days is null)),
  check (from_at is null or from_at < until_at)
) with (fillfactor = 80);
create index membership_periods_of on delivery.membership_periods (shop_id, membership_id, nth);
grant select, insert, update on delivery.membership_periods to mengyue_app;
