import { bare, query, sql, statement, t, ts, tsAll } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Finding, LinkReason, Reach } from './contract.ts';
import type { DownloadState } from './machine.ts';
import type { Grant, Outcome, Problem, Release } from './rules.ts';
import type { Look } from './reach.rules.ts';

export const releaseShape = {
  shopId: t.uuid,
  id: t.uuid,
  listingId: t.uuid,
  origin: t.word<Release['origin']>(),
  version: t.text,
  name: t.text,
  sha256: t.bytes,
  size: t.int.null,
  wrapped: t.bytes.null,
  sealed: t.bytes.null,
  host: t.text,
  at: t.instant,
  reach: t.word<Reach>(),
  reachedAt: t.instant,
  failures: t.int,
  page: t.bytes.null,
  infected: t.bool,
};

export const releaseColumns = sql`r.shop_id, r.id, r.listing_id, r.origin, r.version, r.name, r.sha256, r.size_bytes as size, r.wrapped, r.sealed, r.host, r.at, r.reach, r.reached_at, r.failures, r.page_sha256 as page,
         r.origin = 'platform' and coalesce(b.verdict = 'infected', true) as infected`;

export const insertRelease = statement(
  'delivery.insert_release',
  (p: Omit<Release, 'failures' | 'infected' | 'reachedAt'> & { byId: string }) => sql`
  insert into delivery.releases (shop_id, id, listing_id, origin, version, name, sha256, size_bytes, wrapped, sealed, host, by_id, at, reach, reached_at, page_sha256)
  values (${p.shopId}, ${p.id}, ${p.listingId}, ${p.origin}, ${p.version}, ${p.name}, ${p.sha256}, ${p.size}, ${p.wrapped}, ${p.sealed}, ${p.host}, ${p.byId}, ${ts(p.at)}::timestamptz, ${p.reach}, ${ts(p.at)}::timestamptz, ${p.page})`,
);

/** The newest release of each listing, and whether its file is infected. */
export const newestReleases = query(
  'delivery.newest_releases',
  releaseShape,
  (p: { shops: readonly string[]; listings: readonly string[] }) => sql`
  select ${releaseColumns}
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.listings)}::uuid[]) as x(shop_id, listing_id)) x
   cross join lateral (select * from delivery.releases r where r.shop_id = x.shop_id and r.listing_id = x.listing_id order by r.id desc limit 1) r
    left join kit.blobs b on r.origin = 'platform' and b.sha256 = r.sha256`,
);

export const readReleases = query(
  'delivery.read_releases',
  releaseShape,
  (p: { shops: readonly string[]; ids: readonly string[] }) => sql`
  select ${releaseColumns}
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)) x
   cross join lateral (select * from delivery.releases r where r.shop_id = x.shop_id and r.id = x.id offset 0) r
    left join kit.blobs b on r.origin = 'platform' and b.sha256 = r.sha256`,
);

/** Locks a release: looks at one address are written one after another. */
export const lockRelease = query(
  'delivery.lock_release',
  { id: t.uuid, reach: t.word<Reach>(), failures: t.int },
  (p: { shopId: string; id: string }) => sql`
  select id, reach, failures from delivery.releases where shop_id = ${p.shopId} and id = ${p.id} for update`,
);

export const writeReach = statement(
  'delivery.write_reach',
  (p: { shopId: string; id: string; reach: Reach; failures: number; at: Instant }) => sql`
  update delivery.releases set reach = ${p.reach}, failures = ${p.failures}::smallint, reached_at = ${ts(p.at)}::timestamptz where shop_id = ${p.shopId} and id = ${p.id}`,
);

export const insertProbe = statement(
  'delivery.insert_probe',
  (p: { shopId: string; releaseId: string; at: Instant } & Look) => sql`
  insert into delivery.probes (shop_id, release_id, at, reach, said, page_sha256)
  values (${p.shopId}, ${p.releaseId}, ${ts(p.at)}::timestamptz, ${p.reach}, ${p.said}, ${p.page}) on conflict do nothing`,
);

/** Addresses that somebody may still open and that nobody looked at lately: those in doubt sooner than the others. */
export const addressesToLookAt = query(
  'delivery.addresses_to_look_at',
  { shopId: t.uuid, id: t.uuid },
  (p: { now: Instant; calm: Instant; doubt: Instant; limit: number }) => sql`
  select r.shop_id, r.id from delivery.releases r
   where r.origin = 'address' and (r.reached_at < ${ts(p.calm)}::timestamptz or (r.reach <> 'alive' and r.reached_at < ${ts(p.doubt)}::timestamptz))
     and (exists (select from delivery.grants g where g.shop_id = r.shop_id and g.release_id = r.id and g.state in ('ready', 'downloaded', 'correcting') and g.expires_at > ${ts(p.now)}::timestamptz)
          or not exists (select from delivery.releases n where n.shop_id = r.shop_id and n.listing_id = r.listing_id and n.id > r.id))
   order by r.reached_at limit ${p.limit}::int`,
);

const grantShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  buyerId: t.uuid,
  releaseId: t.uuid,
  nth: t.int,
  state: t.word<DownloadState>(),
  allowed: t.int,
  used: t.int,
  deliveredAt: t.instant,
  expiresAt: t.instant,
  firstAt: t.instant.null,
};

export const insertGrants = statement(
  'delivery.insert_grants',
  (p: { rows: readonly Grant[] }) => sql`
  insert into delivery.grants (shop_id, order_id, line, buyer_id, release_id, state, allowed, delivered_at, expires_at)
  select * from unnest(${bare(p.rows.map((g) => g.shopId))}::uuid[], ${bare(p.rows.map((g) => g.orderId))}::uuid[], ${bare(p.rows.map((g) => g.line))}::smallint[], ${bare(p.rows.map((g) => g.buyerId))}::uuid[],
                       ${bare(p.rows.map((g) => g.releaseId))}::uuid[], ${bare(p.rows.map((g) => g.state))}::text[], ${bare(p.rows.map((g) => g.allowed))}::int[],
                       ${bare(tsAll(p.rows.map((g) => g.deliveredAt)))}::timestamptz[], ${bare(tsAll(p.rows.map((g) => g.expiresAt)))}::timestamptz[])
  on conflict do nothing`,
);

/** Grants of orders that the caller has locked. */
export const readGrants = query(
  'delivery.read_grants',
  grantShape,
  (p: { shops: readonly string[]; orders: readonly string[] }) => sql`
  select g.shop_id, g.order_id, g.line, g.buyer_id, g.release_id, g.nth, g.state, g.allowed, g.used, g.delivered_at, g.expires_at, g.first_at
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.grants g where g.shop_id = x.shop_id and g.order_id = x.order_id order by g.line offset 0) g`,
);

export const writeGrants = statement(
  'delivery.write_grants',
  (p: { rows: readonly Grant[] }) => sql`
  merge into delivery.grants g using unnest(${bare(p.rows.map((g) => g.shopId))}::uuid[], ${bare(p.rows.map((g) => g.orderId))}::uuid[], ${bare(p.rows.map((g) => g.line))}::smallint[], ${bare(p.rows.map((g) => g.releaseId))}::uuid[],
      ${bare(p.rows.map((g) => g.nth))}::smallint[], ${bare(p.rows.map((g) => g.state))}::text[], ${bare(p.rows.map((g) => g.allowed))}::int[], ${bare(p.rows.map((g) => g.used))}::int[],
      ${bare(tsAll(p.rows.map((g) => g.expiresAt)))}::timestamptz[], ${bare(tsAll(p.rows.map((g) => g.firstAt)))}::timestamptz[])
      as x(shop_id, order_id, line, release_id, nth, state, allowed, used, expires_at, first_at)
     on g.shop_id = x.shop_id and g.order_id = x.order_id and g.line = x.line
   when matched then update set release_id = x.release_id, nth = x.nth, state = x.state, allowed = x.allowed, used = x.used, expires_at = x.expires_at, first_at = x.first_at when not matched then do nothing`,
);

/** Orders with a download that is given from this release and may still be used. Not locked: whoever acts locks the orders and looks again. */
export const ordersOfRelease = query(
  'delivery.orders_of_release',
  { shopId: t.uuid, orderId: t.uuid },
  (p: {
    shopId: string;
    releaseId: string;
    states: readonly DownloadState[];
    now: Instant;
    after: string;
    limit: number;
  }) => sql`
  select distinct shop_id, order_id from delivery.grants
   where shop_id = ${p.shopId} and release_id = ${p.releaseId} and state = any(${bare(p.states)}::text[]) and expires_at > ${ts(p.now)}::timestamptz and order_id > ${p.after}::uuid
   order by order_id limit ${p.limit}::int`,
);

/** Orders of a listing that wait for a correction, or for a first address. */
export const ordersOfListing = query(
  'delivery.download_orders_of_listing',
  { orderId: t.uuid },
  (p: { shopId: string; listingId: string; after: string; limit: number }) => sql`
  select order_id from delivery.lines where shop_id = ${p.shopId} and listing_id = ${p.listingId} and goods = 'download' and mode = 'automatic' and state in ('waiting', 'accepted', 'delivering') and order_id > ${p.after}::uuid
  union
  select g.order_id from delivery.releases r join delivery.grants g on g.shop_id = r.shop_id and g.release_id = r.id
   where r.shop_id = ${p.shopId} and r.listing_id = ${p.listingId} and g.state = 'correcting' and g.order_id > ${p.after}::uuid
   order by order_id limit ${p.limit}::int`,
);

export const insertLink = statement(
  'delivery.insert_link',
  (p: {
    shopId: string;
    id: string;
    orderId: string;
    line: number;
    releaseId: string;
    userId: string;
    expiresAt: Instant;
  }) => sql`
  insert into delivery.links (shop_id, id, order_id, line, release_id, user_id, expires_at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.line}::smallint, ${p.releaseId}, ${p.userId}, ${ts(p.expiresAt)}::timestamptz)`,
);

const linkShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  line: t.int,
  releaseId: t.uuid,
  userId: t.uuid,
  countedAt: t.instant.null,
  starts: t.int,
};
export const findLink = query(
  'delivery.find_link',
  linkShape,
  (p: { shopId: string; id: string }) => sql`
  select shop_id, id, order_id, line, release_id, user_id, counted_at, starts from delivery.links where shop_id = ${p.shopId} and id = ${p.id}`,
);

/** One more start on a link; the first counts as the download. */
export const startLink = statement(
  'delivery.start_link',
  (p: { shopId: string; id: string; at: Instant }) => sql`
  update delivery.links set starts = starts + 1, counted_at = coalesce(counted_at, ${ts(p.at)}::timestamptz) where shop_id = ${p.shopId} and id = ${p.id}`,
);

export const insertDownload = statement(
  'delivery.insert_download',
  (p: {
    shopId: string;
    orderId: string;
    line: number;
    releaseId: string;
    userId: string;
    deviceHash: Buffer;
    addressHash: Buffer;
    at: Instant;
  }) => sql`
  insert into delivery.downloads (shop_id, order_id, line, nth, release_id, user_id, device_hash, address_hash, at)
  select ${p.shopId}, ${p.orderId}, ${p.line}::smallint, coalesce(max(nth), 0) + 1, ${p.releaseId}, ${p.userId}, ${p.deviceHash}, ${p.addressHash}, ${ts(p.at)}::timestamptz
    from delivery.downloads where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint`,
);

export const problemShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  nth: t.int,
  reason: t.word<LinkReason>(),
  byKind: t.word<Problem['byKind']>(),
  byId: t.uuid.null,
  releaseId: t.uuid.null,
  finding: t.word<Finding>(),
  openedAt: t.instant,
  dueAt: t.instant,
  closedAt: t.instant.null,
  outcome: t.word<Outcome>().null,
};

/** Open problems of orders that the caller has locked. */
export const readProblems = query(
  'delivery.read_link_problems',
  problemShape,
  (p: { shops: readonly string[]; orders: readonly string[] }) => sql`
  select q.shop_id, q.order_id, q.line, q.nth, q.reason, q.by_kind, q.by_id, q.release_id, q.finding, q.opened_at, q.due_at, q.closed_at, q.outcome
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.link_problems q where q.shop_id = x.shop_id and q.order_id = x.order_id and q.closed_at is null order by q.line, q.nth offset 0) q`,
);

export const insertProblem = statement(
  'delivery.insert_link_problem',
  (p: Omit<Problem, 'nth' | 'closedAt' | 'outcome'>) => sql`
  insert into delivery.link_problems (shop_id, order_id, line, nth, reason, by_kind, by_id, release_id, finding, opened_at, due_at)
  select ${p.shopId}, ${p.orderId}, ${p.line}::smallint, coalesce(max(nth), 0) + 1, ${p.reason}, ${p.byKind}, ${p.byId}, ${p.releaseId}, ${p.finding}, ${ts(p.openedAt)}::timestamptz, ${ts(p.dueAt)}::timestamptz
    from delivery.link_problems where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint`,
);

export const closeProblem = statement(
  'delivery.close_link_problem',
  (p: { shopId: string; orderId: string; line: number; nth: number; outcome: Outcome; at: Instant }) => sql`
  update delivery.link_problems set closed_at = ${ts(p.at)}::timestamptz, outcome = ${p.outcome}
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint and nth = ${p.nth}::smallint and closed_at is null`,
);

/** Releases whose file has these bytes, in any shop. */
export const releasesOfFile = query(
  'delivery.releases_of_file',
  { shopId: t.uuid, id: t.uuid },
  (p: { sha256: Buffer; limit: number }) => sql`
  select shop_id, id from delivery.releases where origin = 'platform' and sha256 = ${p.sha256} order by shop_id, id limit ${p.limit}::int`,
);
