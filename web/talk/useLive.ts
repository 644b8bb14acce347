import { useEffect, useRef, useState } from 'react';
import { useFetcher, useRevalidator } from 'react-router';

/**
 * What the conversation's page does beyond a plain page: it hears of changes as they come and reads itself anew, and it tells the other side
 * what was seen, once the page is really looked at. Without any of it the page works by reloading.
 */
export function useLive(p: { orderId: string; last: number; unread: number }): 'none' | 'live' | 'broken' {
  const { orderId, last, unread } = p;
  const { revalidate } = useRevalidator();
  const [line, setLine] = useState<'none' | 'live' | 'broken'>('none');
  const from = useRef(last);
  useEffect(() => {
    if (typeof EventSource === 'undefined') return undefined;
    const source = new EventSource(`/api/v1/orders/${orderId}/messages/live?after=${from.current}`);
    // The first event of a connection says where things stand; the page knows that, unless it was cut off meanwhile.
    let isFirst = true;
    source.onopen = () => setLine('live');
    source.onerror = () => setLine('broken');
    source.onmessage = (event: MessageEvent<string>) => {
      const { messages } = JSON.parse(event.data) as { messages: unknown[] };
      if (!isFirst || messages.length > 0) void revalidate();
      isFirst = false;
    };
    return () => source.close();
  }, [orderId, revalidate]);
  useSeen(last, unread);
  return line;
}

function useSeen(last: number, unread: number): void {
  const { submit } = useFetcher();
  const told = useRef(0);
  useEffect(() => {
    const tell = (): void => {
      if (unread === 0 || told.current >= last || document.visibilityState !== 'visible') return;
      told.current = last;
      void submit(
        { intent: 'read', upTo: String(last), quiet: '1' },
        { method: 'post', preventScrollReset: true },
      );
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [last, unread, submit]);
}

/** Keeps the newest words in view for whoever is reading there; who reads further up is left in peace. */
export function useNewest(last: number): void {
  const seen = useRef(0);
  useEffect(() => {
    const isNear = window.innerHeight + window.scrollY > document.body.scrollHeight - 600;
    if (seen.current === 0 || isNear) document.getElementById('end')?.scrollIntoView({ block: 'end' });
    seen.current = last;
  }, [last]);
}
