import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { ParcelState } from './machine.ts';
import { parcelColumns, parcelShape } from './store.ts';

type Key = { shopId: string; viewerOrder: string };

/** Parcels that a carrier is asked about next, the longest unasked first. `viewerSystem`: for the timer, not for screens. */
export const parcelsToAsk = query(
  'delivery.parcels_to_ask',
  parcelShape,
  (p: { viewerSystem: true; before: Instant; limit: number }) => sql`
  select ${parcelColumns} from delivery.parcels p
   where ${p.viewerSystem}::boolean and p.ended_at is null and p.asked_at <= ${ts(p.before)}::timestamptz order by p.asked_at limit ${p.limit}::int`,
);

/** What a shop has to send, refused parcels first, then by the promise. */
export const shipmentsOf = query(
  'delivery.shipments_of',
  {
    orderId: t.uuid,
    line: t.int,
    title: t.text,
    quantity: t.int,
    promisedAt: t.instant,
    state: t.word<ParcelState>().null,
    tracking: t.text.null,
  },
  (p: { viewerShop: string; limit: number }) => sql`
  select d.order_id, d.line, v.content->>'title' as title, l.quantity, d.promised_at, p.state, p.tracking
    from delivery.lines d
    join orders.lines l on l.shop_id = d.shop_id and l.order_id = d.order_id and l.number = d.line
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
    left join delivery.parcels p on p.shop_id = d.shop_id and p.order_id = d.order_id and p.line = d.line
   where d.shop_id = ${p.viewerShop} and d.mode = 'shipping' and d.state in ('waiting', 'accepted', 'delivering')
   order by case when p.state = 'refused' then 0 when p.state is null then 1 else 2 end, d.promised_at, d.order_id limit ${p.limit}::int`,
);

export const photosOf = query(
  'delivery.parcel_photos_of',
  { line: t.int, sha256: t.bytes, kind: t.text, name: t.text, at: t.instant },
  (p: Key) => sql`
  select line, sha256, kind, name, at from delivery.parcel_photos where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} order by at`,
);

export const checksOfParcels = query(
  'delivery.parcel_checks_of',
  {
    line: t.int,
    stage: t.word<'signoff' | 'unboxing'>(),
    answers: t.json<Record<string, boolean | number>>(),
    photos: t.array(t.bytes),
    suggested: t.fen,
    at: t.instant,
  },
  (p: Key) => sql`
  select line, stage, answers, photos, suggested_fen as suggested, at from delivery.parcel_checks where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} order by line, number`,
);

export const claimsOf = query(
  'delivery.carrier_claims_of',
  { line: t.int, claimNo: t.text, note: t.text, at: t.instant },
  (p: Key) => sql`
  select line, claim_no, note, at from delivery.carrier_claims where shop_id = ${p.shopId} and order_id = ${p.viewerOrder} order by line, number`,
);
