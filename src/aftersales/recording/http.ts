import { done, refuse } from '../../kit/result.ts';
import { copyOf } from '../../kit/attached.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { linesShown } from '../../orders/views.ts';
import { hears } from '../actions.ts';
import { besideOrder } from '../exhibits/actions.ts';
import { endRecording, startRecording, takeChunk, unitsOf } from './actions.ts';
import { recordingContract } from './contract.ts';
import { seenWhile, type Recording } from './rules.ts';
import { recordingsOf } from './views.ts';

/** The recordings of an order for its buyer and for the platform; null for everybody else. */
async function shownOf(on: Tx, { viewer }: Context, orderId: string) {
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return null;
  const who = await besideOrder(on, viewer, orderId);
  if (who?.side !== 'buyer' && !hears(viewer)) return null;
  const key = { shopId: seen.shopId, viewerOrder: orderId };
  return { key, rows: await recordingsOf(on, key) };
}

async function outOf(on: Tx, rows: readonly Recording[]) {
  const [first] = rows;
  if (!first) return [];
  const lines = await linesShown(on, { shopId: first.shopId, viewerOrder: first.orderId });
  const units = await unitsOf(on, first, lines);
  return rows.map(({ id, chain, sha256, ...one }) => ({
    ...one,
    recordingId: id,
    chain: chain.toString('hex'),
    sha256: sha256?.toString('hex') ?? null,
    seen: seenWhile(one, units),
  }));
}

export const recordingRoutes = {
  start: serve(recordingContract.start, async ({ db, viewer }, input) => {
    const started = await transaction(db, (tx) => startRecording(tx, viewer, input));
    if (!started.ok) return started;
    const { id, chain, startedAt } = started.value;
    return done({ recordingId: id, chain: chain.toString('hex'), startedAt });
  }),
  chunk: serve(recordingContract.chunk, ({ db, viewer }, input) => takeChunk(db, viewer, input)),
  end: serve(recordingContract.end, async ({ db, viewer }, input) => {
    const ended = await endRecording(db, viewer, input);
    if (!ended.ok) return ended;
    const [one] = await outOf(await reader(db), [ended.value]);
    return one ? done(one) : refuse('RECORDING_NOT_FOUND');
  }),
  recordings: serve(recordingContract.recordings, async (context, { orderId }) => {
    const on = await reader(context.db);
    const shown = await shownOf(on, context, orderId);
    if (!shown) return refuse('ORDER_NOT_FOUND');
    return done({ recordings: await outOf(on, shown.rows), now: on.business });
  }),
  clip: serve(recordingContract.clip, async (context, { orderId, recordingId }) => {
    const on = await reader(context.db);
    const shown = await shownOf(on, context, orderId);
    const one = shown?.rows.find((row) => row.id === recordingId);
    if (!one?.sha256) return refuse('RECORDING_NOT_FOUND');
    const kept = {
      name: `recording-${one.source}.webm`,
      type: 'video/webm',
      original: one.sha256,
      view: null,
      thumb: null,
    };
    const file = await copyOf(context.db, kept, 'original');
    return file ? done(file) : refuse('RECORDING_NOT_FOUND');
  }),
};
