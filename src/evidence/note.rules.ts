import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import { assert } from '../kit/assert.ts';

// C2SP signed-note: a text, a blank line, and lines "— name base64(key id ‖ signature)".

/** Types of signatures that this log reads or writes. */
export const signatureType = { ed25519: 0x01, cosignature: 0x04 } as const;

/** A public key under a name, as it stands in a vkey. */
export type NoteKey = {
  readonly name: string;
  readonly type: number;
  readonly publicKey: Buffer; // 32 raw bytes
  readonly id: Buffer; // 4 bytes
};

export type NoteSignature = { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer };
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** A key that can sign: the private half with its name. */
export type NoteSigner = NoteKey & { readonly privateKey: KeyObject };

const linePattern = /^— ([^ \n+]+) ([A-Za-z0-9+/]+={0,2})$/;
const signaturesMax = 100;

/** Key ID = SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]. */
export function noteKey(name: string, type: number, publicKey: Uint8Array): NoteKey {
  assert(isKeyName(name), 'a key name has no space and no plus sign');
  assert(publicKey.length === 32, 'an Ed25519 public key has 32 bytes');
  const key = Buffer.from(publicKey);
  const id = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), key]),
    'buffer',
  ).subarray(0, 4);
  return { name, type, publicKey: key, id };
}

/** The signer of a log from its private Ed25519 key. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  assert(privateKey.asymmetricKeyType === 'ed25519', 'a log signs with Ed25519');
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { ...noteKey(name, signatureType.ed25519, Buffer.from(x as string, 'base64url')), privateKey };
}

/** name+hex(key id)+base64(type ‖ public key). */
export const vkeyOf = (key: NoteKey): string =>
  `${key.name}+${key.id.toString('hex')}+${Buffer.concat([Buffer.of(key.type), key.publicKey]).toString('base64')}`;

/** Reads a vkey; null when it is malformed, of an unknown type, or its key id does not belong to it. */
export function parseVkey(vkey: string): NoteKey | null {
  // The base64 may itself contain a plus sign, so only the first two separate.
  const match = /^([^ +\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey);
  const [, name, id, data] = match ?? [];
  if (!name || !id || !data) return null;
  const bytes = fromBase64(data);
  const type = bytes?.[0];
  if (!bytes || bytes.length !== 33 || (type !== signatureType.ed25519 && type !== signatureType.cosignature))
    return null;
  const key = noteKey(name, type, bytes.subarray(1));
  return key.id.toString('hex') === id ? key : null;
}

/** PRIVATE+KEY+name+hex(key id)+base64(type ‖ seed), the form that the Go note library writes. Secret. */
export function skeyOf(signer: NoteSigner): string {
  const { d } = signer.privateKey.export({ format: 'jwk' });
  const data = Buffer.concat([Buffer.of(signer.type), Buffer.from(d as string, 'base64url')]);
  return `PRIVATE+KEY+${signer.name}+${signer.id.toString('hex')}+${data.toString('base64')}`;
}

/** Reads a private key; null when it is malformed or its key id does not belong to it. */
export function parseSkey(skey: string): NoteSigner | null {
  const [, name, id, data] =
    /^PRIVATE\+KEY\+([^ +\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(skey) ?? [];
  const bytes = data === undefined ? null : fromBase64(data);
  if (!name || bytes?.length !== 33 || bytes[0] !== signatureType.ed25519) return null;
  const der = Buffer.concat([pkcs8Prefix, bytes.subarray(1)]);
  const signer = noteSigner(name, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return signer.id.toString('hex') === id ? signer : null;
}

// What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 7).
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs a text that ends in a newline, and gives the whole note. */
export function signNote(text: string, signer: NoteSigner): string {
  assert(isNoteText(text), 'the text of a note ends in a newline and has no control characters');
  return `${text}\n${signatureLine(signer, sign(null, Buffer.from(text), signer.privateKey))}`;
}

export const signatureLine = (key: Pick<NoteKey, 'name' | 'id'>, signature: Uint8Array): string =>
  `— ${key.name} ${Buffer.concat([key.id, signature]).toString('base64')}\n`;

/** Reads a note without verifying anything; null when it is not one. The text is split off at the last blank line. */
export function parseNote(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (!isNoteText(text) || lines.length > signaturesMax) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, data] = linePattern.exec(line) ?? [];
    const bytes = data === undefined ? null : fromBase64(data);
    if (!name || !bytes || bytes.length < 5) return null;
    signatures.push({ name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text, signatures };
}

/**
 * The keys among `keys` that signed the note. Signatures of unknown keys are ignored;
 * null when the note is malformed or a known key's signature is bad, for then nothing in it can be relied on.
 */
export function verifiedBy(noteText: string, keys: readonly NoteKey[]): NoteKey[] | null {
  const note = parseNote(noteText);
  if (!note) return null;
  const found: NoteKey[] = [];
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.id.equals(keyId));
    if (!key) continue;
    if (!isGood(note.text, key, signature)) return null;
    if (!found.includes(key)) found.push(key);
  }
  return found;
}

/** A cosignature's time in Unix seconds, and its Ed25519 part (C2SP tlog-cosignature); null when it is too short or too long. */
export function parseCosignature(signature: Buffer): { time_s: bigint; ed25519: Buffer } | null {
  if (signature.length !== 72) return null;
  return { time_s: signature.readBigUInt64BE(0), ed25519: signature.subarray(8) };
}

function isGood(text: string, key: NoteKey, signature: Buffer): boolean {
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') },
    format: 'jwk',
  });
  if (key.type === signatureType.ed25519) return verify(null, Buffer.from(text), publicKey, signature);
  const cosignature = parseCosignature(signature);
  if (!cosignature) return false;
  return verify(
    null,
    Buffer.from(`cosignature/v1\ntime ${cosignature.time_s}\n${text}`),
    publicKey,
    cosignature.ed25519,
  );
}

const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name);

// Newline is the one control character that a note may contain, and text that is not well formed cannot be signed as UTF-8.
function isNoteText(text: string): boolean {
  if (!text.endsWith('\n') || !text.isWellFormed()) return false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) return false;
  }
  return true;
}

/** Standard base64 with padding, refused when another text would decode to the same bytes. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
