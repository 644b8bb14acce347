import { check, type Check } from './check.ts';

// Goods that are delivered later: promises, deliveries and what was written into them.

const open = `('waiting', 'accepted', 'delivering')`;
/** A parcel that has left kept its promise; what happens on its way has deadlines of its own. */
const awaited = `d.state in ${open} and not (d.mode = 'shipping' and d.state = 'delivering')`;

export const deliveryChecks: readonly Check[] = [
  check(
    'every paid line of goods that are delivered later has its delivery, and no other line has one',
    `
    select l.order_id || '.' || l.number as row, 'mode ' || o.mode || ', ' || case when d.line is null then 'no delivery' else 'a delivery ' || d.state end as wrong
      from orders.lines l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id
      left join delivery.lines d on d.shop_id = l.shop_id and d.order_id = l.order_id and d.line = l.number
     where (d.line is not null) <> (o.mode <> 'pool' and o.paid_at is not null)`,
  ),
  check(
    'an order of later goods is as far as its lines are',
    `
    select o.id::text as row, o.state || ' with lines ' || string_agg(d.state, ', ') as wrong from orders.orders o join delivery.lines d on d.shop_id = o.shop_id and d.order_id = o.id
     group by o.shop_id, o.id
    having bool_or(d.state in ${open}) <> (o.state in ('awaiting', 'delivering')) or (o.state in ('delivered', 'completed') and not bool_or(d.state = 'delivered'))`,
  ),
  check(
    'a line that failed or was cancelled left nothing in escrow, and says what went back',
    `
    select d.order_id || '.' || d.line as row, d.state || ', back ' || coalesce(t.sum, 0) || ' of ' || l.total_fen || ', says ' || d.refunded_fen as wrong
      from delivery.lines d join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
      left join (select debit_id, sum(amount_fen) as sum from ledger.transfers where debit_kind = 'escrow' and credit_kind in ('wallet', 'unapplied', 'refund') group by debit_id) t on t.debit_id = d.order_id || '.' || d.line
     where d.refunded_fen > coalesce(t.sum, 0) or (d.state in ('failed', 'cancelled') and coalesce(t.sum, 0) <> l.total_fen)`,
  ),
  check(
    'a line that waits for its delivery has the deadlines of its promise, and no other line has',
    `
    select o.id::text as row, 'waits for ' || coalesce(w.what, 'nothing') || ', has ' || coalesce(k.what, 'nothing') as wrong
      from orders.orders o
      cross join lateral (
        select string_agg(x.what, ', ' order by x.what) as what
          from (select distinct 'delivery.late' as what from delivery.lines d where d.shop_id = o.shop_id and d.order_id = o.id and ${awaited} and d.late_at is null
                union all select distinct 'delivery.undelivered' from delivery.lines d where d.shop_id = o.shop_id and d.order_id = o.id and ${awaited} and d.cancel_asked_at is null) x) w
      cross join lateral (
        select string_agg(d.what, ', ' order by d.what) as what from kit.deadlines d where d.shop_id = o.shop_id and d.about = o.id and d.what in ('delivery.late', 'delivery.undelivered')) k
     where o.mode <> 'pool' and w.what is distinct from k.what`,
  ),
  check(
    'what was delivered by hand has its content, one for each unit',
    `
    select d.order_id || '.' || d.line as row, coalesce(c.n, 0) || ' contents for ' || l.quantity as wrong
      from delivery.lines d join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
      left join (select shop_id, order_id, line, count(distinct place) as n from delivery.contents group by 1, 2, 3) c on c.shop_id = d.shop_id and c.order_id = d.order_id and c.line = d.line
     where d.mode = 'manual' and coalesce(c.n, 0) <> case when d.state = 'delivered' then l.quantity else 0 end`,
  ),
  check(
    'each look at what was delivered by hand is recorded, the first as its time',
    `
    select c.order_id || '.' || c.line || '.' || c.place as row, c.reveals || ' looks, ' || coalesce(r.n, 0) || ' recorded' as wrong from delivery.contents c
      left join (select shop_id, order_id, line, place, version, count(*) as n, min(at) as first from delivery.content_reveals group by 1, 2, 3, 4, 5) r
        on r.shop_id = c.shop_id and r.order_id = c.order_id and r.line = c.line and r.place = c.place and r.version = c.version
     where c.reveals <> coalesce(r.n, 0) or c.revealed_at is distinct from r.first`,
  ),
  check(
    'every delivery, and every promise that was broken, is a fact in evidence',
    `
    select d.order_id || '.' || d.line as row, 'no ' || f.kind as wrong from delivery.lines d
     cross join lateral (select 'delivery.delivered' as kind where d.state = 'delivered'
                         union all select 'delivery.late' where d.late_at is not null and d.state in ${open}) f
      left join evidence.events e on e.shop_id = d.shop_id and e.about = d.order_id and e.kind = f.kind where e.about is null`,
  ),
];
