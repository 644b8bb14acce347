import { query, sql, t } from '../kit/sql.ts';

/** What events are about: an order (or a batch, a listing, a thread …) of a shop. */
export type Subject = { readonly shopId: string; readonly about: string };
export type EventName = Subject & { readonly seq: number };

const fixed = sql`coalesce(b.first + e.place <= (select max(size) from evidence.notes), false)`;
/** All events of some subjects in their order. `fixed`: under a signed and published checkpoint. */
export const eventsOf = query(
  'evidence.events_of',
  {
    shopId: t.uuid,
    about: t.uuid,
    seq: t.int,
    kind: t.text,
    at: t.instant,
    commitment: t.bytes,
    index: t.int.null,
    fixed: t.bool,
  },
  (p: { shopIds: readonly string[]; abouts: readonly string[] }) => sql`
  select e.shop_id, e.about, e.seq, e.kind, e.at, e.commitment, b.first + e.place - 1 as index, ${fixed} as fixed
    from unnest(${p.shopIds}::uuid[], ${p.abouts}::uuid[]) as s(shop_id, about)
    join evidence.events e using (shop_id, about)
    left join evidence.batches b on b.id = e.batch
   order by e.shop_id, e.about, e.seq`,
);

/** The kinds of events of some subjects. `fixed`: all of them; `index`: the last leaf of those that are. */
export const litKinds = query(
  'evidence.lit_kinds',
  {
    shopId: t.uuid,
    about: t.uuid,
    kind: t.text,
    count: t.int,
    at: t.instant,
    index: t.int.null,
    fixed: t.bool,
  },
  (p: { shopIds: readonly string[]; abouts: readonly string[] }) => sql`
  select e.shop_id, e.about, e.kind, count(*)::int as count, max(e.at) as at, max(e.index) filter (where e.fixed)::int as index, bool_and(e.fixed) as fixed
    from (select e.*, b.first + e.place - 1 as index, ${fixed} as fixed
            from unnest(${p.shopIds}::uuid[], ${p.abouts}::uuid[]) as s(shop_id, about)
            join evidence.events e using (shop_id, about)
            left join evidence.batches b on b.id = e.batch) e
   group by e.shop_id, e.about, e.kind`,
);

export const leafIndex = query(
  'evidence.leaf_index',
  { index: t.int.null },
  (p: EventName) => sql`
  select b.first + e.place - 1 as index from evidence.events e left join evidence.batches b on b.id = e.batch
   where e.shop_id = ${p.shopId}::uuid and e.about = ${p.about}::uuid and e.seq = ${p.seq}::int`,
);

export const sealedPayloads = query(
  'evidence.sealed_payloads',
  { payload: t.bytes.null, keyOwner: t.uuid.null },
  (p: { shopIds: readonly string[]; abouts: readonly string[]; seqs: readonly number[] }) => sql`
  select e.payload, e.key_owner
    from unnest(${p.shopIds}::uuid[], ${p.abouts}::uuid[], ${p.seqs}::int[]) with ordinality as w(shop_id, about, seq, n)
    left join evidence.events e on e.shop_id = w.shop_id and e.about = w.about and e.seq = w.seq
   order by w.n`,
);
