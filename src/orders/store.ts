import { bare, texts, query, sql, statement, t, ts, uuids, instants } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { OrderMode } from '../catalog/content.contract.ts';
import type { OrderState } from './machine.ts';

export const insertOrders = statement(
  'orders.insert_orders',
  (p: {
    shops: string[];
    ids: string[];
    buyers: string[];
    keys: string[];
    states: string[];
    firsts: string[];
    totals: bigint[];
    rulebook: string;
    settleDays: number[];
    paid: (Instant | null)[];
    at: Instant;
  }) => sql`
  insert into orders.orders (shop_id, id, buyer_id, checkout_key, state, first_event, total_fen, settle_days, paid_at, rulebook, placed_at)
  select (${uuids(p.shops)}::uuid[])[x.n], (${uuids(p.ids)}::uuid[])[x.n], (${uuids(p.buyers)}::uuid[])[x.n], x.key, x.state, x.first, (${bare(p.totals)}::bigint[])[x.n],
         (${bare(p.settleDays)}::smallint[])[x.n], (${instants(p.paid)}::timestamptz[])[x.n], ${p.rulebook}::text, ${ts(p.at)}::timestamptz
    from unnest(${p.keys}::text[], ${bare(p.states)}::text[], ${bare(p.firsts)}::text[]) with ordinality as x(key, state, first, n)`,
);

/** The same for goods that are delivered later: these say how. Keys from a pool, which are sold most, do without the column. */
export const insertLaterOrders = statement(
  'orders.insert_later_orders',
  (p: {
    shops: string[];
    ids: string[];
    buyers: string[];
    keys: string[];
    states: string[];
    firsts: string[];
    modes: string[];
    totals: bigint[];
    rulebook: string;
    settleDays: number[];
    paid: (Instant | null)[];
    at: Instant;
  }) => sql`
  insert into orders.orders (shop_id, id, buyer_id, checkout_key, state, first_event, mode, total_fen, settle_days, paid_at, rulebook, placed_at)
  select x.*, ${p.rulebook}::text, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.buyers)}::uuid[], ${p.keys}::text[], ${bare(p.states)}::text[], ${bare(p.firsts)}::text[], ${bare(p.modes)}::text[], ${bare(p.totals)}::bigint[],
                ${bare(p.settleDays)}::smallint[], ${instants(p.paid)}::timestamptz[]) as x`,
);

/** Numbers of a line come as '{1,2}', because unnest takes a two-dimensional array apart. */
export const insertLines = statement(
  'orders.insert_lines',
  (p: {
    shops: string[];
    orders: string[];
    lines: number[];
    listings: string[];
    versions: number[];
    variants: string[];
    pools: string[];
    goods: string[];
    quantities: number[];
    prices: bigint[];
    totals: bigint[];
    components: string[];
    fees: number[];
    numbers: string[];
  }) => sql`
  insert into orders.lines (shop_id, order_id, number, listing_id, version, variant_id, pool_id, goods, quantity, price_fen, total_fen, components, fee_bps, numbers)
  select (${uuids(p.shops)}::uuid[])[x.n], (${uuids(p.orders)}::uuid[])[x.n], (${bare(p.lines)}::smallint[])[x.n], (${uuids(p.listings)}::uuid[])[x.n], (${bare(p.versions)}::int[])[x.n],
         (${uuids(p.variants)}::uuid[])[x.n], (${uuids(p.pools)}::uuid[])[x.n], x.goods, (${bare(p.quantities)}::int[])[x.n], (${bare(p.prices)}::bigint[])[x.n], (${bare(p.totals)}::bigint[])[x.n],
         x.components::jsonb, (${bare(p.fees)}::smallint[])[x.n], x.numbers::bigint[]
    from unnest(${bare(p.goods)}::text[], string_to_array(${texts(p.components)}::text, chr(31)), string_to_array(${texts(p.numbers)}::text, chr(31)))
         with ordinality as x(goods, components, numbers, n)`,
);

const orderShape = {
  shopId: t.uuid,
  id: t.uuid,
  buyerId: t.uuid,
  checkoutKey: t.text,
  state: t.word<OrderState>(),
  mode: t.word<OrderMode>(),
  total: t.fen,
  refunded: t.fen,
  rulebook: t.text,
  settleDays: t.int,
  steps: t.int,
  placedAt: t.instant,
  paidAt: t.instant.null,
  completedAt: t.instant.null,
  releaseAt: t.instant.null,
  releasedAt: t.instant.null,
};
export const lockOrders = query(
  'orders.lock_orders',
  orderShape,
  (p: { shops: string[]; ids: string[] }) => sql`
  select o.shop_id, o.id, o.buyer_id, o.checkout_key, o.state, o.mode, o.total_fen as total, o.refunded_fen as refunded, o.rulebook, o.settle_days, o.steps,
         o.placed_at, o.paid_at, o.completed_at, o.release_at, o.released_at
    from (select * from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.ids)}::uuid[]) as x(shop_id, id) order by shop_id, id) x
   cross join lateral (select * from orders.orders o where o.shop_id = x.shop_id and o.id = x.id for update) o`,
);

export const readLines = query(
  'orders.read_lines',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    number: t.int,
    listingId: t.uuid,
    version: t.int,
    variantId: t.uuid,
    poolId: t.uuid,
    goods: t.text,
    quantity: t.int,
    price: t.fen,
    total: t.fen,
    fee: t.int,
    numbers: t.array(t.big),
  },
  (p: { shops: string[]; ids: string[] }) => sql`
  select l.shop_id, l.order_id, l.number, l.listing_id, l.version, l.variant_id, l.pool_id, l.goods, l.quantity, l.price_fen as price, l.total_fen as total, l.fee_bps as fee, l.numbers
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from orders.lines l where l.shop_id = x.shop_id and l.order_id = x.id order by l.number offset 0) l
   order by l.shop_id, l.order_id, l.number`,
);

export const writeNumbers = statement(
  'orders.write_numbers',
  (p: { shops: string[]; orders: string[]; lines: number[]; numbers: string[] }) => sql`
  merge into orders.lines l using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], string_to_array(${texts(p.numbers)}::text, chr(31))) as x(shop_id, order_id, number, numbers)
     on l.shop_id = x.shop_id and l.order_id = x.order_id and l.number = x.number
   when matched then update set numbers = x.numbers::bigint[] when not matched then do nothing`,
);

export const writeOrders = statement(
  'orders.write_orders',
  (p: {
    shops: string[];
    ids: string[];
    states: string[];
    steps: number[];
    refunded: bigint[];
    paid: (Instant | null)[];
    completed: (Instant | null)[];
    release: (Instant | null)[];
    released: (Instant | null)[];
  }) => sql`
  merge into orders.orders o using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.ids)}::uuid[], ${bare(p.states)}::text[], ${bare(p.steps)}::int[], ${bare(p.refunded)}::bigint[], ${instants(p.paid)}::timestamptz[], ${instants(p.completed)}::timestamptz[],
                ${instants(p.release)}::timestamptz[], ${instants(p.released)}::timestamptz[]) as x(shop_id, id, state, steps, refunded, paid, completed, release, released)
     on o.shop_id = x.shop_id and o.id = x.id
   when matched then update set state = x.state, steps = x.steps, refunded_fen = x.refunded, paid_at = x.paid, completed_at = x.completed, release_at = x.release, released_at = x.released
   when not matched then do nothing`,
);

export const insertSteps = statement(
  'orders.insert_steps',
  (p: {
    shops: string[];
    orders: string[];
    steps: number[];
    froms: string[];
    events: string[];
    tos: string[];
    kinds: string[];
    bys: (string | null)[];
    at: Instant;
  }) => sql`
  insert into orders.steps (shop_id, order_id, step, from_state, event, to_state, by_kind, by_id, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${bare(p.steps)}::int[], ${bare(p.froms)}::text[], ${bare(p.events)}::text[], ${bare(p.tos)}::text[], ${bare(p.kinds)}::text[], ${uuids(p.bys)}::uuid[]) as x`,
);

export const readHolds = query(
  'orders.read_holds',
  { shopId: t.uuid, orderId: t.uuid, reason: t.text },
  (p: { shops: string[]; ids: string[] }) => sql`
  select h.shop_id, h.order_id, h.reason from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from orders.holds h where h.shop_id = x.shop_id and h.order_id = x.id offset 0) h`,
);

type HoldKeys = { shops: string[]; orders: string[]; reasons: string[]; refs: string[] };
export const insertHolds = statement(
  'orders.insert_holds',
  (p: HoldKeys & { at: Instant }) => sql`
  insert into orders.holds (shop_id, order_id, reason, ref, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${bare(p.reasons)}::text[], ${uuids(p.refs)}::uuid[]) as x on conflict do nothing`,
);

export const deleteHolds = statement(
  'orders.delete_holds',
  (p: HoldKeys) => sql`
  delete from orders.holds h using unnest(${uuids(p.shops)}::uuid[], ${uuids(p.orders)}::uuid[], ${bare(p.reasons)}::text[], ${uuids(p.refs)}::uuid[]) as x(shop_id, order_id, reason, ref)
   where h.shop_id = x.shop_id and h.order_id = x.order_id and h.reason = x.reason and h.ref = x.ref`,
);

/** The shop of an order that this buyer (own id or claimed guests) may see; merchants and staff find it by their own queries. */
export const findOrder = query(
  'orders.find_order',
  { shopId: t.uuid, buyerId: t.uuid },
  (p: { orderId: string; buyerIds: readonly string[]; shopIds: readonly string[]; staff: boolean }) => sql`
  select shop_id, buyer_id from orders.orders where id = ${p.orderId} and buyer_id = any(${uuids(p.buyerIds)}::uuid[])
  union all
  select shop_id, buyer_id from orders.orders where id = ${p.orderId} and shop_id = any(${uuids(p.shopIds)}::uuid[]) and not buyer_id = any(${uuids(p.buyerIds)}::uuid[])
  union all
  select shop_id, buyer_id from orders.orders where id = ${p.orderId} and ${p.staff}::boolean and not buyer_id = any(${uuids(p.buyerIds)}::uuid[]) and not shop_id = any(${uuids(p.shopIds)}::uuid[])
  limit 1`,
);

/** Orders of these buyers by their ids alone: pairs of an order and one of its possible buyers. */
export const findOwnOrders = query(
  'orders.find_own_orders',
  { shopId: t.uuid, id: t.uuid, buyerId: t.uuid },
  (p: { ids: string[]; buyers: string[] }) => sql`
  select o.shop_id, o.id, o.buyer_id from unnest(${uuids(p.ids)}::uuid[], ${uuids(p.buyers)}::uuid[]) as x(id, buyer_id)
   cross join lateral (select * from orders.orders o where o.buyer_id = x.buyer_id and o.id = x.id offset 0) o`,
);
