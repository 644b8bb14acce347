import { check, type Check } from './check.ts';

// The doors out: complaints at channels, holds of authorities, vouchers.

export const outsideChecks: readonly Check[] = [
  check(
    'a complaint that is open holds the money of its order, and one that is over holds nothing',
    `
    select l.channel || '/' || l.number as row, c.state || case when h.ref is null then ', no hold' else ', still held' end as wrong from aftersales.complaint_links l
      left join payments.complaints c on c.channel = l.channel and c.number = l.number
      left join orders.holds h on h.shop_id = l.shop_id and h.order_id = l.order_id and h.reason = 'channel_complaint' and h.ref = l.about
     where c.number is null or ((c.state <> 'processed') <> (h.ref is not null) and not exists (select 1 from kit.outbox b where b.event = 'complaint.told' and b.body->'data'->>'number' = c.number))
    union all
    select h.ref::text, 'holds an order and is no complaint' from orders.holds h left join aftersales.complaint_links l on l.about = h.ref and l.order_id = h.order_id
     where h.reason = 'channel_complaint' and l.about is null`,
  ),
  check(
    'what a channel gave back is noted once, and no more of it left escrow than that',
    `
    select l.channel || '/' || l.number as row, 'the channel gave back ' || c.refunded_fen || ', noted ' || coalesce(l.noted_fen, 0) as wrong from aftersales.complaint_links l
      join payments.complaints c on c.channel = l.channel and c.number = l.number
     where c.refunded_fen <> coalesce(l.noted_fen, 0) and not exists (select 1 from kit.outbox b where b.event = 'complaint.told' and b.body->'data'->>'number' = c.number)`,
  ),
  check(
    'an authority’s hold was placed by two people, and stands on its order while it stands',
    `
    select g.id::text as row, g.state || ', placed by ' || coalesce(g.placed_by::text, 'nobody') as wrong from evidence.legal_holds g
     where (g.state in ('standing', 'lift_asked', 'lifted') and (g.placed_by is null or g.placed_by = g.asked_by)) or (g.state = 'lifted' and (g.lifted_by is null or g.lifted_by = g.lift_by))
    union all
    select g.id::text, g.state || case when h.ref is null then ', no hold on its order' else ', its order is still held' end from evidence.legal_holds g
      left join orders.holds h on h.shop_id = g.shop_id and h.order_id = g.subject_id and h.reason = 'legal' and h.ref = g.id
     where g.scope = 'order' and (g.state in ('standing', 'lift_asked')) <> (h.ref is not null)
    union all
    select h.ref::text, 'holds an order and no authority asked for it' from orders.holds h left join evidence.legal_holds g on g.id = h.ref and g.state in ('standing', 'lift_asked')
     where h.reason = 'legal' and g.id is null`,
  ),
  check(
    'a voucher is what was hashed, and says of its order what the order says',
    `
    select v.order_id || '/' || v.kind as row, 'its hash is another' as wrong from checkout.vouchers v where sha256(convert_to(v.body, 'UTF8')) <> v.sha256
    union all
    select v.order_id || '/' || v.kind, 'says ' || (v.body::jsonb->>'amount') || ', the order says ' || o.total_fen from checkout.vouchers v
      join orders.orders o on o.shop_id = v.shop_id and o.id = v.order_id where (v.body::jsonb->>'amount')::bigint <> o.total_fen
    union all
    select v.order_id || '/' || v.kind, 'no event fixed it' from checkout.vouchers v
      left join evidence.events e on e.shop_id = v.shop_id and e.about = v.order_id and e.seq = v.event_seq and e.kind = 'voucher.issued' where e.seq is null`,
  ),
  check(
    'an authority got access from a second person only, and every look is on record',
    `
    select r.id::text as row, r.state || ', granted by ' || coalesce(r.granted_by::text, 'nobody') as wrong from aftersales.lawful_requests r
     where (r.state in ('granted', 'answered') and (r.granted_by is null or r.granted_by = r.received_by)) or (r.state in ('answered', 'declined') and r.code_sha256 is not null)`,
  ),
];
