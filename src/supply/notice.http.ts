import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { decodeId } from '../kit/public-id.ts';
import type { Db } from '../kit/tx.ts';
import { receiveCall } from './notice.actions.ts';

const largest_bytes = 64 * 1024;

/**
 * Where suppliers tell us of attempts: POST /supply-notices/{shop}/{supplier}. The raw body is what was signed, so no framework reads it before
 * us. No cookies, no session, no idempotency key: the attempt's number is the key.
 */
export function supplyNoticeRoutes(db: Db): Hono {
  const routes = new Hono();
  const limit = bodyLimit({
    maxSize: largest_bytes,
    onError: (context) => context.text('too large', 413),
  });
  routes.post('/supply-notices/:shop/:supplier', limit, async (context) => {
    const shopId = decodeId('shop', context.req.param('shop'));
    const supplierId = decodeId('supplier', context.req.param('supplier'));
    if (!shopId || !supplierId) return context.text('no such supplier', 404);
    const answer = await receiveCall(db, {
      shopId,
      supplierId,
      body: Buffer.from(await context.req.arrayBuffer()),
      sender: context.req.header('user-agent') ?? '',
    });
    return context.text(answer.text, answer.status);
  });
  return routes;
}
