import { check, type Check } from './check.ts';

// Memberships that a shop keeps, what buyers compared, and what issuers said.

const day = (column: string): string => `(${column} at time zone 'Asia/Shanghai')::date`;
const midnight = (column: string): string => `(${column} at time zone 'Asia/Shanghai')::time = '00:00'`;
const running = `(select *, lag(until_at) over w as before from delivery.membership_periods where ended_at is null and from_at is not null window w as (partition by shop_id, membership_id order by nth))`;

export const membershipChecks: readonly Check[] = [
  check(
    'a delivered membership line has its term, and every term its line',
    `
    select coalesce(e.order_id, d.order_id) || '.' || coalesce(e.line, d.line) as row, case when e.order_id is null then 'delivered without a term' when d.order_id is null then 'a term that nothing delivered' else 'term ' || e.total_fen || ', line ' || l.total_fen end as wrong
      from (select * from delivery.lines where goods = 'membership' and mode = 'automatic' and state = 'delivered') d
      full join delivery.membership_periods e on e.shop_id = d.shop_id and e.order_id = d.order_id and e.line = d.line
      left join orders.lines l on l.shop_id = e.shop_id and l.order_id = e.order_id and l.number = e.line
     where e.order_id is null or d.order_id is null or e.total_fen <> l.total_fen`,
  ),
  check(
    'a term belongs to the buyer and the listing of its order',
    `
    select e.order_id || '.' || e.line as row, 'member ' || m.buyer_id || ', buyer ' || o.buyer_id as wrong from delivery.membership_periods e
      join delivery.memberships m on m.shop_id = e.shop_id and m.id = e.membership_id join orders.orders o on o.shop_id = e.shop_id and o.id = e.order_id
      join orders.lines l on l.shop_id = e.shop_id and l.order_id = e.order_id and l.number = e.line where m.buyer_id <> o.buyer_id or m.listing_id <> l.listing_id`,
  ),
  check(
    'terms of a membership are numbered, never overlap, and give whole Beijing days',
    `
    select e.membership_id::text as row, 'term ' || e.nth || ' of ' || e.n as wrong from (select *, row_number() over (partition by shop_id, membership_id order by nth) as n from delivery.membership_periods) e where e.nth <> e.n
    union all
    select e.order_id || '.' || e.line, 'begins before the one before it ends' from ${running} e where e.from_at < e.before
    union all
    select e.order_id || '.' || e.line, 'says ' || e.days || ' days and ' || e.paused_days || ' of a stop' from delivery.membership_periods e
     where e.from_at is not null and (not (${midnight('e.until_at')})
        or (${day('e.until_at')} - 1) - (${day('e.from_at')} - case when ${midnight('e.from_at')} then 1 else 0 end) <> e.days + e.paused_days)`,
  ),
  check(
    'a membership ends with its last term',
    `
    select m.id::text as row, 'ends ' || coalesce(m.ends_at::text, 'never') || ', its terms ' || coalesce(e.last::text, 'never') as wrong from delivery.memberships m
      left join (select shop_id, membership_id, max(until_at) as last from delivery.membership_periods where ended_at is null group by 1, 2) e on e.shop_id = m.shop_id and e.membership_id = m.id
     where m.state in ('active', 'expiring', 'suspended') and m.ends_at is distinct from e.last`,
  ),
  check(
    'the clock knows what comes next for a membership that runs or waits, and nothing for others',
    `
    select m.id::text as row, m.state || ' with ' || coalesce(string_agg(d.what, ', ' order by d.what), 'no deadline') as wrong from delivery.memberships m
      left join kit.deadlines d on d.shop_id = m.shop_id and d.about = m.id
     group by m.shop_id, m.id
    having case when m.state in ('active', 'expiring') then count(*) filter (where d.what = 'membership.end' and d.due_at = m.ends_at) <> 1 or count(*) filter (where d.what = 'membership.start') > 0
           when m.state = 'pending' then count(*) filter (where d.what = 'membership.start') <> 1 or count(d.what) <> 1 else count(d.what) > 0 end`,
  ),
  check(
    'every change of a membership is a fact in evidence',
    `
    select m.id::text as row, m.changes || ' changes, ' || coalesce(e.n, 0) || ' facts' as wrong from delivery.memberships m
      left join (select shop_id, about, count(*) as n from evidence.events where kind like 'membership.%' group by 1, 2) e on e.shop_id = m.shop_id and e.about = m.id
     where coalesce(e.n, 0) > m.changes or coalesce(e.n, 0) = 0`,
  ),
  check(
    'each comparison of a code is numbered, a fact in evidence, and of a key that was seen before',
    `
    select c.order_id || '.' || c.line || '-' || c.place as row, 'number ' || c.nth || ' of ' || c.n as wrong from (select *, row_number() over (partition by shop_id, order_id, line, place order by nth) as n from delivery.code_checks) c where c.nth <> c.n
    union all
    select c.order_id::text, c.n || ' comparisons, ' || coalesce(e.n, 0) || ' facts' from (select shop_id, order_id, count(*) as n from delivery.code_checks group by 1, 2) c
      left join (select shop_id, about, count(*) as n from evidence.events where kind = 'delivery.code_checked' group by 1, 2) e on e.shop_id = c.shop_id and e.about = c.order_id where c.n <> coalesce(e.n, 0)
    union all
    select c.order_id || '.' || c.line || '-' || c.place, 'compared before anybody saw it' from delivery.code_checks c join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
      left join delivery.units u on u.shop_id = c.shop_id and u.pool_id = l.pool_id and u.number = l.numbers[c.place] and u.order_id = c.order_id where u.revealed_at is null or u.revealed_at > c.at`,
  ),
  check(
    'each answer of an issuer is a fact in evidence, about a key that was seen before it was asked',
    `
    select c.order_id::text as row, c.n || ' answers, ' || coalesce(e.n, 0) || ' facts' as wrong from (select shop_id, order_id, count(*) as n from delivery.issuer_checks where state <> 'asked' group by 1, 2) c
      left join (select shop_id, about, count(*) as n from evidence.events where kind = 'delivery.issuer_answered' group by 1, 2) e on e.shop_id = c.shop_id and e.about = c.order_id where c.n <> coalesce(e.n, 0)
    union all
    select c.id::text, 'asked before anybody saw the key' from delivery.issuer_checks c left join delivery.units u on u.shop_id = c.shop_id and u.pool_id = c.pool_id and u.number = c.number and u.order_id = c.order_id
     where u.revealed_at is null or u.revealed_at > c.asked_at`,
  ),
];
