import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

export const surveyOf = query(
  'aftersales.survey_of',
  {
    result: t.int.null,
    speed: t.int.null,
    clarity: t.int.null,
    words: t.text.null,
    answeredAt: t.instant.null,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select result, speed, clarity, words, answered_at from aftersales.surveys where shop_id = ${p.shopId} and case_id = ${p.viewerCase}`,
);

/** Sums of a period; public, for nobody's words are in them. */
export const surveySums = query(
  'aftersales.survey_sums',
  { asked: t.int, answered: t.int, result: t.real.null, speed: t.real.null, clarity: t.real.null },
  (p: { from: Instant; to: Instant }) => sql`
  select count(*) as asked, count(answered_at) as answered, avg(result) as result, avg(speed) as speed, avg(clarity) as clarity
    from aftersales.surveys where asked_at >= ${ts(p.from)}::timestamptz and asked_at < ${ts(p.to)}::timestamptz`,
);

export const newestSurveys = query(
  'aftersales.newest_surveys',
  {
    caseId: t.uuid,
    result: t.int.null,
    speed: t.int.null,
    clarity: t.int.null,
    words: t.text.null,
    at: t.instant.null,
  },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select case_id, result, speed, clarity, words, answered_at as at from aftersales.surveys
   where answered_at is not null and ${p.viewerStaff}::boolean order by answered_at desc, case_id desc limit ${p.limit}::int`,
);
