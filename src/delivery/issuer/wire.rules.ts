import { hmac, sameBytes, sha256, type KeyObject } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';

/** What is signed in which direction: a question can never be passed off as an answer, nor the answer to one check as that to another. */
export type SignedPart = {
  readonly direction: 'question' | 'answer';
  readonly checkId: string;
  /** Unix seconds. */
  readonly timestamp: string;
  readonly body: Uint8Array | string;
};

/** A sending older or newer than this is stale. */
export const freshness_seconds = 300;

/** HMAC-SHA256 in lowercase hex; travels in x-issuer-signature beside x-issuer-timestamp and x-issuer-check. */
export const issuerSignature = (key: KeyObject, p: SignedPart): string =>
  hmac(
    key,
    ['MENGYUE-ISSUER-HMAC-SHA256', p.direction, p.checkId, p.timestamp, sha256(p.body).toString('hex')].join(
      '\n',
    ),
  ).toString('hex');

export const issuerHeaders = (key: KeyObject, p: SignedPart): Record<string, string> => ({
  'content-type': 'application/json',
  'x-issuer-check': p.checkId,
  'x-issuer-timestamp': p.timestamp,
  'x-issuer-signature': issuerSignature(key, p),
});

/** Why a message is not to be believed, or undefined. */
export function issuerFault(
  key: KeyObject,
  headers: { get(name: string): string | null },
  p: Pick<SignedPart, 'direction' | 'checkId' | 'body'>,
  wall: Instant,
): 'unsigned' | 'forged' | 'stale' | undefined {
  const timestamp = headers.get('x-issuer-timestamp') ?? '';
  const signature = headers.get('x-issuer-signature') ?? '';
  if (!/^\d{10}$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  const right = issuerSignature(key, { ...p, timestamp });
  if (!sameBytes(Buffer.from(right), Buffer.from(signature))) return 'forged';
  return Math.abs(wall / 1000 - Number(timestamp)) > freshness_seconds ? 'stale' : undefined;
}
