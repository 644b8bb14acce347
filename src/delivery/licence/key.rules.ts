import { assert } from '../../kit/assert.ts';

/** How the keys of a listing look: 25 signs in groups of five, the last one a check sign, or a random UUID as many programs expect it. */
export type KeyFormat = 'code25' | 'uuid';

// No I, L, O and U: nobody reads them for 1, 1, 0 and V.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const radix = alphabet.length;
const signs = 25;

/** Random bytes that a key takes. */
export const keyBytes = 16;

/** A new key. `bytes` are random: 120 bits of them are in a code, 122 in a UUID. */
export function keyText(format: KeyFormat, prefix: string, bytes: Uint8Array): string {
  assert(bytes.length === keyBytes, 'a key is made of sixteen random bytes');
  const body = format === 'uuid' ? uuidText(bytes) : codeText(bytes);
  return prefix === '' ? body : `${prefix}-${body}`;
}

function codeText(bytes: Uint8Array): string {
  let bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 1; i < signs; i++) {
    text += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `${text}${checkSign(text)}`.replace(/(.{5})(?=.)/g, '$1-');
}

function uuidText(bytes: Uint8Array): string {
  const given = Uint8Array.from(bytes);
  given[6] = ((given[6] as number) & 0x0f) | 0x40;
  given[8] = ((given[8] as number) & 0x3f) | 0x80;
  const hex = Buffer.from(given).toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The check sign of ISO 7064 (hybrid system, modulus 33,32): finds every wrong sign and nearly every pair of exchanged ones. */
export function checkSign(text: string): string {
  let sum = radix;
  for (const sign of text) {
    const value = alphabet.indexOf(sign);
    assert(value >= 0, 'a code has signs of its alphabet');
    sum = (sum + value) % radix || radix;
    sum = (sum * 2) % (radix + 1);
  }
  return alphabet[(radix + 1 - sum) % radix] as string;
}

/**
 * What a key is found by: typed with spaces, without hyphens, in small or wide letters, with O for 0 and I or L for 1, it is the same key.
 * Version 1; a stored index names it, so that a better one can be added.
 */
export const normalKey = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015_]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

export const blindText = (key: string): string => `licence/v1/${normalKey(key)}`;

export type KeyFault = 'LENGTH' | 'CHARACTER' | 'CHECK';

/** What is wrong with a key as it was typed, before anybody is asked; undefined when it can be one. */
export function keyFault(format: KeyFormat, prefix: string, typed: string): KeyFault | undefined {
  const begins = normalKey(prefix);
  const whole = normalKey(typed);
  const body = whole.startsWith(begins) ? whole.slice(begins.length) : whole;
  if (body.length !== (format === 'uuid' ? 32 : signs)) return 'LENGTH';
  if (format === 'uuid') return /^[0-9A-F]{32}$/.test(body) ? undefined : 'CHARACTER';
  if ([...body].some((sign) => !alphabet.includes(sign))) return 'CHARACTER';
  return checkSign(body.slice(0, -1)) === body.at(-1) ? undefined : 'CHECK';
}

/** The last signs of a key, by which people tell two apart. */
export const tailOf = (key: string): string => normalKey(key).slice(-6);
export const maskedKey = (tail: string): string => `****-${tail}`;
