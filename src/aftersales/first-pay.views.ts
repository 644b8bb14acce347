import { bare, query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Reach } from '../delivery/download/contract.ts';

// What machines have measured about the affected units of a case: facts of lower domains, read where a case asks for them.

/** When another shop was first found to hold the same key as each unit (the blind index met it). */
export const keysMet = query(
  'aftersales.keys_met',
  { number: t.big, metAt: t.instant },
  (p: { shopId: string; poolId: string; numbers: readonly bigint[]; viewerCase: string }) => sql`
  select q.other_number as number, min(q.at) as met_at from inventory.quarantine q
   where q.other_shop_id = ${p.shopId} and q.other_pool_id = ${p.poolId} and q.other_number = any(${bare(p.numbers)}::bigint[]) and q.shop_id <> ${p.shopId}
   group by q.other_number`,
);

/** What the watch last found of the address that a line was given. */
export const reachOf = query(
  'aftersales.reach_of',
  { reach: t.word<Reach>(), used: t.int },
  (p: { shopId: string; viewerOrder: string; line: number }) => sql`
  select r.reach, g.used from delivery.grants g join delivery.releases r on r.shop_id = g.shop_id and r.id = g.release_id
   where g.shop_id = ${p.shopId} and g.order_id = ${p.viewerOrder} and g.line = ${p.line}::smallint`,
);

/** The last act of the people of a shop, wherever it was, and how many limits to answer ran out since. */
export const shopSilence = query(
  'aftersales.shop_silence',
  { lastActAt: t.instant.null, openedAt: t.instant, missed: t.int },
  (p: { shopId: string; since: Instant; viewerCase: string }) => sql`
  select a.at as last_act_at, s.opened_at,
         (select count(*) from aftersales.cases c join aftersales.steps x on x.shop_id = c.shop_id and x.case_id = c.id
           where c.shop_id = s.id and x.at > greatest(coalesce(a.at, s.opened_at), ${ts(p.since)}::timestamptz) and x.event in ('silence_refund', 'silence_intervene', 'default'))::int as missed
    from merchants.shops s
   cross join lateral (select greatest(
           (select max(x.at) from aftersales.cases c join aftersales.steps x on x.shop_id = c.shop_id and x.case_id = c.id where c.shop_id = s.id and x.by_kind = 'merchant'),
           (select max(m.at) from messaging.messages m where m.shop_id = s.id and m.side = 'merchant'),
           (select max(greatest(d.accepted_at, case when d.mode = 'manual' then d.delivered_at end)) from delivery.lines d where d.shop_id = s.id),
           (select max(v.at) from catalog.listing_versions v where v.shop_id = s.id)) as at) a
   where s.id = ${p.shopId}`,
);

/** Who made the payment of a case, as a blind index, where its channel told it; of several the first. */
export const payerOf = query(
  'aftersales.payer_of',
  { payer: t.text },
  (p: { paymentId: string; viewerCase: string }) => sql`
  select encode(r.payer, 'hex') as payer from payments.trades r
   where r.payment_id = ${p.paymentId}::uuid and r.payer is not null order by r.channel_at, r.trade_no limit 1`,
);

/** The devices on which the goods of an order were looked at or fetched, and the payment that funded it. */
export const devicesOf = query(
  'aftersales.devices_of',
  { device: t.text },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select distinct encode(x.device_hash, 'hex') as device from (
    select r.device_hash from orders.lines l cross join lateral unnest(l.numbers) n
      join delivery.reveals r on r.shop_id = l.shop_id and r.pool_id = l.pool_id and r.number = n and r.order_id = l.order_id
     where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder}
    union all select d.device_hash from delivery.downloads d where d.shop_id = ${p.shopId} and d.order_id = ${p.viewerOrder}
    union all select c.device_hash from delivery.content_reveals c where c.shop_id = ${p.shopId} and c.order_id = ${p.viewerOrder}) x`,
);

/** Open cases of a shop that a machine may verify now: about these orders, or about what this release was given to. */
export const casesOfRelease = query(
  'aftersales.cases_of_release',
  { id: t.uuid },
  (p: { shopId: string; releaseId: string; viewerStaff: true }) => sql`
  select c.id from delivery.grants g join aftersales.cases c on c.shop_id = g.shop_id and c.order_id = g.order_id and c.line = g.line
   where g.shop_id = ${p.shopId} and g.release_id = ${p.releaseId} and c.state = 'negotiation' and c.reason = 'NO_DOWNLOAD'`,
);
export const casesUnreachable = query(
  'aftersales.cases_unreachable',
  { id: t.uuid },
  (p: { shopId: string; viewerStaff: true }) => sql`
  select c.id from aftersales.cases c where c.shop_id = ${p.shopId} and c.ended_at is null and c.state = 'negotiation' and c.reason = 'MERCHANT_UNREACHABLE'`,
);

/** How many cases of a buyer that were paid first are not closed yet. */
export const openPaidFirst = query(
  'aftersales.open_paid_first',
  { count: t.int },
  (p: { viewerId: string }) => sql`
  select count(*)::int as count from aftersales.cases c join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
   where c.buyer_id = ${p.viewerId} and c.ended_at is null and e.paid_first`,
);
