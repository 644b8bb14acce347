import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Log as EvidenceLog } from '../evidence/sequencer.actions.ts';
import { licenceDialects } from '../delivery/licence/dialects.http.ts';
import { writeCounts } from '../delivery/licence/validation.actions.ts';
import { answerFile } from '../delivery/download/file.http.ts';
import { complaintNoticeRoutes } from '../payments/complaint/http.ts';
import { noticeRoutes } from '../payments/notice.http.ts';
import { supplyNoticeRoutes } from '../supply/notice.http.ts';
import { isLostConnection, reader, type Db } from '../kit/tx.ts';
import { endWatches } from '../messaging/live.actions.ts';
import { unreadOf } from '../notifications/actions.ts';
import { apiWith, routesOf } from './api.ts';
import { openEdge, type Edge } from './api.edge.ts';
import type { Config } from './config.ts';
import { evidenceTree } from './evidence.ts';
import { healthOf, readiness, type HealthCheck } from './health.ts';
import { openLog, type Log } from './log.ts';
import { openApiDocument, problemPage } from './openapi.ts';
import { openPages, type Pages } from './pages.ts';
import { edgeError, internalError, problemHeaders, problemOf } from './problem.ts';
import {
  addressOf,
  incoming,
  originAllowed,
  proxyList,
  speakerOf,
  type Http,
  type RequestSettings,
  type ViewerOf,
} from './request.ts';
import { viewerOfRequest } from './viewer.ts';
import { workTables, type WorkTables } from './worker.ts';

export type AppSettings = {
  db: Db;
  config: Pick<Config, 'publicOrigin' | 'mode' | 'trustedProxies'>;
  log: Log;
  viewerOf: ViewerOf;
  /** What follows from what; tests bring their own. */
  tables?: WorkTables;
  /** Absent in tests of the API alone. */
  pages?: Pages | undefined;
  /** What /healthz tells besides the database. */
  checks?: readonly HealthCheck[];
  /** Parts with addresses of their own: the public log, notices of payment channels. */
  mounts?: Readonly<Record<`/${string}`, Hono>>;
};

export type App = {
  fetch: (request: Request, bindings: HttpBindings) => Response | Promise<Response>;
  /** Answers /readyz with 503 from now on, and resolves when no request is under way. */
  drain: () => Promise<void>;
};

/** Everything that answers HTTP, in the order in which addresses are tried. */
export function createApp(settings: AppSettings): App {
  const { db, log, pages, config } = settings;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const request: RequestSettings = {
    db,
    viewerOf: settings.viewerOf,
    publicOrigin: config.publicOrigin,
    demo: config.mode === 'demo',
    trustedProxies: proxyList(config.trustedProxies),
  };
  const router = routesOf({ db, log, tables: settings.tables ?? workTables });
  const edge = openEdge(router as never, '/api/v1', log);
  const flow = trackRequests();

  app.get('/healthz', async (c) => healthOf(c, db, settings.checks ?? []));
  app.get('/readyz', async (c) => readiness(c, db, flow.draining()));
  for (const [at, part] of Object.entries(settings.mounts ?? {})) app.route(at, part);
  app.route('/v1', licenceDialects({ db, addressOf: (http) => addressOf(http, request.trustedProxies) }));
  app.on(['GET', 'HEAD'], '/d/:token', async (c) =>
    answerFile((await incoming(c, request)).context, c.req.raw, c.req.param('token')),
  );
  app.get('/api/openapi.json', async (c) => c.json(await openApiDocument(router, config.publicOrigin)));
  app.get('/api/problems/:code', (c) => problemPage(c, router));
  app.all('/api/v1/*', (c) => answerApi(c, request, edge));
  app.all('/api/*', (c) => refuseAtEdge(c, db, 'ROUTE_NOT_FOUND'));
  if (pages) {
    app.route('/', pages.files);
    app.all('*', (c) => answerPage(c, request, pages, apiWithOf(router, log)));
  }
  app.onError((error, c) => failed(error, c as Http, db, log));
  const headers = standingHeaders(config.publicOrigin);
  return {
    fetch: (asked, bindings) =>
      flow.during(async () => withHeaders(await app.fetch(asked, bindings), headers)),
    drain: async () => {
      // Who looks on would do so for minutes; they come again, to whoever answers then.
      endWatches(db);
      await flow.drain();
    },
  };
}

const apiWithOf = (router: object, log: Log) => (context: Parameters<typeof apiWith>[1]) =>
  apiWith(router as never, context, log);

/** A write with the browser's cookies must come from our own pages; an API key comes in a header only. */
async function answerApi(http: Http, settings: RequestSettings, edge: Edge): Promise<Response> {
  const reads = http.req.method === 'GET' || http.req.method === 'HEAD';
  if (!reads && !originAllowed(http, settings)) return refuseAtEdge(http, settings.db, 'ORIGIN_REFUSED');
  const key = http.req.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    return refuseAtEdge(http, settings.db, 'IDEMPOTENCY_KEY_INVALID');
  const request = await incoming(http, settings);
  const response = await edge(http, request);
  response.headers.set('x-request-id', request.context.requestId);
  return response;
}

async function answerPage(
  http: Http,
  settings: RequestSettings,
  pages: Pages,
  callerOf: ReturnType<typeof apiWithOf>,
): Promise<Response> {
  const { context, setCookies } = await incoming(http, settings);
  const chosen = http.req.query('lang');
  if (chosen === context.language) context.cookies.set('lang', chosen, 365 * 24 * 3600);
  const on = await reader(settings.db);
  const { viewer, language, requestId, wall } = context;
  const unread = viewer.userId === null ? 0 : await unreadOf(on, viewer.userId);
  const answer = await pages.page(http.req.raw, {
    caller: callerOf(context),
    viewer,
    language,
    unread,
    clock: { business: on.business, wall, demo: settings.demo },
    requestId,
  });
  const response = new Response(answer.body, answer);
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie);
  response.headers.set('x-request-id', requestId);
  return response;
}

function refuseAtEdge(http: Http, db: Db, code: Parameters<typeof edgeError>[0]): Response {
  const speaker = speakerOf(http, db);
  return problemResponse(edgeError(code, speaker), speaker);
}

/** What no route caught: the database is away before a route was reached, or a mistake of ours. */
function failed(error: unknown, http: Http, db: Db, log: Log): Response {
  const speaker = speakerOf(http, db);
  const lost = isLostConnection(error);
  log[lost ? 'warn' : 'error'](
    { error, request: speaker.requestId, path: http.req.path },
    'a request failed',
  );
  const refused = lost ? edgeError('DATABASE_UNAVAILABLE', speaker) : internalError(speaker, error);
  if (http.req.path.startsWith('/api/')) return problemResponse(refused, speaker);
  const { zh, en } = problemOf(refused, speaker);
  return new Response(`${zh}\n${en}\n${speaker.requestId}\n`, {
    status: refused.status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': speaker.requestId,
    },
  });
}

function problemResponse(
  error: ReturnType<typeof edgeError>,
  speaker: ReturnType<typeof speakerOf>,
): Response {
  return new Response(JSON.stringify(problemOf(error, speaker)), {
    status: error.status,
    headers: { ...problemHeaders(error), 'cache-control': 'no-store', 'x-request-id': speaker.requestId },
  });
}

/** On every answer, whoever gave it. The content policy of pages stands in pages.ts, since it holds their nonce. */
function standingHeaders(publicOrigin: string | undefined): [string, string][] {
  const headers: [string, string][] = [['x-content-type-options', 'nosniff']];
  if (publicOrigin?.startsWith('https:')) headers.push(['strict-transport-security', 'max-age=31536000']);
  return headers;
}

function withHeaders(response: Response, headers: readonly [string, string][]): Response {
  for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

/** Counts requests until their answer is made, also those whose caller went away: a lane is drained when nobody waits for it. */
function trackRequests() {
  let open = 0;
  let isDraining = false;
  let idle: (() => void)[] = [];
  return {
    draining: () => isDraining,
    async during<T>(act: () => Promise<T>): Promise<T> {
      open++;
      try {
        return await act();
      } finally {
        open--;
        if (open === 0) for (const tell of idle.splice(0)) tell();
      }
    },
    drain: async (): Promise<void> => {
      isDraining = true;
      if (open > 0) await new Promise<void>((resolve) => (idle = [...idle, resolve]));
    },
  };
}

export type Listening = { address: string; stop: () => Promise<void> };

/** Listens. `stop` takes no new connections, waits for what is under way (10 s at most), and closes. */
export async function listen(app: App, at: { host: string; port: number }): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch as never));
  await new Promise<void>((done, refused) => {
    server.once('error', refused).listen(at.port, at.host, done);
  });
  const { port } = server.address() as AddressInfo;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return { address: `http://${host}:${port}`, stop: () => stop(server, app) };
}

async function stop(server: Server, app: App): Promise<void> {
  const closed = new Promise<void>((done) => void server.close(() => done()));
  // A connection is idle only once its last answer has gone out, so this is asked again and again.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), 10_000);
  await app.drain();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

/** The HTTP side of `npm start`. */
export async function startHttp(p: {
  db: Db;
  config: Config;
  evidence: EvidenceLog;
  checks?: readonly HealthCheck[];
  /** Where a form of ours may lead to: the cashier pages of payment channels. */
  formTargets?: readonly string[];
}): Promise<Listening> {
  const { db, config, checks = [] } = p;
  const log = openLog(config.logLevel);
  const pages = await openPages({
    publicOrigin: config.publicOrigin,
    demo: config.mode === 'demo',
    formTargets: p.formTargets,
  });
  const notices = new Hono()
    .route('/', noticeRoutes(db))
    .route('/', complaintNoticeRoutes(db))
    .route('/', supplyNoticeRoutes(db));
  const mounts = { '/log': evidenceTree(p.evidence, config), '/': notices } as const;
  const app = createApp({ db, config, log, viewerOf: viewerOfRequest, pages, checks, mounts });
  const listening = await listen(app, config);
  return {
    ...listening,
    stop: async () => {
      await listening.stop();
      await writeCounts(db);
    },
  };
}
