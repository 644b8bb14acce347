import { query, sql, t } from '../../kit/sql.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import { externalColumns, externalShape } from './store.ts';

type Key = { shopId: string; viewerOrder: string };

/** What was taken outside about an order; the caller has decided that the viewer may see it. */
export const externalsOf = query(
  'aftersales.externals_of',
  externalShape,
  (p: Key) => sql`
  select ${externalColumns} from aftersales.external_records x where x.shop_id = ${p.shopId} and x.order_id = ${p.viewerOrder} order by x.filed_at, x.id`,
);

/** Files that were put beside an order, in its conversation and its cases: the originals by their hashes, and the copies that everybody sees. */
export const filesOf = query(
  'aftersales.files_of',
  {
    id: t.uuid,
    byId: t.uuid,
    name: t.text,
    type: t.text,
    original: t.bytes,
    view: t.bytes.null,
    at: t.instant,
    place: t.word<'conversation' | 'exhibit'>(),
  },
  (p: Key) => sql`
  select a.id, a.by_id, a.name, a.type, a.original, a.view, a.at, 'conversation' as place from messaging.attachments a where a.shop_id = ${p.shopId} and a.order_id = ${p.viewerOrder}
  union all
  select f.id, f.by_id, f.name, f.type, f.original, f.view, f.at, 'exhibit' as place from aftersales.exhibit_files f where f.shop_id = ${p.shopId} and f.order_id = ${p.viewerOrder}
   order by at, id`,
);

/** What was shown in a case. `audience` platform: it holds somebody's secrets, and the other side has the copy without them. */
export const shownIn = query(
  'aftersales.shown_in',
  {
    number: t.int,
    by: t.text,
    kind: t.word<ExhibitKind>(),
    caption: t.text,
    text: t.text,
    sha256: t.bytes,
    audience: t.word<'parties' | 'platform'>(),
    fileId: t.uuid.null,
    formedAt: t.instant.null,
    at: t.instant,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select e.number, e.by_kind as by, e.kind, e.caption, e.text, e.sha256, e.audience, e.file_id, e.formed_at, e.at
    from aftersales.exhibits e where e.shop_id = ${p.shopId} and e.case_id = ${p.viewerCase} order by e.number`,
);

/** Places whose code two people opened in one of these cases (aftersales/exhibits). */
export const wholeKeysOf = query(
  'aftersales.whole_keys_of',
  { line: t.int, place: t.int },
  (p: { shopId: string; viewerCases: readonly string[] }) => sql`
  select c.line, u.place from aftersales.unsealings u join aftersales.cases c on c.shop_id = u.shop_id and c.id = u.case_id
   where u.shop_id = ${p.shopId} and u.case_id = any(${p.viewerCases}::uuid[]) and u.granted = 'whole' and u.state in ('granted', 'shown')`,
);
