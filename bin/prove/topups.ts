import { check, type Check } from './check.ts';

// Direct top-ups: never filled twice, never lost, and what was not filled went back.

const open = `('queued', 'submitted', 'unknown')`;
const filled = `('success', 'partial')`;

export const topupChecks: readonly Check[] = [
  check(
    'each number of a top-up was given to one attempt only',
    `
    select a.number as row, 'given to ' || count(*) || ' attempts' as wrong from supply.attempts a group by a.number having count(*) > 1`,
  ),
  check(
    'the attempts of a top-up are numbered 1 to n, without a hole',
    `
    select r.order_id || '.' || r.line as row, r.attempts || ' attempts, found ' || coalesce(a.n, 0) || ' up to ' || coalesce(a.last, 0) as wrong from supply.requests r
      left join (select shop_id, order_id, line, count(*) as n, max(nth) as last from supply.attempts group by 1, 2, 3) a on a.shop_id = r.shop_id and a.order_id = r.order_id and a.line = r.line
     where r.attempts <> coalesce(a.n, 0) or r.attempts <> coalesce(a.last, 0)`,
  ),
  check(
    'a top-up that is under way has one attempt under way, one that has ended has none but what was given up',
    `
    select r.order_id || '.' || r.line as row, r.state || ' with ' || coalesce(a.n, 0) || ' attempts under way' as wrong from supply.requests r
      left join (select shop_id, order_id, line, count(*) as n from supply.attempts where state in ${open} and not abandoned group by 1, 2, 3) a on a.shop_id = r.shop_id and a.order_id = r.order_id and a.line = r.line
     where coalesce(a.n, 0) <> case when r.state = 'open' then 1 else 0 end`,
  ),
  check(
    'an attempt that is under way is looked at again',
    `
    select a.number as row, a.state || ', and nobody asks' as wrong from supply.attempts a where a.state in ${open} and a.due_at is null`,
  ),
  check(
    'no account was filled twice for one line, unless it is claimed as late',
    `
    select a.order_id || '.' || a.line as row, 'filled ' || count(*) || ' times' as wrong from supply.attempts a where a.state in ${filled} group by a.shop_id, a.order_id, a.line having count(*) > 1`,
  ),
  check(
    'a delivered top-up was filled, as much as it says',
    `
    select u.order_id || '.' || u.line as row, u.state || ' with ' || coalesce(u.arrived_fen, 0) || ', filled ' || coalesce(a.charged, 0) as wrong from delivery.topups u
      join delivery.lines d on d.shop_id = u.shop_id and d.order_id = u.order_id and d.line = u.line
      left join (select shop_id, order_id, line, max(charged_fen) as charged from supply.attempts where state in ('success', 'partial', 'late') group by 1, 2, 3) a on a.shop_id = u.shop_id and a.order_id = u.order_id and a.line = u.line
     where d.state = 'delivered' and (a.charged is null or a.charged is distinct from u.arrived_fen or u.state not in ${filled})`,
  ),
  check(
    'a top-up whose money went back was not filled, or late',
    `
    select d.order_id || '.' || d.line as row, d.state || ', filled as ' || a.number as wrong from delivery.lines d
      join supply.attempts a on a.shop_id = d.shop_id and a.order_id = d.order_id and a.line = d.line and a.state in ${filled}
      join delivery.topups u on u.shop_id = d.shop_id and u.order_id = d.order_id and u.line = d.line
     where d.state in ('failed', 'cancelled') and u.late_at is null`,
  ),
  check(
    'of a top-up that came in part the rest went back, to the fen',
    `
    select u.order_id || '.' || u.line as row, 'arrived ' || u.arrived_fen || ' of ' || u.face_fen || ', back ' || d.refunded_fen || ' of ' || l.total_fen as wrong from delivery.topups u
      join delivery.lines d on d.shop_id = u.shop_id and d.order_id = u.order_id and d.line = u.line
      join orders.lines l on l.shop_id = u.shop_id and l.order_id = u.order_id and l.number = u.line
     where d.state = 'delivered' and d.refunded_fen < l.total_fen - (l.total_fen * u.arrived_fen) / u.face_fen`,
  ),
  check(
    'a top-up that has ended stands where its supplier does',
    `
    select u.order_id || '.' || u.line as row, u.state || ', request ' || r.state as wrong from delivery.topups u join supply.requests r on r.shop_id = u.shop_id and r.order_id = u.order_id and r.line = u.line
     where (u.state in ${filled} and r.state <> 'done') or (u.state = 'failed' and r.state <> 'failed') or (u.state = 'cancelled' and r.state <> 'cancelled')
        or (u.state = 'returned' and r.state <> 'abandoned') or (u.state = 'late' and r.state not in ('failed', 'cancelled', 'abandoned'))`,
  ),
  check(
    'what a supplier filled it had said to a question of ours',
    `
    select a.number as row, a.state || ' without a word' as wrong from supply.attempts a
      left join supply.exchanges e on e.shop_id = a.shop_id and e.attempt_id = a.id and e.act = 'ask' and e.answer = 'ok' where a.state in ('success', 'partial', 'late') and e.nth is null`,
  ),
  check(
    'what arrived late is a fact in evidence',
    `
    select u.order_id || '.' || u.line as row, 'late, and no fact' as wrong from delivery.topups u
      left join evidence.events e on e.shop_id = u.shop_id and e.about = u.order_id and e.kind = 'delivery.late_arrival' where u.late_at is not null and e.about is null`,
  ),
  check(
    'the account of a top-up is kept only while it may be filled',
    `
    select r.order_id || '.' || r.line as row, r.state || ', and the account is ' || case when r.target_sealed is null then 'gone' else 'kept' end as wrong from supply.requests r where (r.target_sealed is not null) <> (r.state in ('open', 'held'))`,
  ),
];
