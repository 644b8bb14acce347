import { createPublicKey } from 'node:crypto';
import { must } from '../kit/assert.ts';
import { reader, type Db, type Reader } from '../kit/tx.ts';
import { entriesAt, proofFromTiles, publishedCheckpoint } from './log.views.ts';
import type { BundledEvent, LogHead, RecordLine } from './bundle.rules.ts';
import { inclusionRanges } from './merkle.rules.ts';
import { parseNote, vkeyOf } from './note.rules.ts';
import { spicyText, tlogProofText } from './proof.rules.ts';
import { openPayloads } from './reading.actions.ts';
import { eventsOf, type Subject } from './reading.store.ts';
import { logKeyOf } from './verification.actions.ts';

/** The newest published tree; undefined before the first. */
export async function logHead(db: Db): Promise<LogHead | undefined> {
  const published = await publishedCheckpoint(await reader(db));
  if (!published) return undefined;
  const key = logKeyOf(db);
  const note = must(parseNote(published.note), 'what was published is a note');
  const own = must(
    note.signatures.find((one) => one.name === key.name && one.keyId.equals(key.id)),
    'the log signed its checkpoint',
  );
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') };
  return {
    size: published.size,
    checkpoint: published.note,
    vkey: vkeyOf(key),
    publicKeyPem: String(
      createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
    ),
    signedText: note.text,
    signature: own.signature,
  };
}

const atOnce = 50;

/** All events of the subjects in their order, each with its proof to the same tree. Who may have them, the caller has decided. */
export async function* bundledEvents(
  on: Reader,
  head: LogHead | undefined,
  subjects: readonly Subject[],
): AsyncGenerator<BundledEvent> {
  for (const subject of subjects) {
    const rows = await eventsOf(on, { shopIds: [subject.shopId], abouts: [subject.about] });
    for (let from = 0; from < rows.length; from += atOnce) {
      const part = rows.slice(from, from + atOnce);
      const opened = await openPayloads(on, part);
      for (const [i, row] of part.entries()) {
        const answer = opened[i];
        const content = answer?.ok ? { payload: answer.value.payload, salt: answer.value.salt } : null;
        yield {
          shopId: row.shopId,
          about: row.about,
          seq: row.seq,
          kind: row.kind,
          at: row.at,
          commitment: row.commitment,
          content,
          proof: await proofIn(on, head, row.index),
        };
      }
    }
  }
}

async function proofIn(
  on: Reader,
  head: LogHead | undefined,
  index: number | null,
): Promise<BundledEvent['proof']> {
  if (!head || index === null || index >= head.size) return null;
  const [proof, [leaf]] = await Promise.all([
    proofFromTiles(on, inclusionRanges(index, head.size)),
    entriesAt(on, [index]),
  ]);
  const parts = { index, proof, checkpoint: head.checkpoint };
  return { index, leaf: String(leaf), tlogProof: tlogProofText(parts), spicy: spicyText(parts) };
}

/** The events of subjects without their contents: the index of what is on record. */
export async function recordsOf(on: Reader, subjects: readonly Subject[]): Promise<RecordLine[]> {
  const rows = await eventsOf(on, {
    shopIds: subjects.map((one) => one.shopId),
    abouts: subjects.map((one) => one.about),
  });
  return rows.map(({ shopId, about, seq, kind, at, commitment, fixed, index }) => ({
    shopId,
    about,
    seq,
    kind,
    at,
    commitment: commitment.toString('base64'),
    index: fixed ? index : null,
  }));
}
