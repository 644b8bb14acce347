import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { ExternalKind } from './laws.data.ts';

export const externalShape = {
  id: t.uuid,
  orderId: t.uuid,
  caseId: t.uuid.null,
  kind: t.word<ExternalKind>(),
  number: t.text,
  authority: t.text,
  filedAt: t.instant,
  acceptedAt: t.instant.null,
  outcome: t.text.null,
  endedAt: t.instant.null,
  by: t.word<'buyer' | 'merchant' | 'staff'>(),
  byId: t.uuid,
};
export const externalColumns = sql`
  x.id, x.order_id, x.case_id, x.kind, x.number, x.authority, x.filed_at, x.accepted_at, x.outcome, x.ended_at, x.by_kind as by, x.by_id`;

export const insertExternal = statement(
  'aftersales.insert_external',
  (p: {
    shopId: string;
    orderId: string;
    id: string;
    caseId: string | null;
    kind: string;
    number: string;
    authority: string;
    filedAt: Instant;
    by: string;
    byId: string;
    at: Instant;
  }) => sql`
  insert into aftersales.external_records (shop_id, order_id, id, case_id, kind, number, authority, filed_at, by_kind, by_id, at)
  values (${p.shopId}, ${p.orderId}, ${p.id}, ${p.caseId}::uuid, ${p.kind}, ${p.number}, ${p.authority}, ${ts(p.filedAt)}::timestamptz, ${p.by}, ${p.byId}, ${ts(p.at)}::timestamptz)`,
);

export const lockExternal = query(
  'aftersales.lock_external',
  externalShape,
  (p: { shopId: string; orderId: string; id: string }) => sql`
  select ${externalColumns} from aftersales.external_records x where x.shop_id = ${p.shopId} and x.order_id = ${p.orderId} and x.id = ${p.id} for update`,
);

export const writeExternal = statement(
  'aftersales.write_external',
  (p: {
    shopId: string;
    orderId: string;
    id: string;
    acceptedAt: Instant | null;
    outcome: string | null;
    endedAt: Instant | null;
  }) => sql`
  update aftersales.external_records set accepted_at = ${ts(p.acceptedAt)}::timestamptz, outcome = ${p.outcome}, ended_at = ${ts(p.endedAt)}::timestamptz
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and id = ${p.id}`,
);

export const linkShape = {
  channel: t.text,
  number: t.text,
  shopId: t.uuid,
  orderId: t.uuid,
  caseId: t.uuid.null,
  how: t.text,
  about: t.uuid,
  noted: t.fen.null,
};
export const linkColumns = sql`
  l.channel, l.number, l.shop_id, l.order_id, l.case_id, l.how, l.about, l.noted_fen as noted`;

export const lockLink = query(
  'aftersales.lock_complaint_link',
  linkShape,
  (p: { channel: string; number: string }) => sql`
  select ${linkColumns} from aftersales.complaint_links l where l.channel = ${p.channel} and l.number = ${p.number} for update`,
);

export const linkAbout = query(
  'aftersales.complaint_link_about',
  linkShape,
  (p: { abouts: readonly string[] }) => sql`
  select ${linkColumns} from aftersales.complaint_links l where l.about = any(${p.abouts}::uuid[])`,
);

export const insertLink = statement(
  'aftersales.insert_complaint_link',
  (p: {
    channel: string;
    number: string;
    shopId: string;
    orderId: string;
    caseId: string | null;
    how: string;
    about: string;
    at: Instant;
  }) => sql`
  insert into aftersales.complaint_links (channel, number, shop_id, order_id, case_id, how, about, at)
  values (${p.channel}, ${p.number}, ${p.shopId}, ${p.orderId}, ${p.caseId}::uuid, ${p.how}, ${p.about}, ${ts(p.at)}::timestamptz)`,
);

export const writeNoted = statement(
  'aftersales.write_complaint_noted',
  (p: { channel: string; number: string; noted: bigint }) => sql`
  update aftersales.complaint_links set noted_fen = coalesce(noted_fen, 0) + ${p.noted}::bigint where channel = ${p.channel} and number = ${p.number}`,
);
