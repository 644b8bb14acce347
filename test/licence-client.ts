import { createDecipheriv, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

// What a program that is licensed does on its own side, written from the published formats alone: nothing here is shared with the server.

const key = (hex: string): KeyObject =>
  createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') },
  });

export type Opened = {
  data: { id: string; type: string; attributes: Record<string, unknown> };
  included: { type: string }[];
  meta: { issued: string; expiry: string; ttl: number };
};

/** Opens a licence file, or throws: wrong kind, wrong signature, wrong key or fingerprint, not yet or no longer valid. */
export function openFile(
  text: string,
  p: { kind: 'license' | 'machine'; publicKey: string; secret?: string; now: Date },
): Opened {
  const name = p.kind.toUpperCase();
  const match = new RegExp(
    `^-----BEGIN ${name} FILE-----\\n([A-Za-z0-9+/=\\n]+)\\n-----END ${name} FILE-----\\n?$`,
  ).exec(text);
  if (!match?.[1]) throw new Error('not a file of this kind');
  const { enc, sig, alg } = JSON.parse(Buffer.from(match[1], 'base64').toString()) as Record<string, string>;
  if (!enc || !sig || !alg?.endsWith('+ed25519')) throw new Error('unknown algorithm');
  if (!verify(null, Buffer.from(`${p.kind}/${enc}`), key(p.publicKey), Buffer.from(sig, 'base64')))
    throw new Error('the signature does not fit');
  const payload = JSON.parse(alg.startsWith('base64') ? decoded(enc) : decrypted(enc, p.secret)) as Opened;
  if (p.now < new Date(payload.meta.issued)) throw new Error('the clock was set back');
  if (p.now >= new Date(payload.meta.expiry)) throw new Error('the file is too old');
  return payload;
}

const decoded = (enc: string): string => Buffer.from(enc, 'base64').toString();

function decrypted(enc: string, secret: string | undefined): string {
  const [text, iv, tag] = enc.split('.').map((part) => Buffer.from(part, 'base64'));
  if (!text || !iv || !tag || secret === undefined) throw new Error('encrypted');
  const digest = createHash('sha256').update(secret).digest();
  const cipher = createDecipheriv('aes-256-gcm', digest, iv).setAuthTag(tag);
  return Buffer.concat([cipher.update(text), cipher.final()]).toString();
}

/** Whether an answer comes from who has the private key: its digest is that of the body, and date, host and address are signed with it. */
export function isGenuine(
  answer: { headers: Headers; body: string },
  asked: { method: string; target: string; host: string; publicKey: string },
): boolean {
  const [digest, date] = [answer.headers.get('digest'), answer.headers.get('date')];
  if (digest !== `sha-256=${createHash('sha256').update(answer.body).digest('base64')}`) return false;
  const signature = /signature="([^"]+)"/.exec(answer.headers.get('keygen-signature') ?? '')?.[1] ?? '';
  const text = `(request-target): ${asked.method.toLowerCase()} ${asked.target}\nhost: ${asked.host}\ndate: ${date}\ndigest: ${digest}`;
  return verify(null, Buffer.from(text), key(asked.publicKey), Buffer.from(signature, 'base64'));
}
