import type { HttpBindings } from '@hono/node-server';
import type { Context as HonoContext } from 'hono';
import { BlockList, isIP } from 'node:net';
import { newId } from '../kit/ids.ts';
import type { Language } from '../kit/text.ts';
import type { Instant } from '../kit/time.ts';
import type { Db } from '../kit/tx.ts';
import { nobody, type Context, type Viewer } from '../kit/viewer.ts';

export type Http = HonoContext<{ Bindings: HttpBindings }>;

/** Who looks: identity's answer for a session cookie or an API key. Anything it does not know is nobody. */
export type ViewerOf = (asked: Asked) => Promise<Viewer>;

/** What identity may look at to find out who asks. A request with an Authorization header has no cookies. */
export type Asked = {
  readonly db: Db;
  readonly wall: Instant;
  readonly ip: string;
  readonly userAgent: string;
  readonly language: Language;
  readonly authorization: string | undefined;
  readonly cookies: Context['cookies'];
};

export type RequestSettings = {
  readonly db: Db;
  readonly viewerOf: ViewerOf;
  /** The address people use, when it is set. */
  readonly publicOrigin: string | undefined;
  readonly demo: boolean;
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList;
};

/** The context of one request and the cookies its answer sets. */
export type Incoming = { readonly context: Context; readonly setCookies: string[] };

/** A comma list of addresses and networks ('10.0.0.0/8, ::1'). Throws on what is neither. */
export function proxyList(text: string): BlockList {
  const list = new BlockList();
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) throw new Error(`${entry} is neither an address nor a network`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Reads a request once: number, clock, address, language, cookies, who. */
export async function incoming(http: Http, settings: RequestSettings): Promise<Incoming> {
  const wall = settings.db.wall.now();
  const requestId = newId(wall);
  const setCookies: string[] = [];
  const authorization = http.req.header('authorization');
  const cookies = cookieJar(
    authorization === undefined ? http.req.header('cookie') : undefined,
    setCookies,
    isSecure(http, settings),
  );
  const ip = addressOf(http, settings.trustedProxies);
  const userAgent = (http.req.header('user-agent') ?? '').slice(0, 300);
  const language = languageOf(http, cookies.get('lang'));
  const idempotencyKey = http.req.header('idempotency-key') ?? null;
  const { db } = settings;
  const anonymous = authorization === undefined && http.req.header('cookie') === undefined;
  const viewer = anonymous
    ? nobody
    : await settings.viewerOf({ db, wall, ip, userAgent, language, authorization, cookies });
  return {
    context: { db, viewer, language, wall, requestId, ip, userAgent, idempotencyKey, cookies },
    setCookies,
  };
}

/** For answers before or without a context: a number, and the language asked for. */
export function speakerOf(http: Http, db: Db): { language: Language; requestId: string } {
  return {
    language: languageOf(http, cookieValue(http.req.header('cookie'), 'lang')),
    requestId: newId(db.wall.now()),
  };
}

const loopbackName = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
export const isLoopback = (hostname: string): boolean => loopbackName.test(hostname);

function isSecure(http: Http, { publicOrigin, demo }: RequestSettings): boolean {
  if (!publicOrigin?.startsWith('https:')) return false;
  return !(demo && isLoopback(hostnameOf(http.req.header('host') ?? '')));
}

const hostnameOf = (host: string): string => host.replace(/:\d+$/, '');

/** The connection's own address; behind a trusted proxy the last address of X-Forwarded-For that is not a proxy of ours. */
export function addressOf(http: Pick<Http, 'env' | 'req'>, trusted: BlockList): string {
  const own = plainAddress(http.env?.incoming?.socket?.remoteAddress ?? '');
  if (!isTrusted(own, trusted)) return own;
  const hops = (http.req.header('x-forwarded-for') ?? '').split(',').map((hop) => plainAddress(hop.trim()));
  for (const hop of hops.toReversed()) {
    if (isIP(hop) === 0) break;
    if (!isTrusted(hop, trusted)) return hop;
  }
  return own;
}

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
const isTrusted = (address: string, trusted: BlockList): boolean =>
  trusted.rules.length > 0 &&
  isIP(address) !== 0 &&
  trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** ?lang, then the remembered choice, then what the browser prefers; Chinese when it says nothing we speak. */
function languageOf(http: Http, remembered: string | undefined): Language {
  const asked = http.req.query('lang') ?? remembered;
  if (asked === 'zh' || asked === 'en') return asked;
  for (const range of (http.req.header('accept-language') ?? '').split(',')) {
    if (/^\s*zh\b/i.test(range)) return 'zh';
    if (/^\s*en\b/i.test(range)) return 'en';
  }
  return 'zh';
}

/** On https the names carry __Host-, so that no neighbouring host can set them. */
export function cookieJar(
  header: string | undefined,
  set: string[],
  secure: boolean,
): { get(name: string): string | undefined; set(name: string, value: string, maxAge_seconds: number): void } {
  const prefix = secure ? '__Host-' : '';
  const given = new Map<string, string>();
  return {
    get: (name) => given.get(name) ?? cookieValue(header, prefix + name),
    set: (name, value, maxAge_seconds) => {
      given.set(name, value);
      set.push(
        `${prefix}${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAge_seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
      );
    },
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      // A cookie that we did not write.
      return undefined;
    }
  }
  return undefined;
}

/**
 * Whether a write may use the browser's cookies: it must come from a page of ours. A request without cookies, or with an Authorization
 * header, is no browser's doing on somebody's behalf and passes. In a demo every loopback host on our port is our own origin.
 */
export function originAllowed(
  http: Http,
  { publicOrigin, demo }: Pick<RequestSettings, 'publicOrigin' | 'demo'>,
): boolean {
  if (http.req.header('authorization') !== undefined) return true;
  const origin = http.req.header('origin');
  if (origin !== undefined) return isOwnOrigin(origin, http.req.header('host') ?? '', publicOrigin, demo);
  const site = http.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return http.req.header('cookie') === undefined;
}

function isOwnOrigin(origin: string, host: string, publicOrigin: string | undefined, demo: boolean): boolean {
  if (origin === publicOrigin) return true;
  const url = URL.parse(origin);
  if (!url) return false;
  if (publicOrigin === undefined && url.host === host) return true;
  const here = URL.parse(`http://${host}`);
  return (
    demo && here !== null && isLoopback(url.hostname) && isLoopback(here.hostname) && url.port === here.port
  );
}
