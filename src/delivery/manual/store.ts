import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

type Places = { shops: string[]; orders: string[]; lines: number[]; places: number[]; versions: number[] };

export const insertContents = statement(
  'delivery.insert_contents',
  (p: Places & { buyers: string[]; sealed: Buffer[]; by: string; at: Instant }) => sql`
  insert into delivery.contents (shop_id, order_id, line, place, version, buyer_id, sealed, by_id, at)
  select x.*, ${p.by}::uuid, ${ts(p.at)}::timestamptz
    from unnest(${p.shops}::uuid[], ${p.orders}::uuid[], ${p.lines}::smallint[], ${p.places}::smallint[], ${p.versions}::smallint[], ${p.buyers}::uuid[], ${p.sealed}::bytea[]) as x`,
);

export const contentShape = {
  line: t.int,
  place: t.int,
  version: t.int,
  buyerId: t.uuid,
  sealed: t.bytes,
  byId: t.uuid,
  at: t.instant,
  revealedAt: t.instant.null,
  reveals: t.int,
};

/** The contents of an order that the caller has locked, newest version last. */
export const readContents = query(
  'delivery.read_contents',
  contentShape,
  (p: { shopId: string; orderId: string }) => sql`
  select c.line, c.place, c.version, c.buyer_id, c.sealed, c.by_id, c.at, c.revealed_at, c.reveals
    from delivery.contents c where c.shop_id = ${p.shopId} and c.order_id = ${p.orderId} order by c.line, c.place, c.version`,
);

type Place = { shopId: string; orderId: string; line: number; place: number; version: number };

export const countReveal = statement(
  'delivery.count_content_reveal',
  (p: Place & { revealedAt: Instant; reveals: number }) => sql`
  update delivery.contents set revealed_at = ${ts(p.revealedAt)}::timestamptz, reveals = ${p.reveals}
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line} and place = ${p.place} and version = ${p.version}`,
);

export const insertContentReveal = statement(
  'delivery.insert_content_reveal',
  (p: Place & { nth: number; userId: string; device: Buffer; address: Buffer; at: Instant }) => sql`
  insert into delivery.content_reveals (shop_id, order_id, line, place, version, nth, user_id, device_hash, address_hash, at)
  values (${p.shopId}, ${p.orderId}, ${p.line}, ${p.place}, ${p.version}, ${p.nth}, ${p.userId}, ${p.device}, ${p.address}, ${ts(p.at)}::timestamptz)`,
);
