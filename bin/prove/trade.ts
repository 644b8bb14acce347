import { check, type Check } from './check.ts';

// Orders, stock, keys, deadlines and payments, each seen from two sides.

const numbered = `(select l.shop_id, l.order_id, l.number as line, l.pool_id, n.number, o.paid_at, o.state from orders.lines l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id cross join unnest(l.numbers) as n(number))`;

const steps = `(select shop_id, id as order_id, 1 as step, 'none' as from_state, case first_event when 'place' then 'created' when 'order' then 'awaiting' else 'delivered' end as to_state from orders.orders
  union all select shop_id, order_id, step, from_state, to_state from orders.steps)`;

export const tradeChecks: readonly Check[] = [
  check(
    'an order costs what its lines cost',
    `
    select o.id::text as row, 'total ' || o.total_fen || ', lines ' || coalesce(sum(l.total_fen), 0) as wrong from orders.orders o left join orders.lines l on l.shop_id = o.shop_id and l.order_id = o.id
     group by o.shop_id, o.id having o.total_fen <> coalesce(sum(l.total_fen), 0)`,
  ),
  check(
    'a line costs its price times its quantity, and its components add up to it',
    `
    select l.order_id || '.' || l.number as row, 'total ' || l.total_fen || ', components ' || c.sum as wrong from orders.lines l
     cross join lateral (select coalesce(sum((x->>'amount')::bigint), 0) as sum from jsonb_array_elements(l.components) x) c where l.total_fen <> l.price_fen * l.quantity or l.total_fen <> c.sum`,
  ),
  check(
    'a checkout costs what its orders cost, and its orders know it',
    `
    select c.buyer_id || '/' || c.idempotency_key as row, 'total ' || c.total_fen || ', orders ' || coalesce(sum(o.total_fen), 0) || ' in ' || count(o.id) as wrong
      from checkout.checkouts c left join orders.orders o on o.buyer_id = c.buyer_id and o.checkout_key = c.idempotency_key and o.id = any(c.order_ids)
     group by c.buyer_id, c.idempotency_key having c.total_fen <> coalesce(sum(o.total_fen), 0) or count(o.id) <> cardinality(c.order_ids)`,
  ),
  check(
    'the words of every text that was ticked are kept under their hash',
    `
    select c.buyer_id || '/' || c.idempotency_key as row, 'no text ' || (a->>'hash') as wrong from checkout.checkouts c cross join lateral jsonb_array_elements(c.acknowledgements) a
      left join checkout.texts t on t.hash = a->>'hash' and t.language = a->>'language' where t.hash is null
    union all
    select hash, 'its words have another hash' from checkout.texts
     where hash <> translate(rtrim(encode(sha256(convert_to(name || chr(10) || title || chr(10) || text, 'UTF8')), 'base64'), '='), '+/', '-_')`,
  ),
  check(
    'every order belongs to a checkout',
    `
    select o.id::text as row, 'no checkout' as wrong from orders.orders o left join checkout.checkouts c on c.buyer_id = o.buyer_id and c.idempotency_key = o.checkout_key and o.id = any(c.order_ids) where c.buyer_id is null`,
  ),
  check(
    'a paid checkout has paid orders, another has none',
    `
    select o.id::text as row, 'checkout ' || c.state || ', order ' || o.state as wrong from checkout.checkouts c join orders.orders o on o.buyer_id = c.buyer_id and o.checkout_key = c.idempotency_key
     where (c.state = 'paid') <> (o.paid_at is not null) or (c.state = 'open') <> (o.state = 'created')`,
  ),
  check(
    'the steps of an order lead from its beginning to its state, each from where the one before ended',
    `
    select s.order_id::text as row, 'step ' || s.step || ' from ' || s.from_state || ', before it ' || coalesce(s.before, 'none') as wrong
      from (select s.*, lag(to_state) over w as before, lag(step) over w as last from ${steps} s window w as (partition by shop_id, order_id order by step)) s
     where s.from_state <> coalesce(s.before, 'none') or s.step <> coalesce(s.last, 0) + 1
    union all
    select o.id::text, 'state ' || o.state || ' after ' || o.steps || ' steps, history says ' || s.to_state || ' after ' || s.step
      from orders.orders o join (select distinct on (shop_id, order_id) shop_id, order_id, step, to_state from ${steps} s order by shop_id, order_id, step desc) s on s.shop_id = o.shop_id and s.order_id = o.id
     where o.state <> s.to_state or o.steps <> s.step`,
  ),
  check(
    'a paid line has as many numbers as it sold, an unpaid one has none',
    `
    select l.order_id || '.' || l.number as row, cardinality(l.numbers) || ' numbers for ' || l.quantity as wrong from orders.lines l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id
     where cardinality(l.numbers) <> case when o.paid_at is null or o.mode <> 'pool' then 0 else l.quantity end`,
  ),
  check(
    'every number of a paid line is delivered, or was cancelled unseen',
    `
    select n.order_id || '.' || n.line as row, 'number ' || n.number || ' was never delivered' as wrong from ${numbered} n
      left join delivery.units u on u.shop_id = n.shop_id and u.pool_id = n.pool_id and u.number = n.number and u.order_id = n.order_id
      left join delivery.withdrawn w on w.shop_id = n.shop_id and w.order_id = n.order_id and w.pool_id = n.pool_id and w.number = n.number
     where u.order_id is null and w.order_id is null`,
  ),
  check(
    'every delivered unit stands in a line of its order',
    `
    select u.pool_id || '/' || u.number as row, 'delivered to ' || u.order_id || ', whose line does not have it' as wrong from delivery.units u
      left join ${numbered} n on n.shop_id = u.shop_id and n.pool_id = u.pool_id and n.number = u.number and n.order_id = u.order_id and n.line = u.line where n.order_id is null`,
  ),
  check(
    'no key was sold twice',
    `
    select n.pool_id || '/' || n.number as row, 'sold to ' || count(*) || ' orders, ' || count(w.order_id) || ' cancelled' as wrong from ${numbered} n
      left join delivery.withdrawn w on w.shop_id = n.shop_id and w.order_id = n.order_id and w.pool_id = n.pool_id and w.number = n.number
     group by n.pool_id, n.number having count(*) - count(w.order_id) > 1`,
  ),
  check(
    'what was sold is a key that was in stock',
    `
    select u.pool_id || '/' || u.number as row, 'no such key' as wrong from delivery.units u left join inventory.keys k on k.shop_id = u.shop_id and k.pool_id = u.pool_id and k.number = u.number where k.number is null`,
  ),
  check(
    'what a pool has on hand is its keys that can be sold',
    `
    select p.id::text as row, 'on hand ' || p.on_hand || ', keys ' || (f.fresh + r.n) || ', returned ' || p.returned || '/' || r.n as wrong from inventory.pools p
     cross join lateral (select count(*) as fresh from inventory.keys k where k.shop_id = p.shop_id and k.pool_id = p.id and k.number >= p.next_number and k.number <= p.last_number and k.voided_at is null) f
     cross join lateral (select count(*) as n from inventory.returned b where b.shop_id = p.shop_id and b.pool_id = p.id) r
     where p.on_hand <> f.fresh + r.n or p.returned <> r.n`,
  ),
  check(
    'what a pool holds for unpaid orders is what they reserved',
    `
    select p.id::text as row, 'reserved ' || p.reserved || ', orders hold ' || coalesce(r.sum, 0) as wrong from inventory.pools p
      left join (select shop_id, pool_id, sum(quantity) as sum from inventory.reservations group by 1, 2) r on r.shop_id = p.shop_id and r.pool_id = p.id where p.reserved <> coalesce(r.sum, 0)`,
  ),
  check(
    'a reservation belongs to an order that waits for its money, and every such order has one',
    `
    select r.order_id::text as row, 'reserved, order is ' || coalesce(o.state, 'not there') as wrong from inventory.reservations r left join orders.orders o on o.shop_id = r.shop_id and o.id = r.order_id where o.state is distinct from 'created'
    union all select o.id::text, 'waits for money and holds nothing' from orders.orders o left join inventory.reservations r on r.shop_id = o.shop_id and r.order_id = o.id where o.state = 'created' and o.mode = 'pool' and r.order_id is null`,
  ),
  check(
    'each look at a key is recorded, the first as its time',
    `
    select u.pool_id || '/' || u.number as row, u.reveals || ' looks, ' || coalesce(r.n, 0) || ' recorded' as wrong from delivery.units u
      left join (select shop_id, pool_id, number, order_id, count(*) as n, max(nth) as last, min(at) as first from delivery.reveals group by 1, 2, 3, 4) r
        on r.shop_id = u.shop_id and r.pool_id = u.pool_id and r.number = u.number and r.order_id = u.order_id
     where u.reveals <> coalesce(r.n, 0) or u.reveals <> coalesce(r.last, 0) or u.revealed_at is distinct from r.first or (u.state = 'sealed') <> (u.reveals = 0)`,
  ),
  check(
    'an order has the deadline of its state, and no other',
    `
    select o.id::text as row, o.state || ' with ' || coalesce(string_agg(d.what, ', '), 'no deadline') as wrong from orders.orders o
      left join kit.deadlines d on d.shop_id = o.shop_id and d.about = o.id and d.what like 'order.%'
      left join (select distinct shop_id, order_id from orders.holds) h on h.shop_id = o.shop_id and h.order_id = o.id
     group by o.shop_id, o.id, h.order_id
    having coalesce(string_agg(d.what, ', '), '') <> case when o.state = 'created' then 'order.expire' when o.state = 'delivered' then 'order.confirm'
           when o.state = 'completed' and o.released_at is null and h.order_id is null then 'order.release' else '' end
       and not (h.order_id is not null and o.state = 'completed' and coalesce(string_agg(d.what, ', '), '') = 'order.release')`,
  ),
  check(
    'every key came in with a batch of its pool',
    `
    select k.pool_id || '/' || k.number as row, 'no batch ' || k.batch_id || ' has this number' as wrong from inventory.keys k
      left join inventory.batches b on b.shop_id = k.shop_id and b.id = k.batch_id and b.pool_id = k.pool_id and k.number >= b.first_number and k.number < b.first_number + b.count where b.id is null`,
  ),
  check(
    'a batch has as many keys as the log was told',
    `
    select b.id::text as row, 'says ' || b.count || ', has ' || coalesce(k.n, 0) as wrong from inventory.batches b
      left join (select shop_id, batch_id, count(*) as n from inventory.keys group by 1, 2) k on k.shop_id = b.shop_id and k.batch_id = b.id where b.count <> coalesce(k.n, 0)`,
  ),
  check(
    'the batches of a pool follow one another from its first number to its last',
    `
    select b.pool_id::text as row, 'batch ' || b.id || ' begins at ' || b.first_number || ', the one before ends at ' || b.before as wrong
      from (select *, coalesce(lag(first_number + count - 1) over (partition by shop_id, pool_id order by first_number), 0) as before from inventory.batches) b where b.first_number <> b.before + 1
    union all
    select p.id::text, 'last number ' || p.last_number || ', batches end at ' || coalesce(b.last, 0) from inventory.pools p
      left join (select shop_id, pool_id, max(first_number + count - 1) as last from inventory.batches group by 1, 2) b on b.shop_id = p.shop_id and b.pool_id = p.id where p.last_number <> coalesce(b.last, 0)`,
  ),
  check(
    'a key that is sealed is found by its fingerprint',
    `
    select k.pool_id || '/' || k.number as row, 'has no fingerprint' as wrong from inventory.keys k left join inventory.fingerprints f on f.shop_id = k.shop_id and f.pool_id = k.pool_id and f.number = k.number where f.number is null`,
  ),
  check(
    'what a payment received is what its trades brought',
    `
    select p.id::text as row, 'received ' || p.received_fen || ', trades ' || coalesce(sum(t.amount_fen), 0) as wrong from payments.payments p
      left join payments.matches m on m.payment_id = p.id left join payments.trades t on t.payment_id = p.id or (t.channel = m.channel and t.trade_no = m.trade_no)
     group by p.id having p.received_fen <> coalesce(sum(t.amount_fen), 0)`,
  ),
  check(
    'every trade of a channel is in the books once',
    `
    select t.channel || '/' || t.trade_no as row, 'booked ' || coalesce(l.sum, 0) || ' of ' || t.amount_fen as wrong from payments.trades t
      left join (select key, sum(amount_fen) as sum from ledger.transfers where kind = 'channel.received' group by key) l on l.key = t.id where coalesce(l.sum, 0) <> t.amount_fen`,
  ),
  check(
    'a refund in flight is in the books as long as its end is not known',
    `
    select r.id::text as row, r.state || ', in flight ' || coalesce(m.left, 0) as wrong from payments.refunds r
      left join (select id, sum(amount) as left from (select credit_id as id, amount_fen as amount from ledger.transfers where credit_kind = 'refund' union all select debit_id, -amount_fen from ledger.transfers where debit_kind = 'refund') x group by id) m on m.id = r.id::text
     where coalesce(m.left, 0) <> case when r.state in ('done', 'credited') then 0 else r.amount_fen end`,
  ),
];
