-- aftersales: cases with their steps, what was said and shown in them, what they decided, and what was paid for each loss.
create schema aftersales;
grant usage on schema aftersales to mengyue_app;

create table aftersales.cases (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  -- The affected line and the places of its units, from 1.
  line smallint not null,
  places integer[] not null check (cardinality(places) > 0),
  goods text not null,
  reason text not null,
  -- What the buyer chose first: a wrong scene costs no time and no right (article 24).
  filed_reason text not null,
  state text not null,
  steps integer not null default 1,
  rulebook text not null,
  remedy text not null check (remedy in ('refund', 'reissue', 'perform')),
  asked_fen bigint not null check (asked_fen >= 0),
  -- What was agreed or decided, once it was.
  award_remedy text check (award_remedy in ('refund', 'reissue', 'perform', 'none')),
  award_fen bigint check (award_fen >= 0),
  -- Who answers for it, in percent: the finding without which no case is closed (F212).
  liability jsonb,
  -- The shop's own promise to answer sooner, from the listing as ordered; it binds (article 12).
  answer_hours smallint check (answer_hours > 0),
  -- Within the window of article 5: the key counts as dead on delivery, so long as nobody proves otherwise.
  presumed boolean not null,
  offers integer not null default 0,
  rounds integer not null default 0,
  reopened boolean not null default false,
  handler_id uuid,
  senior_id uuid,
  -- The merchant's answer is asked for until, and so on: the one clock that runs now, and whose turn it is.
  turn text check (turn in ('buyer', 'merchant', 'platform')),
  due_at timestamptz,
  since_at timestamptz,
  decide_by timestamptz,
  filed_at timestamptz not null,
  ended_at timestamptz,
  primary key (shop_id, id),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id)
) with (fillfactor = 80);
create index cases_order on aftersales.cases (shop_id, order_id);
create index cases_buyer on aftersales.cases (buyer_id, id);
create index cases_id on aftersales.cases (id);
create index cases_inbox on aftersales.cases (shop_id, due_at, id) where ended_at is null;
create index cases_queue on aftersales.cases (decide_by, id) where ended_at is null and state in ('intervention', 'review', 'evidence', 'signing', 'appealed');
grant select, insert, update on aftersales.cases to mengyue_app;

create table aftersales.steps (
  shop_id uuid not null,
  case_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  at timestamptz not null,
  primary key (shop_id, case_id, step)
);
grant select, insert on aftersales.steps to mengyue_app;

-- Everything that was said in a case: claim, offers, refusal, requests, decisions. Nobody edits what was said.
create table aftersales.statements (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  kind text not null,
  by_kind text not null,
  by_id uuid,
  body jsonb not null,
  at timestamptz not null,
  primary key (shop_id, case_id, number)
);
grant select, insert on aftersales.statements to mengyue_app;

-- What a party adds to what the platform fixed by itself; kept with its hash, its forming and its submission (article 23).
create table aftersales.exhibits (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  by_kind text not null,
  by_id uuid,
  kind text not null,
  caption text not null,
  text text not null,
  sha256 bytea not null,
  formed_at timestamptz,
  at timestamptz not null,
  primary key (shop_id, case_id, number)
);
grant select, insert on aftersales.exhibits to mengyue_app;

-- Who had a case in hands, and in which instance: nobody hears the same case twice.
create table aftersales.assignments (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  tier smallint not null check (tier in (1, 2)),
  user_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, case_id, number)
);
create index assignments_user on aftersales.assignments (user_id, at);
grant select, insert on aftersales.assignments to mengyue_app;

-- One loss for each unit that was bought: whoever pays, escrow, shop, deposit, insurance, platform or channel, the sum never passes its price.
create table aftersales.losses (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  cap_fen bigint not null check (cap_fen >= 0),
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  primary key (shop_id, order_id, line, place),
  check (paid_fen <= cap_fen)
) with (fillfactor = 80);
grant select, insert, update on aftersales.losses to mengyue_app;

-- What was done for a case, once: `key` is the key of its transfers. No row can be written twice for one case.
create table aftersales.executions (
  shop_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  kind text not null check (kind in ('refund', 'reissue', 'perform', 'none', 'channel')),
  amount_fen bigint not null check (amount_fen >= 0),
  -- Who paid how much, in the order of article 30.
  shares jsonb not null,
  -- How much each place got.
  places jsonb not null,
  key uuid not null unique,
  article text not null,
  paid_first boolean not null,
  at timestamptz not null,
  primary key (shop_id, case_id)
);
create index executions_line on aftersales.executions (shop_id, order_id, line);
grant select, insert on aftersales.executions to mengyue_app;

create table aftersales.objections (
  shop_id uuid not null,
  case_id uuid not null,
  state text not null check (state in ('open', 'upheld', 'dismissed')),
  text text not null,
  by_id uuid not null,
  reasons text,
  decided_by uuid,
  key uuid unique,
  at timestamptz not null,
  decided_at timestamptz,
  primary key (shop_id, case_id)
);
create index objections_open on aftersales.objections (at) where state = 'open';
grant select, insert, update on aftersales.objections to mengyue_app;
