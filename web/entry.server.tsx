import { renderToReadableStream } from 'react-dom/server';
import type { EntryContext, RouterContextProvider } from 'react-router';
import { ServerRouter } from 'react-router';
import { nonceContext } from '#context';

/**
 * Renders the whole page before the first byte leaves: pages are small, and a page that fails half way
 * would otherwise answer 200. Every inline script carries the nonce of the request.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const nonce = context.get(nonceContext);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const stream = await renderToReadableStream(
    <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
    { nonce, signal: request.signal },
  );
  await stream.allReady;
  return new Response(stream, { status, headers });
}

/** What a page itself broke is reported once, with the path and never with the query or the form. The api reports its own. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || (error instanceof Error && 'code' in error && error.code === 'INTERNAL'))
    return;
  console.error(`page ${request.method} ${new URL(request.url).pathname}:`, error);
}
