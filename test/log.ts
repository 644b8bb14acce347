import { deepEqual, equal, ok } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { record, type NumberedEvent } from '../src/evidence/actions.ts';
import { parseCheckpoint } from '../src/evidence/checkpoint.rules.ts';
import type { HeadStore } from '../src/evidence/head.store.ts';
import { publishedCheckpoint } from '../src/evidence/log.views.ts';
import { noteSigner, type NoteKey } from '../src/evidence/note.rules.ts';
import { parseTlogProof, provesEntry } from '../src/evidence/proof.rules.ts';
import type { Log } from '../src/evidence/sequencer.actions.ts';
import { proofOf } from '../src/evidence/reading.actions.ts';
import type { EventName } from '../src/evidence/reading.store.ts';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { reader, transaction, type Db } from '../src/kit/tx.ts';
import type { TestDatabase } from './database.ts';

/** A head in memory, with the same promise as a file's. */
export function memoryHead(note: string | null = null): HeadStore & { note: string | null } {
  const head = {
    note,
    read: async () => head.note,
    swap: async (expected: string | null, next: string) => {
      if (head.note !== expected) return false;
      head.note = next;
      return true;
    },
  };
  return head;
}

/** A log of its own on a test database: `sequenceAll(log)` puts everything recorded under a signed checkpoint. */
export const testLog = (db: Db): Log & { head: ReturnType<typeof memoryHead> } => ({
  db,
  signer: noteSigner('demo.example/log', generateKeyPairSync('ed25519').privateKey),
  head: memoryHead(),
});

export const recordIn = (on: Db, events: readonly NumberedEvent[]) =>
  transaction(on, (tx) => record(tx, events));

/** A silent purchase of a new order in a shop of its own, unless something else is given. */
export function aPurchase(
  given: Partial<NumberedEvent> & { wall: Parameters<typeof newId>[0] },
): NumberedEvent {
  const { wall, ...rest } = given;
  const about = newId(wall);
  return {
    shopId: newId(wall),
    about,
    seq: 1,
    kind: 'order.purchased',
    actor: 'buyer',
    body: { total: '1999', about },
    keyOwner: newId(wall),
    ...rest,
  };
}

/**
 * Every event has its leaf, at one index without holes, and a proof that leads from it to the published checkpoint; answers how many.
 * Reads the tables as the owner, past the program's own queries.
 */
export async function proveEverything(
  { db, asOwner }: Pick<TestDatabase, 'db' | 'asOwner'>,
  key: NoteKey,
): Promise<number> {
  const on = await reader(db);
  const events = (await asOwner(
    'select shop_id as "shopId", about, seq, commitment from evidence.events',
  )) as unknown as (EventName & { commitment: Buffer })[];
  const places = await asOwner(
    'select b.first + e.place - 1 as index from evidence.events e join evidence.batches b on b.id = e.batch order by 1',
  );
  deepEqual(
    places.map((place) => Number(place['index'])),
    events.map((_, i) => i),
  );
  const { size, note } = must(await publishedCheckpoint(on), 'a published checkpoint');
  equal(size, events.length);
  const [newest] = await asOwner('select root from evidence.checkpoints order by size desc limit 1');
  deepEqual(parseCheckpoint(note)?.root, newest?.['root']);
  for (const event of events) {
    const proof = await proofOf(on, event);
    ok(proof.ok, JSON.stringify(proof));
    const leaf = Buffer.from(proof.value.leaf);
    ok(provesEntry(must(parseTlogProof(proof.value.tlogProof), 'a proof'), leaf, key));
    equal((JSON.parse(proof.value.leaf) as { c: string }).c, event.commitment.toString('base64'));
  }
  return events.length;
}

/** Waits until something holds, as a user would: by looking again. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to hold within 7.5 s');
}
