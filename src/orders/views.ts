import { bare, query, sql, t } from '../kit/sql.ts';
import type { ShopRole } from '../kit/viewer.ts';
import type { OrderMode } from '../catalog/content.contract.ts';
import type { OrderState } from './machine.ts';

const summaryShape = {
  id: t.uuid,
  shopId: t.uuid,
  shopName: t.text,
  state: t.word<OrderState>(),
  total: t.fen,
  refunded: t.fen,
  placedAt: t.instant,
  title: t.text,
  variantName: t.text,
  quantity: t.int,
  lines: t.int,
  released: t.bool,
  faceColour: t.text,
  faceTitle: t.text,
  faceSubtitle: t.text,
};
type Page = { before: string | null; limit: number; state: string | null; search: string | null };

/** A page of orders as lists show them: the first line stands for all, named as its pinned version named it. */
const summaries = sql`
  select o.id, o.shop_id, s.name as shop_name, o.state, o.total_fen as total, o.refunded_fen as refunded, o.placed_at, first.title, first.variant_name, first.quantity, first.lines,
         o.released_at is not null as released, first.face_colour, first.face_title, first.face_subtitle
    from page o join merchants.shops s on s.id = o.shop_id
    cross join lateral (
      select v.content->>'title' as title, w.name as variant_name, l.quantity, count(*) over () as lines,
             v.content->'face'->>'colour' as face_colour, v.content->'face'->>'title' as face_title, v.content->'face'->>'subtitle' as face_subtitle
        from orders.lines l
        join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
        join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id
       where l.shop_id = o.shop_id and l.order_id = o.id order by l.number limit 1) first
   order by o.id desc`;

/** A buyer's orders, newest first, with the goods as their pinned version named them. */
export const ordersOfBuyer = query(
  'orders.of_buyer',
  summaryShape,
  (p: Page & { viewerIds: readonly string[] }) => sql`
  with page as (
    select o.* from orders.orders o
     where o.buyer_id = any(${p.viewerIds}::uuid[]) and (${p.before}::uuid is null or o.id < ${p.before}::uuid) and (${p.state}::text is null or o.state = ${p.state}::text)
       and (${p.search}::text is null or exists (
             select 1 from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
              where l.shop_id = o.shop_id and l.order_id = o.id and position(lower(${p.search}::text) in lower(v.content->>'title')) > 0))
     order by o.id desc limit ${p.limit}::int)
  ${summaries}`,
);

/** A shop's orders, newest first. */
export const ordersOfShop = query(
  'orders.of_shop',
  summaryShape,
  (p: Page & { viewerShop: string }) => sql`
  with page as (
    select o.* from orders.orders o
     where o.shop_id = ${p.viewerShop} and (${p.before}::uuid is null or o.id < ${p.before}::uuid) and (${p.state}::text is null or o.state = ${p.state}::text)
       and (${p.search}::text is null or exists (
             select 1 from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
              where l.shop_id = o.shop_id and l.order_id = o.id and position(lower(${p.search}::text) in lower(v.content->>'title')) > 0))
     order by o.id desc limit ${p.limit}::int)
  ${summaries}`,
);

/** Every step of an order, the first one included, which stands in the order itself. */
export const stepsOf = query(
  'orders.steps_of',
  { step: t.int, event: t.text, state: t.text, by: t.text, at: t.instant },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select 1 as step, first_event as event, case first_event when 'place' then 'created' when 'order' then 'awaiting' else 'delivered' end as state, 'buyer' as by, placed_at as at
    from orders.orders where shop_id = ${p.shopId} and id = ${p.viewerOrder}
  union all
  select step, event, to_state, by_kind, at from orders.steps where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} order by step`,
);

/** The head of an order for its page; the caller has decided that the viewer may see it. */
export const headOf = query(
  'orders.head_of',
  {
    id: t.uuid,
    shopId: t.uuid,
    shopName: t.text,
    shopSlug: t.text,
    buyerId: t.uuid,
    checkoutKey: t.text,
    state: t.word<OrderState>(),
    mode: t.word<OrderMode>(),
    total: t.fen,
    refunded: t.fen,
    rulebook: t.text,
    settleDays: t.int,
    placedAt: t.instant,
    paidAt: t.instant.null,
    completedAt: t.instant.null,
    releaseAt: t.instant.null,
    releasedAt: t.instant.null,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select o.id, o.shop_id, s.name as shop_name, s.slug as shop_slug, o.buyer_id, o.checkout_key, o.state, o.mode, o.total_fen as total, o.refunded_fen as refunded, o.rulebook, o.settle_days,
         o.placed_at, o.paid_at, o.completed_at, o.release_at, o.released_at
    from orders.orders o join merchants.shops s on s.id = o.shop_id where o.shop_id = ${p.shopId} and o.id = ${p.viewerOrder}`,
);

export type Component = { kind: string; unit?: string; from?: number; discount_bps?: number; amount: string };
/** The lines of an order with what the pinned version says of them. */
export const linesShown = query(
  'orders.lines_shown',
  {
    number: t.int,
    listingId: t.uuid,
    version: t.int,
    newest: t.int,
    variantId: t.uuid,
    poolId: t.uuid,
    goods: t.text,
    quantity: t.int,
    price: t.fen,
    total: t.fen,
    components: t.json<Component[]>(),
    numbers: t.array(t.big),
    title: t.text,
    variantName: t.text,
    useWithin: t.int.null,
    noReason: t.int.null,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select l.number, l.listing_id, l.version, g.version as newest, l.variant_id, l.pool_id, l.goods, l.quantity, l.price_fen as price, l.total_fen as total, l.components, l.numbers,
         v.content->>'title' as title, w.name as variant_name, (v.content->>'useWithin_hours')::int as use_within, (v.content->'afterSales'->>'noReason_days')::int as no_reason
    from orders.lines l
    join catalog.listings g on g.shop_id = l.shop_id and g.id = l.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id
   where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder} order by l.number`,
);

/** What all orders hold in escrow now: one public sum that names nobody. Released, cancelled and refunded money is not in it. */
export const escrowHeld = query(
  'orders.escrow_held',
  { held: t.fen, orders: t.int },
  () => sql`
  select coalesce(sum(total_fen - refunded_fen), 0)::bigint as held, count(*) as orders from orders.orders where state in ('awaiting', 'delivering', 'delivered', 'completed') and released_at is null`,
);

/** Whose orders these are; for messages to their buyers. */
export const buyersOfOrders = query(
  'orders.buyers_of',
  { id: t.uuid, buyerId: t.uuid },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select o.id, o.buyer_id from orders.orders o join unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) on o.shop_id = x.shop_id and o.id = x.id`,
);

/** What the people of an order are told about it; for notifications, not for screens. Released is what the shop got, after the fee. */
export const ordersToTell = query(
  'orders.to_tell',
  {
    id: t.uuid,
    shopId: t.uuid,
    buyerId: t.uuid,
    total: t.fen,
    refunded: t.fen,
    released: t.fen,
    title: t.text,
    units: t.int,
    byClock: t.bool,
    owners: t.array(t.uuid),
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select o.id, o.shop_id, o.buyer_id, o.total_fen as total, o.refunded_fen as refunded, first.released, first.title, first.units,
         exists (select 1 from orders.steps x where x.shop_id = o.shop_id and x.order_id = o.id and x.event = 'lapse') as by_clock,
         array(select m.user_id from identity.memberships m where m.shop_id = o.shop_id and m.role = 'owner') as owners
    from orders.orders o join unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) on o.shop_id = x.shop_id and o.id = x.id
    cross join lateral (
      select coalesce(min(v.content->>'title'), '') as title, coalesce(sum(l.quantity), 0)::int as units, coalesce(sum(m.amount_fen), 0)::bigint as released
        from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
        left join ledger.transfers m on m.debit_kind = 'escrow' and m.debit_id = l.order_id || '.' || l.number and m.debit_seq is not null and m.kind = 'escrow.released'
       where l.shop_id = o.shop_id and l.order_id = o.id) first`,
);

/** Who works in these shops in one of these roles; to be told of something, not for screens. */
export const peopleOfShops = query(
  'orders.people_of_shops',
  { shopId: t.uuid, people: t.array(t.uuid) },
  (p: { viewerShops: readonly string[]; roles: readonly ShopRole[] }) => sql`
  select m.shop_id, array_agg(distinct m.user_id order by m.user_id) as people from identity.memberships m
   where m.shop_id = any(${bare(p.viewerShops)}::uuid[]) and m.role = any(${bare(p.roles)}::text[]) group by m.shop_id`,
);
