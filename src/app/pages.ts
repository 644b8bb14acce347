import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router';
import type { ViteDevServer } from 'vite';
import type { Language } from '../kit/text.ts';
import type { Viewer } from '../kit/viewer.ts';
import {
  apiContext,
  callerContext,
  clockContext,
  formKeyContext,
  languageContext,
  nonceContext,
  requestIdContext,
  unreadContext,
  viewerContext,
  type Caller,
  type PageClock,
} from './context.ts';

/** What the server knows about a request before a page is made. */
export type PageValues = {
  readonly caller: Caller;
  readonly viewer: Viewer;
  readonly unread?: number | undefined;
  readonly language: Language;
  readonly clock: PageClock;
  readonly requestId: string;
};

export type PageOptions = {
  /** The address that people see (PUBLIC_ORIGIN), when a proxy stands before us. */
  readonly publicOrigin?: string | undefined;
  /** In the demo every loopback host is our own origin, whatever publicOrigin says. */
  readonly demo?: boolean | undefined;
  /** Origins outside ours that a form of ours may end at: the cashier pages of payment channels. */
  readonly formTargets?: readonly string[] | undefined;
  /** Serve from the sources through Vite, for people who work on pages. Never in production: the content policy is weaker. */
  readonly dev?: boolean | undefined;
};

export type Pages = {
  /** GET of a built file: /assets/* for ever, precompressed; the rest of public/ for an hour. Ends with 404 of Hono when there is none. */
  readonly files: Hono;
  /** The page for a request, with its security headers. Never throws: an error becomes the error page. */
  readonly page: (request: Request, values: PageValues) => Promise<Response>;
  /** Only with `dev`: goes before everything else, on the raw Node request. */
  readonly vite: ViteDevServer | undefined;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Opens the built web (`npm run build:web` made build/), or with `dev` the sources. */
export async function openPages(options: PageOptions = {}): Promise<Pages> {
  const vite = options.dev ? await startVite() : undefined;
  const build = vite
    ? (): Promise<ServerBuild> =>
        vite.ssrLoadModule('virtual:react-router/server-build') as Promise<ServerBuild>
    : ((await import(pathToFileURL(`${root}build/server/index.js`).href)) as ServerBuild);
  const handler = createRequestHandler(build, vite ? 'development' : 'production');
  const page = async (request: Request, values: PageValues): Promise<Response> => {
    const nonce = randomBytes(16).toString('base64');
    const response = await handler(asPublic(request, options), contextOf(values, nonce));
    for (const [name, value] of Object.entries(headersOf(nonce, options)))
      if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  };
  return { files: files(), page, vite };
}

function contextOf(values: PageValues, nonce: string): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(apiContext, values.caller(null));
  context.set(callerContext, values.caller);
  context.set(viewerContext, values.viewer);
  context.set(unreadContext, values.unread ?? 0);
  context.set(languageContext, values.language);
  context.set(clockContext, values.clock);
  context.set(nonceContext, nonce);
  context.set(requestIdContext, values.requestId);
  context.set(formKeyContext, () => randomBytes(16).toString('base64url'));
  return context;
}

const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * React Router compares the full Origin of a POST with the URL of the request and knows nothing of proxies,
 * so behind one the request must carry the public address. A foreign Origin is still refused with 400.
 */
export function asPublic(request: Request, { publicOrigin, demo }: PageOptions): Request {
  if (!publicOrigin) return request;
  const url = new URL(request.url);
  if (url.origin === publicOrigin || (demo && loopback.test(url.hostname))) return request;
  return new Request(new URL(url.pathname + url.search, publicOrigin), request);
}

/**
 * The content policy has no unsafe-inline: scripts need the nonce of this answer, styles are files, and a style attribute
 * is ignored by the browser. data: is for the masks in our own stylesheet.
 */
function headersOf(
  nonce: string,
  { formTargets = [], dev, publicOrigin }: PageOptions,
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self'${dev ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "manifest-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    // A buyer may record the screen or a camera while a key is seen (F071); nothing else of the device is asked for.
    'Permissions-Policy': 'camera=(self), display-capture=(self), microphone=(), geolocation=(), payment=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(publicOrigin?.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** The names of files under /assets hold a hash of their content, so they are kept for ever. */
function files(): Hono {
  const app = new Hono();
  const found = serveStatic({ root: `${root}build/client`, precompressed: true });
  const kept =
    (age: string): MiddlewareHandler =>
    async (c, next) => {
      await next();
      if (c.res.ok) c.res.headers.set('Cache-Control', age);
    };
  app.get('/assets/*', kept('public, max-age=31536000, immutable'), found);
  app.get('/:file{[a-z0-9-]+\\.(?:svg|ico|txt|png|webmanifest)}', kept('public, max-age=3600'), found);
  app.get('/schemas/:file{[a-z0-9-]+\\.json}', kept('public, max-age=3600'), found);
  return app;
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer: createVite } = await import('vite');
  return createVite({
    root,
    server: { middlewareMode: true, hmr: { server: createServer() } },
    appType: 'custom',
  });
}
