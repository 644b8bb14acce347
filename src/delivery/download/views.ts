import { bare, query, sql, t } from '../../kit/sql.ts';
import type { Viewer } from '../../kit/viewer.ts';
import type { LineState } from '../line.machine.ts';
import { problemShape, releaseColumns, releaseShape } from './store.ts';
import type { DownloadState } from './machine.ts';

const shopsOf = (viewer: Viewer): string => bare(viewer.shops.map(({ shopId }) => shopId));

/** The download lines of an order that the viewer bought, sells, or looks after as staff; one row a line, with its release if it has one. */
export const downloadsSeenBy = query(
  'delivery.downloads_seen_by',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    line: t.int,
    listingId: t.uuid,
    version: t.int,
    rulebook: t.text,
    paidAt: t.instant,
    lineState: t.word<LineState>(),
    buyerId: t.uuid,
    releaseId: t.uuid.null,
    nth: t.int.null,
    state: t.word<DownloadState>().null,
    allowed: t.int.null,
    used: t.int.null,
    deliveredAt: t.instant.null,
    expiresAt: t.instant.null,
    firstAt: t.instant.null,
  },
  (p: { viewer: Viewer; orderId: string }) => sql`
  select o.shop_id, o.id as order_id, d.line, l.listing_id, l.version, o.rulebook, d.paid_at, d.state as line_state, o.buyer_id,
         g.release_id, g.nth, g.state, g.allowed, g.used, g.delivered_at, g.expires_at, g.first_at
    from orders.orders o
    join delivery.lines d on d.shop_id = o.shop_id and d.order_id = o.id and d.goods = 'download' and d.mode = 'automatic'
    join orders.lines l on l.shop_id = o.shop_id and l.order_id = o.id and l.number = d.line
    left join delivery.grants g on g.shop_id = o.shop_id and g.order_id = o.id and g.line = d.line
   where o.id = ${p.orderId}::uuid
     and (o.buyer_id = any(${bare(p.viewer.buyerIds)}::uuid[]) or o.shop_id = any(${shopsOf(p.viewer)}::uuid[]) or ${p.viewer.staff.length > 0}::boolean)
   order by d.line`,
);

const seenRelease = {
  ...releaseShape,
  verdict: t.word<'clean' | 'infected' | 'unknown'>(),
  verdictBy: t.text,
};
const verdictColumns = sql`coalesce(b.verdict, 'unknown') as verdict, coalesce(b.verdict_by, '') as verdict_by`;

/** Releases by id with what the scanner said. Public within the program: the caller has asked whose order or listing they belong to. */
export const releasesByIds = query(
  'delivery.releases_by_ids',
  seenRelease,
  (p: { shops: readonly string[]; ids: readonly string[] }) => sql`
  select ${releaseColumns}, ${verdictColumns}
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
    join delivery.releases r on r.shop_id = x.shop_id and r.id = x.id
    left join kit.blobs b on r.origin = 'platform' and b.sha256 = r.sha256`,
);

/** Open problems of an order. Public within the program: the caller has asked whose order it is. */
export const openProblemsOf = query(
  'delivery.open_link_problems_of',
  problemShape,
  (p: { shopId: string; orderId: string }) => sql`
  select shop_id, order_id, line, nth, reason, by_kind, by_id, release_id, finding, opened_at, due_at, closed_at, outcome
    from delivery.link_problems where shop_id = ${p.shopId} and order_id = ${p.orderId} and closed_at is null order by line`,
);

/** What the viewer's shop registered for a listing, newest first, and how many buyers are given each. */
export const releasesSeenBy = query(
  'delivery.releases_seen_by',
  { ...seenRelease, buyers: t.int },
  (p: { viewer: Viewer; shopId: string; listingId: string; limit: number }) => sql`
  select ${releaseColumns}, ${verdictColumns}, (select count(*) from delivery.grants g where g.shop_id = r.shop_id and g.release_id = r.id)::int as buyers
    from delivery.releases r left join kit.blobs b on r.origin = 'platform' and b.sha256 = r.sha256
   where r.shop_id = ${p.shopId} and r.listing_id = ${p.listingId} and r.shop_id = any(${shopsOf(p.viewer)}::uuid[])
   order by r.id desc limit ${p.limit}::int`,
);

/** Addresses of a listing of the viewer's shop that wait for a correction, the first due first. */
export const problemsSeenBy = query(
  'delivery.link_problems_seen_by',
  { ...problemShape, delivered: t.bool },
  (p: { viewer: Viewer; shopId: string; listingId: string; limit: number }) => sql`
  select q.shop_id, q.order_id, q.line, q.nth, q.reason, q.by_kind, q.by_id, q.release_id, q.finding, q.opened_at, q.due_at, q.closed_at, q.outcome, d.state = 'delivered' as delivered
    from delivery.link_problems q join delivery.lines d on d.shop_id = q.shop_id and d.order_id = q.order_id and d.line = q.line
   where q.shop_id = ${p.shopId} and q.closed_at is null and d.listing_id = ${p.listingId} and q.shop_id = any(${shopsOf(p.viewer)}::uuid[])
   order by q.due_at, q.order_id limit ${p.limit}::int`,
);

/** The downloads that the viewer's shop sells: each with its newest release and how many addresses wait for a correction. */
export const downloadListingsSeenBy = query(
  'delivery.download_listings_seen_by',
  {
    listingId: t.uuid,
    title: t.text,
    state: t.text,
    version: t.text.null,
    origin: t.word<'platform' | 'address'>().null,
    reach: t.text.null,
    open: t.int,
    waiting: t.int,
  },
  (p: { viewer: Viewer; shopId: string; limit: number }) => sql`
  select c.listing_id, c.title, c.state, r.version, r.origin, r.reach,
         (select count(*) from delivery.link_problems q join delivery.lines d on d.shop_id = q.shop_id and d.order_id = q.order_id and d.line = q.line
           where q.shop_id = c.shop_id and q.closed_at is null and d.listing_id = c.listing_id)::int as open,
         (select count(*) from delivery.lines d where d.shop_id = c.shop_id and d.listing_id = c.listing_id and d.state in ('waiting', 'accepted', 'delivering'))::int as waiting
    from catalog.cards c
    join catalog.listings l on l.shop_id = c.shop_id and l.id = c.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version and v.content->'file' <> 'null'::jsonb
    left join lateral (select * from delivery.releases r where r.shop_id = c.shop_id and r.listing_id = c.listing_id order by r.id desc limit 1) r on true
   where c.shop_id = ${p.shopId} and c.shop_id = any(${shopsOf(p.viewer)}::uuid[]) and c.goods = 'download' and c.state <> 'delisted'
   order by 7 desc, 8 desc, c.listing_id desc limit ${p.limit}::int`,
);
