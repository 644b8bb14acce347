import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { LegalHoldState } from './machine.ts';
import type { AuthorityKind, HoldScope, LegalHold } from './rules.ts';

export const holdShape = {
  id: t.uuid,
  scope: t.word<HoldScope>(),
  subjectId: t.uuid,
  shopId: t.uuid.null,
  authority: t.text,
  kind: t.word<AuthorityKind>(),
  number: t.text,
  documentHash: t.bytes,
  reason: t.text,
  until: t.instant,
  secret: t.bool,
  state: t.word<LegalHoldState>(),
  askedBy: t.uuid,
  askedAt: t.instant,
  placedBy: t.uuid.null,
  placedAt: t.instant.null,
  liftBy: t.uuid.null,
  liftReason: t.text.null,
  liftedBy: t.uuid.null,
  endedAt: t.instant.null,
};
export const holdColumns = sql`
  h.id, h.scope, h.subject_id, h.shop_id, h.authority, h.kind, h.number, h.document_sha256 as document_hash, h.reason, h.until, h.secret, h.state, h.asked_by, h.asked_at, h.placed_by, h.placed_at,
  h.lift_by, h.lift_reason, h.lifted_by, h.ended_at`;

export const lockHold = query(
  'evidence.lock_hold',
  holdShape,
  (p: { id: string }) => sql`
  select ${holdColumns} from evidence.legal_holds h where h.id = ${p.id} for update`,
);

export const insertHold = statement(
  'evidence.insert_hold',
  (p: { hold: LegalHold }) => sql`
  insert into evidence.legal_holds (id, scope, subject_id, shop_id, authority, kind, number, document_sha256, reason, until, secret, state, asked_by, asked_at)
  values (${p.hold.id}, ${p.hold.scope}, ${p.hold.subjectId}, ${p.hold.shopId}::uuid, ${p.hold.authority}, ${p.hold.kind}, ${p.hold.number}, ${p.hold.documentHash}::bytea, ${p.hold.reason},
          ${ts(p.hold.until)}::timestamptz, ${p.hold.secret}::boolean, ${p.hold.state}, ${p.hold.askedBy}, ${ts(p.hold.askedAt)}::timestamptz)`,
);

export const writeHold = statement(
  'evidence.write_hold',
  (p: { hold: LegalHold }) => sql`
  update evidence.legal_holds set state = ${p.hold.state}, placed_by = ${p.hold.placedBy}::uuid, placed_at = ${ts(p.hold.placedAt)}::timestamptz, lift_by = ${p.hold.liftBy}::uuid,
         lift_reason = ${p.hold.liftReason}, lifted_by = ${p.hold.liftedBy}::uuid, ended_at = ${ts(p.hold.endedAt)}::timestamptz
   where id = ${p.hold.id}`,
);

/** The holds that stand on any of these subjects. */
export const standingOn = query(
  'evidence.standing_on',
  holdShape,
  (p: { subjects: readonly string[] }) => sql`
  select ${holdColumns} from evidence.legal_holds h where h.subject_id = any(${p.subjects}::uuid[]) and h.state in ('standing', 'lift_asked') order by h.placed_at, h.id`,
);
