import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { DepositState } from '../../merchants/deposit/machine.ts';

/** What a shop sells or would sell, and what was settled to it since a moment: what its deposit is measured by. */
export const soldBy = query(
  'aftersales.sold_by',
  { goods: t.array(t.text), settled: t.fen },
  (p: { shopId: string; since: Instant; viewerShop: string }) => sql`
  select coalesce((select array_agg(distinct c.goods) from catalog.cards c where c.shop_id = ${p.shopId} and c.state in ('live', 'suspended')), '{}') as goods,
         coalesce((select sum(m.amount_fen) from ledger.transfers m
                    where m.credit_kind = 'available' and m.credit_id = ${p.shopId}::text and m.kind = 'escrow.released' and m.at > ${ts(p.since)}::timestamptz), 0)::bigint as settled`,
);

/** What keeps the deposit of a shop that leaves: its orders, its cases, and whether it ever sold accounts. */
export const leavingFacts = query(
  'aftersales.leaving_facts',
  { lastOrderAt: t.instant.null, openOrders: t.int, openCases: t.int, soldAccounts: t.bool },
  (p: { shopId: string; viewerShop: string }) => sql`
  select (select max(coalesce(o.completed_at, o.paid_at)) from orders.orders o where o.shop_id = ${p.shopId} and o.paid_at is not null) as last_order_at,
         (select count(*) from orders.orders o where o.shop_id = ${p.shopId} and o.paid_at is not null and o.released_at is null and o.refunded_fen < o.total_fen and o.state not in ('refunded', 'cancelled'))::int as open_orders,
         (select count(*) from aftersales.cases c where c.shop_id = ${p.shopId} and c.ended_at is null)::int as open_cases,
         exists (select 1 from orders.lines l where l.shop_id = ${p.shopId} and l.goods = 'account') as sold_accounts`,
);

/** The deposits of all shops that must keep one, what is short first; for staff. */
export const depositsOf = query(
  'aftersales.deposits_of',
  {
    shopId: t.uuid,
    name: t.text,
    state: t.word<DepositState>(),
    balance: t.fen,
    required: t.fen,
    rulebook: t.text,
    dueAt: t.instant.null,
    leftAt: t.instant.null,
    askedAmount: t.fen.null,
    askedReason: t.text.null,
    askedAt: t.instant.null,
    askedBy: t.uuid.null,
  },
  (p: { viewerStaff: true; limit: number }) => sql`
  select d.shop_id, s.name, d.state, a.balance_fen as balance, d.required_fen as required, d.rulebook, d.due_at, d.left_at,
         r.amount_fen as asked_amount, r.reason as asked_reason, r.asked_at, r.asked_by
    from merchants.deposits d join merchants.shops s on s.id = d.shop_id
    join ledger.accounts a on a.kind = 'deposit' and a.id = d.shop_id::text
    left join merchants.deposit_returns r on r.shop_id = d.shop_id and r.decided_by is null
   where ${p.viewerStaff}::boolean
   order by r.id is null, a.balance_fen - d.required_fen, d.shop_id limit ${p.limit}`,
);
