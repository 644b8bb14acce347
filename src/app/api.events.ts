import { getEventMeta } from '@orpc/server';

const heartbeat_ms = 15_000;

/** Whether a route answered with events instead of one body. */
export const isEvents = (body: unknown): body is AsyncIterator<unknown> =>
  typeof body === 'object' &&
  body !== null &&
  Symbol.asyncIterator in body &&
  'next' in body &&
  !(body instanceof ReadableStream);

/** What proxies must know of a stream of events: that it is not to be kept, gathered or changed. */
export const eventHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

/**
 * Events as the browser's EventSource reads them (WHATWG HTML 9.2), each with its id to be resumed from. A comment every 15 seconds keeps
 * proxies from ending what is merely quiet. When the reader goes away the source is told at once; a trouble of ours ends the stream, and the
 * browser comes again with the last id it got.
 */
export function eventStream(source: AsyncIterator<unknown>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let beating: NodeJS.Timeout | undefined;
  let gone = false;
  const stop = (): void => {
    gone = true;
    clearInterval(beating);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(': \n\n'));
      beating = setInterval(() => controller.enqueue(encoder.encode(': \n\n')), heartbeat_ms).unref();
    },
    async pull(controller) {
      try {
        const { done, value } = await source.next();
        if (gone) return;
        if (!done) return controller.enqueue(encoder.encode(messageOf(value)));
      } catch {
        if (gone) return;
      }
      stop();
      controller.close();
    },
    async cancel() {
      stop();
      await source.return?.();
    },
  });
}

function messageOf(value: unknown): string {
  const { id, retry } = getEventMeta(value) ?? {};
  return `${retry === undefined ? '' : `retry: ${retry}\n`}${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(value)}\n\n`;
}
