import { param } from '../../src/rules/rules.ts';
import { check, type Check } from './check.ts';

// Deposits and what was paid first: where they stand, who agreed, and that no cap was passed.

const caps = {
  count: param('1.0.0', 'FIRST_PAY_DAY_COUNT'),
  sum: param('1.0.0', 'FIRST_PAY_DAY'),
  hours: param('1.0.0', 'FIRST_PAY_WINDOW'),
};

export const depositChecks: readonly Check[] = [
  check(
    'a deposit stands where its last step led',
    `
    select d.shop_id::text as row, d.state || ', its steps say ' || coalesce(s.to_state, 'nothing') as wrong from merchants.deposits d
      left join lateral (select x.to_state from merchants.deposit_steps x where x.shop_id = d.shop_id order by x.step desc limit 1) s on true
     where d.state is distinct from s.to_state`,
  ),
  check(
    'a deposit that is short has the time until which it must be filled up, and no other has',
    `
    select d.shop_id::text as row, d.state || case when k.about is null then ' without its deadline' else ' with a deadline' end as wrong from merchants.deposits d
      left join kit.deadlines k on k.shop_id = d.shop_id and k.about = d.shop_id and k.what = 'deposit.top_up'
     where (d.state = 'short') <> (k.about is not null)`,
  ),
  check(
    'what left a deposit for its shop was asked for by one person and agreed to by another',
    `
    select t.key::text as row, t.amount_fen || ' returned, agreed ' || coalesce(r.amount_fen, 0) as wrong from ledger.transfers t
      left join merchants.deposit_returns r on r.key = t.key and r.agreed and r.asked_by <> r.decided_by
     where t.debit_kind = 'deposit' and t.credit_kind = 'available' and r.amount_fen is distinct from t.amount_fen
    union all
    select r.id::text, 'agreed to, and nothing moved' from merchants.deposit_returns r left join ledger.transfers t on t.key = r.key where r.agreed and t.key is null`,
  ),
  check(
    'money leaves a deposit for buyers and, by two people, for its shop',
    `
    select key::text as row, kind || ' to ' || credit_kind as wrong from ledger.transfers
     where debit_kind = 'deposit' and kind not in ('case.refunded', 'channel.refunded', 'deposit.returned')`,
  ),
  check(
    'what a machine let be paid first was carried out for its case and counted for its buyer',
    `
    select f.case_id::text as row, f.amount_fen || ' for ' || f.key || ', carried out ' || coalesce(e.amount_fen, 0) as wrong from aftersales.first_payments f
      left join aftersales.cases c on c.shop_id = f.shop_id and c.id = f.case_id
      left join aftersales.executions e on e.shop_id = f.shop_id and e.case_id = f.case_id and e.paid_first
     where f.kind = 'identity' and (e.amount_fen is distinct from f.amount_fen or c.buyer_id::text is distinct from f.key)`,
  ),
  check(
    'nobody was paid first more often or more than the caps of article 30 say',
    `
    select f.kind || ' ' || f.key as row, w.count || ' times, ' || w.sum || ' fen until ' || f.at as wrong from aftersales.first_payments f
     cross join lateral (select count(*) as count, sum(x.amount_fen) as sum from aftersales.first_payments x
                          where x.kind = f.kind and x.key = f.key and x.at <= f.at and x.at > f.at - make_interval(hours => ${caps.hours})) w
     where f.kind <> 'all' and (w.count > ${caps.count} or w.sum > ${caps.sum})`,
  ),
];
