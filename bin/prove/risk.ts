import { check, type Check } from './check.ts';

// Measures, points and freezes, each seen from two sides.

const inForce = `('running', 'appealed', 'upheld')`;

export const riskChecks: readonly Check[] = [
  check(
    'the steps of a measure lead from its proposal to its state',
    `
    select m.id::text as row, 'state ' || m.state || ' after ' || m.steps || ' steps, history says ' || coalesce(s.to_state, 'nothing') as wrong from risk.measures m
      left join risk.measure_steps s on s.subject_id = m.subject_id and s.measure_id = m.id and s.step = m.steps where m.state is distinct from s.to_state
    union all
    select s.measure_id::text, 'step ' || s.step || ' from ' || s.from_state || ', before it ' || coalesce(s.before, 'none') from
      (select *, lag(to_state) over w as before, lag(step) over w as last from risk.measure_steps window w as (partition by subject_id, measure_id order by step)) s
     where s.from_state <> coalesce(s.before, 'none') or s.step <> coalesce(s.last, 0) + 1`,
  ),
  check(
    'a measure that binds was proposed by one and confirmed by another, and an appeal was heard by a third',
    `
    select m.id::text as row, 'confirmed by ' || coalesce(c.by_id::text, 'nobody') || ', proposed by ' || coalesce(p.by_id::text, 'nobody') as wrong from risk.measures m
      left join risk.measure_steps p on p.subject_id = m.subject_id and p.measure_id = m.id and p.event = 'propose'
      left join risk.measure_steps c on c.subject_id = m.subject_id and c.measure_id = m.id and c.event = 'confirm'
     where m.starts_at is not null and (c.by_id is null or p.by_id is null or c.by_id = p.by_id)
    union all
    select h.measure_id::text, 'heard by ' || h.by_id || ', who had a part in it' from risk.measure_steps h
      join risk.measure_steps o on o.subject_id = h.subject_id and o.measure_id = h.measure_id and o.event in ('propose', 'confirm') and o.by_id = h.by_id
     where h.event in ('uphold', 'overturn')`,
  ),
  check(
    'a measure rests on evidence about its own subject, and no evidence carries two',
    `
    select m.id::text as row, 'rests on ' || x.id || ', which is not about it' as wrong from risk.measures m cross join unnest(m.signals) as x(id)
      left join risk.signals s on s.subject_id = m.subject_id and s.id = x.id and s.side = m.side where s.id is null
    union all
    select x.id::text, 'carries ' || count(*) || ' measures' from risk.measures m cross join unnest(m.signals) as x(id) group by x.id having count(*) > 1`,
  ),
  check(
    'a measure that has an end has its deadline while it binds, and no other has',
    `
    select m.id::text as row, m.state || case when d.about is null then ', no deadline' else ', still a deadline' end as wrong from risk.measures m
      left join kit.deadlines d on d.about = m.id and d.what in ('risk.measure_end', 'risk.penalty_end')
     where (m.state in ${inForce} and m.ends_at is not null) <> (d.about is not null)`,
  ),
  check(
    'points of a shop are those of its penalties, and a penalty that was lifted gave them back',
    `
    select m.id::text as row, m.step || ' is ' || m.state || ', points in all ' || coalesce(p.sum, 0) as wrong from risk.measures m
      left join (select ref, sum(points) as sum from risk.scores group by ref) p on p.ref = m.id
     where m.side = 'merchant' and coalesce(p.sum, 0) <> case when m.starts_at is null or m.state = 'lifted' then 0 when m.step = 'ban' then -100 else -20 end`,
  ),
  check(
    'whatever a case cost a shop by decision, proof or silence stands in its points, once, and nothing else does',
    `
    with paid as (
      select e.case_id, e.shop_id, (c.liability->>'merchant')::int as share,
             (select s.event from aftersales.steps s where s.shop_id = e.shop_id and s.case_id = e.case_id and (s.to_state = 'executing' or s.event = 'default')
               order by s.step desc limit 1) as event
        from aftersales.executions e join aftersales.cases c on c.shop_id = e.shop_id and c.id = e.case_id where e.kind not in ('none', 'channel', 'perform')),
    owed as (select *, case when share < 50 or event in ('agree', 'accept', 'overdue') then null when event = 'pay_first' then 'verified'
                            when event in ('silence_refund', 'default') then 'silent' else 'decided' end as kind from paid where event is not null)
    select o.case_id::text as row, o.event || ' by ' || coalesce(o.kind, 'nothing') || ', points say ' || coalesce(s.kind, 'nothing') as wrong from owed o
      left join risk.scores s on s.shop_id = o.shop_id and s.ref = o.case_id where o.kind is distinct from s.kind
    union all
    select s.ref::text, s.kind || ' for no execution' from risk.scores s left join owed o on o.case_id = s.ref and o.shop_id = s.shop_id
     where s.kind in ('decided', 'verified', 'silent') and o.case_id is null`,
  ),
  check(
    'nothing was released to a shop while it was frozen',
    `
    with frozen as (
      select k.subject_id as shop_id, k.opened_at as since, k.ended_at as until from risk.tickets k where k.kind = 'runaway'
      union all select m.subject_id, m.starts_at, m.ended_at from risk.measures m where m.step = 'ban' and m.starts_at is not null)
    select t.key::text || ' to ' || t.credit_id as row, 'released at ' || t.at || ', frozen since ' || f.since as wrong from ledger.transfers t
      join frozen f on f.shop_id::text = t.credit_id and t.credit_kind = 'available'
     -- Two transactions begin before one waits for the other: a minute is more than any of them lasts.
     where t.kind = 'escrow.released' and t.at > f.since + interval '1 minute' and (f.until is null or t.at < f.until)`,
  ),
  check(
    'the steps of a ticket lead to its state, and who lifts a freeze did not propose it',
    `
    select k.id::text as row, 'state ' || k.state || ', history says ' || coalesce(s.to_state, 'nothing') as wrong from risk.tickets k
      left join risk.ticket_steps s on s.ticket_id = k.id and s.step = k.steps where k.state is distinct from s.to_state
    union all
    select l.ticket_id::text, 'lifted by ' || l.by_id || ', who proposed it' from risk.ticket_steps l
     where l.event = 'lift' and l.by_id = (select p.by_id from risk.ticket_steps p where p.ticket_id = l.ticket_id and p.event = 'propose_lift' and p.step < l.step order by p.step desc limit 1)`,
  ),
  check(
    'a paused listing is not on sale, and its history says so',
    `
    select p.listing_id::text as row, p.cause || ', and it is ' || l.state as wrong from risk.pauses p
      join catalog.listings l on l.shop_id = p.shop_id and l.id = p.listing_id where l.state = 'live'
    union all
    select p.listing_id::text, p.cause || ' stands, begun ' || e.begun || ' times, ended ' || e.ended from risk.pauses p
     cross join lateral (select count(*) filter (where event = 'pause') as begun, count(*) filter (where event = 'cure') as ended from risk.pause_events e
                          where e.shop_id = p.shop_id and e.listing_id = p.listing_id and e.cause = p.cause) e where e.begun <> e.ended + 1`,
  ),
  check(
    'an order of high value waits longer, and the way of its goods stands in its log',
    `
    select h.order_id::text as row, 'total ' || h.total_fen || ', settles after ' || o.settle_days || ' days, anchored ' || coalesce(h.anchored_at::text, 'never') as wrong
      from risk.high_orders h join orders.orders o on o.shop_id = h.shop_id and o.id = h.order_id
     where h.total_fen <> o.total_fen or o.settle_days <= h.extra_days or h.anchored_at is null
        or not exists (select 1 from evidence.events e where e.shop_id = h.shop_id and e.about = h.order_id and e.kind = 'order.provenance')`,
  ),
  check(
    'an order that waits for a review has one that is open',
    `
    select h.order_id::text as row, 'held for ' || h.ref || ', which is ' || coalesce(k.state, 'not there') as wrong from orders.holds h
      left join risk.tickets k on k.id = h.ref where h.reason = 'risk' and k.id is null`,
  ),
];
