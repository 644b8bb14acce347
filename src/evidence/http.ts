import { Hono } from 'hono';
import { encodeId } from '../kit/public-id.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { must } from '../kit/assert.ts';
import { serve } from '../kit/route.ts';
import { reader, type Db } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { checkReceipt, downloadReceipt, readEvidence, readLights, readRecord } from './contract.ts';
import { publishedCheckpoint, tileBytes } from './log.views.ts';
import { vkeyOf, type NoteKey } from './note.rules.ts';
import { parseTilePath } from './tiles.rules.ts';
import { lightsFrom } from './lights.rules.ts';
import { lightsOf, openPayloads, proofOf, type Proof } from './reading.actions.ts';
import { eventsOf, type Subject } from './reading.store.ts';
import { checkAgainstLog } from './verification.actions.ts';

const text = 'text/plain; charset=utf-8';
const forever = 'public, max-age=31536000, immutable';

/**
 * The public log as a tree of files (C2SP tlog-tiles): checkpoint, tiles, entry bundles, the key and a policy for verifiers.
 * Mounted at /log. `origin` is the address of the site. Anybody may read it, from any page.
 */
export function logTree(p: { db: Db; key: NoteKey; publicOrigin: string }): Hono {
  const vkey = vkeyOf(p.key);
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    c.header('access-control-allow-origin', '*');
    c.header('x-content-type-options', 'nosniff');
  });
  app.get('/checkpoint', async (c) => {
    const published = await publishedCheckpoint(await reader(p.db));
    if (!published) return c.text('nothing is published yet\n', 404, { 'cache-control': 'no-store' });
    return c.body(published.note, 200, { 'content-type': text, 'cache-control': 'public, max-age=1' });
  });
  app.get('/log.vkey', (c) =>
    c.body(`${vkey}\n`, 200, { 'content-type': text, 'cache-control': 'public, max-age=3600' }),
  );
  app.get('/policy.txt', (c) =>
    c.body(`log ${vkey} ${p.publicOrigin}/log\nquorum none\n`, 200, {
      'content-type': text,
      'cache-control': 'public, max-age=3600',
    }),
  );
  app.get('/tile/*', async (c) => {
    const wanted = parseTilePath(c.req.path.slice(c.req.path.indexOf('/tile/') + 1));
    const bytes = wanted && (await tileBytes(await reader(p.db), wanted));
    if (!bytes) return c.text('the log has no such tile\n', 404, { 'cache-control': 'no-store' });
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': forever,
    });
  });
  return app;
}

/**
 * Whose order this is, is known above: `subjectOf` answers the shop of an order that this viewer may see (its buyer, the shop's staff,
 * operators), or null for everybody else, who learns nothing.
 */
export type SubjectOf = (context: Context, orderId: string) => Promise<Subject | null>;

export function evidenceRoutes(subjectOf: SubjectOf) {
  return {
    checkReceipt: serve(checkReceipt, async ({ db }, input) => done(await checkAgainstLog(db, input))),
    readEvidence: serve(readEvidence, async (context, { orderId }) => {
      const subject = await subjectOf(context, orderId);
      if (!subject) return refuse('EVIDENCE_NOT_FOUND');
      const rows = await eventsOf(await reader(context.db), {
        shopIds: [subject.shopId],
        abouts: [subject.about],
      });
      // What is in the tree and under no published checkpoint yet has no place to be proved from.
      const events = rows.map((row) => ({ ...row, count: 1, index: row.fixed ? row.index : null }));
      const records = events.map(({ seq, kind, at, fixed, index, commitment }) => ({
        seq,
        kind,
        at,
        state: fixed ? ('fixed' as const) : ('pending' as const),
        index,
        commitment: commitment.toString('base64'),
      }));
      return done({ lights: lightsFrom(events), records });
    }),
    readLights: serve(readLights, async (context, { orderId }) => {
      const subject = await subjectOf(context, orderId);
      if (!subject) return refuse('EVIDENCE_NOT_FOUND');
      const [lights] = await lightsOf(await reader(context.db), [subject]);
      return done({ lights: must(lights, 'an order has its lights') });
    }),
    readRecord: serve(readRecord, async (context, { orderId, seq }) => {
      const proved = await proofForViewer(subjectOf, context, orderId, seq);
      if (!proved.ok) return proved;
      const { subject, proof } = proved.value;
      const [opened] = await openPayloads(await reader(context.db), [{ ...subject, seq }]);
      if (!opened) return refuse('EVIDENCE_NOT_FOUND');
      if (!opened.ok) return opened;
      const { payload, salt } = opened.value;
      const { leaf, index, tlogProof, spicy } = proof;
      return done({ payload, salt: salt.toString('base64'), leaf, index, tlogProof, spicy });
    }),
    downloadReceipt: serve(downloadReceipt, async (context, { orderId, seq }) => {
      const proved = await proofForViewer(subjectOf, context, orderId, seq);
      if (!proved.ok) return proved;
      const { proof } = proved.value;
      return done(
        new File([proof.tlogProof], `${encodeId('order', orderId)}-${seq}.tlog-proof`, {
          type: 'text/plain',
        }),
      );
    }),
  };
}

type Proved = Result<{ subject: Subject; proof: Proof }, 'EVIDENCE_NOT_FOUND' | 'EVIDENCE_PENDING'>;

async function proofForViewer(
  subjectOf: SubjectOf,
  context: Context,
  orderId: string,
  seq: number,
): Promise<Proved> {
  const subject = await subjectOf(context, orderId);
  if (!subject) return refuse('EVIDENCE_NOT_FOUND');
  const proof = await proofOf(await reader(context.db), { ...subject, seq });
  return proof.ok ? done({ subject, proof: proof.value }) : proof;
}
