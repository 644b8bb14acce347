import { bare, json, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Camera } from '../../kit/picture.ts';
import type { Area } from './contract.ts';

export const insertFile = statement(
  'aftersales.insert_exhibit_file',
  (p: {
    shopId: string;
    id: string;
    orderId: string;
    byKind: string;
    byId: string;
    source: string;
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    original: Buffer;
    view: Buffer | null;
    thumb: Buffer | null;
    camera: Camera | null;
    formedAt: Instant | null;
    at: Instant;
  }) => sql`
  insert into aftersales.exhibit_files (shop_id, id, order_id, by_kind, by_id, source, name, type, size_bytes, width, height, original, view, thumb, camera, formed_at, at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.byKind}, ${p.byId}, ${p.source}, ${p.name}, ${p.type}, ${p.size}, ${p.width}, ${p.height}, ${p.original}, ${p.view}, ${p.thumb},
          ${json(p.camera)}::jsonb, ${ts(p.formedAt)}::timestamptz, ${ts(p.at)}::timestamptz)`,
);

export const countFiles = query(
  'aftersales.count_exhibit_files',
  { lately: t.int },
  (p: { shopId: string; orderId: string; byId: string; since: string }) => sql`
  select count(*) as lately from aftersales.exhibit_files
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and by_id = ${p.byId}::uuid and id >= ${p.since}::uuid`,
);

/** Files that one side put beside an order, by their ids. */
export const filesNamed = query(
  'aftersales.exhibit_files_named',
  {
    id: t.uuid,
    sha256: t.bytes,
    name: t.text,
    type: t.text,
    source: t.word<'upload' | 'recording'>(),
    formedAt: t.instant.null,
  },
  (p: { orderId: string; byKind: string; ids: readonly string[] }) => sql`
  select f.id, f.original as sha256, f.name, f.type, f.source, f.formed_at
    from aftersales.exhibit_files f
   where f.order_id = ${p.orderId} and f.by_kind = ${p.byKind} and f.id = any(${bare(p.ids)}::uuid[])`,
);

/** What a side has shown for the platform only, so that a copy can redact it. */
export const ownHidden = query(
  'aftersales.own_hidden_exhibits',
  { number: t.int },
  (p: { shopId: string; caseId: string; side: string }) => sql`
  select number from aftersales.exhibits
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and by_kind = ${p.side} and audience = 'platform'`,
);

/** One exhibit of a locked case, with how much hangs on it. */
export const exhibitOf = query(
  'aftersales.exhibit_of',
  {
    number: t.int,
    by: t.text,
    sha256: t.bytes,
    audience: t.word<'parties' | 'platform'>(),
    comments: t.int,
    layers: t.int,
  },
  (p: { shopId: string; caseId: string; number: number; side: string }) => sql`
  select e.number, e.by_kind as by, e.sha256, e.audience,
         (select count(*) from aftersales.exhibit_comments c where c.shop_id = e.shop_id and c.case_id = e.case_id and c.exhibit = e.number and c.by_kind = ${p.side}) as comments,
         (select count(*) from aftersales.exhibit_layers l where l.shop_id = e.shop_id and l.case_id = e.case_id and l.exhibit = e.number) as layers
    from aftersales.exhibits e where e.shop_id = ${p.shopId} and e.case_id = ${p.caseId} and e.number = ${p.number}::int`,
);

export const insertComment = statement(
  'aftersales.insert_exhibit_comment',
  (p: {
    shopId: string;
    caseId: string;
    exhibit: number;
    side: string;
    byId: string;
    stance: string;
    text: string;
    at: Instant;
  }) => sql`
  insert into aftersales.exhibit_comments (shop_id, case_id, exhibit, number, by_kind, by_id, stance, text, at)
  select ${p.shopId}::uuid, ${p.caseId}::uuid, ${p.exhibit}::int, coalesce(max(c.number), 0) + 1, ${p.side}, ${p.byId}::uuid, ${p.stance}, ${p.text}, ${ts(p.at)}::timestamptz
    from aftersales.exhibit_comments c where c.shop_id = ${p.shopId}::uuid and c.case_id = ${p.caseId}::uuid and c.exhibit = ${p.exhibit}::int`,
);

export const insertLayer = statement(
  'aftersales.insert_exhibit_layer',
  (p: {
    shopId: string;
    caseId: string;
    exhibit: number;
    number: number;
    byId: string;
    step: number | null;
    caption: string;
    areas: readonly Area[];
    sha256: Buffer;
    at: Instant;
  }) => sql`
  insert into aftersales.exhibit_layers (shop_id, case_id, exhibit, number, by_id, step, caption, areas, sha256, at)
  values (${p.shopId}, ${p.caseId}, ${p.exhibit}::int, ${p.number}::int, ${p.byId}, ${p.step}::smallint, ${p.caption}, ${json(p.areas)}::jsonb, ${p.sha256}, ${ts(p.at)}::timestamptz)`,
);
