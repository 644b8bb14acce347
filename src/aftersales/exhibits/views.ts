import { query, sql, t } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import type { Area, Stance } from './contract.ts';

type Key = { shopId: string; viewerCase: string };

/** Every exhibit of a case with the file behind it; who may see what of it is decided with shownTo. */
export const exhibitsShown = query(
  'aftersales.exhibits_shown',
  {
    number: t.int,
    by: t.text,
    byId: t.uuid.null,
    kind: t.word<ExhibitKind>(),
    caption: t.text,
    text: t.text,
    code: t.text,
    sha256: t.bytes,
    formedAt: t.instant.null,
    at: t.instant,
    audience: t.word<'parties' | 'platform'>(),
    redactionOf: t.int.null,
    fileId: t.uuid.null,
    name: t.text.null,
    type: t.text.null,
    size: t.int.null,
    width: t.int.null,
    height: t.int.null,
    source: t.word<'upload' | 'recording'>().null,
    camera: t.json<{
      takenAt: Instant | null;
      device: string | null;
      program: string | null;
      hasPlace: boolean;
    }>().null,
    fileAt: t.instant.null,
    original: t.bytes.null,
    view: t.bytes.null,
    thumb: t.bytes.null,
    /** How soon after it was formed the file itself came here. */
    uploadedAt: t.instant.null,
  },
  (p: Key) => sql`
  select e.number, e.by_kind as by, e.by_id, e.kind, e.caption, e.text, e.code, e.sha256, e.formed_at, e.at, e.audience, e.redaction_of,
         f.id as file_id, f.name, f.type, f.size_bytes as size, f.width, f.height, f.source, nullif(f.camera, 'null'::jsonb) as camera, f.formed_at as file_at,
         f.original, f.view, f.thumb, f.at as uploaded_at
    from aftersales.exhibits e left join aftersales.exhibit_files f on f.shop_id = e.shop_id and f.id = e.file_id
   where e.shop_id = ${p.shopId} and e.case_id = ${p.viewerCase} order by e.number`,
);

export const commentsOf = query(
  'aftersales.exhibit_comments_of',
  { exhibit: t.int, by: t.text, stance: t.word<Stance>(), text: t.text, at: t.instant },
  (p: Key) => sql`
  select exhibit, by_kind as by, stance, text, at from aftersales.exhibit_comments
   where shop_id = ${p.shopId} and case_id = ${p.viewerCase} order by exhibit, number`,
);

/** The words behind hashes of texts that were shown before a purchase; they are public. */
export const wordsOfTexts = query(
  'aftersales.words_of_texts',
  { hash: t.text, name: t.text, title: t.text, text: t.text, article: t.text },
  (p: { hashes: readonly string[] }) => sql`
  select hash, name, title, text, article from checkout.texts where hash = any(${[...p.hashes]}::text[])`,
);

/** The newest layer over each exhibit. */
export const layersOf = query(
  'aftersales.exhibit_layers_of',
  {
    exhibit: t.int,
    number: t.int,
    step: t.int.null,
    caption: t.text,
    areas: t.json<Area[]>(),
    sha256: t.bytes,
    at: t.instant,
  },
  (p: Key) => sql`
  select distinct on (exhibit) exhibit, number, step, caption, areas, sha256, at from aftersales.exhibit_layers
   where shop_id = ${p.shopId} and case_id = ${p.viewerCase} order by exhibit, number desc`,
);
