import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { assert } from './assert.ts';
import { outboundRefusals, type OutboundRefusal } from './refusals.ts';
import { done, refuse, type Result } from './result.ts';
import type { Db } from './tx.ts';

// Requests to addresses that a user chose: a supplier's endpoint, a share link, a webhook. Nothing here may reach into our own network.

const unroutable: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private (RFC 1918)
  ['100.64.0.0', 10], // carrier-grade NAT; also the metadata service of one cloud
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local; metadata services
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; metadata of another cloud
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];
// Of IPv6 only global unicast is reached, less what carries an IPv4 address inside or is no place at all. Mapped addresses are not in it.
const unroutable6: readonly (readonly [network: string, bits: number])[] = [
  ['2001::', 23], // Teredo, ORCHID, protocol assignments
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
];
const refused = new BlockList();
for (const [network, bits] of unroutable) refused.addSubnet(network, bits, 'ipv4');
const refused6 = new BlockList();
for (const [network, bits] of unroutable6) refused6.addSubnet(network, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet: not ours, not our neighbours', not a disguise of one (RFC 6890). */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !refused.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');
}

export { outboundRefusals, type OutboundRefusal };

export type Ask = {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the first question to the name server to the last byte of the answer. */
  readonly time_ms?: number;
  readonly max_bytes?: number;
  /** Take the first max_bytes of a longer answer instead of refusing it. */
  readonly cut?: boolean;
};

export type Heard = {
  /** A 3xx comes as it is: redirects are never followed. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sha256: string;
  readonly cut: boolean;
};

const standing = { time_ms: 10_000, max_bytes: 1024 * 1024 };

const loopbackPlaces = new WeakMap<Db, Set<string>>();

/** For tests and the simulators of a demo: lets requests reach one place on this machine ('127.0.0.1:8082'), also without TLS. */
export function allowLoopback(db: Db, place: string): void {
  assert(db.demo, 'production reaches nothing on its own machine');
  assert(/^(127\.0\.0\.1|\[::1\]):\d+$/.test(place), 'a place of this machine is an address and a port');
  loopbackPlaces.set(db, (loopbackPlaces.get(db) ?? new Set()).add(place));
}

/**
 * Sends one request to an address that a user chose: https only, the name resolved once and pinned, every address it has must be public, no
 * redirects, no proxies, no cookies, limits of time and size. Never inside a transaction.
 */
export async function askOutside(db: Db, ask: Ask): Promise<Result<Heard, OutboundRefusal>> {
  const url = URL.parse(ask.url);
  if (!url || url.username || url.password) return refuse('ADDRESS_REFUSED', { why: 'url' });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ours = loopbackPlaces.get(db)?.has(url.host) ?? false;
  if (url.protocol !== 'https:' && !(ours && url.protocol === 'http:'))
    return refuse('ADDRESS_REFUSED', { why: 'scheme' });
  const stop = AbortSignal.timeout(ask.time_ms ?? standing.time_ms);
  const found = await resolved(host, stop);
  if (!found.ok) return found;
  if (!ours && !found.value.every(isPublicAddress)) return refuse('ADDRESS_REFUSED', { why: 'private' });
  return send(url, found.value[0] ?? host, ask, stop);
}

async function resolved(host: string, stop: AbortSignal): Promise<Result<string[], OutboundRefusal>> {
  if (isIP(host) !== 0) return done([host]);
  const late = new Promise<never>((_, failed) =>
    stop.addEventListener('abort', () => failed(new Error('the name server did not answer')), { once: true }),
  );
  try {
    const all = await Promise.race([lookup(host, { all: true, verbatim: true }), late]);
    return all.length === 0
      ? refuse('ADDRESS_UNREACHABLE', { why: 'name' })
      : done(all.map(({ address }) => address));
  } catch {
    return refuse('ADDRESS_UNREACHABLE', { why: 'name' });
  }
}

/** Connects to the address that was checked, whatever the name says by then; the certificate is still checked against the name. */
function send(
  url: URL,
  address: string,
  ask: Ask,
  stop: AbortSignal,
): Promise<Result<Heard, OutboundRefusal>> {
  const { method = 'GET', headers = {}, body } = ask;
  const family = isIP(address);
  const pinned = (_: string, options: { all?: boolean }, give: (...answer: unknown[]) => void): void =>
    options.all ? give(null, [{ address, family }]) : give(null, address, family);
  return new Promise((resolve) => {
    let sent = false;
    const fail = (why: string): void =>
      resolve(refuse(sent ? 'ADDRESS_SILENT' : 'ADDRESS_UNREACHABLE', { why }));
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      method,
      headers: {
        'user-agent': 'Mengyue/1 (+link check)',
        accept: '*/*',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      agent: false,
      signal: stop,
      lookup: pinned as never,
    });
    onceConnected(request, () => (sent = true));
    request.once('error', (problem: NodeJS.ErrnoException) =>
      fail(stop.aborted ? 'time' : (problem.code ?? 'failed')),
    );
    request.once(
      'response',
      (answer) => void hear(answer, ask).then(resolve, () => fail(stop.aborted ? 'time' : 'cut off')),
    );
    request.end(body);
  });
}

/** Bytes of the request leave when the connection is ready; before that nothing can have happened on the other side. */
function onceConnected(request: ClientRequest, tell: () => void): void {
  request.once('socket', (socket) => {
    if (!socket.connecting && !('secureConnecting' in socket && socket.secureConnecting)) tell();
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', tell);
  });
}

async function hear(answer: IncomingMessage, ask: Ask): Promise<Result<Heard, OutboundRefusal>> {
  const max = ask.max_bytes ?? standing.max_bytes;
  const pieces: Buffer[] = [];
  let [size, cut] = [0, false];
  for await (const piece of answer as AsyncIterable<Buffer>) {
    cut = size + piece.length > max;
    if (cut && !ask.cut) {
      answer.destroy();
      return refuse('ADDRESS_SILENT', { why: 'size' });
    }
    pieces.push(cut ? piece.subarray(0, max - size) : piece);
    size += piece.length;
    if (cut) break;
  }
  const body = Buffer.concat(pieces);
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const sha256 = createHash('sha256').update(body).digest('hex');
  return done({ status: answer.statusCode ?? 0, headers, body, sha256, cut });
}
