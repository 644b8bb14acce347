import type { KeyObject } from '../kit/secret.ts';
import { hmac, sameBytes, sha256 } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';

/** What is signed in which direction: a request can never be passed off as a notice, nor an answer as a request. */
export type Direction = 'request' | 'answer' | 'notice';
export type Signed = {
  readonly direction: Direction;
  readonly method: string;
  readonly path: string;
  /** Unix seconds of this sending. */
  readonly timestamp: string;
  /** The number of the request; an answer carries that of its request. */
  readonly request: string;
  readonly body: Uint8Array | string;
};

/** A sending older or newer than this is stale; the sandbox signs each retry of a notice anew. */
export const freshness_seconds = 300;

/** The text whose HMAC-SHA256 travels in x-sandbox-signature, as lowercase hex. */
export const canonicalText = (p: Signed): string =>
  [
    'MENGYUE-SANDBOX-HMAC-SHA256',
    p.direction,
    p.method.toUpperCase(),
    p.path,
    p.timestamp,
    p.request,
    sha256(p.body).toString('hex'),
  ].join('\n');

export const signatureOf = (key: KeyObject, p: Signed): string => hmac(key, canonicalText(p)).toString('hex');

export type Headers = Readonly<Record<string, string | undefined>>;

export const signedHeaders = (key: KeyObject, p: Signed): Record<string, string> => ({
  'content-type': 'application/json',
  'x-sandbox-timestamp': p.timestamp,
  'x-sandbox-request': p.request,
  'x-sandbox-signature': signatureOf(key, p),
});

/** Why a message is not what it should be, or undefined. The time is looked at last, so that a stale message is known to be genuine. */
export function signatureFault(
  key: KeyObject,
  headers: Headers,
  p: Omit<Signed, 'timestamp' | 'request'>,
  wall: Instant,
): 'unsigned' | 'forged' | 'stale' | undefined {
  const timestamp = headers['x-sandbox-timestamp'] ?? '';
  const request = headers['x-sandbox-request'] ?? '';
  const signature = headers['x-sandbox-signature'] ?? '';
  if (!/^\d{10}$/.test(timestamp) || request === '' || !/^[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  const right = hmac(key, canonicalText({ ...p, timestamp, request }));
  if (!sameBytes(right, Buffer.from(signature, 'hex'))) return 'forged';
  return Math.abs(wall / 1000 - Number(timestamp)) > freshness_seconds ? 'stale' : undefined;
}
