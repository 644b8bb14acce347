import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { CaseState } from '../machine.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { Liability } from '../words.contract.ts';

// What the platform watches: read by itself, shown to nobody but its officers.

/** Cases with all that may show abuse. */
export const watchedCases = query(
  'aftersales.watched_cases',
  {
    id: t.uuid,
    shopId: t.uuid,
    orderId: t.uuid,
    buyerId: t.uuid,
    state: t.word<CaseState>(),
    reason: t.word<ReasonCode>(),
    awardRemedy: t.text.null,
    liability: t.json<Liability>().null,
    decided: t.bool,
    reused: t.json<{ number: number; sha256: string }[]>(),
    usedAfter: t.array(t.int),
    lures: t.array(t.word<'buyer' | 'merchant'>()),
    withdrawnAfterLures: t.int,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[]; since: Instant }) => sql`
  select c.id, c.shop_id, c.order_id, c.buyer_id, c.state, c.reason, c.award_remedy, c.liability,
         exists (select 1 from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id and s.event in ('decide', 'countersign', 'rule', 'award', 'find', 'finalise')) as decided,
         (select coalesce(jsonb_agg(jsonb_build_object('number', e.number, 'sha256', encode(e.sha256, 'hex')) order by e.number), '[]')
            from aftersales.exhibits e
           where e.shop_id = c.shop_id and e.case_id = c.id and e.by_kind = 'buyer' and (e.kind <> 'other' or length(e.text) > 40)
             and exists (select 1 from aftersales.exhibits x join aftersales.cases o on o.shop_id = x.shop_id and o.id = x.case_id
                          where x.sha256 = e.sha256 and x.by_kind = 'buyer' and o.buyer_id = c.buyer_id and o.order_id <> c.order_id)) as reused,
         array(select distinct k.place from delivery.issuer_checks k
                 join orders.lines l on l.shop_id = k.shop_id and l.order_id = k.order_id and l.number = k.line
                 join delivery.units u on u.shop_id = k.shop_id and u.pool_id = k.pool_id and u.number = k.number
                where k.shop_id = c.shop_id and k.order_id = c.order_id and k.line = c.line and k.place = any(c.places) and k.used and k.account is not null
                  and k.used_at > u.revealed_at order by 1) as used_after,
         array(select distinct m.side from messaging.messages m
                where m.shop_id = c.shop_id and m.order_id = c.order_id and m.side in ('buyer', 'merchant') and exists (select 1 from unnest(m.flags) f where f like 'lure:%')) as lures,
         (select count(*) from aftersales.cases w where w.buyer_id = c.buyer_id and w.state = 'withdrawn' and w.ended_at > ${ts(p.since)}::timestamptz
             and exists (select 1 from messaging.messages m where m.shop_id = w.shop_id and m.order_id = w.order_id
                          and exists (select 1 from unnest(m.flags) f where f like 'lure:%')))::int as withdrawn_after_lures
    from unnest(${[...p.viewerShops]}::uuid[], ${[...p.ids]}::uuid[]) as x(shop_id, id)
    join aftersales.cases c on c.shop_id = x.shop_id and c.id = x.id`,
);

/**
 * Shops with so many open cases that did nothing since a moment: no answer, no message, no delivery, no listing, no keys. The silence begins
 * with the oldest case that waits, since before it there was nothing to answer.
 */
export const silentShops = query(
  'aftersales.silent_shops',
  { shopId: t.uuid, openCases: t.int, oldestAt: t.instant, latestId: t.uuid },
  (p: { viewerStaff: boolean; since: Instant; cases: number }) => sql`
  select w.shop_id, w.open_cases, w.oldest_at, w.latest_id
    from (select shop_id, count(*)::int as open_cases, min(filed_at) as oldest_at, (array_agg(id order by filed_at))[1] as latest_id
            from aftersales.cases where ended_at is null group by shop_id having count(*) >= ${p.cases}::int) w
   where ${p.viewerStaff} and w.oldest_at <= ${ts(p.since)}::timestamptz
     and not exists (select 1 from aftersales.steps s where s.shop_id = w.shop_id and s.by_kind = 'merchant' and s.at > ${ts(p.since)}::timestamptz)
     and not exists (select 1 from aftersales.statements s where s.shop_id = w.shop_id and s.by_kind = 'merchant' and s.at > ${ts(p.since)}::timestamptz)
     and not exists (select 1 from messaging.messages m where m.shop_id = w.shop_id and m.side = 'merchant' and m.at > ${ts(p.since)}::timestamptz)
     and not exists (select 1 from delivery.contents d where d.shop_id = w.shop_id and d.at > ${ts(p.since)}::timestamptz)
     and not exists (select 1 from catalog.listing_versions v where v.shop_id = w.shop_id and v.at > ${ts(p.since)}::timestamptz)
     and not exists (select 1 from inventory.batches b where b.shop_id = w.shop_id and b.at > ${ts(p.since)}::timestamptz)`,
);

/** Shops that had anything to answer for since a moment. */
export const shopsWithCases = query(
  'aftersales.shops_with_cases',
  { shopId: t.uuid },
  (p: { viewerStaff: boolean; since: Instant }) => sql`
  select distinct shop_id from aftersales.cases where ${p.viewerStaff} and filed_at > ${ts(p.since)}::timestamptz`,
);

/**
 * Of one shop since a moment: orders that were completed or refunded in a case, how many of them had a dispute (a case that is open, decided,
 * or paid), and the median time to its first answer in cases and conversations. `oldest` is the lowest order id of the time.
 */
export const recordOfShop = query(
  'aftersales.record_of_shop',
  { orders: t.int, disputed: t.int, answered: t.int, firstSeconds: t.int.null },
  (p: { viewerShop: string; since: Instant; oldest: string }) => sql`
  with cases as (
    select order_id, bool_or(ended_at is null and state <> 'lapsed' or coalesce(award_remedy, 'none') <> 'none'
                             or state in ('decided', 'appealed', 'executed', 'closed')) as disputed
      from aftersales.cases where shop_id = ${p.viewerShop} and state not in ('withdrawn', 'inadmissible') group by order_id),
  orders as (
    select o.id, coalesce(c.disputed, false) as disputed from orders.orders o left join cases c on c.order_id = o.id
     where o.shop_id = ${p.viewerShop} and o.id >= ${p.oldest}::uuid and (o.completed_at > ${ts(p.since)}::timestamptz or c.disputed)),
  firsts as (
    select extract(epoch from (select min(s.at) from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id and s.by_kind = 'merchant') - c.filed_at) as s
      from aftersales.cases c where c.shop_id = ${p.viewerShop} and c.filed_at > ${ts(p.since)}::timestamptz
    union all
    select extract(epoch from (select min(a.at) from messaging.messages a where a.shop_id = q.shop_id and a.order_id = q.order_id and a.side = 'merchant' and a.at >= q.at) - q.at)
      from (select shop_id, order_id, min(at) as at from messaging.messages where shop_id = ${p.viewerShop} and side = 'buyer' and at > ${ts(p.since)}::timestamptz
             group by shop_id, order_id) q)
  select (select count(*) from orders)::int as orders, (select count(*) from orders where disputed)::int as disputed,
         (select count(s) from firsts)::int as answered, (select round(percentile_cont(0.5) within group (order by s)) from firsts where s is not null)::int as first_seconds`,
);

/** Whom to tell of what is about a shop: its owners. */
export const ownersOf = query(
  'aftersales.owners_of',
  { shopId: t.uuid, owners: t.array(t.uuid), name: t.text },
  (p: { viewerShops: readonly string[] }) => sql`
  select s.id as shop_id, s.name, array(select m.user_id from identity.memberships m where m.shop_id = s.id and m.role = 'owner' order by m.user_id) as owners
    from merchants.shops s where s.id = any(${[...p.viewerShops]}::uuid[])`,
);
