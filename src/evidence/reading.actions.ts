import type { Queryable } from '../kit/sql.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Tx } from '../kit/tx.ts';
import { openSealed } from './leaf.rules.ts';
import { lightsFrom, type Light } from './lights.rules.ts';
import { entriesAt, proofFromTiles, publishedCheckpoint } from './log.views.ts';
import { inclusionRanges } from './merkle.rules.ts';
import { spicyText, tlogProofText } from './proof.rules.ts';
import { leafIndex, litKinds, sealedPayloads, type EventName, type Subject } from './reading.store.ts';
import { openUserKeys } from './user-keys.actions.ts';

// Evidence does not know whose an order is: what is read here is named by ids, and the caller (orders, app) has decided who may look.

/** The four lights of each order, in the order asked (F065): pending while any record of the slot is not in the signed log yet. */
export async function lightsOf(on: Queryable, orders: readonly Subject[]): Promise<Light[][]> {
  const rows = await litKinds(on, {
    shopIds: orders.map((order) => order.shopId),
    abouts: orders.map((order) => order.about),
  });
  return orders.map((order) =>
    lightsFrom(rows.filter((row) => row.shopId === order.shopId && row.about === order.about)),
  );
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
