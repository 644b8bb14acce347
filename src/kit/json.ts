import { assert } from './assert.ts';

/** JSON for the database and for hashes: bigint as a decimal string. */
export const toJson = (value: unknown): string => JSON.stringify(value, bigintAsText);

const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** Canonical JSON that was written already; canonicalJson takes it as it is. */
export class Canonical {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * RFC 8785 canonical JSON, so that equal facts have equal bytes: keys sorted by UTF-16 code units, numbers and texts as JSON.stringify
 * writes them, bigint as a decimal text, what is undefined left out. Half a text character (a lone surrogate) becomes U+FFFD, as it does in
 * the database. Our own, because it runs in every purchase and the library costs half as much again; a test compares both.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (value instanceof Canonical) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  const object = value as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key of sortedKeys(object)) {
    const item = object[key];
    if (item === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${quoted(key)}:${canonicalJson(item)}`;
  }
  return `${text}}`;
}

const plain = /^[ !#-[\]-~]*$/;
/** Ids, numbers and keys need no escaping, and are most of what is written. */
const quoted = (text: string): string =>
  plain.test(text) ? `"${text}"` : JSON.stringify(text.toWellFormed());

function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort();
  return keys;
}

function scalar(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  assert(typeof value !== 'number' || Number.isFinite(value), 'JSON knows finite numbers only');
  assert(
    value === null || typeof value === 'number' || typeof value === 'boolean',
    'JSON knows texts, numbers, booleans, null, lists and objects',
  );
  return JSON.stringify(value);
}
