import { bare, query, sql, statement, t, tsAll } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { MembershipState } from './machine.ts';

type Keys = { shops: readonly string[]; ids: readonly string[] };

/** New memberships; one that is there already (the same slot of the same buyer) stays as it is. */
export const insertMemberships = statement(
  'delivery.insert_memberships',
  (
    p: Keys & {
      buyers: string[];
      listings: string[];
      variants: string[];
      slots: string[];
      levels: string[];
      sharings: string[];
      rulebooks: string[];
    },
  ) => sql`
  insert into delivery.memberships (shop_id, id, buyer_id, listing_id, variant_id, slot, level, sharing, state, rulebook)
  select x.shop_id, x.id, x.buyer_id, x.listing_id, x.variant_id, x.slot, x.level, x.sharing, 'none', x.rulebook
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.buyers)}::uuid[], ${bare(p.listings)}::uuid[], ${bare(p.variants)}::uuid[], ${bare(p.slots)}::uuid[],
                ${p.levels}::text[], ${bare(p.sharings)}::text[], ${p.rulebooks}::text[])
      as x(shop_id, id, buyer_id, listing_id, variant_id, slot, level, sharing, rulebook)
   order by x.shop_id, x.buyer_id, x.listing_id, x.slot
  on conflict (shop_id, buyer_id, listing_id, slot) do nothing`,
);

const membershipShape = {
  shopId: t.uuid,
  id: t.uuid,
  buyerId: t.uuid,
  listingId: t.uuid,
  variantId: t.uuid,
  slot: t.uuid,
  level: t.text,
  state: t.word<MembershipState>(),
  rulebook: t.text,
  begunAt: t.instant.null,
  endsAt: t.instant.null,
  suspendedAt: t.instant.null,
  reminded: t.int.null,
  changes: t.int,
};

/** Locks memberships by whose they are, in the order of their keys. */
export const lockBySlot = query(
  'delivery.lock_memberships_by_slot',
  membershipShape,
  (p: { shops: string[]; buyers: string[]; listings: string[]; slots: string[] }) => sql`
  select m.shop_id, m.id, m.buyer_id, m.listing_id, m.variant_id, m.slot, m.level, m.state, m.rulebook, m.begun_at, m.ends_at, m.suspended_at, m.reminded, m.changes
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.buyers)}::uuid[], ${bare(p.listings)}::uuid[], ${bare(p.slots)}::uuid[]) as x(shop_id, buyer_id, listing_id, slot)
           order by shop_id, buyer_id, listing_id, slot) x
   cross join lateral (select * from delivery.memberships m
                        where m.shop_id = x.shop_id and m.buyer_id = x.buyer_id and m.listing_id = x.listing_id and m.slot = x.slot for update) m`,
);

export const lockMemberships = query(
  'delivery.lock_memberships',
  membershipShape,
  (p: Keys) => sql`
  select m.shop_id, m.id, m.buyer_id, m.listing_id, m.variant_id, m.slot, m.level, m.state, m.rulebook, m.begun_at, m.ends_at, m.suspended_at, m.reminded, m.changes
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id) order by shop_id, id) x
   cross join lateral (select * from delivery.memberships m where m.shop_id = x.shop_id and m.id = x.id for update) m`,
);

/** Whose membership it is: its shop, for a buyer who names it. */
export const findOwnMembership = query(
  'delivery.find_own_membership',
  { shopId: t.uuid },
  (p: { id: string; buyerIds: readonly string[] }) => sql`
  select shop_id from delivery.memberships where id = ${p.id} and buyer_id = any(${bare(p.buyerIds)}::uuid[])`,
);

export const membershipsOfLines = query(
  'delivery.memberships_of_lines',
  { shopId: t.uuid, orderId: t.uuid, line: t.int, membershipId: t.uuid },
  (p: { shops: readonly string[]; orders: readonly string[] }) => sql`
  select e.shop_id, e.order_id, e.line, e.membership_id from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.membership_periods e where e.shop_id = x.shop_id and e.order_id = x.order_id offset 0) e`,
);

/** The periods of memberships that the caller has locked, oldest first. */
export const readPeriods = query(
  'delivery.read_membership_periods',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    line: t.int,
    membershipId: t.uuid,
    nth: t.int,
    termCount: t.int,
    termUnit: t.word<'day' | 'month'>(),
    total: t.fen,
    from: t.instant.null,
    until: t.instant.null,
    days: t.int.null,
    pausedDays: t.int,
    endedAt: t.instant.null,
  },
  (p: Keys) => sql`
  select e.shop_id, e.order_id, e.line, e.membership_id, e.nth, e.term_count, e.term_unit, e.total_fen as total, e.from_at as "from", e.until_at as "until", e.days, e.paused_days, e.ended_at
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)) x
   cross join lateral (select * from delivery.membership_periods e where e.shop_id = x.shop_id and e.membership_id = x.id order by e.nth offset 0) e
   order by e.shop_id, e.membership_id, e.nth`,
);

export const writeMemberships = statement(
  'delivery.write_memberships',
  (
    p: Keys & {
      variants: string[];
      levels: string[];
      states: string[];
      rulebooks: string[];
      begun: (Instant | null)[];
      ends: (Instant | null)[];
      suspended: (Instant | null)[];
      reminded: (number | null)[];
      changes: number[];
    },
  ) => sql`
  merge into delivery.memberships m
  using unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.variants)}::uuid[], ${p.levels}::text[], ${bare(p.states)}::text[], ${p.rulebooks}::text[], ${bare(tsAll(p.begun))}::timestamptz[],
               ${bare(tsAll(p.ends))}::timestamptz[], ${bare(tsAll(p.suspended))}::timestamptz[], ${bare(p.reminded)}::smallint[], ${bare(p.changes)}::int[]) as x(shop_id, id, variant_id, level, state, rulebook, begun, ends, suspended, reminded, changes)
     on m.shop_id = x.shop_id and m.id = x.id
   when matched then update set variant_id = x.variant_id, level = x.level, state = x.state, rulebook = x.rulebook, begun_at = x.begun, ends_at = x.ends, suspended_at = x.suspended, reminded = x.reminded, changes = x.changes
   when not matched then do nothing`,
);

/** New periods are inserted, the others get their times. */
export const putPeriods = statement(
  'delivery.put_membership_periods',
  (p: {
    shops: string[];
    orders: string[];
    lines: number[];
    memberships: string[];
    nths: number[];
    counts: number[];
    units: string[];
    totals: bigint[];
    from: (Instant | null)[];
    until: (Instant | null)[];
    days: (number | null)[];
    paused: number[];
    ended: (Instant | null)[];
  }) => sql`
  merge into delivery.membership_periods e
  using unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.memberships)}::uuid[], ${bare(p.nths)}::int[], ${bare(p.counts)}::int[], ${bare(p.units)}::text[],
               ${bare(p.totals)}::bigint[], ${bare(tsAll(p.from))}::timestamptz[], ${bare(tsAll(p.until))}::timestamptz[], ${bare(p.days)}::int[], ${bare(p.paused)}::int[], ${bare(tsAll(p.ended))}::timestamptz[])
      as x(shop_id, order_id, line, membership_id, nth, term_count, term_unit, total, from_at, until_at, days, paused, ended)
     on e.shop_id = x.shop_id and e.order_id = x.order_id and e.line = x.line
   when matched then update set from_at = x.from_at, until_at = x.until_at, days = x.days, paused_days = x.paused, ended_at = x.ended
   when not matched then insert (shop_id, order_id, line, membership_id, nth, term_count, term_unit, total_fen, from_at, until_at, days, paused_days, ended_at)
        values (x.shop_id, x.order_id, x.line, x.membership_id, x.nth, x.term_count, x.term_unit, x.total, x.from_at, x.until_at, x.days, x.paused, x.ended)`,
);
