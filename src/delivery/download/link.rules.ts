import { derive, hmac, keyOf, sameBytes, type KeyObject, type Keyring } from '../../kit/secret.ts';
import { instant, type Instant } from '../../kit/time.ts';

/** What a link says: whose, which, until when. The rest stands in its row. */
export type LinkName = { readonly shopId: string; readonly linkId: string; readonly expiresAt: Instant };

const macBytes = 16;
const keys = new WeakMap<Keyring, KeyObject>();

/** Links have a key of their own, so that nothing else that this installation signs can be taken for one. */
function linkKey(ring: Keyring): KeyObject {
  const known = keys.get(ring) ?? keyOf(derive(ring.trace, 'mengyue/download-link/v1'));
  keys.set(ring, known);
  return known;
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The link as it stands in an address: shop, link, seconds, and an HMAC over them, in base64url. */
export function signLink(ring: Keyring, { shopId, linkId, expiresAt }: LinkName): string {
  const seconds = Buffer.alloc(6);
  seconds.writeUIntBE(Math.floor(expiresAt / 1000), 0, 6);
  const body = Buffer.concat([bytesOf(shopId), bytesOf(linkId), seconds]);
  return Buffer.concat([body, hmac(linkKey(ring), body).subarray(0, macBytes)]).toString('base64url');
}

/** What a link says when this installation made it and its time is not over; undefined for anything else. */
export function readLink(ring: Keyring, token: string, wall: Instant): LinkName | undefined {
  if (!/^[A-Za-z0-9_-]{72}$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const [body, mac] = [bytes.subarray(0, 38), bytes.subarray(38)];
  if (!sameBytes(mac, hmac(linkKey(ring), body).subarray(0, macBytes))) return undefined;
  const expiresAt = instant(body.readUIntBE(32, 6) * 1000);
  if (expiresAt <= wall) return undefined;
  return { shopId: uuidOf(body.subarray(0, 16)), linkId: uuidOf(body.subarray(16, 32)), expiresAt };
}

export type Range = { readonly from: number; readonly to: number };

/**
 * The part of a file that a Range header asks for (RFC 9110, 14): undefined for the whole (no header, another unit, several parts, or an If-Range
 * that names another file), 'unsatisfiable' when it lies behind the end.
 */
export function rangeOf(
  header: string | undefined,
  size: number,
  tags: { ifRange: string | undefined; etag: string },
): Range | 'unsatisfiable' | undefined {
  if (tags.ifRange !== undefined && tags.ifRange !== tags.etag) return undefined;
  const [, first = '', last = ''] =
    /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const count = Math.min(Number(last), size);
    return count === 0 ? 'unsatisfiable' : { from: size - count, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= size ? 'unsatisfiable' : { from, to };
}
