import { bare, query, sql, t } from '../../kit/sql.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { Liability } from '../words.contract.ts';
import type { Outcome } from './rules.ts';

// Public: nothing that these read says whose case it was; the columns that would are not selected.

const shape = {
  number: t.int,
  month: t.text,
  goods: t.text,
  reason: t.word<ReasonCode>(),
  presumed: t.bool,
  asked: t.text,
  outcome: t.word<Outcome>(),
  settledBy: t.text,
  paidFirst: t.bool,
  band: t.text,
  took: t.text,
  defence: t.text.null,
  rulebook: t.text,
  articles: t.array(t.text),
  exhibits: t.array(t.word<ExhibitKind>()),
  liability: t.json<Liability>(),
  summary: t.text.null,
};
const columns = sql`p.number, p.month, p.goods, p.reason, p.presumed, p.asked, p.outcome, p.settled_by, p.paid_first, p.band, p.took, p.defence, p.rulebook, p.articles, p.exhibits, p.liability, p.summary`;
type Sought = {
  before: number;
  reason: string | null;
  outcome: string | null;
  /** Words of a summary; or scenes whose own words were typed. */
  words: string | null;
  scenes: readonly string[];
  window: number;
};
const fits = (p: Sought) => sql`
  (${p.reason}::text is null or p.reason = ${p.reason}::text) and (${p.outcome}::text is null or p.outcome = ${p.outcome}::text)
  and (${p.words}::text is null or p.reason = any(${bare(p.scenes)}::text[]) or strpos(lower(coalesce(p.summary, '')), lower(${p.words}::text)) > 0)`;
const shown = { ...shape, fits: t.bool, total: t.int };
const picked = (p: Sought) => sql`
  select x.number, x.month, x.goods, x.reason, x.presumed, x.asked, x.outcome, x.settled_by, x.paid_first, x.band, x.took, x.defence, x.rulebook, x.articles, x.exhibits, x.liability, x.summary, x.fits, x.total
    from (select p.*, row_number() over (order by p.number desc) as n, count(*) over () as total, (${fits(p)}) as fits from seen p) x
   where x.fits or x.n = x.total order by x.number desc`;

/** Public: the newest first. */
export const precedentsByNumber = query(
  'aftersales.precedents_by_number',
  shown,
  (p: Sought) => sql`
  with seen as (select * from aftersales.precedents p where p.number < ${p.before}::bigint order by p.number desc limit ${p.window}::int) ${picked(p)}`,
);

/** Public: of one scene. */
export const precedentsByReason = query(
  'aftersales.precedents_by_reason',
  shown,
  (p: Sought & { only: string }) => sql`
  with seen as (select * from aftersales.precedents p where p.reason = ${p.only} and p.number < ${p.before}::bigint order by p.number desc limit ${p.window}::int) ${picked(p)}`,
);

/** Public: with one outcome. */
export const precedentsByOutcome = query(
  'aftersales.precedents_by_outcome',
  shown,
  (p: Sought & { only: string }) => sql`
  with seen as (select * from aftersales.precedents p where p.outcome = ${p.only} and p.number < ${p.before}::bigint order by p.number desc limit ${p.window}::int) ${picked(p)}`,
);

/** Public: by one article. */
export const precedentsByArticle = query(
  'aftersales.precedents_by_article',
  shown,
  (p: Sought & { only: string }) => sql`
  with seen as (
    select q.* from (select a.number from aftersales.precedent_articles a where a.article = ${p.only} and a.number < ${p.before}::bigint order by a.number desc limit ${p.window}::int) a
     cross join lateral (select * from aftersales.precedents p where p.number = a.number offset 0) q) ${picked(p)}`,
);

/** Public: one, by its number. */
export const precedentNumbered = query(
  'aftersales.precedent_numbered',
  shape,
  (p: { number: number }) =>
    sql`select ${columns} from aftersales.precedents p where p.number = ${p.number}::bigint`,
);

export const precedentOfCase = query(
  'aftersales.precedent_of_case',
  shape,
  (p: { shopId: string; viewerCase: string }) => sql`
  select ${columns} from aftersales.precedents p where p.shop_id = ${p.shopId} and p.case_id = ${p.viewerCase}`,
);
