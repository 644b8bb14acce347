import { query, sql, t } from '../../kit/sql.ts';

/** Open cases of a shop behind a place, what ends first comes first; what is searched for is looked at within a window of the index. */
export const inboxKeys = query(
  'aftersales.inbox_keys',
  { id: t.uuid, by: t.text, fits: t.bool, total: t.int },
  (p: {
    viewerShop: string;
    by: string;
    id: string;
    turn: string;
    words: string | null;
    caseId: string | null;
    tail: string | null;
    orderId: string | null;
    window: number;
  }) => sql`
  with seen as (
    select c.* from aftersales.cases c
     where c.shop_id = ${p.viewerShop} and c.shop_by is not null and (c.shop_by, c.id) > (${p.by}::timestamptz, ${p.id}::uuid)
     order by c.shop_by, c.id limit ${p.window}::int)
  select x.id, x.shop_by::text as by, x.fits, x.total from (
    select s.id, s.shop_by, row_number() over (order by s.shop_by, s.id) as n, count(*) over () as total,
           (${p.turn} = 'all' or (s.turn is not distinct from 'merchant') = (${p.turn} = 'mine'))
           and (${p.caseId}::uuid is null or s.id = ${p.caseId}::uuid) and (${p.tail}::text is null or right(s.id::text, 7) = ${p.tail}::text)
           and (${p.orderId}::uuid is null or s.order_id = ${p.orderId}::uuid)
           and (${p.words}::text is null or exists (
             select 1 from orders.lines l
               join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
              where l.shop_id = s.shop_id and l.order_id = s.order_id and l.number = s.line
                and strpos(lower(v.content->>'title'), lower(${p.words}::text)) > 0)) as fits
      from seen s) x
   where x.fits or x.n = x.total order by x.shop_by, x.id`,
);
