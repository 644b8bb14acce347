import { check, type Check } from './check.ts';

/** What buyers may download, seen from the order, from the record of each download, and from the file. */
export const downloadChecks: readonly Check[] = [
  check(
    'a download that was delivered may be downloaded, and nothing else may',
    `
    select d.order_id || '.' || d.line as row, 'line ' || d.state || ', grant ' || coalesce(g.state, 'none') as wrong from delivery.lines d
      join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
      join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version and coalesce(v.content->'file', 'null') <> 'null'
      left join delivery.grants g on g.shop_id = d.shop_id and g.order_id = d.order_id and g.line = d.line
     where d.goods = 'download' and d.mode = 'automatic' and (d.state = 'delivered') <> (g.state is not null)`,
  ),
  check(
    'each download is recorded once and is a fact, and counts where the platform has the file',
    `
    select g.order_id || '.' || g.line as row, 'used ' || g.used || ', links ' || k.links || ', records ' || n.records || ', facts ' || f.facts as wrong from delivery.grants g
     cross join lateral (select count(*) as links from delivery.links k where k.shop_id = g.shop_id and k.order_id = g.order_id and k.line = g.line and k.counted_at is not null) k
     cross join lateral (select count(*) as records, coalesce(max(nth), 0) as last from delivery.downloads d where d.shop_id = g.shop_id and d.order_id = g.order_id and d.line = g.line) n
     cross join lateral (select count(*) as facts from evidence.events e where e.shop_id = g.shop_id and e.about = g.order_id and e.kind = 'delivery.downloaded') f
     where g.used <> k.links or n.records < g.used or n.records <> n.last or (g.first_at is null) <> (n.records = 0)
        or f.facts <> (select count(*) from delivery.downloads d where d.shop_id = g.shop_id and d.order_id = g.order_id)`,
  ),
  check(
    'every file that a shop registered is kept',
    `
    select r.id::text as row, 'no file ' || encode(r.sha256, 'hex') as wrong from delivery.releases r left join kit.blobs b on b.sha256 = r.sha256
     where r.origin = 'platform' and (b.sha256 is null or b.size_bytes <> r.size_bytes)`,
  ),
  check(
    'what is being corrected has its open problem, its hold and its deadline',
    `
    select g.order_id || '.' || g.line as row, 'grant ' || g.state || ', problems ' || q.open || ', holds ' || h.holds as wrong from delivery.grants g
     cross join lateral (select count(*) as open from delivery.link_problems q where q.shop_id = g.shop_id and q.order_id = g.order_id and q.line = g.line and q.closed_at is null) q
     cross join lateral (select count(*) as holds from orders.holds h where h.shop_id = g.shop_id and h.order_id = g.order_id and h.reason = 'warranty') h
     where (g.state = 'correcting') <> (q.open = 1) or (g.state = 'correcting' and h.holds = 0)
    union all
    select q.order_id || '.' || q.line, 'no deadline' from delivery.link_problems q
      left join kit.deadlines d on d.shop_id = q.shop_id and d.about = q.order_id and d.what = 'download.fix' where q.closed_at is null and d.what is null`,
  ),
];
