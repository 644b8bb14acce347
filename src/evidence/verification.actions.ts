import { must } from '../kit/assert.ts';
import type { Queryable } from '../kit/sql.ts';
import { reader, type Db } from '../kit/tx.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import { entriesAt, proofFromTiles, publishedCheckpoint } from './log.views.ts';
import { consistencyRanges } from './merkle.rules.ts';
import type { NoteKey } from './note.rules.ts';
import {
  checksOf,
  leafFacts,
  readReceipt,
  witnessesOf,
  type Check,
  type Content,
  type Receipt,
  type Today,
} from './verification.rules.ts';

const keys = new WeakMap<Db, NoteKey>();

/** Says which key signs the log of this database; called once at the start. */
export function installLogKey(db: Db, key: NoteKey): void {
  keys.set(db, key);
}

/** The key that signs the log of this database. */
export const logKeyOf = (db: Db): NoteKey => must(keys.get(db), 'the key of the log is installed');

/**
 * Checks a receipt as anybody could without us: read it, follow the proof from the leaf to the root, check the signature, and check that
 * the log of today continues the tree of the receipt. What cannot be read is a bad receipt and not an error.
 */
export async function checkAgainstLog(
  db: Db,
  p: { proof: string; leaf?: string | undefined; content?: Content | undefined },
) {
  const receipt = readReceipt(p.proof);
  if (!receipt) return { ...unread, checks: [{ name: 'receipt', state: 'bad' }] satisfies Check[] };
  const on = await reader(db);
  const key = logKeyOf(db);
  const today = await todayOf(on, receipt);
  const leaf = p.leaf?.trim() || (await leafOf(on, receipt, today));
  const checks = checksOf({ receipt, leaf, content: p.content, key, today });
  return {
    good: checks.every((check) => check.state !== 'bad'),
    checks,
    index: receipt.proof.index,
    size: receipt.checkpoint.size,
    root: Buffer.from(receipt.checkpoint.root).toString('base64'),
    steps: receipt.proof.proof.length,
    origin: receipt.checkpoint.origin,
    leaf,
    at: (leaf === null ? null : leafFacts(leaf)?.at) ?? null,
    witnesses: witnessesOf(receipt.proof, key),
    logSize: today?.checkpoint.size ?? null,
  };
}

const unread = {
  good: false,
  index: null,
  size: null,
  root: null,
  steps: null,
  origin: null,
  leaf: null,
  at: null,
  witnesses: 0,
  logSize: null,
};

/** The newest published tree; null when it is smaller than that of the receipt, which no honest log is. */
async function todayOf(on: Queryable, { checkpoint }: Receipt): Promise<Today | null> {
  const published = await publishedCheckpoint(on);
  const newest = published && parseCheckpoint(published.note);
  if (!newest || newest.size < checkpoint.size) return null;
  return {
    checkpoint: newest,
    proof: await proofFromTiles(on, consistencyRanges(checkpoint.size, newest.size)),
  };
}

/** The entry at the index of the receipt, from the public log. */
async function leafOf(on: Queryable, { proof }: Receipt, today: Today | null): Promise<string | null> {
  if (!today || proof.index >= today.checkpoint.size) return null;
  const [leaf] = await entriesAt(on, [proof.index]);
  return leaf ? leaf.toString('utf8') : null;
}
