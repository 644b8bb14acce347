import { createHmac, type KeyObject } from 'node:crypto';
import { assert } from '../kit/assert.ts';
import { canonicalJson, type Canonical } from '../kit/json.ts';
import { keyOf, seal, sha256, unseal } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';

/** What JSON can say. Money is a decimal string here, so that a payload reads the same everywhere. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const saltBytes = 32;
export const nonceBytes = 12;

export type Payload = {
  readonly shopId: string;
  readonly about: string;
  readonly seq: number;
  readonly prev: Uint8Array | null;
  readonly kind: string;
  readonly at: Instant;
  readonly actor: string;
  readonly body: Json | Canonical;
};

/** The private payload as RFC 8785 canonical JSON. Its outer keys are written in their order; only the body has to be sorted. */
export function payloadText(p: Payload): string {
  const prev = p.prev === null ? 'null' : `"${base64(p.prev)}"`;
  return `{"about":"${p.about}","actor":${JSON.stringify(p.actor)},"at":${p.at},"body":${canonicalJson(p.body)},"k":${JSON.stringify(p.kind)},"prev":${prev},"seq":${p.seq},"shop":"${p.shopId}","v":1}`;
}

/** The public leaf of a private fact: it tells the time and nothing else. */
export const privateLeaf = (commitment: Uint8Array, at: Instant): string =>
  `{"c":"${base64(commitment)}","t":${at},"v":1}`;

/** The public leaf of a public fact: kind and plain hashes stand beside the commitment (spec of listing.snapshot, stock.batch, log.notice). */
export const publicLeaf = (
  commitment: Uint8Array,
  at: Instant,
  kind: string,
  facts: { readonly [key: string]: string | number },
): string => canonicalJson({ ...facts, k: kind, c: base64(commitment), t: at, v: 1 });

/** SHA-256(salt ‖ payload): anybody can repeat it with `cat salt payload | sha256sum`. */
export const commitmentOf = (saltAndPayload: Uint8Array): Buffer => sha256(saltAndPayload);

/** salt ‖ payload in one piece of memory: what is committed to is exactly what is sealed. */
export function saltedPayload(salt: Uint8Array, payload: string): Buffer {
  assert(salt.length === saltBytes, 'a salt has 32 bytes');
  const bytes = Buffer.allocUnsafe(saltBytes + Buffer.byteLength(payload));
  bytes.set(salt);
  bytes.write(payload, saltBytes);
  return bytes;
}

const extractSalt = 'mengyue/evidence/v1';
const blockBytes = 64;
const hashBytes = 32;

/**
 * HKDF-Extract (RFC 5869 2.2) of a person's key, done once per person: the two padded key blocks of the HMAC (RFC 2104) that expands it.
 * With them an expansion is two plain hashes, at half the cost of an Hmac object, and one is needed for every event.
 */
export type ExtractedKey = { readonly inner: Buffer; readonly outer: Buffer };

export function extractKey(userKey: Uint8Array): ExtractedKey {
  const extracted = createHmac('sha256', extractSalt).update(userKey).digest();
  const padded = (pad: number): Buffer =>
    Buffer.alloc(blockBytes, pad).map((byte, i) => byte ^ (extracted[i] ?? 0)) as Buffer;
  return { inner: padded(0x36), outer: padded(0x5c) };
}

/** HKDF-Expand (RFC 5869 2.3) for one subject: one block is one AES-256 key. */
export function payloadKey({ inner, outer }: ExtractedKey, about: string): KeyObject {
  const end = blockBytes + about.length;
  assert(end < innerInput.length, 'a subject is named by an id');
  innerInput.set(inner);
  innerInput.write(about, blockBytes, 'latin1');
  innerInput[end] = 1;
  outerInput.set(outer);
  outerInput.set(sha256(innerInput.subarray(0, end + 1)), blockBytes);
  return keyOf(sha256(outerInput));
}

// Scratch memory: an expansion is synchronous, so it can never be in use twice.
const innerInput = Buffer.alloc(2 * blockBytes);
const outerInput = Buffer.alloc(blockBytes + hashBytes);

/** nonce ‖ ciphertext ‖ tag. The place of the event is authenticated, so a payload moved to another event does not open. */
export const sealPayload = (
  extracted: ExtractedKey,
  place: { about: string; seq: number },
  salted: Uint8Array,
  nonce: Uint8Array,
): Buffer => seal(payloadKey(extracted, place.about), `${place.about}/${place.seq}`, salted, nonce);

/** The salt and the payload back; throws when the key is another person's or a byte was changed. */
export function openSealed(
  extracted: ExtractedKey,
  place: { about: string; seq: number },
  sealed: Uint8Array,
): { salt: Buffer; payload: string; commitment: Buffer } {
  const salted = unseal(payloadKey(extracted, place.about), `${place.about}/${place.seq}`, sealed);
  return {
    salt: salted.subarray(0, saltBytes),
    payload: salted.toString('utf8', saltBytes),
    commitment: commitmentOf(salted),
  };
}

const base64 = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString('base64');
