import { bare, query, sql, t, uuids } from '../../kit/sql.ts';

/** The archive and the supplements of an order that the viewer may see. */
export const archivesOf = query(
  'aftersales.archives_of',
  {
    number: t.int,
    from: t.int,
    to: t.int,
    root: t.bytes,
    record: t.int,
    at: t.instant,
    fixed: t.bool,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select a.number, a.from_seq as "from", a.to_seq as "to", a.root, a.seal_seq as record, a.at,
         coalesce(b.first + e.place <= (select max(size) from evidence.notes), false) as fixed
    from aftersales.archives a join evidence.events e on e.shop_id = a.shop_id and e.about = a.order_id and e.seq = a.seal_seq
    left join evidence.batches b on b.id = e.batch
   where a.shop_id = ${p.shopId} and a.order_id = ${p.viewerOrder} order by a.number`,
);

/** What decides whether the evidence of orders is kept; asked by those who keep it, whoever the viewer is. */
export const keepingOf = query(
  'aftersales.keeping_of',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    buyerId: t.uuid,
    completedAt: t.instant.null,
    rulebook: t.text,
    openCases: t.int,
  },
  (p: { viewerShops: readonly string[]; orders: readonly string[] }) => sql`
  select o.shop_id, o.id as order_id, o.buyer_id, o.rulebook,
         coalesce(o.completed_at, case when o.state in ('refunded', 'cancelled') then (select max(s.at) from orders.steps s where s.shop_id = o.shop_id and s.order_id = o.id) end) as completed_at,
         (select count(*) from aftersales.cases c where c.shop_id = o.shop_id and c.order_id = o.id and c.ended_at is null) as open_cases
    from unnest(${uuids(p.viewerShops)}::uuid[], ${uuids(p.orders)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from orders.orders o where o.shop_id = x.shop_id and o.id = x.id offset 0) o`,
);

/** Every order of these people, as buyers: what is sealed with a person's key goes with it. */
export const ordersOfPeople = query(
  'aftersales.orders_of_people',
  { shopId: t.uuid, orderId: t.uuid },
  (p: { viewerIds: readonly string[] }) => sql`
  select o.shop_id, o.id as order_id from orders.orders o where o.buyer_id = any(${bare(p.viewerIds)}::uuid[])`,
);
