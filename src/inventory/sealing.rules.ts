import { createCipheriv } from 'node:crypto';
import { assert } from '../kit/assert.ts';
import { hmac, unseal, type KeyObject } from '../kit/secret.ts';
import { leafHash } from '../evidence/merkle.rules.ts';
import { normalise, type Card } from './card.rules.ts';
import type { KeyFormat } from './layout.rules.ts';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const saltBytes = 16;
/** Random bytes that sealing one key uses: its nonce and its salt. */
export const randomPerKey = nonceBytes + saltBytes;
export const printBytes = 16;

/** What a sealed key is bound to: moved to another shop, pool or number it does not open. */
const bound = (shopId: string, poolId: string): string => `card|v1|${shopId}|${poolId}|`;

// One scratch buffer: framing and sealing are synchronous. A part has 760 UTF-16 units of at most three bytes each.
const scratch = Buffer.alloc(saltBytes + 4 + 3 * 3 * 760);

/**
 * The bytes of a key: salt16 ‖ length of the card number (2) ‖ card number ‖ length of the secret (2) ‖ secret ‖ extra, all UTF-8.
 * SHA-256(0x00 ‖ these bytes) is the key's leaf in the tree of its batch (RFC 6962), so the buyer can prove what was stocked.
 */
function frame(card: Pick<Card, 'cardNo' | 'secret' | 'extra'>, salt: Uint8Array): Buffer {
  scratch.set(salt, 0);
  let at = saltBytes;
  for (const part of [card.cardNo, card.secret]) {
    const length = part === '' ? 0 : scratch.write(part, at + 2);
    scratch.writeUInt16BE(length, at);
    at += 2 + length;
  }
  if (card.extra !== '') at += scratch.write(card.extra, at);
  return scratch.subarray(0, at);
}

export type Opened = { cardNo: string; secret: string; extra: string; salt: Buffer; leaf: Buffer };

function unframe(bytes: Buffer): Opened {
  const parts: string[] = [];
  let at = saltBytes;
  for (let i = 0; i < 2; i++) {
    const length = bytes.readUInt16BE(at);
    parts.push(bytes.toString('utf8', at + 2, at + 2 + length));
    at += 2 + length;
  }
  const [cardNo = '', secret = ''] = parts;
  return {
    cardNo,
    secret,
    extra: bytes.toString('utf8', at),
    salt: bytes.subarray(0, saltBytes),
    leaf: leafHash(bytes),
  };
}

export type SealedKeys = {
  readonly sealed: Buffer;
  readonly from: readonly number[];
  readonly lengths: readonly number[];
  readonly leaves: readonly Buffer[];
};

/**
 * Seals keys under consecutive numbers: version ‖ nonce ‖ ciphertext ‖ tag (AES-256-GCM), all in one buffer, `from` counted from 1.
 * @param random randomPerKey fresh bytes for every key
 */
export function sealKeys(p: {
  key: KeyObject;
  shopId: string;
  poolId: string;
  first: bigint;
  cards: readonly Card[];
  random: Buffer;
}): SealedKeys {
  assert(p.random.length === p.cards.length * randomPerKey, 'every key has its own nonce and salt');
  const prefix = bound(p.shopId, p.poolId);
  const aad = Buffer.alloc(prefix.length + 20);
  aad.write(prefix);
  const parts: Buffer[] = [];
  const from: number[] = [];
  const lengths: number[] = [];
  const leaves: Buffer[] = [];
  const first = Number(p.first);
  let at = 1;
  p.cards.forEach((card, i) => {
    const nonce = p.random.subarray(i * randomPerKey, i * randomPerKey + nonceBytes);
    const plain = frame(card, p.random.subarray(i * randomPerKey + nonceBytes, (i + 1) * randomPerKey));
    leaves.push(leafHash(plain));
    const cipher = createCipheriv('aes-256-gcm', p.key, nonce);
    cipher.setAAD(aad.subarray(0, prefix.length + aad.write(String(first + i), prefix.length)));
    const body = cipher.update(plain);
    cipher.final();
    parts.push(versionByte, nonce, body, cipher.getAuthTag());
    const length = 1 + nonceBytes + body.length + tagBytes;
    from.push(at);
    lengths.push(length);
    at += length;
  });
  scratch.fill(0);
  return { sealed: Buffer.concat(parts, at - 1), from, lengths, leaves };
}

const versionByte = Buffer.from([version]);

/** Opens one sealed key; throws when it was moved or changed, or the data key is not its own. */
export function openKey(p: {
  key: KeyObject;
  shopId: string;
  poolId: string;
  number: bigint;
  sealed: Buffer;
}): Opened {
  assert(p.sealed[0] === version, 'a sealed key has a version that we know');
  return unframe(unseal(p.key, `${bound(p.shopId, p.poolId)}${p.number}`, p.sealed.subarray(1)));
}

/** How many fingerprints a key of this format has: of the whole, and of the card number alone where that is unique in itself. */
export const printsPer = (format: KeyFormat): number => (format === 'digits16' ? 2 : 1);

/**
 * Fingerprints of keys, printsPer of 16 bytes each, one after another: HMAC over the normalised text with a key of the whole platform,
 * so that equal keys meet without being opened, and a copy of the database tells nobody which keys it holds.
 */
export function fingerprintsOf(blind: KeyObject, cards: readonly Card[], format: KeyFormat): Buffer {
  const per = printsPer(format);
  const prints = Buffer.allocUnsafe(cards.length * per * printBytes);
  cards.forEach((card, i) => {
    const cardNo = card.cardNo === '' ? '' : normalise(card.cardNo);
    const whole = hmac(blind, `card|v1|${cardNo}${normalise(card.secret)}`);
    prints.set(whole.subarray(0, printBytes), i * per * printBytes);
    if (per === 2)
      prints.set(hmac(blind, `number|v1|${cardNo}`).subarray(0, printBytes), (i * per + 1) * printBytes);
  });
  return prints;
}
