import { bare, query, sql, t, ts, type Sql } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import { summaryFrom, summaryShape } from '../views.ts';

// Each way into the queue walks its own index from a place on, never further than `window` rows: a page costs the same whatever the number
// of cases. What an index does not narrow is looked at within the window, and the last row says how far that was.

const keyShape = { shopId: t.uuid, id: t.uuid, due: t.instant, fits: t.bool, total: t.int };
/** What of a window is asked for besides what its index gives. */
type Window = {
  due: Instant;
  id: string;
  reason: string | null;
  state: string | null;
  /** Only what is overdue at this moment. */
  late: Instant | null;
  window: number;
};
type Staff = { viewerStaff: boolean };
const behind = (p: Window & Staff) =>
  sql`(c.desk_by, c.id) > (${ts(p.due)}::timestamptz, ${p.id}::uuid) and ${p.viewerStaff}::boolean`;
const picked = (p: Window) => sql`
  select shop_id, id, desk_by as due, fits, total from (
    select s.*, row_number() over (order by s.desk_by, s.id) as n, count(*) over () as total,
           (${p.reason}::text is null or s.reason = ${p.reason}::text) and (${p.state}::text is null or s.state = ${p.state}::text)
           and (${ts(p.late)}::timestamptz is null or s.desk_by < ${ts(p.late)}::timestamptz) as fits
      from seen s) as x
   where fits or n = total order by desk_by, id`;

/** The next cases of one index. `among` is a condition in the text of its statement and no switch in it, so that each way has its own plan. */
const stretch = (p: Window & Staff, among: Sql) => sql`
  select c.* from aftersales.cases c where c.desk_by is not null ${among} and ${behind(p)} order by c.desk_by, c.id limit ${p.window}::int`;
const walk = (p: Window & Staff, among: Sql) => sql`
  with seen as (${stretch(p, among)})
  ${picked(p)}`;

/** By the time that is left alone. */
export const waitingByTime = query(
  'aftersales.waiting_by_time',
  keyShape,
  (p: Window & { viewerStaff: boolean }) => walk(p, sql``),
);

/** In one state. */
export const waitingByState = query(
  'aftersales.waiting_by_state',
  keyShape,
  (p: Window & { viewerStaff: boolean; only: string }) => walk(p, sql`and c.state = ${p.only}`),
);

/** In the hands of one person. */
export const waitingByHolder = query(
  'aftersales.waiting_by_holder',
  keyShape,
  (p: Window & { viewerStaff: boolean; holder: string }) => walk(p, sql`and c.holder_id = ${p.holder}::uuid`),
);

/** In nobody's hands. */
export const waitingFree = query(
  'aftersales.waiting_free',
  keyShape,
  (p: Window & { viewerStaff: boolean }) => walk(p, sql`and c.holder_id is null`),
);

/** Of some scenes, each by its own stretch of the index. */
export const waitingByReasons = query(
  'aftersales.waiting_by_reasons',
  keyShape,
  (p: Window & { viewerStaff: boolean; reasons: readonly string[] }) => sql`
  with seen as (
    select c.* from unnest(${bare(p.reasons)}::text[]) as r(reason)
     cross join lateral (${stretch(p, sql`and c.reason = r.reason`)}) c
     order by c.desk_by, c.id limit ${p.window}::int)
  ${picked(p)}`,
);

/** Of some shops. */
export const waitingByShops = query(
  'aftersales.waiting_by_shops',
  keyShape,
  (p: Window & { viewerStaff: boolean; viewerShops: readonly string[] }) => sql`
  with seen as (
    select c.* from unnest(${bare(p.viewerShops)}::uuid[]) as s(shop_id)
     cross join lateral (${stretch(p, sql`and c.shop_id = s.shop_id`)}) c
     order by c.desk_by, c.id limit ${p.window}::int)
  ${picked(p)}`,
);

/** Shops whose name begins with what was typed. */
export const shopsNamed = query(
  'aftersales.shops_named',
  { id: t.uuid },
  (p: { viewerStaff: boolean; beginning: string; limit: number }) => sql`
  select id from merchants.shops where ${p.viewerStaff}::boolean and starts_with(lower(name), lower(${p.beginning}::text)) order by id limit ${p.limit}::int`,
);

/** Cases by their number, the end of it, or the number of their order, in whatever state they are. */
export const casesNumbered = query(
  'aftersales.cases_numbered',
  { shopId: t.uuid, id: t.uuid },
  (p: {
    viewerStaff: boolean;
    id: string | null;
    tail: string | null;
    orderId: string | null;
    limit: number;
  }) => sql`
  select x.shop_id, x.id from (
    select c.shop_id, c.id from aftersales.cases c where c.id = ${p.id}::uuid
    union all
    select c.shop_id, c.id from aftersales.cases c where right(c.id::text, 7) = ${p.tail}::text
    union all
    select c.shop_id, c.id from merchants.shops s cross join lateral (
      select c.shop_id, c.id from aftersales.cases c where c.shop_id = s.id and c.order_id = ${p.orderId}::uuid offset 0) c where ${p.orderId}::uuid is not null) x
   where ${p.viewerStaff}::boolean order by x.id limit ${p.limit}::int`,
);

/** Rows of the queue by their keys. */
export const queueRows = query(
  'aftersales.queue_rows',
  { ...summaryShape, holderId: t.uuid.null, place: t.int, holder: t.text.null },
  (p: { viewerMay: boolean; shops: readonly string[]; ids: readonly string[] }) => sql`
  with page as (
    select c.*, x.place from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) with ordinality as x(shop_id, id, place)
     cross join lateral (select * from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.id offset 0) c where ${p.viewerMay}::boolean)
  select y.*, u.name as holder from (${summaryFrom}) y
    left join identity.users u on u.id = y.holder_id
   order by y.place`,
);

/** How much waits, counted no further than `most`: a desk with a million cases has "99+". */
export const queueCounts = query(
  'aftersales.queue_counts',
  { all: t.int, mine: t.int, free: t.int, late: t.int },
  (p: { viewerStaff: boolean; viewerId: string; now: Instant; most: number }) => sql`
  select (select count(*) from (select 1 from aftersales.cases c where c.desk_by is not null and ${p.viewerStaff}::boolean order by c.desk_by, c.id limit ${p.most}::int) x) as all,
         (select count(*) from (select 1 from aftersales.cases c where c.desk_by is not null and ${p.viewerStaff}::boolean and c.holder_id = ${p.viewerId}::uuid limit ${p.most}::int) x) as mine,
         (select count(*) from (select 1 from aftersales.cases c where c.desk_by is not null and ${p.viewerStaff}::boolean and c.holder_id is null limit ${p.most}::int) x) as free,
         (select count(*) from (select 1 from aftersales.cases c where c.desk_by is not null and ${p.viewerStaff}::boolean and c.desk_by < ${ts(p.now)}::timestamptz order by c.desk_by, c.id limit ${p.most}::int) x) as late`,
);

/** Who had a case in hands, with names; for those of the desk. */
export const handsOf = query(
  'aftersales.hands_of',
  { userId: t.uuid, name: t.text, tier: t.int, at: t.instant },
  (p: { shopId: string; viewerCase: string }) => sql`
  select a.user_id, u.name, a.tier, a.at from aftersales.assignments a join identity.users u on u.id = a.user_id
   where a.shop_id = ${p.shopId} and a.case_id = ${p.viewerCase} order by a.number`,
);
