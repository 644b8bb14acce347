import { check, type Check } from './check.ts';

// Licences: seats, reasons, log and facts, each seen from two sides.

export const licenceChecks: readonly Check[] = [
  check(
    'a licence has as many devices as it counts, and never more than its seats',
    `
    select l.id::text as row, 'counts ' || l.machines || ', has ' || m.count || ', seats ' || coalesce(l.policy->>'seats', 'any') as wrong from delivery.licences l
     cross join lateral (select count(*) from delivery.machines m where m.shop_id = l.shop_id and m.licence_id = l.id) m
     where l.machines <> m.count or m.count > (l.policy->>'seats')::int or l.seats is distinct from (l.policy->>'seats')::int`,
  ),
  check(
    'a licence is suspended while there is a reason, and only then',
    `
    select l.id::text as row, l.state || ' with ' || s.count || ' reasons' as wrong from delivery.licences l
     cross join lateral (select count(*) from delivery.licence_suspensions s where s.shop_id = l.shop_id and s.licence_id = l.id) s
     where (l.state = 'suspended') <> (s.count > 0)`,
  ),
  check(
    'no licence of a refunded order is active',
    `
    select l.id::text as row, 'active, order ' || o.state as wrong from delivery.licences l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id
     where o.state = 'refunded' and l.state = 'active'
       and not exists (select from kit.outbox n where n.event = 'order.refunded' and n.body->'about' ? o.id::text)`,
  ),
  check(
    'a delivered line of licences has one for each unit, and no other line has any',
    `
    select d.order_id || '.' || d.line as row, d.state || ', ' || n.count || ' licences for ' || l.quantity as wrong
      from delivery.lines d join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
     cross join lateral (select count(*) from delivery.licences x where x.shop_id = d.shop_id and x.order_id = d.order_id and x.line = d.line) n
     where n.count <> case when d.goods = 'licence' and d.mode = 'automatic' and d.delivered_at is not null then l.quantity else 0 end
    union all
    select x.id::text, 'of no line' from delivery.licences x left join delivery.lines d on d.shop_id = x.shop_id and d.order_id = x.order_id and d.line = x.line where d.line is null`,
  ),
  check(
    'the log of a licence has no hole, and ends where the licence says',
    `
    select l.id::text as row, 'says ' || l.logged || ', has ' || g.count || ' up to ' || coalesce(g.last, 0) as wrong from delivery.licences l
     cross join lateral (select count(*), max(nth) as last from delivery.licence_log g where g.shop_id = l.shop_id and g.licence_id = l.id) g
     where l.logged <> g.count or l.logged <> g.last`,
  ),
  check(
    'the devices of a licence are those bound and not unbound in its log',
    `
    select coalesce(l.id, m.licence_id)::text as row, coalesce(m.id, g.machine_id)::text || case when m.id is null then ' is gone' else ' is not in the log' end as wrong
      from delivery.licences l
     cross join lateral (
       select g.machine_id from delivery.licence_log g where g.shop_id = l.shop_id and g.licence_id = l.id and g.event in ('activated', 'deactivated')
        group by g.machine_id having count(*) filter (where g.event = 'activated') - count(*) filter (where g.event = 'deactivated') = 1) g
      full join (select * from delivery.machines) m on m.shop_id = l.shop_id and m.licence_id = l.id and m.id = g.machine_id
     where m.id is null or g.machine_id is null`,
  ),
  check(
    'each look at a licence key is in its log, the first at its time',
    `
    select l.id::text as row, l.reveals || ' looks, log ' || g.count as wrong from delivery.licences l
     cross join lateral (select count(*), min(at) as first from delivery.licence_log g where g.shop_id = l.shop_id and g.licence_id = l.id and g.event = 'revealed') g
     where l.reveals <> g.count or l.revealed_at is distinct from g.first`,
  ),
  check(
    'every device that was bound or unbound is a fact in evidence',
    `
    select l.order_id::text as row, g.event || ' ' || count(*) || ' times, facts ' || e.count as wrong
      from delivery.licences l join delivery.licence_log g on g.shop_id = l.shop_id and g.licence_id = l.id and g.event in ('activated', 'deactivated')
     cross join lateral (select count(*) from evidence.events e where e.shop_id = l.shop_id and e.about = l.order_id and e.kind = 'delivery.' || g.event) e
     group by l.shop_id, l.order_id, g.event, e.count having count(*) <> e.count`,
  ),
  check(
    'no licence is used more often than was bought',
    `
    select id::text as row, uses || ' uses of ' || (policy->>'uses') as wrong from delivery.licences
     where uses > (policy->>'uses')::bigint or uses_max is distinct from (policy->>'uses')::bigint`,
  ),
];
