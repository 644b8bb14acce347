import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';

type Place = { shopId: string; orderId: string; line: number; place: number };

/** One code for each unit: whoever asks first makes it. */
export const insertTag = statement(
  'delivery.insert_provenance_tag',
  (p: Place & { tag: string; at: Instant }) => sql`
  insert into delivery.provenance_tags (tag, shop_id, order_id, line, place, at)
  values (${p.tag}, ${p.shopId}, ${p.orderId}, ${p.line}::smallint, ${p.place}::int, ${ts(p.at)}::timestamptz)
  on conflict (shop_id, order_id, line, place) do nothing`,
);

export const tagOf = query(
  'delivery.provenance_tag_of',
  { tag: t.text },
  (p: Place) => sql`
  select tag from delivery.provenance_tags where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint and place = ${p.place}::int`,
);
