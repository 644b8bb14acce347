import { query, sql, t } from '../../kit/sql.ts';
import type { Question } from '../../catalog/question.contract.ts';
import type { membershipStates } from './contract.ts';

type Shown = (typeof membershipStates)[number];

const shape = {
  shopId: t.uuid,
  id: t.uuid,
  shopName: t.text,
  buyerId: t.uuid,
  listingId: t.uuid,
  variantId: t.uuid,
  title: t.text,
  level: t.text,
  includes: t.json<string[]>(),
  sharing: t.word<'own' | 'shared'>(),
  state: t.word<Shown>(),
  begunAt: t.instant.null,
  endsAt: t.instant.null,
  suspendedAt: t.instant.null,
  canRenew: t.bool,
};

/** Each membership as the version that its newest order pinned describes it. */
const described = sql`
  select m.shop_id, m.id, s.name as shop_name, m.buyer_id, m.listing_id, m.variant_id, v.content->>'title' as title, m.level, v.content->'membership'->'includes' as includes,
         m.sharing, m.state, m.begun_at, m.ends_at, m.suspended_at, g.state = 'live' and w.state = 'live' as can_renew
    from wanted m
    join merchants.shops s on s.id = m.shop_id
    join catalog.listings g on g.shop_id = m.shop_id and g.id = m.listing_id
    join catalog.variants w on w.shop_id = m.shop_id and w.id = m.variant_id
   cross join lateral (select * from delivery.membership_periods e where e.shop_id = m.shop_id and e.membership_id = m.id order by e.nth desc limit 1) e
    join orders.lines l on l.shop_id = e.shop_id and l.order_id = e.order_id and l.number = e.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
   order by m.ends_at nulls first, m.id`;

/** The memberships that an order paid for; the caller has decided that the viewer may see the order. */
export const membershipsOfOrder = query(
  'delivery.memberships_of_order',
  shape,
  (p: { shopId: string; viewerOrder: string }) => sql`
  with wanted as (
    select m.* from delivery.memberships m
     where m.shop_id = ${p.shopId} and m.id in (select e.membership_id from delivery.membership_periods e where e.shop_id = ${p.shopId} and e.order_id = ${p.viewerOrder}))
  ${described}`,
);

/** A buyer's memberships, those that end first at the top. */
export const membershipsOfBuyer = query(
  'delivery.memberships_of_buyer',
  shape,
  (p: { viewerIds: readonly string[]; limit: number }) => sql`
  with wanted as (select m.* from delivery.memberships m where m.buyer_id = any(${p.viewerIds}::uuid[]) and m.state <> 'none' order by m.id desc limit ${p.limit}::int)
  ${described}`,
);

export const periodsShown = query(
  'delivery.membership_periods_shown',
  {
    membershipId: t.uuid,
    orderId: t.uuid,
    line: t.int,
    total: t.fen,
    from: t.instant.null,
    until: t.instant.null,
    days: t.int.null,
    pausedDays: t.int,
    ended: t.bool,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select e.membership_id, e.order_id, e.line, e.total_fen as total, e.from_at as "from", e.until_at as "until", e.days, e.paused_days, e.ended_at is not null as ended
    from unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id)
    join delivery.membership_periods e on e.shop_id = x.shop_id and e.membership_id = x.id order by e.membership_id, e.nth`,
);

type Asked = { viewerShop: string; search: string | null; state: Shown | null };

/** A shop's members, newest first, with the order that paid last and what its buyer was asked. */
export const membersOfShop = query(
  'delivery.members_of_shop',
  {
    id: t.uuid,
    shopId: t.uuid,
    listingId: t.uuid,
    title: t.text,
    level: t.text,
    state: t.word<Shown>(),
    suspendedAt: t.instant.null,
    name: t.text,
    begunAt: t.instant.null,
    endsAt: t.instant.null,
    orderId: t.uuid,
    line: t.int,
    orders: t.int,
    questions: t.json<Question[]>().null,
  },
  (p: Asked & { before: string; limit: number }) => sql`
  select m.id, m.shop_id, m.listing_id, v.content->>'title' as title, m.level, m.state, m.suspended_at, u.name, m.begun_at, m.ends_at, e.order_id, e.line, e.nth as orders, v.content->'questions' as questions
    from delivery.memberships m
    join identity.users u on u.id = m.buyer_id
   cross join lateral (select * from delivery.membership_periods e where e.shop_id = m.shop_id and e.membership_id = m.id order by e.nth desc limit 1) e
    join orders.lines l on l.shop_id = e.shop_id and l.order_id = e.order_id and l.number = e.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
   where m.shop_id = ${p.viewerShop} and m.id < ${p.before}::uuid and (${p.state}::text is null or m.state = ${p.state}::text)
     and (${p.search}::text is null or position(lower(${p.search}::text) in lower(concat_ws(' ', u.name, m.level, v.content->>'title'))) > 0)
   order by m.id desc limit ${p.limit}::int`,
);

export const memberCounts = query(
  'delivery.member_counts',
  { state: t.word<Shown>(), count: t.int },
  (p: { viewerShop: string }) => sql`
  select state, count(*) as count from delivery.memberships where shop_id = ${p.viewerShop} and state <> 'none' group by state`,
);
