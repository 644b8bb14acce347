import { json, query, sql, statement, t, ts, tsAll } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Carrier, TrackKind } from './contract.ts';
import type { ParcelState } from './machine.ts';
import type { Parcel, Track } from './rules.ts';

export const parcelShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  state: t.word<ParcelState>(),
  carrier: t.word<Carrier>(),
  tracking: t.text,
  shippedAt: t.instant,
  shippedBy: t.uuid,
  movedAt: t.instant,
  askedAt: t.instant,
  signedAt: t.instant.null,
  refusedAt: t.instant.null,
  refusedWhy: t.text,
  answeredAt: t.instant.null,
  returnedAt: t.instant.null,
  endedAt: t.instant.null,
};
export const parcelColumns = sql`
  p.shop_id, p.order_id, p.line, p.state, p.carrier, p.tracking, p.shipped_at, p.shipped_by, p.moved_at, p.asked_at, p.signed_at, p.refused_at, p.refused_why, p.answered_at,
  p.returned_at, p.ended_at`;

type Key = { shopId: string; orderId: string; line: number };

export const putParcel = statement(
  'delivery.put_parcel',
  (p: Parcel) => sql`
  insert into delivery.parcels as x (shop_id, order_id, line, state, carrier, tracking, shipped_at, shipped_by, moved_at, asked_at, signed_at, refused_at, refused_why, answered_at, returned_at, ended_at)
  values (${p.shopId}, ${p.orderId}, ${p.line}::smallint, ${p.state}, ${p.carrier}, ${p.tracking}, ${ts(p.shippedAt)}::timestamptz, ${p.shippedBy}, ${ts(p.movedAt)}::timestamptz,
          ${ts(p.askedAt)}::timestamptz, ${ts(p.signedAt)}::timestamptz, ${ts(p.refusedAt)}::timestamptz, ${p.refusedWhy}, ${ts(p.answeredAt)}::timestamptz,
          ${ts(p.returnedAt)}::timestamptz, ${ts(p.endedAt)}::timestamptz)
  on conflict (shop_id, order_id, line) do update
     set state = excluded.state, carrier = excluded.carrier, tracking = excluded.tracking, moved_at = excluded.moved_at, asked_at = excluded.asked_at, signed_at = excluded.signed_at,
         refused_at = excluded.refused_at, refused_why = excluded.refused_why, answered_at = excluded.answered_at, returned_at = excluded.returned_at, ended_at = excluded.ended_at`,
);

/** The parcels of an order whose row the caller has locked (holdLines). */
export const readParcels = query(
  'delivery.read_parcels',
  parcelShape,
  (p: { shopId: string; orderId: string }) => sql`
  select ${parcelColumns} from delivery.parcels p where p.shop_id = ${p.shopId} and p.order_id = ${p.orderId} order by p.line`,
);

export const insertTracks = statement(
  'delivery.insert_tracks',
  (p: Key & { list: readonly Track[]; at: Instant }) => sql`
  insert into delivery.parcel_events (shop_id, order_id, line, at, kind, said, heard_at)
  select ${p.shopId}::uuid, ${p.orderId}::uuid, ${p.line}::smallint, x.at, x.kind, x.said, ${ts(p.at)}::timestamptz
    from unnest(${tsAll(p.list.map((one) => one.at))}::timestamptz[], ${p.list.map((one) => one.kind)}::text[], ${p.list.map((one) => one.said)}::text[]) as x(at, kind, said)
  on conflict do nothing`,
);

export const readTracks = query(
  'delivery.read_tracks',
  { line: t.int, at: t.instant, kind: t.word<TrackKind>(), said: t.text },
  (p: { shopId: string; orderId: string }) => sql`
  select line, at, kind, said from delivery.parcel_events where shop_id = ${p.shopId} and order_id = ${p.orderId} order by line, at`,
);

export const insertPhoto = statement(
  'delivery.insert_parcel_photo',
  (p: Key & { sha256: Buffer; kind: string; name: string; byId: string; at: Instant }) => sql`
  insert into delivery.parcel_photos (shop_id, order_id, line, sha256, kind, name, by_id, at)
  values (${p.shopId}, ${p.orderId}, ${p.line}::smallint, ${p.sha256}, ${p.kind}, ${p.name}, ${p.byId}, ${ts(p.at)}::timestamptz) on conflict do nothing`,
);

export const insertCheck = statement(
  'delivery.insert_parcel_check',
  (
    p: Key & {
      stage: string;
      answers: Readonly<Record<string, boolean | number>>;
      photos: readonly Buffer[];
      suggested: bigint;
      byId: string;
      at: Instant;
    },
  ) => sql`
  insert into delivery.parcel_checks (shop_id, order_id, line, number, stage, answers, photos, suggested_fen, by_id, at)
  select ${p.shopId}::uuid, ${p.orderId}::uuid, ${p.line}::smallint,
         coalesce((select max(c.number) from delivery.parcel_checks c where c.shop_id = ${p.shopId} and c.order_id = ${p.orderId} and c.line = ${p.line}), 0) + 1,
         ${p.stage}, ${json(p.answers)}::jsonb, ${[...p.photos]}::bytea[], ${p.suggested}::bigint, ${p.byId}::uuid, ${ts(p.at)}::timestamptz`,
);

export const insertClaim = query(
  'delivery.insert_carrier_claim',
  { number: t.int },
  (p: Key & { claimNo: string; note: string; byId: string; at: Instant }) => sql`
  insert into delivery.carrier_claims (shop_id, order_id, line, number, claim_no, note, by_id, at)
  select ${p.shopId}::uuid, ${p.orderId}::uuid, ${p.line}::smallint,
         coalesce((select max(c.number) from delivery.carrier_claims c where c.shop_id = ${p.shopId} and c.order_id = ${p.orderId} and c.line = ${p.line}), 0) + 1,
         ${p.claimNo}, ${p.note}, ${p.byId}::uuid, ${ts(p.at)}::timestamptz
  returning number`,
);
