import { query, sql, t, type Queryable } from '../kit/sql.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { slots, type LightState, type Slot } from './contract.ts';
import { openSealed, slotsOf } from './leaf.rules.ts';
import { entriesAt, proofFromTiles, publishedCheckpoint } from './log.views.ts';
import { inclusionRanges } from './merkle.rules.ts';
import { spicyText, tlogProofText } from './proof.rules.ts';
import { openUserKeys } from './user-keys.actions.ts';

// Evidence does not know whose an order is: these views take ids, and the caller (orders, app) has decided who may look.

export type Subject = { readonly shopId: string; readonly about: string };
export type EventName = Subject & { readonly seq: number };

export type EventRow = EventName & {
  readonly kind: string;
  readonly at: Instant;
  readonly commitment: Buffer;
  readonly index: number | null;
  readonly fixed: boolean;
};

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
  select e.shop_id, e.about, e.seq, e.kind, e.at, e.commitment, l.index,
         coalesce(l.index < (select max(size) from evidence.notes), false) as fixed
    from unnest(${p.shopIds}::uuid[], ${p.abouts}::uuid[]) as s(shop_id, about)
    join evidence.events e using (shop_id, about)
    left join evidence.leaves l on l.shop_id = e.shop_id and l.about = e.about and l.seq = e.seq
   order by e.shop_id, e.about, e.seq`,
);

export type Light = {
  readonly slot: Slot;
  readonly state: LightState;
  readonly count: number;
  readonly at: Instant | null;
  readonly index: number | null;
};

/** The four lights of each order, in the order asked (F065): pending while any record of the slot is not in the signed log yet. */
export async function lightsOf(on: Queryable, orders: readonly Subject[]): Promise<Light[][]> {
  const rows = await eventsOf(on, {
    shopIds: orders.map((order) => order.shopId),
    abouts: orders.map((order) => order.about),
  });
  return orders.map((order) =>
    lightsFrom(rows.filter((row) => row.shopId === order.shopId && row.about === order.about)),
  );
}

/** The lights that these events turn on. Events are in the order of their time. */
export function lightsFrom(events: readonly Pick<EventRow, 'kind' | 'at' | 'index' | 'fixed'>[]): Light[] {
  return slots.map((slot) => {
    const own = events.filter((event) => slotsOf(event.kind).includes(slot));
    const newest = own.at(-1);
    const state = !newest ? 'none' : own.every((event) => event.fixed) ? 'fixed' : 'pending';
    const logged = own.findLast((event) => event.fixed);
    return { slot, state, count: own.length, at: newest?.at ?? null, index: logged?.index ?? null };
  });
}

export type Proof = {
  readonly index: number;
  /** Size of the tree of the checkpoint that the proof leads to. */
  readonly size: number;
  readonly leaf: string;
  readonly checkpoint: string;
  readonly tlogProof: string;
  readonly spicy: string;
};

const leafIndex = query(
  'evidence.leaf_index',
  { index: t.int.null },
  (p: EventName) => sql`
  select l.index from evidence.events e
    left join evidence.leaves l on l.shop_id = e.shop_id and l.about = e.about and l.seq = e.seq
   where e.shop_id = ${p.shopId}::uuid and e.about = ${p.about}::uuid and e.seq = ${p.seq}::int`,
);

/**
 * Everything that proves one event to somebody who does not trust us: its leaf, and the path to the newest published checkpoint.
 * EVIDENCE_NOT_FOUND: no such event. EVIDENCE_PENDING: no published checkpoint covers it yet.
 */
export async function proofOf(
  on: Queryable,
  event: EventName,
): Promise<Result<Proof, 'EVIDENCE_NOT_FOUND' | 'EVIDENCE_PENDING'>> {
  const [[row], checkpoint] = await Promise.all([leafIndex(on, event), publishedCheckpoint(on)]);
  if (!row) return refuse('EVIDENCE_NOT_FOUND');
  const { index } = row;
  if (index === null || !checkpoint || index >= checkpoint.size) return refuse('EVIDENCE_PENDING');
  const [proof, [leaf]] = await Promise.all([
    proofFromTiles(on, inclusionRanges(index, checkpoint.size)),
    entriesAt(on, [index]),
  ]);
  const parts = { index, proof, checkpoint: checkpoint.note };
  return done({
    index,
    size: checkpoint.size,
    leaf: String(leaf),
    checkpoint: checkpoint.note,
    tlogProof: tlogProofText(parts),
    spicy: spicyText(parts),
  });
}

const sealedPayloads = query(
  'evidence.sealed_payloads',
  { payload: t.bytes.null, keyOwner: t.uuid.null },
  (p: { shopIds: readonly string[]; abouts: readonly string[]; seqs: readonly number[] }) => sql`
  select e.payload, e.key_owner
    from unnest(${p.shopIds}::uuid[], ${p.abouts}::uuid[], ${p.seqs}::int[]) with ordinality as w(shop_id, about, seq, n)
    left join evidence.events e on e.shop_id = w.shop_id and e.about = w.about and e.seq = w.seq
   order by w.n`,
);

export type OpenPayload = { readonly payload: string; readonly salt: Buffer; readonly commitment: Buffer };

/**
 * The contents of events, in the order asked. EVIDENCE_NOT_FOUND: no such event. EVIDENCE_ERASED: the key of its owner was erased, and nobody can read it.
 */
export async function openPayloads(
  on: Tx,
  events: readonly EventName[],
): Promise<Result<OpenPayload, 'EVIDENCE_NOT_FOUND' | 'EVIDENCE_ERASED'>[]> {
  const rows = await sealedPayloads(on, {
    shopIds: events.map((event) => event.shopId),
    abouts: events.map((event) => event.about),
    seqs: events.map((event) => event.seq),
  });
  const keys = await openUserKeys(
    on,
    rows.flatMap((row) => row.keyOwner ?? []),
  );
  return events.map((event, i) => {
    const row = rows[i];
    if (!row?.payload || !row.keyOwner) return refuse('EVIDENCE_NOT_FOUND');
    const key = keys.get(row.keyOwner);
    return key ? done(openSealed(key, event, row.payload)) : refuse('EVIDENCE_ERASED');
  });
}
