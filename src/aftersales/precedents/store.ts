import { bare, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { CaseEvent, CaseState } from '../machine.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { Liability } from '../words.contract.ts';

/** Everything of a closed case that a precedent is made of, and what its summary is checked against. */
export const factsForPrecedent = query(
  'aftersales.facts_for_precedent',
  {
    state: t.word<CaseState>(),
    goods: t.text,
    reason: t.word<ReasonCode>(),
    presumed: t.bool,
    asked: t.text,
    rulebook: t.text,
    liability: t.json<Liability>().null,
    filedAt: t.instant,
    endedAt: t.instant.null,
    kind: t.text,
    amount: t.big,
    price: t.big,
    paidFirst: t.bool,
    events: t.array(t.word<CaseEvent>()),
    stepArticles: t.array(t.text),
    kinds: t.array(t.text),
    said: t.json<{ kind: string; body: Record<string, unknown> }[]>(),
    shown: t.json<string[]>(),
    names: t.json<(string | null)[]>(),
  },
  (p: { shopId: string; caseId: string }) => sql`
  select c.state, c.goods, c.reason, c.presumed, c.remedy as asked, c.rulebook, c.liability, c.filed_at, c.ended_at, e.kind, e.amount_fen as amount,
         (l.price_fen * cardinality(c.places))::bigint as price, e.paid_first,
         array(select s.event from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id order by s.step) as events,
         array(select s.article from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id order by s.step) as step_articles,
         array(select distinct x.kind from aftersales.exhibits x where x.shop_id = c.shop_id and x.case_id = c.id order by 1) as kinds,
         coalesce((select jsonb_agg(jsonb_build_object('kind', s.kind, 'body', s.body) order by s.number) from aftersales.statements s where s.shop_id = c.shop_id and s.case_id = c.id), '[]'::jsonb) as said,
         coalesce((select jsonb_agg(x.text) from aftersales.exhibits x where x.shop_id = c.shop_id and x.case_id = c.id), '[]'::jsonb) as shown,
         jsonb_build_array(m.name, u.name, v.content->>'title', w.name) as names
    from aftersales.cases c
    join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
    join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id
    join merchants.shops m on m.id = c.shop_id
    join identity.users u on u.id = c.buyer_id
   where c.shop_id = ${p.shopId} and c.id = ${p.caseId}`,
);

type Written = {
  shopId: string;
  caseId: string;
  month: string;
  goods: string;
  reason: string;
  presumed: boolean;
  asked: string;
  outcome: string;
  settledBy: string;
  paidFirst: boolean;
  band: string;
  took: string;
  defence: string | null;
  rulebook: string;
  articles: readonly string[];
  exhibits: readonly string[];
  liability: string;
};

/** Writes a precedent, once for each case. */
export const insertPrecedent = statement(
  'aftersales.insert_precedent',
  (p: Written) => sql`
  with made as (
    insert into aftersales.precedents (shop_id, case_id, month, goods, reason, presumed, asked, outcome, settled_by, paid_first, band, took, defence, rulebook, articles, exhibits, liability)
    values (${p.shopId}, ${p.caseId}, ${p.month}, ${p.goods}, ${p.reason}, ${p.presumed}::boolean, ${p.asked}, ${p.outcome}, ${p.settledBy}, ${p.paidFirst}::boolean, ${p.band}, ${p.took}, ${p.defence}::text,
            ${p.rulebook}, ${bare(p.articles)}::text[], ${bare(p.exhibits)}::text[], ${p.liability}::jsonb)
    on conflict (shop_id, case_id) do nothing
    returning number, articles)
  insert into aftersales.precedent_articles (article, number) select a.article, m.number from made m cross join lateral unnest(m.articles) as a(article)`,
);

export const writeSummary = statement(
  'aftersales.write_summary',
  (p: { shopId: string; caseId: string; summary: string; byId: string; at: Instant }) => sql`
  update aftersales.precedents set summary = ${p.summary}, reviewed_by = ${p.byId}, reviewed_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId}`,
);
