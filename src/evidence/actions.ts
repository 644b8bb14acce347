import { assert, must } from '../kit/assert.ts';
import type { Canonical } from '../kit/json.ts';
import { newId, platformId } from '../kit/ids.ts';
import { randomBytes } from '../kit/secret.ts';
import { send, type Tx } from '../kit/tx.ts';
import {
  commitmentOf,
  nonceBytes,
  payloadText,
  publicLeaf,
  saltBytes,
  saltedPayload,
  sealPayload,
  type Json,
} from './leaf.rules.ts';
import { insertEvents, lastEvents, type EventRows } from './store.ts';
import { sealingKeys } from './user-keys.actions.ts';

/** A fact to fix: about what (order, batch, listing, thread …), of which shop (platformId for the platform's own), done by whom. */
export type NewEvent = {
  readonly shopId: string;
  readonly about: string;
  readonly kind: string;
  readonly actor: string;
  readonly body: Json | Canonical;
  /** The person whose key seals the payload: erasing that person erases it. null: the platform's own key. */
  readonly keyOwner: string | null;
  /** Facts that stand readable in the public log beside the commitment: hashes and counts, never anything personal. */
  readonly publicFacts?: { readonly [key: string]: string | number };
};

/** `seq` counts per subject from 1. An event that is not a subject's first follows another one of the same call, else use recordNext. */
export type NumberedEvent = NewEvent & { readonly seq: number };

export type RecordedEvent = {
  readonly shopId: string;
  readonly about: string;
  readonly seq: number;
  readonly commitment: Buffer;
};

/**
 * Records facts of new subjects, in the given order, inside the fact's own transaction: one statement for all events and one pending row.
 * The write travels with the writes after it and the commit waits for it. The log takes them up after the commit; nothing waits for the log.
 */
export async function record(tx: Tx, events: readonly NumberedEvent[]): Promise<RecordedEvent[]> {
  return write(tx, events, new Map());
}

/** Records further facts of subjects that may have some already; the caller holds the subject's lock (the order's row), so their numbers are free. */
export async function recordNext(tx: Tx, events: readonly NewEvent[]): Promise<RecordedEvent[]> {
  if (events.length === 0) return [];
  const rows = await lastEvents(tx, {
    shopIds: events.map((event) => event.shopId),
    abouts: events.map((event) => event.about),
  });
  const last = new Map<string, Link>();
  events.forEach((event, i) => {
    const { seq, commitment } = must(rows[i], 'one row per subject asked');
    if (seq !== null && commitment !== null) last.set(subjectOf(event), { seq, commitment });
  });
  const taken = new Map([...last].map(([subject, link]) => [subject, link.seq]));
  const numbered = events.map((event) => {
    const seq = (taken.get(subjectOf(event)) ?? 0) + 1;
    taken.set(subjectOf(event), seq);
    return { ...event, seq };
  });
  return write(tx, numbered, last);
}

type Link = { readonly seq: number; readonly commitment: Buffer };
const subjectOf = (event: { shopId: string; about: string }): string => `${event.shopId}/${event.about}`;

async function write(
  tx: Tx,
  events: readonly NumberedEvent[],
  last: Map<string, Link>,
): Promise<RecordedEvent[]> {
  if (events.length === 0) return [];
  const keys = await sealingKeys(tx, events.map(ownerOf));
  // From here on nothing waits: all events are sealed in one stretch.
  const random = randomBytes(events.length * (saltBytes + nonceBytes));
  const payloads: Buffer[] = [];
  const recorded: RecordedEvent[] = [];
  const prevs = Buffer.alloc(events.some((event) => event.seq > 1) ? events.length * 32 : 0);
  const leaves = events.map((event, i): string | null => {
    const { shopId, about, seq, kind, actor, body } = event;
    const prev = seq === 1 ? null : linkBefore(event, last);
    if (prev) prevs.set(prev, i * 32);
    const at = i * (saltBytes + nonceBytes);
    const text = payloadText({ shopId, about, seq, prev, kind, at: tx.business, actor, body });
    const salted = saltedPayload(random.subarray(at, at + saltBytes), text);
    const commitment = commitmentOf(salted);
    const { extracted } = must(keys.get(ownerOf(event)), 'a key for every owner');
    payloads.push(
      sealPayload(extracted, event, salted, random.subarray(at + saltBytes, at + saltBytes + nonceBytes)),
    );
    recorded.push({ shopId, about, seq, commitment });
    if (seq > 1 || events.length > 1) last.set(subjectOf(event), { seq, commitment });
    return event.publicFacts ? publicLeaf(commitment, tx.business, kind, event.publicFacts) : null;
  });
  send(tx, insertEvents(tx, rowsOf(tx, events, recorded, payloads, prevs, leaves)));
  return recorded;
}

const ownerOf = (event: NewEvent): string => event.keyOwner ?? platformId;

function linkBefore(event: NumberedEvent, last: ReadonlyMap<string, Link>): Buffer {
  const link = last.get(subjectOf(event));
  assert(
    link && link.seq === event.seq - 1,
    `event ${event.seq} about ${event.about} follows number ${event.seq - 1}`,
  );
  return link.commitment;
}

function rowsOf(
  tx: Tx,
  events: readonly NumberedEvent[],
  recorded: readonly RecordedEvent[],
  payloads: readonly Buffer[],
  prevs: Buffer,
  leaves: readonly (string | null)[],
): EventRows {
  let end = 1;
  return {
    batch: newId(tx.wall),
    at: tx.business,
    shopIds: events.map((event) => event.shopId),
    abouts: events.map((event) => event.about),
    seqs: plainArray(events, (event) => event.seq),
    keyOwners: events.map(ownerOf),
    kinds: events.map((event) => event.kind),
    commitments: Buffer.concat(recorded.map((event) => event.commitment)),
    prevs,
    payloads: Buffer.concat(payloads),
    payloadFrom: plainArray(payloads, (payload) => (end += payload.length) - payload.length),
    payloadBytes: plainArray(payloads, (payload) => payload.length),
    publicLeaves: leaves.some((leaf) => leaf !== null) ? leaves : null,
  };
}

/** An array of ids or numbers as PostgreSQL's text. */
const plainArray = <T>(items: readonly T[], give: (item: T) => string | number): string =>
  `{${items.map(give).join(',')}}`;
