import type { LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';

/** One record of an order as a file: its content, its salt, its leaf and the proof. The verification page reads it, and so do other tools. */
export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const { api } = page(context);
  const [orderId, seq] = [params['orderId'] ?? '', params['seq'] ?? ''];
  const record = await found(api.evidence.readRecord({ orderId, seq: Number(seq) }));
  return new Response(`${JSON.stringify({ format: 'mengyue-receipt@v1', ...record }, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${orderId.replace(/[^\w]/g, '')}-${Number(seq)}.receipt.json"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
