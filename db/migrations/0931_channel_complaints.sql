-- payments: complaints that payers make at a channel (WeChat 消费者投诉 2.0 and its like), as the channel tells them.
create table payments.complaints (
  channel text not null,
  number text not null,
  trade_no text not null,
  payment_id uuid,
  amount_fen bigint not null check (amount_fen >= 0),
  state text not null check (state in ('pending', 'processing', 'processed')),
  text text not null,
  -- The payer says that it is settled.
  user_confirmed boolean not null,
  -- Of the notices: an older one changes nothing.
  version integer not null,
  -- What the channel gave back by its own decision, with its number of that.
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  refund_no text,
  told_at timestamptz not null,
  -- The channel's clocks: the first answer and the end.
  answer_by timestamptz not null,
  settle_by timestamptz not null,
  answered_at timestamptz,
  at timestamptz not null,
  primary key (channel, number)
) with (fillfactor = 80);
create index complaints_open on payments.complaints (settle_by) where state <> 'processed';
create index complaints_payment on payments.complaints (payment_id);
grant select, insert, update on payments.complaints to mengyue_app;

-- Every notice that came about complaints, with what was decided about it.
create table payments.complaint_notices (
  id uuid primary key,
  channel text not null,
  verified boolean not null,
  decision text not null,
  number text,
  request text,
  body_sha256 bytea not null,
  at timestamptz not null
);
create unique index complaint_notices_once on payments.complaint_notices (channel, request) where verified;
grant select, insert on payments.complaint_notices to mengyue_app;

-- What the shop or the platform answers, sent until its end is known.
create table payments.complaint_answers (
  id uuid primary key,
  channel text not null,
  number text not null,
  kind text not null check (kind in ('reply', 'complete')),
  text text not null,
  state text not null check (state in ('waiting', 'done', 'refused')),
  tries integer not null default 0,
  failure text,
  by_id uuid not null,
  due_at timestamptz,
  at timestamptz not null,
  done_at timestamptz
);
create index complaint_answers_due on payments.complaint_answers (due_at) where due_at is not null;
create index complaint_answers_of on payments.complaint_answers (channel, number, at);
grant select, insert, update on payments.complaint_answers to mengyue_app;

-- aftersales: which order and case a complaint is about. One complaint has one order.
create table aftersales.complaint_links (
  channel text not null,
  number text not null,
  shop_id uuid not null,
  order_id uuid not null,
  case_id uuid,
  -- A case was there before, one was opened, or why none could be.
  how text not null,
  about uuid not null unique,
  -- What of the channel's own refund was still in escrow; null while it made none.
  noted_fen bigint check (noted_fen >= 0),
  at timestamptz not null,
  primary key (channel, number)
);
create index complaint_links_order on aftersales.complaint_links (shop_id, order_id);
create index complaint_links_case on aftersales.complaint_links (shop_id, case_id);
grant select, insert, update on aftersales.complaint_links to mengyue_app;
