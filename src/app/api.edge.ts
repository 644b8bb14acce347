import { JsonSchemaCoercer } from '@orpc/json-schema';
import {
  StandardBracketNotationSerializer,
  StandardOpenAPIJsonSerializer,
  StandardOpenAPISerializer,
} from '@orpc/openapi-client/standard';
import { StandardOpenAPICodec, StandardOpenAPIMatcher } from '@orpc/openapi/standard';
import { ORPCError, type AnyProcedure, type AnyRouter } from '@orpc/server';
import { StandardHandler } from '@orpc/server/standard';
import { z } from 'zod';
import type { EndpointMeta } from '../kit/endpoint.ts';
import { namedAs } from '../kit/file-stream.ts';
import type { Context } from '../kit/viewer.ts';
import { refineErrors } from './api.errors.ts';
import { eventHeaders, eventStream, isEvents } from './api.events.ts';
import type { Log } from './log.ts';
import { edgeError, problemHeaders, problemOf } from './problem.ts';
import type { Http, Incoming } from './request.ts';

/** What a body may weigh where the endpoint says nothing. */
const bodyMax_bytes = 256 * 1024;

export type Edge = (http: Http, incoming: Incoming) => Promise<Response>;

const neverAborted = new AbortController().signal;

/** One HTTP request as oRPC reads it. Its body is read once, when the route is known, and not beyond what that route takes. */
class EdgeRequest {
  readonly method: string;
  readonly url: URL;
  // A client that went away is not a cancellation: what it asked for is done, and its repeat gets the same answer.
  readonly signal = neverAborted;
  bodyMax_bytes = bodyMax_bytes;
  readonly http: Http;
  readonly context: Context;
  constructor(http: Http, context: Context) {
    this.http = http;
    this.context = context;
    this.method = http.req.method === 'HEAD' ? 'GET' : http.req.method;
    this.url = new URL(http.req.url);
  }
  get headers(): Record<string, string> {
    return this.http.req.header();
  }
  body = (): Promise<unknown> => readBody(this);
}

async function readBody({ http, context, bodyMax_bytes: max }: EdgeRequest): Promise<unknown> {
  const length = http.req.header('content-length');
  if (Number(length ?? 0) > max) throw edgeError('BODY_TOO_LARGE', context);
  const type = http.req.header('content-type') ?? '';
  const isForm = /^multipart\/form-data\b/i.test(type) && max > bodyMax_bytes;
  const bytes =
    length === undefined ? await counted(http.req.raw, max, context) : await http.req.raw.arrayBuffer();
  if (bytes.byteLength === 0) return undefined;
  if (!isForm && !/^application\/json\b/i.test(type)) throw edgeError('BODY_TYPE_REFUSED', context);
  try {
    if (isForm) return await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return JSON.parse(strictUtf8.decode(bytes));
  } catch {
    throw edgeError('REQUEST_MALFORMED', context);
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** A body without a declared length: read piece by piece, and given up at the limit. */
async function counted(request: Request, max: number, context: Context): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > max) throw edgeError('BODY_TOO_LARGE', context);
    pieces.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole.buffer;
}

/** Reads input strictly: query strings and path parameters become numbers and booleans by the shape, values of a JSON body never do. */
class EdgeCodec extends StandardOpenAPICodec {
  override async decode(
    request: EdgeRequest,
    params: Record<string, string> | undefined,
    procedure: AnyProcedure,
  ): Promise<unknown> {
    const meta = procedure['~orpc'].meta as EndpointMeta;
    request.bodyMax_bytes = meta.bodyMax_bytes ?? bodyMax_bytes;
    if (meta.streams && isStream(request))
      return coerced(textSchemaOf(procedure), streamInput(request, params));
    const schema = textSchemaOf(procedure);
    if (request.method === 'GET') return coerced(schema, await super.decode(request, params, procedure));
    // A write without a body is one that says nothing: the shape decides whether that is enough.
    return (await super.decode(request, coerced(schema, params) as Record<string, string>, procedure)) ?? {};
  }
}

/** One file as the body: nobody reads it here, the action counts its bytes as they come. */
const isStream = ({ http }: EdgeRequest): boolean =>
  /^application\/octet-stream\b/i.test(http.req.header('content-type') ?? '');

function streamInput({ http, url }: EdgeRequest, params: Record<string, string> | undefined): object {
  const length = http.req.header('content-length');
  return {
    ...(length === undefined ? {} : { size: length }),
    ...Object.fromEntries(url.searchParams),
    ...params,
    file: http.req.raw.body ?? new Blob([]),
  };
}

const coercer = new JsonSchemaCoercer();
const schemas = new WeakMap<object, object | null>();
const coerced = (schema: object | null, value: unknown): unknown =>
  schema && value !== undefined ? coercer.coerce(schema as never, value) : value;

/** The input's JSON Schema where something in it is not a string; null where there is nothing to make of a text. */
function textSchemaOf(procedure: AnyProcedure): object | null {
  const input = procedure['~orpc'].inputSchema;
  if (!(input instanceof z.ZodType)) return null;
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const texts = Object.values(schema.properties ?? {}).every(
    (property) => typeof property === 'object' && property.type === 'string',
  );
  schemas.set(input, texts ? null : schema);
  return texts ? null : schema;
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: unknown };

/** All routes over HTTP, under `prefix`. Errors of any kind leave as problem+json (RFC 9457). */
export function openEdge(router: AnyRouter, prefix: `/${string}`, log: Log): Edge {
  const serializer = new StandardOpenAPISerializer(
    new StandardOpenAPIJsonSerializer(),
    new StandardBracketNotationSerializer(),
  );
  const handler = new StandardHandler<Context & Record<never, never>>(
    router as never,
    new StandardOpenAPIMatcher(),
    new EdgeCodec(serializer),
    { interceptors: [problems], clientInterceptors: [refineErrors(log) as never] },
  );
  return async (http, { context, setCookies }) => {
    const result = await handler.handle(new EdgeRequest(http, context), { context, prefix });
    const answer = result.matched ? (result.response as Answer) : notRouted(context);
    return responseOf(answer, setCookies);
  };
}

/** Runs around matching, decoding and the call: what was thrown becomes a problem in the caller's language. */
async function problems(call: { context: Context; next(): Promise<unknown> }): Promise<never> {
  try {
    return (await call.next()) as never;
  } catch (error) {
    const refused = error instanceof ORPCError ? error : edgeError('REQUEST_MALFORMED', call.context);
    return { matched: true, response: problemAnswer(refused, call.context) } as never;
  }
}

const problemAnswer = (error: ORPCError<string, unknown>, context: Context): Answer => ({
  status: error.status,
  headers: problemHeaders(error),
  body: problemOf(error, context),
});

const notRouted = (context: Context): Answer => problemAnswer(edgeError('ROUTE_NOT_FOUND', context), context);

/** Answers are private and not kept, unless the route's own headers say otherwise. */
function responseOf({ status, headers, body }: Answer, setCookies: readonly string[]): Response {
  const given: Record<string, string> = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = String(value);
  const content = contentOf(body, given);
  if (setCookies.length === 0) return new Response(content, { status, headers: given });
  const response = new Response(content, { status, headers: given });
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie);
  return response;
}

/** Pictures of our own making are shown where they are asked for; all else is saved. */
const placeOf = (type: string): string => (type === 'image/webp' ? 'inline' : 'attachment');

function contentOf(body: unknown, headers: Record<string, string>): string | Blob | ReadableStream | null {
  if (body === undefined) return null;
  if (body instanceof ReadableStream) {
    const file = namedAs(body);
    if (file) headers['content-type'] = file.type;
    if (file)
      headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
    return body;
  }
  if (isEvents(body)) {
    Object.assign(headers, eventHeaders);
    return eventStream(body);
  }
  if (body instanceof Blob) {
    headers['content-type'] ??= body.type || 'application/octet-stream';
    if (body instanceof File)
      headers['content-disposition'] ??=
        `${placeOf(body.type)}; filename*=UTF-8''${encodeURIComponent(body.name)}`;
    return body;
  }
  headers['content-type'] ??= 'application/json';
  return JSON.stringify(body);
}
