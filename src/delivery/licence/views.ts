import { bare, query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { LicenceLogEvent, SuspensionReason } from './contract.ts';
import type { LicenceState } from './machine.ts';
import type { Policy } from './policy.rules.ts';

/** What a shop signs with; the caller has decided that it is the shop's own request or an answer of the shop. */
export const readAccount = query(
  'delivery.read_licence_account',
  { publicKey: t.bytes, wrapped: t.bytes, sealedPrivate: t.bytes, madeAt: t.instant },
  (p: { viewerShop: string }) => sql`
  select public_key, wrapped, sealed_private, made_at from delivery.licence_accounts where shop_id = ${p.viewerShop}`,
);

/** The id of a shop by its short name; public. */
export const shopNamed = query(
  'delivery.shop_named',
  { id: t.uuid },
  (p: { viewerNames: string }) => sql`select id from merchants.shops where slug = ${p.viewerNames}`,
);

const checkedShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  buyerId: t.uuid,
  listingId: t.uuid,
  variantId: t.uuid,
  state: t.word<LicenceState>(),
  policy: t.json<Policy>(),
  machines: t.int,
  uses: t.int,
  validations: t.int,
  lastValidatedAt: t.instant.null,
  expiresAt: t.instant.null,
  issuedAt: t.instant,
  sealed: t.bytes,
};
export type CheckedRow = {
  shopId: string;
  id: string;
  orderId: string;
  buyerId: string;
  listingId: string;
  variantId: string;
  state: LicenceState;
  policy: Policy;
  machines: number;
  uses: number;
  validations: number;
  lastValidatedAt: Instant | null;
  expiresAt: Instant | null;
  issuedAt: Instant;
  sealed: Buffer;
};

const checkedColumns = sql`
  l.shop_id, l.id, l.order_id, l.buyer_id, l.listing_id, l.variant_id, l.state, l.policy, l.machines, l.uses, l.validations, l.last_validated_at, l.expires_at, l.issued_at, l.sealed`;

export type NamedMachine = {
  id: string;
  fingerprint: string;
  name: string;
  metadata: Record<string, unknown>;
  activatedAt: Instant;
  seenAt: Instant;
  components: { fingerprint: string }[];
};

const namedShape = {
  machineId: t.uuid.null,
  fingerprint: t.text.null,
  name: t.text.null,
  metadata: t.json<Record<string, unknown>>().null,
  components: t.json<{ fingerprint: string }[]>().null,
  activatedAt: t.instant.null,
  seenAt: t.instant.null,
};

/**
 * Licences by their keys, a row for each of its machines that the question names, else one; public: who has the key may ask. All who ask at the
 * same moment share this one statement, which finds every row by its key.
 */
export const licencesByKey = query(
  'delivery.licences_by_key',
  { nth: t.int, ...checkedShape, ...namedShape },
  (p: { blinds: Buffer[]; machines: (string | null)[]; prints: string[] }) => sql`
  select x.nth, ${checkedColumns}, m.id as machine_id, m.fingerprint, m.name, m.metadata, m.components, m.activated_at, m.seen_at
    from unnest(${p.blinds}::bytea[], ${bare(p.machines)}::uuid[], string_to_array(${p.prints.join('\u001e')}::text, chr(30))) with ordinality as x(blind, machine, prints, nth)
   cross join lateral (select * from delivery.licences l where l.blind = x.blind offset 0) l
    left join lateral (
      select * from delivery.machines f where f.shop_id = l.shop_id and f.licence_id = l.id and f.id = x.machine
      union all
      select * from delivery.machines f where f.shop_id = l.shop_id and f.licence_id = l.id and f.fingerprint = any(string_to_array(x.prints, chr(31)))) m on true`,
);

/** One licence that the caller has decided to show. */
export const shownLicence = query(
  'delivery.shown_licence',
  checkedShape,
  (p: { viewerShop: string; licenceId: string }) => sql`
  select ${checkedColumns} from delivery.licences l where l.shop_id = ${p.viewerShop} and l.id = ${p.licenceId}`,
);

const pageShape = {
  licenceId: t.uuid,
  orderId: t.uuid,
  shopId: t.uuid,
  shopName: t.text,
  listingId: t.uuid,
  version: t.int,
  title: t.text,
  variantName: t.text,
  tail: t.text,
  state: t.word<LicenceState>(),
  reasons: t.array(t.word<SuspensionReason>()),
  policy: t.json<Policy>(),
  used: t.int,
  uses: t.int,
  validations: t.int,
  issuedAt: t.instant,
  revealedAt: t.instant.null,
  activatedAt: t.instant.null,
  expiresAt: t.instant.null,
  lastValidatedAt: t.instant.null,
};

const pageColumns = sql`
  l.id as licence_id, l.order_id, l.shop_id, s.name as shop_name, l.listing_id, l.version, v.content->>'title' as title, w.name as variant_name, l.tail, l.state,
  array(select x.reason from delivery.licence_suspensions x where x.shop_id = l.shop_id and x.licence_id = l.id order by x.reason) as reasons,
  l.policy, l.machines as used, l.uses, l.validations, l.issued_at, l.revealed_at, l.activated_at, l.expires_at, l.last_validated_at`;
const pageJoins = sql`
    join merchants.shops s on s.id = l.shop_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    join catalog.variants w on w.shop_id = l.shop_id and w.id = l.variant_id`;

/** A buyer's licences, newest first. */
export const licencesOfBuyer = query(
  'delivery.licences_of_buyer',
  pageShape,
  (p: { viewerIds: readonly string[]; before: string | null; limit: number }) => sql`
  select ${pageColumns}
    from (select * from delivery.licences l where l.buyer_id = any(${bare(p.viewerIds)}::uuid[]) and (${p.before}::uuid is null or l.id < ${p.before}::uuid)
           order by l.id desc limit ${p.limit}::int) l ${pageJoins}
   order by l.id desc`,
);

/** The licences of an order that the viewer may see. */
export const licencesOfOrder = query(
  'delivery.licences_of_order',
  pageShape,
  (p: { shopId: string; viewerOrder: string }) => sql`
  select ${pageColumns} from delivery.licences l ${pageJoins}
   where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder} order by l.line, l.place`,
);

/** A shop's licences, newest first; found by the end of the key, the order, the goods or a device. */
export const licencesOfShop = query(
  'delivery.licences_of_shop',
  pageShape,
  (p: {
    viewerShop: string;
    before: string | null;
    limit: number;
    state: string | null;
    order: string | null;
    search: string | null;
    now: Instant;
  }) => sql`
  select ${pageColumns}
    from (select l.* from delivery.licences l
           where l.shop_id = ${p.viewerShop} and (${p.before}::uuid is null or l.id < ${p.before}::uuid)
             and (${p.state}::text is null or case ${p.state}::text when 'suspended' then l.state = 'suspended'
                    when 'expired' then l.expires_at <= ${ts(p.now)}::timestamptz
                    when 'unused' then l.activated_at is null and l.validations = 0
                    else l.state = 'active' and (l.expires_at is null or l.expires_at > ${ts(p.now)}::timestamptz) end)
             and (${p.order}::uuid is null or l.order_id = ${p.order}::uuid)
             and (${p.search}::text is null or right(l.tail, length(${p.search}::text)) = upper(${p.search}::text)
                  or exists (select 1 from delivery.machines m where m.shop_id = l.shop_id and m.licence_id = l.id
                              and (position(lower(${p.search}::text) in lower(m.name)) > 0 or m.fingerprint = ${p.search}::text))
                  or exists (select 1 from catalog.listing_versions v where v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
                              and position(lower(${p.search}::text) in lower(v.content->>'title')) > 0))
           order by l.id desc limit ${p.limit}::int) l ${pageJoins}
   order by l.id desc`,
);

/** One licence of a shop, as its list shows it. */
export const licenceOfShop = query(
  'delivery.licence_of_shop',
  pageShape,
  (p: { viewerShop: string; licenceId: string }) => sql`
  select ${pageColumns} from delivery.licences l ${pageJoins} where l.shop_id = ${p.viewerShop} and l.id = ${p.licenceId}`,
);

/** The devices of licences that the viewer may see. */
export const machinesOf = query(
  'delivery.machines_of',
  {
    licenceId: t.uuid,
    machineId: t.uuid,
    name: t.text,
    platform: t.text,
    fingerprint: t.text,
    activatedAt: t.instant,
    seenAt: t.instant,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select m.licence_id, m.id as machine_id, m.name, m.platform, m.fingerprint, m.activated_at, m.seen_at
    from unnest(${bare(p.viewerShops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from delivery.machines m where m.shop_id = x.shop_id and m.licence_id = x.id order by m.id limit 200) m`,
);

/** The newest entries of the logs of licences that the viewer may see. */
export const logOf = query(
  'delivery.licence_log_of',
  {
    licenceId: t.uuid,
    event: t.word<LicenceLogEvent>(),
    device: t.text.null,
    fingerprint: t.text.null,
    why: t.text.null,
    by: t.text,
    at: t.instant,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[]; limit: number }) => sql`
  select g.licence_id, g.event, g.device, g.fingerprint, g.why, g.by_kind as by, g.at
    from unnest(${bare(p.viewerShops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from delivery.licence_log g where g.shop_id = x.shop_id and g.licence_id = x.id order by g.nth desc limit ${p.limit}::int) g`,
);

/** When devices of these licences that the viewer may see were unbound, for the quotas that are shown. */
export const unbindsOf = query(
  'delivery.unbinds_of',
  { licenceId: t.uuid, at: t.instant },
  (p: { viewerShops: readonly string[]; ids: readonly string[]; since: Instant[] }) => sql`
  select g.licence_id, g.at
    from unnest(${bare(p.viewerShops)}::uuid[], ${bare(p.ids)}::uuid[], ${bare(p.since.map((at) => ts(at)))}::timestamptz[]) as x(shop_id, id, since)
   cross join lateral (select * from delivery.licence_log g where g.shop_id = x.shop_id and g.licence_id = x.id and g.event = 'deactivated' and g.at > x.since offset 0) g`,
);
