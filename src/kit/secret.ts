import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { assert } from './assert.ts';

/** A text that cannot be printed. Search for reveal() and you have found every use. */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** By way of a text, into pooled memory: a third of the cost of asking for a buffer, which would be an allocation of its own. */
export const sha256 = (data: string | Uint8Array): Buffer =>
  Buffer.from(hash('sha256', data, 'binary'), 'latin1');

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** A KeyObject, made once: with a raw buffer each use of a key costs five times as much (spec measured 19 against 4 µs). */
export const keyOf = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

export const hmac = (key: KeyObject, data: string | Uint8Array): Buffer =>
  createHmac('sha256', key).update(data).digest();

export const derive = (key: KeyObject, purpose: string, about = ''): Buffer =>
  Buffer.from(hkdfSync('sha256', key, about, purpose, 32));

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag. `bound` is authenticated with it, so a ciphertext moved to another row does not open. */
export function seal(
  key: KeyObject,
  bound: string,
  plain: Uint8Array,
  nonce: Uint8Array = randomBytes(nonceBytes),
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** The plain bytes; throws when the key, the binding or a byte is not the one it was sealed with. */
export function unseal(key: KeyObject, bound: string, sealed: Uint8Array): Buffer {
  assert(sealed.length >= nonceBytes + tagBytes, 'sealed bytes have a nonce and a tag');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
  return Buffer.concat([plain, decipher.final()]);
}

/** The keys of this installation, all derived from the master key: one to wrap others, one for blind indexes, one for contacts and addresses. */
export type Keyring = {
  readonly wrap: KeyObject;
  readonly blind: KeyObject;
  readonly contact: KeyObject;
  readonly trace: KeyObject;
  readonly demo: boolean;
};

export function keyringOf(master: Uint8Array, demo: boolean): Keyring {
  assert(master.length === 32, 'the master key has 32 bytes');
  const key = keyOf(master);
  const part = (purpose: string): KeyObject => keyOf(derive(key, purpose));
  return {
    wrap: part('mengyue/wrap/v1'),
    blind: part('mengyue/blind/v1'),
    contact: part('mengyue/contact/v1'),
    trace: part('mengyue/trace/v1'),
    demo,
  };
}

/** A new data key and its wrapped form; `bound` names what it is for. */
export function newDataKey(ring: Keyring, bound: string): { key: KeyObject; wrapped: Buffer } {
  const bytes = randomBytes(32);
  return { key: keyOf(bytes), wrapped: seal(ring.wrap, bound, bytes) };
}

export const openDataKey = (ring: Keyring, bound: string, wrapped: Uint8Array): KeyObject =>
  keyOf(unseal(ring.wrap, bound, wrapped));

/** An opaque token of 256 bits; only its SHA-256 is stored. */
export const newToken = (): Secret => new Secret(randomBytes(32).toString('base64url'));

export { createSecretKey, randomBytes, type KeyObject };
