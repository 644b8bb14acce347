import type { HttpBindings } from '@hono/node-server';
import type { Context as HonoContext } from 'hono';
import { newId } from '../../kit/ids.ts';
import { hmac } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';
import { errorCode, isLostConnection, type Db } from '../../kit/tx.ts';
import type { Account } from './account.actions.ts';
import { signedHeaders } from './file.rules.ts';
import { take, waitOf, type Buckets, type Rate } from './limit.rules.ts';
import type { By } from './seat.actions.ts';

/** What the dialects stand on: the database, and how the address of a caller is found (trusted proxies are the program's matter). */
export type EdgeSettings = { readonly db: Db; readonly addressOf: (http: HonoContext) => string };

/** One request of a device. */
export type Call = {
  readonly http: HonoContext;
  readonly db: Db;
  readonly at: Instant;
  readonly address: string;
  readonly requestId: string;
};

export const callOf = (http: HonoContext, { db, addressOf }: EdgeSettings): Call => {
  const at = db.wall.now();
  return { http, db, at, address: addressOf(http), requestId: newId(at) };
};

/** The device itself asks, with the key of its licence. */
export const byDevice = ({ db, address }: Call): By => ({
  by: 'device',
  byId: null,
  addressHash: hmac(db.keys.trace, `address/${address}`).subarray(0, 16),
});

const bodyMax_bytes = 32 * 1024;

/** The body as text; undefined when it is larger than a device has to say. Read from the connection itself, which costs a third of the way by Request. */
export async function textOf({ http }: Call): Promise<string | undefined> {
  const { incoming } = (http.env ?? {}) as Partial<HttpBindings>;
  if (!incoming) return http.req.text();
  if (Number(http.req.header('content-length') ?? 0) > bodyMax_bytes) return undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= bodyMax_bytes) pieces.push(piece);
    // A little more is read and thrown away, so that the answer still arrives; who sends on and on is cut off.
    if (size > 32 * bodyMax_bytes) break;
  }
  if (size > bodyMax_bytes) return undefined;
  return (pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))?.toString();
}

export type Reply = {
  readonly status: number;
  /** An object becomes JSON; a text goes as it is; null is no body. */
  readonly body: unknown;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who signs; undefined where the shop is not known. */
  readonly account: Account | undefined;
};

/** The answer, signed by the shop. It is never kept on the way. */
export function reply(
  { http, at, requestId }: Call,
  { status, body, type, headers, account }: Reply,
): Response {
  const text = body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const given: Record<string, string> = {
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...(body === null ? {} : { 'content-type': type }),
    ...headers,
  };
  if (account) {
    const { method, url } = http.req;
    const answer = {
      method,
      target: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
      host: http.req.header('host') ?? '',
      at,
      body: text,
    };
    Object.assign(given, signedHeaders(answer, { id: account.shopId, privateKey: account.privateKey }));
  }
  return new Response(body === null ? null : text, { status, headers: given });
}

const buckets: WeakMap<Db, Buckets> = new WeakMap();
const bucketsOf = (db: Db): Buckets => {
  const own = buckets.get(db) ?? new Map();
  buckets.set(db, own);
  return own;
};

/** Takes one of what this caller may ask for; answers the seconds to wait, or 0. */
export const limited = ({ db, at }: Call, name: string, rate: Rate): number =>
  take(bucketsOf(db), name, rate, at);
export const waiting = ({ db, at }: Call, name: string, rate: Rate): number =>
  waitOf(bucketsOf(db), name, rate, at);

/** What a failure of ours or of the database is: 503 where a repeat makes sense, 422 for a text that no column keeps; the rest is a bug. */
export function failureOf(error: unknown): 503 | 422 | undefined {
  if (isLostConnection(error)) return 503;
  const code = errorCode(error);
  if (code === '22021' || code === '22P05' || code === '22P02') return 422;
  return undefined;
}
