import { bare, json, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { LicenceLogEvent, SuspensionReason } from './contract.ts';
import type { LicenceState } from './machine.ts';
import type { Policy } from './policy.rules.ts';

export const insertAccounts = statement(
  'delivery.insert_licence_accounts',
  (p: { shopId: string; publicKey: Buffer; wrapped: Buffer; sealedPrivate: Buffer; at: Instant }) => sql`
  insert into delivery.licence_accounts (shop_id, public_key, wrapped, sealed_private, made_at)
  values (${p.shopId}, ${p.publicKey}, ${p.wrapped}, ${p.sealedPrivate}, ${ts(p.at)}::timestamptz) on conflict (shop_id) do nothing`,
);

/** Of a lane of deliveries, in one statement. */
export const insertLicences = statement(
  'delivery.insert_licences',
  (p: {
    shops: string[];
    ids: string[];
    orders: string[];
    lines: number[];
    places: number[];
    buyers: string[];
    listings: string[];
    versions: number[];
    variants: string[];
    policies: readonly Policy[];
    sealed: Buffer[];
    blinds: Buffer[];
    tails: string[];
    seats: (number | null)[];
    uses: (number | null)[];
    expires: (string | null)[];
    at: Instant;
  }) => sql`
  insert into delivery.licences (shop_id, id, order_id, line, place, buyer_id, listing_id, version, variant_id, state, policy, sealed, blind, tail,
                                 seats, uses_max, expires_at, issued_at, logged)
  select x.shop_id, x.id, x.order_id, x.line, x.place, x.buyer_id, x.listing_id, x.version, x.variant_id, 'active', (${json(p.policies)}::jsonb)->(x.nth::int - 1),
         x.sealed, x.blind, x.tail, x.seats, x.uses, x.expires, ${ts(p.at)}::timestamptz, 1
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.places)}::int[],
                ${bare(p.buyers)}::uuid[], ${bare(p.listings)}::uuid[], ${bare(p.versions)}::int[], ${bare(p.variants)}::uuid[], ${p.sealed}::bytea[], ${p.blinds}::bytea[],
                ${bare(p.tails)}::text[], ${bare(p.seats)}::int[], ${bare(p.uses)}::bigint[], ${bare(p.expires)}::timestamptz[])
    with ordinality as x(shop_id, id, order_id, line, place, buyer_id, listing_id, version, variant_id, sealed, blind, tail, seats, uses, expires, nth)`,
);

const licenceShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  line: t.int,
  place: t.int,
  buyerId: t.uuid,
  listingId: t.uuid,
  variantId: t.uuid,
  state: t.word<LicenceState>(),
  policy: t.json<Policy>(),
  machines: t.int,
  uses: t.int,
  expiresAt: t.instant.null,
  issuedAt: t.instant,
  revealedAt: t.instant.null,
  reveals: t.int,
  activatedAt: t.instant.null,
  logged: t.int,
  sealed: t.bytes,
};

const licenceColumns = sql`
  l.shop_id, l.id, l.order_id, l.line, l.place, l.buyer_id, l.listing_id, l.variant_id, l.state, l.policy, l.machines, l.uses, l.expires_at, l.issued_at,
  l.revealed_at, l.reveals, l.activated_at, l.logged, l.sealed`;

type Keys = { shops: readonly string[]; ids: readonly string[] };

/** Locks licences under the lock of their orders, in the order of their keys. */
export const lockLicences = query(
  'delivery.lock_licences',
  licenceShape,
  (p: Keys) => sql`
  select ${licenceColumns}
    from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id) order by shop_id, id) x
   cross join lateral (select * from delivery.licences l where l.shop_id = x.shop_id and l.id = x.id for update) l`,
);

/** Locks the licences of orders, of one line where a line is given. */
export const lockLicencesOfOrders = query(
  'delivery.lock_licences_of_orders',
  licenceShape,
  (p: { shops: string[]; orders: string[]; lines: (number | null)[] }) => sql`
  select ${licenceColumns}
    from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[]) as x(shop_id, order_id, line) order by shop_id, order_id, line) x
   cross join lateral (select * from delivery.licences l where l.shop_id = x.shop_id and l.order_id = x.order_id and (x.line is null or l.line = x.line)
                        order by l.line, l.place for update) l`,
);

/** Where a licence is, by what its key is found by. */
export const findByBlind = query(
  'delivery.find_licence_by_key',
  { shopId: t.uuid, id: t.uuid, orderId: t.uuid },
  (p: { blind: Buffer }) => sql`select shop_id, id, order_id from delivery.licences where blind = ${p.blind}`,
);

/** Where a licence of one of these buyers is. */
export const findOwnLicence = query(
  'delivery.find_own_licence',
  { shopId: t.uuid, id: t.uuid, orderId: t.uuid },
  (p: { id: string; buyerIds: readonly string[] }) => sql`
  select l.shop_id, l.id, l.order_id from unnest(${bare(p.buyerIds)}::uuid[]) as b(id)
   cross join lateral (select * from delivery.licences l where l.buyer_id = b.id and l.id = ${p.id} offset 0) l`,
);

export const writeLicences = statement(
  'delivery.write_licences',
  (
    p: Keys & {
      states: string[];
      machines: number[];
      uses: number[];
      expires: (string | null)[];
      revealed: (string | null)[];
      reveals: number[];
      activated: (string | null)[];
      logged: number[];
    },
  ) => sql`
  merge into delivery.licences l
  using unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.states)}::text[], ${bare(p.machines)}::int[], ${bare(p.uses)}::bigint[], ${bare(p.expires)}::timestamptz[],
               ${bare(p.revealed)}::timestamptz[], ${bare(p.reveals)}::int[], ${bare(p.activated)}::timestamptz[], ${bare(p.logged)}::int[])
      as x(shop_id, id, state, machines, uses, expires, revealed, reveals, activated, logged)
     on l.shop_id = x.shop_id and l.id = x.id
   when matched then update set state = x.state, machines = x.machines, uses = x.uses, expires_at = x.expires, revealed_at = x.revealed, reveals = x.reveals,
                                activated_at = x.activated, logged = x.logged
   when not matched then do nothing`,
);

export type LogRow = {
  readonly shopId: string;
  readonly licenceId: string;
  readonly nth: number;
  readonly event: LicenceLogEvent;
  readonly machineId: string | null;
  readonly fingerprint: string | null;
  readonly device: string | null;
  readonly why: string | null;
  readonly by: string;
  readonly byId: string | null;
  readonly addressHash: string | null;
};

export const insertLog = statement(
  'delivery.insert_licence_log',
  (p: { rows: readonly LogRow[]; at: Instant }) => sql`
  insert into delivery.licence_log (shop_id, licence_id, nth, event, machine_id, fingerprint, device, why, by_kind, by_id, address_hash, at)
  select (r->>'shopId')::uuid, (r->>'licenceId')::uuid, (r->>'nth')::int, r->>'event', (r->>'machineId')::uuid, r->>'fingerprint', r->>'device', r->>'why',
         r->>'by', (r->>'byId')::uuid, decode(r->>'addressHash', 'hex'), ${ts(p.at)}::timestamptz
    from jsonb_array_elements(${json(p.rows)}::jsonb) as r`,
);

/** When devices were bound to or unbound from a licence since then. The log of one licence is short. */
export const loggedSince = query(
  'delivery.licence_logged_since',
  { at: t.instant },
  (p: { shopId: string; licenceId: string; event: LicenceLogEvent; since: Instant }) => sql`
  select g.at from delivery.licence_log g
   where g.shop_id = ${p.shopId} and g.licence_id = ${p.licenceId} and g.event = ${p.event} and g.at > ${ts(p.since)}::timestamptz order by g.at`,
);

export const machineShape = {
  id: t.uuid,
  fingerprint: t.text,
  name: t.text,
  platform: t.text,
  hostname: t.text,
  components: t.json<{ name: string; fingerprint: string }[]>(),
  metadata: t.json<Record<string, unknown>>(),
  activatedAt: t.instant,
  seenAt: t.instant,
};

/** A machine of a locked licence, by its id or by its fingerprint. */
export const findMachine = query(
  'delivery.find_machine',
  machineShape,
  (p: { shopId: string; licenceId: string; id: string | null; fingerprint: string | null }) => sql`
  select m.id, m.fingerprint, m.name, m.platform, m.hostname, m.components, m.metadata, m.activated_at, m.seen_at from delivery.machines m
   where m.shop_id = ${p.shopId} and m.licence_id = ${p.licenceId} and (m.id = ${p.id}::uuid or m.fingerprint = ${p.fingerprint}::text)
   order by m.id limit 1`,
);

/** Where a machine is, by its id alone. */
export const writeMachine = statement(
  'delivery.write_machine',
  (p: {
    shopId: string;
    licenceId: string;
    id: string;
    scope: string;
    fingerprint: string;
    name: string;
    platform: string;
    hostname: string;
    components: readonly { name: string; fingerprint: string }[];
    metadata: Readonly<Record<string, unknown>>;
    at: Instant;
  }) => sql`
  insert into delivery.machines (shop_id, licence_id, id, scope, fingerprint, name, platform, hostname, components, metadata, activated_at, seen_at)
  values (${p.shopId}, ${p.licenceId}, ${p.id}, ${p.scope}, ${p.fingerprint}, ${p.name}, ${p.platform}, ${p.hostname}, ${json(p.components)}::jsonb, ${json(p.metadata)}::jsonb,
          ${ts(p.at)}::timestamptz, ${ts(p.at)}::timestamptz)
  on conflict (shop_id, scope, fingerprint) do nothing`,
);

export const deleteMachine = statement(
  'delivery.delete_machine',
  (p: { shopId: string; licenceId: string; id: string }) => sql`
  delete from delivery.machines where shop_id = ${p.shopId} and licence_id = ${p.licenceId} and id = ${p.id}`,
);

export const touchMachine = statement(
  'delivery.touch_machine',
  (p: { shopId: string; licenceId: string; id: string; checkedOut: boolean; at: Instant }) => sql`
  update delivery.machines set seen_at = ${ts(p.at)}::timestamptz, checked_out_at = case when ${p.checkedOut}::boolean then ${ts(p.at)}::timestamptz else checked_out_at end
   where shop_id = ${p.shopId} and licence_id = ${p.licenceId} and id = ${p.id}`,
);

type Reasons = { shops: string[]; ids: string[]; reason: SuspensionReason; ref: string };

export const insertSuspensions = query(
  'delivery.insert_suspensions',
  { licenceId: t.uuid },
  (p: Reasons & { at: Instant }) => sql`
  insert into delivery.licence_suspensions (shop_id, licence_id, reason, ref, at)
  select x.shop_id, x.id, ${p.reason}, ${p.ref}::uuid, ${ts(p.at)}::timestamptz from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
  on conflict do nothing returning licence_id`,
);

/** Takes a reason away; answers the licences that had it. */
export const deleteSuspensions = query(
  'delivery.delete_suspensions',
  { licenceId: t.uuid },
  (p: Reasons) => sql`
  delete from delivery.licence_suspensions s using unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   where s.shop_id = x.shop_id and s.licence_id = x.id and s.reason = ${p.reason} and s.ref = ${p.ref}::uuid returning s.licence_id`,
);

/** The licences among these that have a reason left. */
export const suspendedStill = query(
  'delivery.suspended_still',
  { licenceId: t.uuid },
  (p: Keys) => sql`
  select distinct s.licence_id from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from delivery.licence_suspensions s where s.shop_id = x.shop_id and s.licence_id = x.id offset 0) s`,
);

/** What should keep licences of orders from working, and what does: by the holds of the order, and by what stands with its licences. */
export const reasonsOfOrders = query(
  'delivery.reasons_of_orders',
  { shopId: t.uuid, orderId: t.uuid, reason: t.word<SuspensionReason>(), ref: t.uuid, held: t.bool },
  (p: { shops: string[]; orders: string[] }) => sql`
  select x.shop_id, x.order_id, r.reason, r.ref, bool_or(r.held) as held
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (
     select case h.reason when 'case' then 'case' else 'hold' end as reason, h.ref, true as held from orders.holds h
      where h.shop_id = x.shop_id and h.order_id = x.order_id and h.reason <> 'warranty'
     union all
     select s.reason, s.ref, false from delivery.licences l
      cross join lateral (select * from delivery.licence_suspensions s where s.shop_id = l.shop_id and s.licence_id = l.id and s.reason in ('case', 'hold')) s
      where l.shop_id = x.shop_id and l.order_id = x.order_id) r
   group by x.shop_id, x.order_id, r.reason, r.ref order by x.shop_id, x.order_id, r.reason, r.ref`,
);

/** Adds up validations that were answered since the last time. Rows in the order of their keys, as everywhere. */
export const addValidations = statement(
  'delivery.add_validations',
  (p: Keys & { counts: number[]; ats: (string | null)[] }) => sql`
  merge into delivery.licences l
  using (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.counts)}::int[], ${bare(p.ats)}::timestamptz[]) as x(shop_id, id, count, at) order by shop_id, id) x
     on l.shop_id = x.shop_id and l.id = x.id
   when matched then update set validations = l.validations + x.count, last_validated_at = greatest(l.last_validated_at, x.at)
   when not matched then do nothing`,
);

export const seeMachines = statement(
  'delivery.see_machines',
  (p: { shops: string[]; licences: string[]; ids: string[]; ats: (string | null)[] }) => sql`
  merge into delivery.machines m
  using (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.licences)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.ats)}::timestamptz[]) as x(shop_id, licence_id, id, at) order by shop_id, licence_id, id) x
     on m.shop_id = x.shop_id and m.licence_id = x.licence_id and m.id = x.id
   when matched then update set seen_at = greatest(m.seen_at, x.at) when not matched then do nothing`,
);
