import { check, type Check } from './check.ts';

// Cases: their steps, the money they hold and what they paid, each seen from two sides.

const steps = `(select shop_id, case_id, step, from_state, to_state, lag(to_state) over w as before, lag(step) over w as last
  from aftersales.steps window w as (partition by shop_id, case_id order by step))`;

/** Everything that was paid for a loss outside of escrow's own refunds: by cases, and by channels without one. */
const payouts = `(select shop_id, case_id, order_id, line, kind, amount_fen, shares, places, key from aftersales.executions
  union all select shop_id, null, order_id, line, 'channel', amount_fen, shares, places, key from aftersales.channel_refunds)`;

const clocks = `(values ('negotiation', 'case.remedy'), ('refused', 'case.escalate'), ('intervention', 'case.decide'), ('review', 'case.decide'), ('evidence', 'case.evidence'),
  ('signing', 'case.decide'), ('decided', 'case.finalise'), ('jury_asked', 'jury.consent'), ('jury', 'jury.close'), ('arbitration', 'case.panel'), ('chaired', 'case.chair'),
  ('awarded', 'case.final'), ('appealed', 'case.decide'), ('executing', 'case.execute'), ('executed', 'case.close')) as w(state, what)`;

export const caseChecks: readonly Check[] = [
  check(
    'a case that is open holds its order, and one that is over holds nothing',
    `
    select c.id::text as row, c.state || case when h.ref is null then ', no hold' else ', still held' end as wrong from aftersales.cases c
      left join orders.holds h on h.shop_id = c.shop_id and h.order_id = c.order_id and h.reason = 'case' and h.ref = c.id
     where c.state <> 'lapsed' and (c.ended_at is null) <> (h.ref is not null)
    union all
    select h.ref::text, 'holds an order and is no case of it' from orders.holds h left join aftersales.cases c on c.shop_id = h.shop_id and c.id = h.ref and c.order_id = h.order_id
     where h.reason = 'case' and c.id is null`,
  ),
  check(
    'the steps of a case lead from its filing to its state',
    `
    select s.case_id::text as row, 'step ' || s.step || ' from ' || s.from_state || ', before it ' || coalesce(s.before, 'none') as wrong from ${steps} s
     where s.from_state <> coalesce(s.before, 'none') or s.step <> coalesce(s.last, 0) + 1
    union all
    select c.id::text, 'state ' || c.state || ' after ' || c.steps || ' steps, history says ' || coalesce(s.to_state, 'nothing') from aftersales.cases c
      left join aftersales.steps s on s.shop_id = c.shop_id and s.case_id = c.id and s.step = c.steps where c.state is distinct from s.to_state`,
  ),
  check(
    'what was paid for a unit is never more than its price, nor less than what its cases and its channel paid for it',
    `
    select l.order_id || '.' || l.line || '.' || l.place as row, 'paid ' || l.paid_fen || ' of ' || coalesce(o.price_fen, -1) || ', its cases say ' || coalesce(p.sum, 0) as wrong
      from orders.losses l
      left join orders.lines o on o.shop_id = l.shop_id and o.order_id = l.order_id and o.number = l.line
      left join (select e.shop_id, e.order_id, e.line, (x->>'place')::int as place, sum((x->>'amount')::bigint) as sum from ${payouts} e
                  cross join lateral jsonb_array_elements(e.places) x group by 1, 2, 3, 4) p
        on p.shop_id = l.shop_id and p.order_id = l.order_id and p.line = l.line and p.place = l.place
     where l.cap_fen is distinct from o.price_fen or l.paid_fen > l.cap_fen or l.paid_fen < coalesce(p.sum, 0)`,
  ),
  check(
    'all that a line got back is what was paid for its units, and at most what it cost',
    `
    select l.order_id || '.' || l.number as row, 'cost ' || l.total_fen || ', got back ' || (coalesce(r.sum, 0) + coalesce(e.sum, 0)) || ', its units ' || coalesce(u.sum, 0) as wrong from orders.lines l
      left join (select shop_id, order_id, line, sum(paid_fen) as sum from orders.losses group by 1, 2, 3) u on u.shop_id = l.shop_id and u.order_id = l.order_id and u.line = l.number
      left join (select debit_id, sum(amount_fen) as sum from ledger.transfers where debit_kind = 'escrow' and credit_kind not in ('available', 'platform.fee') group by debit_id) r
        on r.debit_id = l.order_id || '.' || l.number
      left join (select e.shop_id, e.order_id, e.line, sum((x->>'amount')::bigint) as sum from ${payouts} e
                  cross join lateral jsonb_array_elements(e.shares) x where x->>'source' not in ('escrow', 'channel') group by 1, 2, 3) e
        on e.shop_id = l.shop_id and e.order_id = l.order_id and e.line = l.number
     where coalesce(r.sum, 0) + coalesce(e.sum, 0) > l.total_fen or coalesce(r.sum, 0) + coalesce(e.sum, 0) <> coalesce(u.sum, 0)`,
  ),
  check(
    'what was carried out for a case is what its transfers moved to the buyer',
    `
    select coalesce(e.case_id, e.key)::text as row, e.kind || ' of ' || e.amount_fen || ', moved ' || coalesce(t.sum, 0) || ', shares ' || s.sum as wrong from ${payouts} e
      left join (select key, sum(amount_fen) as sum from ledger.transfers where kind in ('case.refunded', 'channel.refunded') group by key) t on t.key = e.key
     cross join lateral (select coalesce(sum((x->>'amount')::bigint), 0) as sum from jsonb_array_elements(e.shares) x) s
     where e.amount_fen <> coalesce(t.sum, 0) or e.amount_fen <> s.sum or (e.kind in ('reissue', 'perform', 'none')) <> (e.amount_fen = 0)
    union all
    select t.key::text, 'moved money and is of no case' from ledger.transfers t left join ${payouts} e on e.key = t.key where t.kind in ('case.refunded', 'channel.refunded') and e.key is null`,
  ),
  check(
    'a case that is settled was carried out once, with a finding of who answers for it, and no other was',
    `
    select c.id::text as row, c.state || case when e.case_id is null then ', nothing carried out' when c.liability is null then ', nobody answers' else ', carried out already' end as wrong
      from aftersales.cases c left join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
     where (c.state in ('executed', 'closed')) <> (e.case_id is not null) or (c.state in ('executed', 'closed') and c.liability is null)`,
  ),
  check(
    'an open case has the clock of its state, and one that is over has none',
    `
    select c.id::text as row, c.state || ' without ' || w.what as wrong from aftersales.cases c join ${clocks} on w.state = c.state
      left join kit.deadlines d on d.shop_id = c.shop_id and d.about = c.id and d.what = w.what
     where d.what is null and not exists (select 1 from aftersales.steps s where s.shop_id = c.shop_id and s.case_id = c.id and s.event = 'late')
    union all
    select c.id::text, c.state || ' with ' || d.what from aftersales.cases c join kit.deadlines d on d.shop_id = c.shop_id and d.about = c.id and d.what like 'case.%' where c.ended_at is not null`,
  ),
  check(
    'what a shop owes is what was paid for it, less what it paid back and what it was let off',
    `
    select t.id as row, 'owes ' || t.owed || ', paid for it ' || coalesce(e.sum, 0) as wrong
      from (select id, -sum(amount) as owed from (select credit_id as id, amount_fen as amount from ledger.transfers where credit_kind = 'receivable'
             union all select debit_id, -amount_fen from ledger.transfers where debit_kind = 'receivable') m group by id) t
      left join (select e.shop_id::text as id, sum((x->>'amount')::bigint) as sum from ${payouts} e cross join lateral jsonb_array_elements(e.shares) x
                  where x->>'source' in ('fund', 'insurance') group by 1) e on e.id = t.id
      left join (select credit_id as id, sum(amount_fen) as sum from ledger.transfers where credit_kind = 'receivable' group by 1) b on b.id = t.id
     where t.owed <> coalesce(e.sum, 0) - coalesce(b.sum, 0)`,
  ),
];
