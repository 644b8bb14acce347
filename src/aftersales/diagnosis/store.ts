import { bare, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

export const treeShape = {
  goods: t.text,
  version: t.int,
  basedOn: t.int,
  body: t.text,
  sha256: t.bytes,
  editedBy: t.uuid,
  editedAt: t.instant,
  publishedBy: t.uuid.null,
  publishedAt: t.instant.null,
  withdrawnAt: t.instant.null,
};
export const treeColumns = sql`goods, version, based_on, body, sha256, edited_by, edited_at, published_by, published_at, withdrawn_at`;

/** A version with its lock: one change after another. */
export const lockTree = query(
  'aftersales.lock_tree',
  treeShape,
  (p: { goods: string; version: number }) => sql`
  select ${treeColumns} from aftersales.trees where goods = ${p.goods} and version = ${p.version} for update`,
);

/** A new draft; nothing is written where there is one already, or its number is taken. */
export const insertTree = statement(
  'aftersales.insert_tree',
  (p: {
    goods: string;
    version: number;
    basedOn: number;
    body: string;
    sha256: Buffer;
    byId: string;
    at: Instant;
  }) => sql`
  insert into aftersales.trees (goods, version, based_on, body, sha256, edited_by, edited_at)
  values (${p.goods}, ${p.version}, ${p.basedOn}, ${p.body}, ${p.sha256}, ${p.byId}, ${ts(p.at)}::timestamptz)
  on conflict do nothing`,
);

export const writeTree = statement(
  'aftersales.write_tree',
  (p: { goods: string; version: number; body: string; sha256: Buffer; byId: string; at: Instant }) => sql`
  update aftersales.trees set body = ${p.body}, sha256 = ${p.sha256}, edited_by = ${p.byId}, edited_at = ${ts(p.at)}::timestamptz
   where goods = ${p.goods} and version = ${p.version} and published_at is null and withdrawn_at is null`,
);

export const publishTree = statement(
  'aftersales.publish_tree',
  (p: { goods: string; version: number; byId: string; at: Instant }) => sql`
  update aftersales.trees set published_by = ${p.byId}, published_at = ${ts(p.at)}::timestamptz
   where goods = ${p.goods} and version = ${p.version} and published_at is null and withdrawn_at is null`,
);

export const withdrawTree = statement(
  'aftersales.withdraw_tree',
  (p: { goods: string; version: number; at: Instant }) => sql`
  update aftersales.trees set withdrawn_at = ${ts(p.at)}::timestamptz
   where goods = ${p.goods} and version = ${p.version} and published_at is null and withdrawn_at is null`,
);

type At = { shopId: string; orderId: string; line: number; place: number };
export const diagnosisShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  line: t.int,
  place: t.int,
  goods: t.text,
  tree: t.int,
};

/** The walks about units of a line that go on, with their locks, by place. */
export const lockDiagnoses = query(
  'aftersales.lock_diagnoses',
  diagnosisShape,
  (p: Omit<At, 'place'> & { places: readonly number[] }) => sql`
  select shop_id, id, order_id, line, place, goods, tree from aftersales.diagnoses
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line} and place = any(${bare(p.places)}::int[]) and closed_at is null
   order by place for update`,
);

/** A new walk; where two begin at the same moment, the one that came first is kept. */
export const insertDiagnosis = statement(
  'aftersales.insert_diagnosis',
  (p: At & { id: string; goods: string; tree: number; at: Instant }) => sql`
  insert into aftersales.diagnoses (shop_id, id, order_id, line, place, goods, tree, begun_at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.line}, ${p.place}, ${p.goods}, ${p.tree}, ${ts(p.at)}::timestamptz)
  on conflict (shop_id, order_id, line, place) where closed_at is null do nothing`,
);

/** Numbered after those that are there; the caller holds the lock of the walk. */
export const insertAnswer = statement(
  'aftersales.insert_diagnosis_answer',
  (p: {
    shopId: string;
    diagnosisId: string;
    step: string;
    answer: string;
    note: string;
    at: Instant;
  }) => sql`
  insert into aftersales.diagnosis_answers (shop_id, diagnosis_id, nth, step, answer, note, at)
  select ${p.shopId}, ${p.diagnosisId}, coalesce(max(a.nth), 0) + 1, ${p.step}, ${p.answer}, ${p.note}, ${ts(p.at)}::timestamptz
    from aftersales.diagnosis_answers a where a.shop_id = ${p.shopId} and a.diagnosis_id = ${p.diagnosisId}`,
);

export const closeDiagnoses = statement(
  'aftersales.close_diagnoses',
  (p: { shopId: string; ids: readonly string[]; caseId: string | null; at: Instant }) => sql`
  update aftersales.diagnoses set closed_at = ${ts(p.at)}::timestamptz, case_id = ${p.caseId}
   where shop_id = ${p.shopId} and id = any(${bare(p.ids)}::uuid[]) and closed_at is null`,
);
