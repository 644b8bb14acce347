import { query, sql, t } from '../kit/sql.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { ImportState } from './contract.ts';
import type { ImportCounts } from './report.rules.ts';

// The route has checked the viewer's role; a shop that is not among the viewer's has no rows here either.
const shopsOf = (viewer: Viewer): string[] => viewer.shops.map((shop) => shop.shopId);

export const readImportRow = query(
  'inventory.read_import_row',
  {
    id: t.uuid,
    poolId: t.uuid,
    state: t.word<ImportState>(),
    fileName: t.text,
    source: t.text,
    counts: t.json<ImportCounts>(),
    refusal: t.text.null,
    wrapped: t.bytes.null,
    detail: t.bytes.null,
    createdAt: t.instant,
    rowsDone: t.int.null,
    rowsAll: t.int.null,
  },
  (p: { viewer: Viewer; shopId: string; importId: string }) => sql`
  select i.id, i.pool_id, i.state, i.file_name, i.source, i.counts, i.refusal, i.wrapped, i.detail, i.created_at, g.rows_done, g.rows_all
    from inventory.imports i
    left join inventory.progress g on g.shop_id = i.shop_id and g.import_id = i.id
   where i.shop_id = ${p.shopId} and i.shop_id = any(${shopsOf(p.viewer)}::uuid[]) and i.id = ${p.importId}`,
);

export const listImportRows = query(
  'inventory.list_import_rows',
  {
    importId: t.uuid,
    variantId: t.uuid,
    title: t.text,
    variant: t.text,
    state: t.word<ImportState>(),
    fileName: t.text,
    source: t.text,
    counts: t.json<ImportCounts>(),
    at: t.instant,
  },
  (p: { viewer: Viewer; shopId: string; before: string | null; limit: number }) => sql`
  select i.id as import_id, i.pool_id as variant_id, d.title, v.name as variant, i.state, i.file_name, i.source, i.counts, i.created_at as at
    from inventory.imports i
    join catalog.variants v on v.shop_id = i.shop_id and v.id = i.pool_id
    join catalog.cards d on d.shop_id = v.shop_id and d.listing_id = v.listing_id
   where i.shop_id = ${p.shopId} and i.shop_id = any(${shopsOf(p.viewer)}::uuid[]) and (${p.before}::uuid is null or i.id < ${p.before}::uuid)
   order by i.id desc limit ${p.limit}`,
);

/**
 * Stock of every variant of a shop. Given away are the numbers behind the cursor that are neither holes nor back on sale; recent sales are
 * counted from the first look of a day at most seven days ago.
 */
export const stockOf = query(
  'inventory.stock_of',
  {
    variantId: t.uuid,
    listingId: t.uuid,
    title: t.text,
    variant: t.text,
    onHand: t.int,
    reserved: t.int,
    returned: t.int,
    sold: t.int,
    soldWeek: t.int,
    daysLooked: t.int,
    alarmAt: t.int,
    low: t.bool,
  },
  (p: { viewer: Viewer; shopId: string; day: string }) => sql`
  select v.id as variant_id, v.listing_id, d.title, v.name as variant,
         coalesce(o.on_hand, 0) as on_hand, coalesce(o.reserved, 0) as reserved, coalesce(o.returned, 0) as returned,
         greatest(coalesce(o.next_number - 1 - o.returned, 0) - coalesce(h.holes, 0), 0) as sold,
         greatest(coalesce(o.next_number - 1 - o.returned, 0) - coalesce(e.given, 0), 0) as sold_week,
         coalesce(${p.day}::date - e.day, 0) as days_looked,
         coalesce(o.alarm_at, 0) as alarm_at,
         coalesce(o.alarm_at > 0 and o.on_hand - o.reserved <= o.alarm_at, false) as low
    from catalog.variants v
    join catalog.cards d on d.shop_id = v.shop_id and d.listing_id = v.listing_id
    left join inventory.pools o on o.shop_id = v.shop_id and o.id = v.id
    left join lateral (select count(*) as holes from inventory.keys k where k.shop_id = o.shop_id and k.pool_id = o.id and k.voided_at is not null and k.number < o.next_number) h on true
    left join lateral (select e.day, e.given from inventory.levels e where e.shop_id = o.shop_id and e.pool_id = o.id and e.day >= ${p.day}::date - 7 order by e.day limit 1) e on true
   where v.shop_id = ${p.shopId} and v.shop_id = any(${shopsOf(p.viewer)}::uuid[])
   order by low desc, d.title, v.position`,
);

export const listBatchRows = query(
  'inventory.list_batch_rows',
  {
    batchId: t.uuid,
    count: t.int,
    source: t.text,
    root: t.bytes,
    at: t.instant,
    withdrawn: t.bool,
    sold: t.bool,
  },
  (p: { viewer: Viewer; shopId: string; variantId: string; limit: number }) => sql`
  select b.id as batch_id, b.count, b.source, b.root, b.at, w.batch_id is not null as withdrawn, b.first_number < o.next_number as sold
    from inventory.batches b
    join inventory.pools o on o.shop_id = b.shop_id and o.id = b.pool_id
    left join inventory.withdrawals w on w.shop_id = b.shop_id and w.batch_id = b.id
   where b.shop_id = ${p.shopId} and b.shop_id = any(${shopsOf(p.viewer)}::uuid[]) and b.pool_id = ${p.variantId}
   order by b.first_number desc limit ${p.limit}`,
);

/** Pools that run out, and whom in the shop it concerns; the news names the shops, as a viewer's would. */
export const poolsToTell = query(
  'inventory.pools_to_tell',
  { poolId: t.uuid, listing: t.text, left: t.int, people: t.array(t.uuid) },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select o.id as pool_id, d.title || '（' || v.name || '）' as listing, o.on_hand - o.reserved as left,
         array(select distinct m.user_id from identity.memberships m where m.shop_id = o.shop_id and m.role in ('owner', 'goods')) as people
    from inventory.pools o
    join unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) on o.shop_id = x.shop_id and o.id = x.id
    join catalog.variants v on v.shop_id = o.shop_id and v.id = o.variant_id
    join catalog.cards d on d.shop_id = v.shop_id and d.listing_id = v.listing_id`,
);
