import { bare, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const insertAttachment = statement(
  'messaging.insert_attachment',
  (p: {
    shopId: string;
    id: string;
    orderId: string;
    byId: string;
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    original: Buffer;
    view: Buffer | null;
    thumb: Buffer | null;
    at: Instant;
  }) => sql`
  insert into messaging.attachments (shop_id, id, order_id, by_id, name, type, size_bytes, width, height, original, view, thumb, at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.byId}, ${p.name}, ${p.type}, ${p.size}, ${p.width}, ${p.height}, ${p.original}, ${p.view},
          ${p.thumb}, ${ts(p.at)}::timestamptz)`,
);

export const countFiles = query(
  'messaging.count_files',
  { lately: t.int },
  (p: { shopId: string; orderId: string; byId: string; since: string }) => sql`
  select count(*) as lately from messaging.attachments
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and by_id = ${p.byId}::uuid and id >= ${p.since}::uuid`,
);

/** Files of a conversation by their ids. */
export const readAttachments = query(
  'messaging.read_attachments',
  {
    id: t.uuid,
    byId: t.uuid,
    name: t.text,
    type: t.text,
    size: t.int,
    width: t.int.null,
    height: t.int.null,
    original: t.bytes,
    view: t.bytes.null,
    thumb: t.bytes.null,
  },
  (p: { shopId: string; orderId: string; ids: readonly string[] }) => sql`
  select id, by_id, name, type, size_bytes as size, width, height, original, view, thumb from messaging.attachments
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and id = any(${bare(p.ids)}::uuid[])`,
);
