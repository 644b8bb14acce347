-- risk: what was found about buyers and shops, what follows from it, and what waits for somebody to look.
create schema risk;
grant usage on schema risk to mengyue_app;

-- One fact about a buyer or a shop, with what shows it. The same fact is written once, whoever reports it.
create table risk.signals (
  subject_id uuid not null,
  id uuid not null,
  side text not null check (side in ('buyer', 'merchant')),
  kind text not null,
  ref text not null check (ref <> ''),
  -- The case, order, exhibit or message that shows it, and a few plain words.
  evidence jsonb not null,
  at timestamptz not null,
  primary key (subject_id, id),
  unique (subject_id, kind, ref)
);
create index signals_new on risk.signals (at, id);
grant select, insert on risk.signals to mengyue_app;

-- A measure against abuse (article 38) or a penalty (article 34): proposed by one, confirmed by another, heard in appeal by a third.
create table risk.measures (
  subject_id uuid not null,
  id uuid not null,
  side text not null check (side in ('buyer', 'merchant')),
  step text not null check (step in ('notice', 'fewer_fast', 'no_first_pay', 'limit_goods', 'warning', 'ban')),
  state text not null,
  steps integer not null,
  signals uuid[] not null check (cardinality(signals) > 0),
  reasons text not null,
  articles text[] not null check (cardinality(articles) > 0),
  rulebook text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  confirmed_by uuid,
  starts_at timestamptz,
  -- Null: until it is lifted in appeal.
  ends_at timestamptz,
  appeal_until timestamptz,
  heard_by uuid,
  ended_at timestamptz,
  primary key (subject_id, id),
  check (confirmed_by <> proposed_by),
  check (heard_by <> proposed_by and heard_by <> confirmed_by),
  check ((starts_at is null) = (confirmed_by is null) or state = 'rejected')
);
create unique index measures_proposed on risk.measures (subject_id) where state = 'proposed';
create unique index measures_id on risk.measures (id);
create index measures_open on risk.measures (proposed_at, id) where ended_at is null;
grant select, insert, update on risk.measures to mengyue_app;

create table risk.measure_steps (
  subject_id uuid not null,
  measure_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamptz not null,
  primary key (subject_id, measure_id, step)
);
grant select, insert on risk.measure_steps to mengyue_app;

-- What a shop's standing gains or loses, written in the transaction of the decision that says so.
create table risk.scores (
  shop_id uuid not null,
  kind text not null,
  ref uuid not null,
  points integer not null check (points <> 0),
  at timestamptz not null,
  primary key (shop_id, kind, ref)
);
grant select, insert on risk.scores to mengyue_app;

-- What somebody has to look at: a silent shop (its money is frozen while the ticket is open), purchases out of the ordinary, a shop that
-- cannot be reached, a high rate of disputes.
create table risk.tickets (
  id uuid primary key,
  kind text not null check (kind in ('runaway', 'velocity', 'unreachable', 'dispute_rate')),
  subject_id uuid not null,
  -- What makes it the same ticket.
  ref text not null,
  state text not null,
  steps integer not null,
  facts jsonb not null,
  opened_at timestamptz not null,
  proposed_by uuid,
  ended_by uuid,
  ended_at timestamptz,
  unique (kind, subject_id, ref),
  check (ended_by <> proposed_by)
);
create index tickets_open on risk.tickets (opened_at, id) where ended_at is null;
create index tickets_subject on risk.tickets (subject_id, kind) where ended_at is null;
grant select, insert, update on risk.tickets to mengyue_app;

create table risk.ticket_steps (
  ticket_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamptz not null,
  primary key (ticket_id, step)
);
grant select, insert on risk.ticket_steps to mengyue_app;

-- Why a listing is not sold though its shop would: one row a cause, gone when it is cured. What was is in pause_events.
create table risk.pauses (
  shop_id uuid not null,
  listing_id uuid not null,
  cause text not null check (cause in ('delay', 'stock_out', 'supplier', 'runaway', 'ban', 'deposit', 'batch')),
  facts jsonb not null,
  since timestamptz not null,
  primary key (shop_id, listing_id, cause)
);
grant select, insert, delete on risk.pauses to mengyue_app;

create table risk.pause_events (
  shop_id uuid not null,
  listing_id uuid not null,
  id uuid not null,
  event text not null check (event in ('pause', 'cure')),
  cause text not null,
  facts jsonb not null,
  at timestamptz not null,
  primary key (shop_id, listing_id, id)
);
grant select, insert on risk.pause_events to mengyue_app;

-- How a listing does, measured again and again while it sells: the series of the health page.
create table risk.health (
  shop_id uuid not null,
  listing_id uuid not null,
  at timestamptz not null,
  deliveries integer not null,
  late integer not null,
  p95_seconds integer,
  promise_seconds integer not null,
  stock integer,
  primary key (shop_id, listing_id, at)
);
grant select, insert on risk.health to mengyue_app;

-- Orders of article 48 with their four switches.
create table risk.high_orders (
  shop_id uuid not null,
  order_id uuid not null,
  total_fen bigint not null check (total_fen > 0),
  extra_days smallint not null check (extra_days > 0),
  witness boolean not null,
  at timestamptz not null,
  anchored_at timestamptz,
  inspected_at timestamptz,
  inspected_by uuid,
  primary key (shop_id, order_id)
);
create index high_orders_open on risk.high_orders (at) where inspected_at is null;
grant select, insert, update on risk.high_orders to mengyue_app;

-- What everybody may read of a shop: how many of its orders ended in a dispute, and how soon it first answers; counted again and again.
create table risk.rates (
  shop_id uuid primary key,
  orders integer not null,
  disputed integer not null check (disputed <= orders),
  answered integer not null,
  -- Median time from a complaint or a question to the shop's first answer.
  first_seconds integer,
  at timestamptz not null
);
grant select, insert, update on risk.rates to mengyue_app;
