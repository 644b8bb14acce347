-- aftersales: the trees of the self-diagnosis that operators wrote, and how buyers walked through them.

-- Version 1 of every tree is part of the program (trees.data.ts). A published version never changes; a draft is one for each kind of goods.
create table aftersales.trees (
  goods text not null,
  version integer not null check (version > 1),
  based_on integer not null check (based_on > 0 and based_on < version),
  -- Canonical JSON, so that its hash can be recomputed.
  body text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  edited_by uuid not null,
  edited_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  withdrawn_at timestamptz,
  primary key (goods, version),
  check ((published_by is null) = (published_at is null)),
  check (published_at is null or withdrawn_at is null)
);
create unique index trees_draft on aftersales.trees (goods) where published_at is null and withdrawn_at is null;
grant select, insert, update on aftersales.trees to mengyue_app;

-- One walk about one unit of an order line, by the version of the tree that was in force when it began.
create table aftersales.diagnoses (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null check (place > 0),
  goods text not null,
  tree integer not null check (tree > 0),
  begun_at timestamptz not null,
  -- Begun anew, or taken into a case.
  closed_at timestamptz,
  case_id uuid,
  primary key (shop_id, id),
  foreign key (shop_id, order_id) references orders.orders (shop_id, id),
  check (case_id is null or closed_at is not null)
);
create unique index diagnoses_open on aftersales.diagnoses (shop_id, order_id, line, place) where closed_at is null;
grant select, insert, update on aftersales.diagnoses to mengyue_app;

-- What the buyer answered, in order; a later answer to the same step counts, the earlier one stays.
create table aftersales.diagnosis_answers (
  shop_id uuid not null,
  diagnosis_id uuid not null,
  nth integer not null check (nth > 0),
  step text not null,
  answer text not null,
  note text not null,
  at timestamptz not null,
  primary key (shop_id, diagnosis_id, nth)
);
grant select, insert on aftersales.diagnosis_answers to mengyue_app;
