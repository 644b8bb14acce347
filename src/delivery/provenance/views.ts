import { query, sql, t } from '../../kit/sql.ts';

/** Public: what a code stands for. Only its links leave the house, never the order. */
export const tagged = query(
  'delivery.provenance_tagged',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    line: t.int,
    place: t.int,
    listingId: t.uuid,
    version: t.int,
    poolId: t.uuid,
    number: t.big.null,
    title: t.text,
    shopName: t.text,
  },
  (p: { tag: string }) => sql`
  select g.shop_id, g.order_id, g.line, g.place, l.listing_id, l.version, l.pool_id, l.numbers[g.place] as number, v.content->>'title' as title, s.name as shop_name
    from delivery.provenance_tags g join orders.lines l on l.shop_id = g.shop_id and l.order_id = g.order_id and l.number = g.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join merchants.shops s on s.id = g.shop_id where g.tag = ${p.tag}`,
);
