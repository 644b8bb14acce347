import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

export type RequestState = 'received' | 'granted' | 'answered' | 'declined';
export const requestShape = {
  id: t.uuid,
  authority: t.text,
  kind: t.word<'court' | 'police' | 'regulator'>(),
  number: t.text,
  basis: t.text,
  asked: t.text,
  documentHash: t.bytes,
  scope: t.word<'order' | 'shop' | 'period'>(),
  orderId: t.uuid.null,
  shopId: t.uuid.null,
  fromAt: t.instant.null,
  toAt: t.instant.null,
  dueAt: t.instant,
  state: t.word<RequestState>(),
  receivedBy: t.uuid,
  receivedAt: t.instant,
  grantedBy: t.uuid.null,
  grantedAt: t.instant.null,
  openUntil: t.instant.null,
  answer: t.text.null,
  answeredAt: t.instant.null,
};
export const requestColumns = sql`
  r.id, r.authority, r.kind, r.number, r.basis, r.asked, r.document_sha256 as document_hash, r.scope, r.order_id, r.shop_id, r.from_at, r.to_at, r.due_at, r.state, r.received_by, r.received_at,
  r.granted_by, r.granted_at, r.open_until, r.answer, r.answered_at`;

export const insertRequest = statement(
  'aftersales.insert_lawful_request',
  (p: {
    id: string;
    authority: string;
    kind: string;
    number: string;
    basis: string;
    asked: string;
    documentHash: Buffer;
    scope: string;
    orderId: string | null;
    shopId: string | null;
    fromAt: Instant | null;
    toAt: Instant | null;
    dueAt: Instant;
    byId: string;
    at: Instant;
  }) => sql`
  insert into aftersales.lawful_requests (id, authority, kind, number, basis, asked, document_sha256, scope, order_id, shop_id, from_at, to_at, due_at, state, received_by, received_at)
  values (${p.id}, ${p.authority}, ${p.kind}, ${p.number}, ${p.basis}, ${p.asked}, ${p.documentHash}::bytea, ${p.scope}, ${p.orderId}::uuid, ${p.shopId}::uuid, ${ts(p.fromAt)}::timestamptz,
          ${ts(p.toAt)}::timestamptz, ${ts(p.dueAt)}::timestamptz, 'received', ${p.byId}, ${ts(p.at)}::timestamptz)`,
);

export const lockRequest = query(
  'aftersales.lock_lawful_request',
  requestShape,
  (p: { id: string }) => sql`
  select ${requestColumns} from aftersales.lawful_requests r where r.id = ${p.id} for update`,
);

/** The request of a code that still works; the row is locked, since each look is counted. */
export const lockByCode = query(
  'aftersales.lock_lawful_request_by_code',
  requestShape,
  (p: { codeHash: Buffer; now: Instant }) => sql`
  select ${requestColumns} from aftersales.lawful_requests r
   where r.code_sha256 = ${p.codeHash}::bytea and r.state = 'granted' and r.open_until > ${ts(p.now)}::timestamptz for update`,
);

export const grantRequest = statement(
  'aftersales.grant_lawful_request',
  (p: { id: string; byId: string; codeHash: Buffer; openUntil: Instant; at: Instant }) => sql`
  update aftersales.lawful_requests set state = 'granted', granted_by = ${p.byId}, granted_at = ${ts(p.at)}::timestamptz, code_sha256 = ${p.codeHash}::bytea, open_until = ${ts(p.openUntil)}::timestamptz
   where id = ${p.id}`,
);

export const closeRequest = statement(
  'aftersales.close_lawful_request',
  (p: { id: string; state: string; answer: string; byId: string; at: Instant }) => sql`
  update aftersales.lawful_requests set state = ${p.state}, answer = ${p.answer}, answered_by = ${p.byId}, answered_at = ${ts(p.at)}::timestamptz, code_sha256 = null where id = ${p.id}`,
);

export const insertLook = statement(
  'aftersales.insert_lawful_look',
  (p: { requestId: string; what: string; hash: Buffer | null; at: Instant }) => sql`
  insert into aftersales.lawful_looks (request_id, number, what, sha256, at)
  select ${p.requestId}::uuid, coalesce(max(l.number), 0) + 1, ${p.what}, ${p.hash}::bytea, ${ts(p.at)}::timestamptz from aftersales.lawful_looks l where l.request_id = ${p.requestId}::uuid`,
);
