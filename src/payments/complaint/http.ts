import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Db } from '../../kit/tx.ts';
import { deskOf, takeNotice } from './actions.ts';

const largestNotice_bytes = 64 * 1024;

/**
 * Where channels tell us of complaints: POST /notices/{channel}/complaints. The raw body is what was signed. Success is answered after the
 * commit, for a doubled notice too, so that the channel stops repeating; a forged one gets 401 and is kept on record.
 */
export function complaintNoticeRoutes(db: Db): Hono {
  const routes = new Hono();
  const limit = bodyLimit({
    maxSize: largestNotice_bytes,
    onError: (context) => context.text('too large', 413),
  });
  routes.post('/notices/:channel/complaints', limit, async (context) => {
    const desk = deskOf(db, context.req.param('channel'));
    if (!desk) return context.text('no such channel', 404);
    const url = new URL(context.req.url);
    const answer = await takeNotice(db, desk, {
      method: context.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: context.req.header(),
      body: Buffer.from(await context.req.arrayBuffer()),
    });
    return answer === 'forged' ? context.text('not accepted', 401) : context.text(desk.acknowledgement);
  });
  return routes;
}
