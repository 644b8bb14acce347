import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { IdentityKind } from './identity.contract.ts';

export const identityShape = {
  shopId: t.uuid,
  number: t.int,
  kind: t.word<IdentityKind>(),
  legalName: t.text,
  licenceNo: t.text,
  registeredAt: t.text,
  address: t.text,
  contactName: t.text,
  phone: t.text,
  email: t.text,
  at: t.instant,
};

/** The newest row of each shop. */
export const newestIdentities = query(
  'merchants.newest_identities',
  identityShape,
  (p: { shops: readonly string[] }) => sql`
  select i.shop_id, i.number, i.kind, i.legal_name, i.licence_no, i.registered_at, i.address, i.contact_name, i.phone, i.email, i.at
    from unnest(${p.shops}::uuid[]) as x(shop_id)
   cross join lateral (select * from merchants.identities i where i.shop_id = x.shop_id order by i.number desc limit 1) i`,
);

/** One after another: the shop's row is the lock. */
export const lockShopRow = query(
  'merchants.lock_shop',
  { id: t.uuid },
  (p: { shopId: string }) => sql`select id from merchants.shops where id = ${p.shopId} for update`,
);

export const insertIdentity = statement(
  'merchants.insert_identity',
  (p: {
    shopId: string;
    number: number;
    kind: string;
    legalName: string;
    licenceNo: string;
    registeredAt: string;
    address: string;
    contactName: string;
    phone: string;
    email: string;
    byId: string | null;
    at: Instant;
  }) => sql`
  insert into merchants.identities (shop_id, number, kind, legal_name, licence_no, registered_at, address, contact_name, phone, email, by_id, at)
  values (${p.shopId}, ${p.number}, ${p.kind}, ${p.legalName}, ${p.licenceNo}, ${p.registeredAt}, ${p.address}, ${p.contactName}, ${p.phone}, ${p.email}, ${p.byId}::uuid, ${ts(p.at)}::timestamptz)`,
);
