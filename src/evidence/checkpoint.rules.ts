import { assert } from '../kit/assert.ts';
import type { Hash } from './merkle.rules.ts';
import { fromBase64, parseNote, signNote, type NoteSigner } from './note.rules.ts';

/** The state of a log that its key vouches for (C2SP tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash };

/** origin, size and root on a line each; this is the text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  assert(Number.isSafeInteger(size) && size >= 0, 'a log has a size');
  assert(root.length === 32, 'a root is a SHA-256 hash');
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads the text of a checkpoint, extension lines allowed and ignored; null when it is not one. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin, sizeText, rootText, ...rest] = text.split('\n');
  if (!origin || sizeText === undefined || rootText === undefined || rest.at(-1) !== '') return null;
  if (rest.slice(0, -1).includes('')) return null;
  if (!/^(0|[1-9]\d*)$/.test(sizeText)) return null;
  const size = Number(sizeText);
  const root = fromBase64(rootText);
  return Number.isSafeInteger(size) && root?.length === 32 ? { origin, size, root } : null;
}

/** Reads a signed checkpoint without verifying it; null when it is not one. */
export function parseCheckpoint(note: string): Checkpoint | null {
  const parsed = parseNote(note);
  return parsed && parseCheckpointText(parsed.text);
}

/** Signs a checkpoint; the key's name is the origin, as the format recommends. */
export function signCheckpoint(tree: Omit<Checkpoint, 'origin'>, signer: NoteSigner): string {
  return signNote(checkpointText({ origin: signer.name, size: tree.size, root: tree.root }), signer);
}
