import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { LaneFull } from '../kit/lane.ts';
import { sha256 } from '../kit/secret.ts';
import type { Db } from '../kit/tx.ts';
import type { RawNotice } from './channel.contract.ts';
import { findChannel } from './channels.actions.ts';
import { receive, type Incoming } from './notice.actions.ts';
import { paymentOfNumber } from './rules.ts';

const largestNotice_bytes = 64 * 1024;

/**
 * Where channels tell us of payments: POST /notices/{channel}. The raw body is what was signed, so no framework reads it before us. Success is
 * answered only after the commit, for a doubled notice too (protocols-payments rule 8), so that the channel stops repeating. A forged notice
 * gets 401 and is kept on record. No cookies, no session, no idempotency key: the trade number is the key.
 */
export function noticeRoutes(db: Db): Hono {
  const routes = new Hono();
  const limit = bodyLimit({
    maxSize: largestNotice_bytes,
    onError: (context) => context.text('too large', 413),
  });
  routes.on(['GET', 'POST'], '/notices/:channel', limit, async (context) => {
    const channel = findChannel(db, context.req.param('channel'));
    if (!channel) return context.text('no such channel', 404);
    const url = new URL(context.req.url);
    const raw: RawNotice = {
      method: context.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: context.req.header(),
      body: Buffer.from(await context.req.arrayBuffer()),
    };
    const parsed = channel.parseNotice(raw, db.wall.now());
    const proof = sha256(raw.body);
    const incoming: Incoming =
      parsed.verified && parsed.trade
        ? {
            kind: 'trade',
            headers: parsed.headers,
            news: {
              channel: channel.name,
              tradeNo: parsed.trade.tradeNo,
              number: parsed.trade.number,
              paymentId: paymentOfNumber(parsed.trade.number),
              amount: parsed.trade.amount,
              channelAt: parsed.trade.at,
              payer: parsed.trade.payer,
              source: 'notice',
              proof,
            },
          }
        : {
            kind: 'other',
            channel: channel.name,
            verified: parsed.verified,
            why: parsed.verified ? `status ${parsed.status}` : parsed.why,
            proof,
            headers: parsed.headers,
          };
    try {
      await receive(db, [incoming]);
    } catch (error) {
      if (error instanceof LaneFull) return context.text('busy', 503, { 'Retry-After': '5' });
      throw error;
    }
    return parsed.verified ? context.text(channel.acknowledgement) : context.text('not accepted', 401);
  });
  return routes;
}
