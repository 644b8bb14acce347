import { leafHash, verifyInclusion } from '../../evidence/merkle.rules.ts';
import { verifiedBy, type NoteKey } from '../../evidence/note.rules.ts';
import { parseCheckpoint } from '../../evidence/checkpoint.rules.ts';
import { parseTlogProof } from '../../evidence/proof.rules.ts';
import type { LinkKind } from './contract.ts';

export type State = 'valid' | 'pending' | 'invalid';
export type Link = { readonly kind: LinkKind; readonly state: State };

/** Whether an event stands in the log: its entry, its path, its checkpoint's signature. Null: no published tree covers it yet. */
export function stateOf(
  proof: { leaf: string; tlogProof: string } | null,
  commitment: Buffer,
  key: NoteKey,
): State {
  if (!proof) return 'pending';
  const parsed = parseTlogProof(proof.tlogProof);
  const checkpoint = parsed && parseCheckpoint(parsed.checkpoint);
  if (!parsed || !checkpoint || checkpoint.origin !== key.name) return 'invalid';
  if (!verifiedBy(parsed.checkpoint, [key])?.includes(key)) return 'invalid';
  const said = JSON.parse(proof.leaf) as { c?: string };
  const stands = verifyInclusion({
    index: parsed.index,
    size: checkpoint.size,
    leaf: leafHash(Buffer.from(proof.leaf)),
    proof: parsed.proof,
    root: checkpoint.root,
  });
  return stands && said.c === commitment.toString('base64') ? 'valid' : 'invalid';
}

/** One broken link breaks the chain; one that is not in the log yet leaves it open. */
export function verdictOf(links: readonly Pick<Link, 'state'>[], stock: 'valid' | 'invalid'): State {
  if (stock === 'invalid' || links.some((one) => one.state === 'invalid')) return 'invalid';
  return links.some((one) => one.state === 'pending') ? 'pending' : 'valid';
}
