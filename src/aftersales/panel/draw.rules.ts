import { sha256 } from '../../kit/secret.ts';

export type TribunalKind = 'panel' | 'jury';

const hex = (text: string): string => sha256(text).toString('hex');

/** The name of somebody in the list of one case: the same person has another one in every case, and nobody else's can be guessed from it. */
export const tokenOf = (caseId: string, userId: string): string => hex(`${caseId}/${userId}`).slice(0, 16);

/** The list as it is fixed before the lot is known: tokens in their order, a line each, and the hash of that text. */
export function listOf(caseId: string, people: readonly string[]) {
  const named = people
    .map((userId) => ({ userId, token: tokenOf(caseId, userId) }))
    .toSorted((a, b) => (a.token < b.token ? -1 : 1));
  const tokens = named.map((one) => one.token);
  return { people: named.map((one) => one.userId), tokens, sha256: sha256(listText(tokens)) };
}
export const listText = (tokens: readonly string[]): string => tokens.map((token) => `${token}\n`).join('');

export type Lot = {
  readonly kind: TribunalKind;
  readonly caseId: string;
  /** The signed checkpoint of the log: how many leaves, and their root. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly listSha256: Uint8Array;
};

/** The text whose SHA-256 is the lot: six lines, each ended by a newline. */
export const lotText = ({ kind, caseId, size, root, listSha256 }: Lot): string =>
  [
    'mengyue draw v1',
    kind,
    caseId,
    String(size),
    Buffer.from(root).toString('base64'),
    Buffer.from(listSha256).toString('hex'),
    '',
  ].join('\n');

/**
 * The order in which a list is drawn (F118, decision 0015): sorted by the SHA-256 of the lot and the token. Nothing in it is secret: whoever
 * has the checkpoint and the list gets the same order with sha256sum and sort.
 */
export function drawOrder(lot: Lot, tokens: readonly string[]): string[] {
  const seed = hex(lotText(lot));
  return tokens
    .map((token) => ({ token, at: hex(`${seed}\n${token}\n`) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map((one) => one.token);
}
