-- delivery of direct top-ups: where each stands for its buyer, what the buyer chose, and what was asked because a number was wrong.
create table delivery.topups (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  state text not null,
  -- The account, masked; the account itself lies sealed with the order and with the supplier's request.
  masked text not null,
  label text not null,
  target text not null,
  carrier text not null,
  region text not null,
  speed text not null,
  face_fen bigint not null check (face_fen > 0),
  arrived_fen bigint check (arrived_fen > 0),
  -- Chosen at the promise: wait until then, at least.
  waits_until timestamptz,
  -- The buyer typed a wrong number: until when the shop must have tried to stop it, and what became of that.
  wrong_at timestamptz,
  wrong_until timestamptz,
  wrong_tried_at timestamptz,
  wrong_by_id uuid,
  -- The money went back without a final word of the supplier, and it arrived all the same: the shop's loss.
  gave_up_at timestamptz,
  late_at timestamptz,
  at timestamptz not null,
  primary key (shop_id, order_id, line),
  foreign key (shop_id, order_id, line) references delivery.lines (shop_id, order_id, line)
) with (fillfactor = 70);
create index topups_late on delivery.topups (shop_id, late_at) where late_at is not null;
create index topups_wrong on delivery.topups (shop_id, wrong_until) where wrong_until is not null;
grant select, insert, update on delivery.topups to mengyue_app;
