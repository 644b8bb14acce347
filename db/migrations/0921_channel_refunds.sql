-- What a payment channel returned of an order by its own decision, outside of any case: who bore how much, and for which units.
create table aftersales.channel_refunds (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  channel text not null,
  reference text not null,
  amount_fen bigint not null check (amount_fen > 0),
  shares jsonb not null,
  places jsonb not null,
  key uuid not null unique,
  at timestamptz not null,
  primary key (shop_id, order_id, line, channel, reference)
);
grant select, insert on aftersales.channel_refunds to mengyue_app;
