import { Writable } from 'node:stream';
import { renderToPipeableStream } from 'react-dom/server';
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
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const nonce = context.get(nonceContext);
  const page = await rendered(
    <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
    nonce,
  );
  return new Response(page, { status, headers });
}

/** The document as bytes. Into one buffer, because streams of the web cost more than the small pages they carry. */
function rendered(element: React.ReactElement, nonce: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, next) {
        chunks.push(chunk);
        next();
      },
      final(next) {
        done(Buffer.concat(chunks));
        next();
      },
    });
    const { pipe, abort } = renderToPipeableStream(element, {
      nonce,
      onAllReady: () => pipe(sink),
      onShellError: failed,
      onError: failed,
    });
    sink.on('error', (error) => abort(error));
  });
}

/** What a page itself broke is reported once, with the path and never with the query or the form. The api reports its own. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || !(error instanceof Error)) return;
  if ('code' in error && error.code === 'INTERNAL') return;
  // A form from another site: React Router has answered 400, and there is nothing here to mend.
  if (error.message.includes('`origin` header')) return;
  console.error(`page ${request.method} ${new URL(request.url).pathname}:`, error);
}
