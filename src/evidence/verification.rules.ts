import type { Instant } from '../kit/time.ts';
import { instant } from '../kit/time.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.rules.ts';
import type { CheckName } from './contract.ts';
import { commitmentOf, saltBytes } from './leaf.rules.ts';
import { leafHash, verifyConsistency, verifyInclusion, type Hash } from './merkle.rules.ts';
import { fromBase64, parseNote, verifiedBy, type NoteKey } from './note.rules.ts';
import { parseTlogProof, type TlogProof } from './proof.rules.ts';

export type CheckState = 'good' | 'bad' | 'none';
export type Check = { readonly name: CheckName; readonly state: CheckState };
export type Content = { readonly payload: string; readonly salt: string };
/** The newest published tree, with the proof that it continues the tree of the receipt. */
export type Today = { readonly checkpoint: Checkpoint; readonly proof: readonly Hash[] };

export type Receipt = { readonly proof: TlogProof; readonly checkpoint: Checkpoint };

/** A receipt that can be read: a C2SP tlog-proof with a checkpoint in it. Line ends of other systems are forgiven, as an editor may have changed them. */
export function readReceipt(text: string): Receipt | null {
  const proof = parseTlogProof(`${text.replaceAll('\r\n', '\n').trimEnd()}\n`);
  const checkpoint = proof && parseCheckpoint(proof.checkpoint);
  return proof && checkpoint ? { proof, checkpoint } : null;
}

/** All checks, none left out because an earlier one failed: whoever reads the answer sees where it breaks. */
export function checksOf(p: {
  receipt: Receipt;
  leaf: string | null;
  content: Content | undefined;
  key: NoteKey;
  today: Today | null;
}): Check[] {
  const { receipt, leaf, content, key, today } = p;
  const { proof, checkpoint } = receipt;
  const isIncluded =
    leaf !== null &&
    verifyInclusion({
      index: proof.index,
      size: checkpoint.size,
      leaf: leafHash(Buffer.from(leaf)),
      proof: proof.proof,
      root: checkpoint.root,
    });
  const isOurs =
    checkpoint.origin === key.name && verifiedBy(proof.checkpoint, [key])?.includes(key) === true;
  return [
    { name: 'receipt', state: 'good' },
    { name: 'content', state: content === undefined ? 'none' : isCommitted(leaf, content) ? 'good' : 'bad' },
    { name: 'leaf', state: isIncluded ? 'good' : 'bad' },
    { name: 'key', state: isOurs ? 'good' : 'bad' },
    { name: 'log', state: today === null ? 'bad' : isContinued(checkpoint, today) ? 'good' : 'bad' },
  ];
}

const isContinued = (old: Checkpoint, { checkpoint, proof }: Today): boolean =>
  verifyConsistency({
    old: old.size,
    oldRoot: old.root,
    size: checkpoint.size,
    root: checkpoint.root,
    proof,
  });

/** SHA-256(salt ‖ payload) is c of the leaf. */
function isCommitted(leaf: string | null, { payload, salt }: Content): boolean {
  const bytes = fromBase64(salt.trim());
  if (leaf === null || bytes?.length !== saltBytes) return false;
  return commitmentOf(Buffer.concat([bytes, Buffer.from(payload)])).toString('base64') === leafFacts(leaf)?.c;
}

/** What every leaf states: the commitment and the time. Null when it is not a leaf of ours. */
export function leafFacts(leaf: string): { c: string; at: Instant } | null {
  try {
    const { c, t } = JSON.parse(leaf) as { c?: unknown; t?: unknown };
    return typeof c === 'string' && typeof t === 'number' && Number.isSafeInteger(t)
      ? { c, at: instant(t) }
      : null;
  } catch {
    return null;
  }
}

/** Signatures under the checkpoint besides the log's own. Whose they are, the reader's policy says. */
export const witnessesOf = (proof: TlogProof, key: NoteKey): number =>
  (parseNote(proof.checkpoint)?.signatures ?? []).filter((one) => one.name !== key.name).length;
