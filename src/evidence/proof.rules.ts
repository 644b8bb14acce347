import { parseCheckpoint } from './checkpoint.rules.ts';
import { leafHash, verifyInclusion, type Hash } from './merkle.rules.ts';
import { fromBase64, verifiedBy, type NoteKey } from './note.rules.ts';

// C2SP tlog-proof: everything that somebody needs to check one leaf without asking us.

const header = 'c2sp.org/tlog-proof@v1\n';

export type TlogProof = {
  readonly index: number;
  readonly proof: readonly Hash[];
  readonly checkpoint: string; // the signed note, verbatim
};

/** The `.tlog-proof` file. */
export const tlogProofText = (p: TlogProof): string => header + spicyText(p);

/** The `.spicy` file: the same without its first line, which is what the spicy program of Debian's torchwood reads. */
export function spicyText({ index, proof, checkpoint }: TlogProof): string {
  const hashes = proof.map((part) => `${Buffer.from(part).toString('base64')}\n`).join('');
  return `index ${index}\n${hashes}\n${checkpoint}`;
}

/** Reads a `.tlog-proof`; null when it is not one. The unauthenticated `extra` line is allowed and ignored. */
export function parseTlogProof(text: string): TlogProof | null {
  if (!text.startsWith(header)) return null;
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const lines = text.slice(header.length, split).split('\n');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(index)) return null;
  const proof: Hash[] = [];
  for (const line of lines) {
    const part = fromBase64(line);
    if (part?.length !== 32) return null;
    proof.push(part);
  }
  return { index, proof, checkpoint: text.slice(split + 2) };
}

/** True when the proof shows that `entry` is in the log whose key is `logKey`. */
export function provesEntry(p: TlogProof, entry: Uint8Array, logKey: NoteKey): boolean {
  const checkpoint = parseCheckpoint(p.checkpoint);
  if (!checkpoint || checkpoint.origin !== logKey.name) return false;
  if (!verifiedBy(p.checkpoint, [logKey])?.includes(logKey)) return false;
  return verifyInclusion({
    index: p.index,
    size: checkpoint.size,
    leaf: leafHash(entry),
    proof: p.proof,
    root: checkpoint.root,
  });
}
