import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { iso, plus, type Instant } from '../../kit/time.ts';
import { sha256 } from '../../kit/secret.ts';

// ed25519 keys are 32 bytes; these bytes before them make the forms that node:crypto reads (RFC 8410).
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/** A new pair: the seed, to be sealed, and the public half, to be shown. */
export function newPair(): { seed: Buffer; publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    seed: privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
  };
}
export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
export const publicKeyOf = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicHead, raw]), format: 'der', type: 'spki' });

export type FileKind = 'license' | 'machine';
export const fileAlgorithms = ['base64+ed25519', 'aes-256-gcm+ed25519'] as const;
export type FileAlgorithm = (typeof fileAlgorithms)[number];

export type FileAsked = {
  readonly kind: FileKind;
  readonly data: unknown;
  readonly included: readonly unknown[];
  readonly issued: Instant;
  readonly ttl_s: number;
  readonly algorithm: FileAlgorithm;
  /** What the file is encrypted with: the key of the licence, for a machine followed by its fingerprint. */
  readonly secret: string;
  /** Random, twelve bytes, of one use. */
  readonly iv: Uint8Array;
  readonly privateKey: KeyObject;
};

export type LicenceFile = {
  readonly certificate: string;
  readonly issued: Instant;
  readonly expiry: Instant;
  readonly ttl_s: number;
  readonly algorithm: FileAlgorithm;
};

/**
 * A file that proves a licence without a network (Keygen's format). The kind is part of what is signed, so that a licence file is not taken for a
 * machine file; an encrypted one opens with the key of the licence alone, or with that and the fingerprint of its machine.
 */
export function licenceFile(p: FileAsked): LicenceFile {
  const expiry = plus(p.issued, { seconds: p.ttl_s });
  const payload = JSON.stringify({
    data: p.data,
    included: p.included,
    meta: { issued: iso(p.issued), expiry: iso(expiry), ttl: p.ttl_s },
  });
  const enc = p.algorithm === 'base64+ed25519' ? base64(Buffer.from(payload)) : encrypted(payload, p);
  const sig = base64(sign(null, Buffer.from(`${p.kind}/${enc}`), p.privateKey));
  const name = p.kind === 'license' ? 'LICENSE' : 'MACHINE';
  const body = base64(Buffer.from(JSON.stringify({ enc, sig, alg: p.algorithm })));
  return {
    certificate: `-----BEGIN ${name} FILE-----\n${body}\n-----END ${name} FILE-----\n`,
    issued: p.issued,
    expiry,
    ttl_s: p.ttl_s,
    algorithm: p.algorithm,
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function encrypted(payload: string, { secret, iv }: FileAsked): string {
  const cipher = createCipheriv('aes-256-gcm', sha256(secret), iv);
  const text = Buffer.concat([cipher.update(payload, 'utf8'), cipher.final()]);
  return [text, iv, cipher.getAuthTag()].map(base64).join('.');
}

export type Answer = {
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly target: string;
  readonly host: string;
  readonly at: Instant;
  readonly body: string;
};

/** The headers that sign an answer, so that a made-up licence server in somebody's hosts file is seen through (Keygen's scheme). */
export function signedHeaders(
  { method, target, host, at, body }: Answer,
  account: { readonly id: string; readonly privateKey: KeyObject },
): { date: string; digest: string; 'keygen-signature': string } {
  const date = new Date(at).toUTCString();
  const digest = `sha-256=${base64(sha256(body))}`;
  const text = `(request-target): ${method.toLowerCase()} ${target}\nhost: ${host}\ndate: ${date}\ndigest: ${digest}`;
  const signature = base64(sign(null, Buffer.from(text), account.privateKey));
  return {
    date,
    digest,
    'keygen-signature': `keyid="${account.id}", algorithm="ed25519", signature="${signature}", headers="(request-target) host date digest"`,
  };
}
