-- aftersales: a key is opened for an arbitrator only when one person asks with a reason and another one agrees (evidence 5, VGSR article 14).
create table aftersales.unsealings (
  shop_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  place integer not null check (place > 0),
  state text not null check (state in ('asked', 'granted', 'denied', 'shown')),
  -- What is asked for and what was granted: its last characters, or all of it.
  extent text not null check (extent in ('masked', 'whole')),
  granted text check (granted in ('masked', 'whole')),
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  answer text,
  decided_by uuid,
  decided_at timestamptz,
  until timestamptz,
  shown_at timestamptz,
  primary key (shop_id, id),
  foreign key (shop_id, case_id) references aftersales.cases (shop_id, id),
  check (decided_by <> asked_by),
  check ((state = 'asked') = (decided_by is null)),
  check ((shown_at is not null) = (state = 'shown'))
) with (fillfactor = 80);
create index unsealings_case on aftersales.unsealings (shop_id, case_id);
create index unsealings_open on aftersales.unsealings (asked_at) where state = 'asked';
grant select, insert, update on aftersales.unsealings to mengyue_app;
