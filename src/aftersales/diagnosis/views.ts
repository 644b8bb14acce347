import { query, sql, t } from '../../kit/sql.ts';
import { diagnosisShape, treeColumns, treeShape } from './store.ts';

/** Every version that was written, newest first. Public within the program: drafts are shown to staff only. */
export const treesOf = query(
  'aftersales.trees_of',
  treeShape,
  (p: { goods: string | null }) => sql`
  select ${treeColumns} from aftersales.trees where (${p.goods}::text is null or goods = ${p.goods}::text) order by goods, version desc`,
);

/** The newest published version of a kind of goods; public. */
export const newestTree = query(
  'aftersales.newest_tree',
  treeShape,
  (p: { goods: string }) => sql`
  select ${treeColumns} from aftersales.trees where goods = ${p.goods} and published_at is not null order by version desc limit 1`,
);

/** One version, whatever became of it. Public within the program: who asks for a draft has been let in as staff. */
export const treeAt = query(
  'aftersales.tree_at',
  treeShape,
  (p: { goods: string; version: number }) => sql`
  select ${treeColumns} from aftersales.trees where goods = ${p.goods} and version = ${p.version}`,
);

/** The walk about a unit that goes on; the caller has decided that the viewer may see the order. */
export const openDiagnosis = query(
  'aftersales.open_diagnosis',
  diagnosisShape,
  (p: { shopId: string; viewerOrder: string; line: number; place: number }) => sql`
  select shop_id, id, order_id, line, place, goods, tree from aftersales.diagnoses
   where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} and line = ${p.line} and place = ${p.place} and closed_at is null`,
);

/** What was answered in a walk. Public within the program: the caller has decided that the viewer may see its order. */
export const answersOf = query(
  'aftersales.diagnosis_answers_of',
  { step: t.text, answer: t.text, note: t.text, at: t.instant },
  (p: { shopId: string; diagnosisId: string }) => sql`
  select step, answer, note, at from aftersales.diagnosis_answers where shop_id = ${p.shopId} and diagnosis_id = ${p.diagnosisId} order by nth`,
);
