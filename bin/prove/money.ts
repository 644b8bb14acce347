import { check, type Check } from './check.ts';

// Money, recomputed from the transfers alone. None of this SQL is shared with what writes the ledger.

const moves = `(select debit_kind as kind, debit_id as id, -amount_fen as amount, debit_seq from ledger.transfers
  union all select credit_kind, credit_id, amount_fen, null from ledger.transfers)`;

const escrows = `(select split_part(m.id, '.', 1)::uuid as order_id, split_part(m.id, '.', 2)::int as line, sum(m.amount) as left
  from ${moves} m where m.kind = 'escrow' group by m.id)`;

export const moneyChecks: readonly Check[] = [
  check(
    'every running balance is what its transfers add up to',
    `
    select a.kind || ':' || a.id as row, 'balance ' || a.balance_fen || ', transfers say ' || coalesce(m.sum, 0) as wrong
      from ledger.accounts a left join (select kind, id, sum(amount) as sum from ${moves} m where kind in ('wallet', 'available', 'reserve', 'deposit') group by kind, id) m using (kind, id)
     where a.balance_fen <> coalesce(m.sum, 0)`,
  ),
  check(
    'no account with a floor is missing its row',
    `
    select m.kind || ':' || m.id as row, 'has transfers and no balance' as wrong
      from (select distinct kind, id from ${moves} m where kind in ('wallet', 'available', 'reserve', 'deposit')) m left join ledger.accounts a using (kind, id) where a.id is null`,
  ),
  check(
    'debits are numbered 1 to n, without a hole',
    `
    select debit_kind || ':' || debit_id as row, 'last number ' || max(debit_seq) || ' of ' || count(*) || ' debits' as wrong
      from ledger.transfers where debit_seq is not null group by debit_kind, debit_id having max(debit_seq) <> count(*) or min(debit_seq) <> 1`,
  ),
  check(
    'the count of debits of an account is the number of its debits',
    `
    select a.kind || ':' || a.id as row, 'counts ' || a.debits || ', has ' || coalesce(d.n, 0) as wrong
      from ledger.accounts a left join (select debit_kind as kind, debit_id as id, count(*) as n from ledger.transfers where debit_seq is not null group by 1, 2) d using (kind, id)
     where a.debits <> coalesce(d.n, 0)`,
  ),
  check(
    'nothing was ever paid out of escrow, a payment, a refund or a payout that was not in it',
    `
    select m.kind || ':' || m.id as row, 'is ' || sum(m.amount) as wrong from ${moves} m where m.kind in ('escrow', 'unapplied', 'refund', 'payout') group by m.kind, m.id having sum(m.amount) < 0`,
  ),
  check(
    'what each debit of escrow says is left is what is left',
    `
    select t.debit_kind || ':' || t.debit_id as row, 'debit ' || t.debit_seq || ' says ' || t.debit_left_fen || ' is left' as wrong
      from (select t.*, f.funded - sum(t.amount_fen) over (partition by t.debit_id order by t.debit_seq) as truth
              from ledger.transfers t join (select credit_id, sum(amount_fen) as funded from ledger.transfers where credit_kind = 'escrow' group by credit_id) f on f.credit_id = t.debit_id
             where t.debit_kind = 'escrow') t where t.truth <> t.debit_left_fen`,
  ),
  check(
    'an escrow account is funded by one event',
    `
    select 'escrow:' || credit_id as row, 'funded under ' || count(distinct key) || ' keys' as wrong from ledger.transfers where credit_kind = 'escrow' group by credit_id having count(distinct key) > 1`,
  ),
  check(
    'escrow holds what its order says: the total less refunds until it is released, nothing before or after',
    `
    select o.id::text as row, o.state || ', escrow ' || coalesce(e.left, 0) || ', order ' || o.total_fen || ' refunded ' || o.refunded_fen as wrong
      from orders.orders o left join (select order_id, sum("left") as left from ${escrows} e group by order_id) e on e.order_id = o.id
     where coalesce(e.left, 0) <> case when o.paid_at is null or o.released_at is not null then 0 else o.total_fen - o.refunded_fen end`,
  ),
  check(
    'every escrow account belongs to a line of an order',
    `
    select 'escrow:' || e.order_id || '.' || e.line as row, 'no such line' as wrong
      from ${escrows} e left join orders.lines l on l.order_id = e.order_id and l.number = e.line where l.order_id is null`,
  ),
  check(
    'a line is funded with its total',
    `
    select l.order_id || '.' || l.number as row, 'funded ' || f.funded || ' of ' || l.total_fen as wrong
      from orders.lines l join (select credit_id, sum(amount_fen) as funded from ledger.transfers where credit_kind = 'escrow' group by credit_id) f on f.credit_id = l.order_id || '.' || l.number
     where f.funded <> l.total_fen`,
  ),
  check(
    'refunds of an order are what went back from its escrow',
    `
    select o.id::text as row, 'says ' || o.refunded_fen || ', went back ' || coalesce(r.sum, 0) as wrong
      from orders.orders o left join (select about, sum(amount_fen) as sum from ledger.transfers where debit_kind = 'escrow' and credit_kind in ('wallet', 'unapplied', 'refund', 'psp.clearing') group by about) r on r.about = o.id
     where o.refunded_fen <> coalesce(r.sum, 0)`,
  ),
  check(
    'a shop gets what is released less the fee, rounded down',
    `
    select t.about::text as row, 'fee ' || t.fee || ' of ' || t.both || ' at ' || l.fee_bps || ' bps' as wrong
      from (select debit_id, min(about::text)::uuid as about, sum(amount_fen) as both, sum(amount_fen) filter (where credit_kind = 'platform.fee') as fee from ledger.transfers
             where debit_kind = 'escrow' and credit_kind in ('available', 'platform.fee') group by debit_id) t
      join orders.lines l on l.order_id || '.' || l.number = t.debit_id where coalesce(t.fee, 0) <> floor(t.both * l.fee_bps / 10000)`,
  ),
  check(
    'money of a wallet or shop belongs to somebody',
    `
    select a.kind || ':' || a.id as row, 'nobody has this id' as wrong from ledger.accounts a
      left join identity.users u on a.kind = 'wallet' and u.id::text = a.id left join merchants.shops s on a.kind <> 'wallet' and s.id::text = a.id where u.id is null and s.id is null`,
  ),
];
