import { query, sql, t, ts, type Queryable, type Sql } from '../../kit/sql.ts';
import type { Words } from '../../kit/text.ts';
import { instant } from '../../kit/time.ts';
import type { Period } from './rules.ts';

// Every number of the report is one query over a period, $1 to $2; its text is published with it, so nothing here may be said that the rows
// do not say. Public: sums, counts and medians over all shops, nobody's own.

export type Unit = 'count' | 'fen' | 'ms' | 'share' | 'mark';
export type TrustNumber = {
  readonly key: string;
  readonly unit: Unit;
  readonly words: Words;
  readonly definition: string;
  readonly read: (on: Queryable, p: Period) => Promise<{ value: string | null }[]>;
};

const whenever: Period = { from: instant(0), to: instant(1) };
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

function trustNumber(key: string, unit: Unit, words: Words, build: (p: Period) => Sql): TrustNumber {
  // Public: one sum over all shops.
  const read = query(`analytics.trust_${key}`, { value: t.text.null }, build);
  return { key, unit, words, definition: tidy(build(whenever).text), read };
}

const within = (column: Sql, p: Period): Sql =>
  sql`${column} >= ${ts(p.from)}::timestamptz and ${column} < ${ts(p.to)}::timestamptz`;
/** Cases that were closed in the period, with what the three promises of F138 ask of each. */
const closed = (p: Period): Sql =>
  sql`aftersales.cases c where c.state = 'closed' and ${within(sql`c.ended_at`, p)}`;
const isTraced = sql`(select count(*) from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id) = c.steps
  and exists (select 1 from aftersales.statements s where s.shop_id = c.shop_id and s.case_id = c.id)`;
const isPaidOut = sql`exists (select 1 from aftersales.executions e where e.shop_id = c.shop_id and e.case_id = c.id)`;
const share = (part: Sql, of: Sql): Sql =>
  sql`select nullif(round(count(*) filter (where ${part})::numeric / nullif(count(*), 0), 4)::text, '') as value from ${of}`;

/** Public: what the house promises about disputes, measured. */
export const trustNumbers: readonly TrustNumber[] = [
  trustNumber(
    'orders',
    'count',
    { zh: '付款订单', en: 'Orders paid' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from orders.orders o where ${within(sql`o.paid_at`, p)}`,
  ),
  trustNumber(
    'cases',
    'count',
    { zh: '提交的售后', en: 'Cases filed' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from aftersales.cases c where ${within(sql`c.filed_at`, p)}`,
  ),
  trustNumber(
    'dispute_rate',
    'share',
    { zh: '纠纷率：有售后的付款订单', en: 'Dispute rate: paid orders with a case' },
    (p) =>
      share(
        sql`exists (select 1 from aftersales.cases c where c.shop_id = o.shop_id and c.order_id = o.id)`,
        sql`orders.orders o where ${within(sql`o.paid_at`, p)}`,
      ),
  ),
  trustNumber(
    'answered_in_time',
    'share',
    { zh: '商家按时答复', en: 'Answered by shops in time' },
    (p) => sql`
    select nullif(round(1 - count(*) filter (where exists (select 1 from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id and s.event in ('silence_refund', 'silence_intervene')))::numeric
           / nullif(count(*), 0), 4)::text, '') as value
      from aftersales.cases c where ${within(sql`c.filed_at`, p)} and c.state <> 'negotiation'`,
  ),
  trustNumber(
    'platform_late',
    'count',
    { zh: '平台自己超时', en: 'Times the platform was late' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from aftersales.steps s where s.event in ('late', 'overdue') and ${within(sql`s.at`, p)}`,
  ),
  trustNumber(
    'closed',
    'count',
    { zh: '结案', en: 'Cases closed' },
    (p) => sql`select nullif(count(*)::text, '') as value from ${closed(p)}`,
  ),
  trustNumber(
    'median_to_money',
    'ms',
    { zh: '从提交到处理完（中位）', en: 'From filing to the end (median)' },
    (p) => sql`
    select nullif(round(percentile_cont(0.5) within group (order by extract(epoch from e.at - c.filed_at) * 1000))::bigint::text, '') as value
      from aftersales.executions e join aftersales.cases c on c.shop_id = e.shop_id and c.id = e.case_id where ${within(sql`e.at`, p)}`,
  ),
  trustNumber(
    'paid_back',
    'fen',
    { zh: '退给买家', en: 'Paid back to buyers' },
    (p) => sql`
    select nullif(coalesce(sum(e.amount_fen), 0)::text, '') as value from aftersales.executions e where e.kind in ('refund', 'channel') and ${within(sql`e.at`, p)}`,
  ),
  trustNumber(
    'paid_first',
    'fen',
    { zh: '其中先行赔付', en: 'Of it paid first' },
    (p) => sql`
    select nullif(coalesce(sum(e.amount_fen), 0)::text, '') as value from aftersales.executions e where e.paid_first and ${within(sql`e.at`, p)}`,
  ),
  trustNumber(
    'decisions',
    'count',
    { zh: '平台作出的裁决', en: 'Decisions by the platform' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from aftersales.steps s where s.event in ('decide', 'countersign', 'find_batch') and ${within(sql`s.at`, p)}`,
  ),
  trustNumber('for_buyers', 'share', { zh: '其中支持买家', en: 'Of closed ones, for the buyer' }, (p) =>
    share(
      sql`e.kind <> 'none'`,
      sql`aftersales.executions e where exists (select 1 from aftersales.steps s where s.shop_id = e.shop_id and s.case_id = e.case_id and s.event in ('decide', 'countersign', 'find_batch')) and ${within(sql`e.at`, p)}`,
    ),
  ),
  trustNumber(
    'appeals',
    'count',
    { zh: '申请复核', en: 'Appeals' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from aftersales.steps s where s.event in ('appeal', 'arbitrate', 'ask_jury') and ${within(sql`s.at`, p)}`,
  ),
  trustNumber(
    'support_first_answer',
    'ms',
    { zh: '客服首次响应（中位）', en: 'First answer of the support (median)' },
    (p) => sql`
    select nullif(round(percentile_cont(0.5) within group (order by extract(epoch from a.at - m.at) * 1000))::bigint::text, '') as value
      from messaging.messages m cross join lateral (
        select r.at from messaging.messages r where r.shop_id = m.shop_id and r.order_id = m.order_id and r.seq > m.seq and r.side = 'support' order by r.seq limit 1) a
     where m.kind = 'call' and ${within(sql`m.at`, p)}`,
  ),
  trustNumber(
    'survey_answers',
    'count',
    { zh: '结案后的评价', en: 'Ratings after closing' },
    (p) => sql`
    select nullif(count(*)::text, '') as value from aftersales.surveys v where ${within(sql`v.answered_at`, p)}`,
  ),
  trustNumber(
    'survey_result',
    'mark',
    { zh: '对结果满意（5 分）', en: 'Content with the result (of 5)' },
    (p) => sql`
    select nullif(round(avg(v.result), 2)::text, '') as value from aftersales.surveys v where ${within(sql`v.answered_at`, p)}`,
  ),
  trustNumber(
    'survey_speed',
    'mark',
    { zh: '对速度满意（5 分）', en: 'Content with the speed (of 5)' },
    (p) => sql`
    select nullif(round(avg(v.speed), 2)::text, '') as value from aftersales.surveys v where ${within(sql`v.answered_at`, p)}`,
  ),
  trustNumber(
    'traced',
    'share',
    { zh: '问题可追溯：结案的每一步都有记录', en: 'Traceable: closed cases with every step on record' },
    (p) => share(isTraced, closed(p)),
  ),
  trustNumber(
    'liability_found',
    'share',
    { zh: '责任可界定：结案都有责任认定', en: 'Liability found in closed cases' },
    (p) => share(sql`c.liability is not null`, closed(p)),
  ),
  trustNumber(
    'paid_out',
    'share',
    { zh: '权益有保障：结案都执行到位', en: 'Carried out: closed cases with an outcome' },
    (p) => share(isPaidOut, closed(p)),
  ),
];

const reasonsBuild = (p: Period): Sql => sql`
  select c.reason, count(*) as cases from aftersales.cases c where ${within(sql`c.filed_at`, p)} group by c.reason order by count(*) desc, c.reason limit 12`;
/** Public: what cases were about, most frequent first. */
export const reasonsIn = query('analytics.trust_reasons', { reason: t.text, cases: t.int }, reasonsBuild);

const sourcesBuild = (p: Period): Sql => sql`
  select coalesce(x->>'source', '') as source, coalesce(sum((x->>'amount')::bigint), 0)::bigint as amount
    from aftersales.executions e cross join lateral jsonb_array_elements(e.shares) x where ${within(sql`e.at`, p)} group by 1 order by 2 desc, 1`;
/** Public: out of which money it went back. */
export const sourcesIn = query('analytics.trust_sources', { source: t.text, amount: t.big }, sourcesBuild);

const weekOf = (column: Sql): Sql => sql`date_trunc('week', ${column} at time zone 'Asia/Shanghai')::date`;
const weeksBuild = (p: Period): Sql => sql`
  select coalesce(o.week, c.week, e.week) as week, coalesce(o.orders, 0) as orders, coalesce(c.cases, 0) as cases, coalesce(e.paid, 0)::bigint as paid
    from (select ${weekOf(sql`o.paid_at`)} as week, count(*) as orders from orders.orders o where ${within(sql`o.paid_at`, p)} group by 1) o
    full join (select ${weekOf(sql`c.filed_at`)} as week, count(*) as cases from aftersales.cases c where ${within(sql`c.filed_at`, p)} group by 1) c on c.week = o.week
    full join (select ${weekOf(sql`e.at`)} as week, sum(e.amount_fen) as paid from aftersales.executions e where ${within(sql`e.at`, p)} group by 1) e on e.week = coalesce(o.week, c.week)
   order by 1`;
/** Public: week by week. */
export const weeksIn = query(
  'analytics.trust_weeks',
  { week: t.day.null, orders: t.int, cases: t.int, paid: t.big },
  weeksBuild,
);

export const definitions = {
  reasons: tidy(reasonsBuild(whenever).text),
  sources: tidy(sourcesBuild(whenever).text),
  weeks: tidy(weeksBuild(whenever).text),
};

/** Public: since when there is something to report. */
export const firstOrderAt = query(
  'analytics.first_order_at',
  { at: t.instant.null },
  () => sql`select min(opened_at) as at from merchants.shops`,
);
