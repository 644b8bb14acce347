import canonicalize from 'canonicalize';
import { createHmac, hash, type KeyObject } from 'node:crypto';
import { assert } from '../kit/assert.ts';
import { keyOf, seal, unseal } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';
import type { Slot } from './contract.ts';

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
  readonly body: Json;
};

/** The private payload as RFC 8785 canonical JSON. Its outer keys are written in their order; only the body has to be sorted. */
export function payloadText(p: Payload): string {
  const prev = p.prev === null ? 'null' : `"${base64(p.prev)}"`;
  return `{"about":"${p.about}","actor":${JSON.stringify(p.actor)},"at":${p.at},"body":${canonical(p.body)},"k":${JSON.stringify(p.kind)},"prev":${prev},"seq":${p.seq},"shop":"${p.shopId}","v":1}`;
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
): string => canonical({ ...facts, k: kind, c: base64(commitment), t: at, v: 1 });

/** SHA-256(salt ‖ payload): anybody can repeat it with `cat salt payload | sha256sum`. */
export const commitmentOf = (saltAndPayload: Uint8Array): Buffer => hash('sha256', saltAndPayload, 'buffer');

/** salt ‖ payload in one piece of memory: what is committed to is exactly what is sealed. */
export function saltedPayload(salt: Uint8Array, payload: string): Buffer {
  assert(salt.length === saltBytes, 'a salt has 32 bytes');
  const bytes = Buffer.allocUnsafe(saltBytes + Buffer.byteLength(payload));
  bytes.set(salt);
  bytes.write(payload, saltBytes);
  return bytes;
}

const extractSalt = Buffer.from('mengyue/evidence/v1');

/** HKDF-Extract (RFC 5869 2.2) of a person's key, done once per person. */
export const extractKey = (userKey: Uint8Array): KeyObject =>
  keyOf(createHmac('sha256', extractSalt).update(userKey).digest());

/** HKDF-Expand (RFC 5869 2.3) for one subject: one block is one AES-256 key. */
export const payloadKey = (extracted: KeyObject, about: string): KeyObject =>
  keyOf(createHmac('sha256', extracted).update(`${about}\u0001`).digest());

/** nonce ‖ ciphertext ‖ tag. The place of the event is authenticated, so a payload moved to another event does not open. */
export const sealPayload = (
  extracted: KeyObject,
  place: { about: string; seq: number },
  salted: Uint8Array,
  nonce: Uint8Array,
): Buffer => seal(payloadKey(extracted, place.about), `${place.about}/${place.seq}`, salted, nonce);

/** The salt and the payload back; throws when the key is another person's or a byte was changed. */
export function openSealed(
  extracted: KeyObject,
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

/** Which of the four lights a kind of event turns on (四固定, F065). A straight-through purchase is one event for all four. */
export function slotsOf(kind: string): readonly Slot[] {
  const named = slotsByKind[kind];
  if (named) return named;
  return slotByPrefix[kind.slice(0, kind.indexOf('.'))] ?? [];
}

const slotsByKind: Readonly<Record<string, readonly Slot[]>> = {
  'order.purchased': ['trade', 'listing', 'talk', 'delivery'],
  'order.placed': ['trade', 'listing', 'talk'],
  'order.listing_bound': ['listing'],
  'promise.made': ['talk'],
};

const slotByPrefix: Readonly<Record<string, readonly Slot[]>> = {
  order: ['trade'],
  payment: ['trade'],
  refund: ['trade'],
  payout: ['trade'],
  message: ['talk'],
  listing: ['listing'],
  delivery: ['delivery'],
  card: ['delivery'],
};

const base64 = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString('base64');

function canonical(value: Json): string {
  const text = canonicalize(value);
  assert(typeof text === 'string', 'a body is JSON');
  return text;
}
