import { z } from 'zod';
import { assert } from './assert.ts';

/** The prefix of each kind of id in the contract. In SQL and in the program ids are plain UUIDs. Safe in a browser. */
export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  key: 'key',
  shop: 'shp',
  listing: 'lst',
  variant: 'var',
  pool: 'pol',
  batch: 'bat',
  order: 'ord',
  payment: 'pay',
  refund: 'ref',
  exception: 'exc',
  message: 'msg',
  chat: 'cht',
  attachment: 'att',
  category: 'cat',
  import: 'imp',
  membership: 'mem',
  case: 'cas',
  supplier: 'sup',
  attempt: 'try',
  licence: 'lic',
  machine: 'mch',
  release: 'rls',
  exhibitFile: 'exf',
  recording: 'rec',
  unsealing: 'uns',
  post: 'pst',
  callback: 'cbk',
  export: 'exp',
  measure: 'msr',
  ticket: 'tic',
  caseGroup: 'grp',
  legalHold: 'hld',
  lawfulRequest: 'lrq',
  externalRecord: 'ext',
} as const;
export type IdKind = keyof typeof idPrefixes;

const alphabet = '0123456789abcdefghijklmnopqrstuv';

/** uuid -> 'ord_' and 26 characters of base32hex, which sort as the uuid does. */
export function encodeId(kind: IdKind, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  assert(hex.length === 32, 'an id inside the program is a uuid');
  let text = '';
  // 128 bits as 26 digits of five bits: two leading zero bits, so the first digit is at most 7.
  let bits = 0,
    held = 2;
  for (let i = 0; i < 32; i++) {
    bits = (bits << 4) | Number.parseInt(hex[i] as string, 16);
    held += 4;
    if (held >= 5) {
      held -= 5;
      text += alphabet[(bits >> held) & 31];
      bits &= (1 << held) - 1;
    }
  }
  return `${idPrefixes[kind]}_${text}`;
}

/** The uuid of a public id, or undefined when it is not one of this kind. */
export function decodeId(kind: IdKind, text: string): string | undefined {
  const prefix = `${idPrefixes[kind]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + 26) return undefined;
  let bits = 0n;
  for (const char of text.slice(prefix.length)) {
    const digit = alphabet.indexOf(char);
    if (digit < 0) return undefined;
    bits = (bits << 5n) | BigInt(digit);
  }
  if (bits >> 128n) return undefined;
  const hex = bits.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Input shape: the public id comes in, the uuid goes on. A malformed id becomes an id that nothing has, so it answers "not there". */
export const idIn = (kind: IdKind) =>
  z
    .string()
    .max(64)
    .transform((text) => decodeId(kind, text) ?? 'ffffffff-ffff-7fff-bfff-ffffffffffff')
    .meta({ examples: [`${idPrefixes[kind]}_01k9…`] });

/** Output shape: the uuid goes in, the public id goes out. */
export const idOut = (kind: IdKind) =>
  z
    .string()
    .transform((uuid) => encodeId(kind, uuid))
    .pipe(z.string());

/** Money in JSON: a decimal string of fen. */
export const fenOut = z
  .bigint()
  .transform((amount) => amount.toString())
  .pipe(z.string());
export const fenIn = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => BigInt(text));

/** Instants in JSON: ISO 8601 in UTC. */
export const instantOut = z
  .number()
  .transform((at) => new Date(at).toISOString())
  .pipe(z.string());
export const instantIn = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
