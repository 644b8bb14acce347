-- merchants: who runs a shop, as the platform checked it (e-commerce law arts. 27, 28, 58; consumer law art. 44). A correction is a new row.
create table merchants.identities (
  shop_id uuid not null references merchants.shops (id),
  number integer not null check (number > 0),
  kind text not null check (kind in ('company', 'sole_trader', 'person')),
  legal_name text not null,
  -- Unified social credit code, or of a person the number under which the platform checked them.
  licence_no text not null,
  registered_at text not null,
  address text not null,
  contact_name text not null,
  phone text not null,
  email text not null,
  by_id uuid,
  at timestamptz not null,
  primary key (shop_id, number)
);
grant select, insert on merchants.identities to mengyue_app;

-- aftersales: what was taken to somebody outside (12315, a consumer association, a court, the police). A record pauses nothing by itself.
create table aftersales.external_records (
  shop_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  case_id uuid,
  kind text not null check (kind in ('12315', 'association', 'court', 'police')),
  number text not null,
  authority text not null,
  filed_at timestamptz not null,
  -- When the authority took it up; from then on its mediation is counted.
  accepted_at timestamptz,
  outcome text,
  ended_at timestamptz,
  by_kind text not null check (by_kind in ('buyer', 'merchant', 'staff')),
  by_id uuid not null,
  at timestamptz not null,
  primary key (shop_id, order_id, id)
);
grant select, insert, update on aftersales.external_records to mengyue_app;
