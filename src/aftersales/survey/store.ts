import { bare, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

/** Asks about closed cases; one that was asked about before is not in the answer. */
export const insertSurveys = query(
  'aftersales.insert_surveys',
  { caseId: t.uuid, buyerId: t.uuid, title: t.text },
  (p: { shops: readonly string[]; cases: readonly string[]; at: Instant }) => sql`
  with asked as (
    insert into aftersales.surveys (shop_id, case_id, buyer_id, handler_id, asked_at)
    select c.shop_id, c.id, c.buyer_id, coalesce(c.senior_id, c.handler_id), ${ts(p.at)}::timestamptz
      from unnest(${bare(p.shops)}::uuid[], ${bare(p.cases)}::uuid[]) as x(shop_id, id)
     cross join lateral (select * from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.id and c.state = 'closed' offset 0) c
    on conflict (shop_id, case_id) do nothing
    returning shop_id, case_id, buyer_id)
  select a.case_id, a.buyer_id, coalesce(v.content->>'title', '') as title
    from asked a join aftersales.cases c on c.shop_id = a.shop_id and c.id = a.case_id
    join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version`,
);

export const lockSurvey = query(
  'aftersales.lock_survey',
  { answeredAt: t.instant.null },
  (p: { shopId: string; caseId: string }) => sql`
  select answered_at from aftersales.surveys where shop_id = ${p.shopId} and case_id = ${p.caseId} for update`,
);

export const writeSurvey = statement(
  'aftersales.write_survey',
  (p: {
    shopId: string;
    caseId: string;
    result: number;
    speed: number;
    clarity: number;
    words: string;
    at: Instant;
  }) => sql`
  update aftersales.surveys
     set result = ${p.result}::smallint, speed = ${p.speed}::smallint, clarity = ${p.clarity}::smallint, words = ${p.words}, answered_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId}`,
);
