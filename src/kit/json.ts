import canonicalize from 'canonicalize';
import { assert } from './assert.ts';

/** JSON for the database and for hashes: bigint as a decimal string. */
export const toJson = (value: unknown): string => JSON.stringify(value, bigintAsText);

const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** RFC 8785 canonical JSON, so that equal facts have equal bytes. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(JSON.parse(toJson(value)));
  assert(typeof text === 'string', 'a canonical value is JSON');
  return text;
}
