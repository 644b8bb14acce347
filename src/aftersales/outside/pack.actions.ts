import { must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { pdfOf } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Reader, type Tx } from '../../kit/tx.ts';
import { instant } from '../../kit/time.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { publish } from '../../kit/outbox.ts';
import { recordNext } from '../../evidence/actions.ts';
import { lockWithLines } from '../../orders/actions.ts';
import { isOver } from '../rules.ts';
import { casesOf } from '../views.ts';
import { dossierOf, orderFrom } from './dossier.actions.ts';
import { decideExternal } from './external.rules.ts';
import type { ExternalKind } from './laws.data.ts';
import { maskedPack, packOf, packPaper, type Complainant } from './pack.rules.ts';
import { insertExternal, lockExternal, writeExternal } from './store.ts';
import type { OutsideRefusal } from './refusals.contract.ts';

type Wish = Complainant & { readonly orderId: string; readonly format: 'json' | 'pdf' };

/**
 * The 12315 pack of an order, for its buyer whole; whoever else may see the order gets it with the complainant masked. Nothing of what the
 * buyer typed is kept. ORDER_NOT_FOUND: not theirs.
 */
export async function complaintPack(
  on: Reader,
  viewer: Viewer,
  p: Wish,
): Promise<Result<File, 'ORDER_NOT_FOUND'>> {
  const seen = await orderFrom(on, viewer, p.orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const whole = packOf(await dossierOf(on, seen), p, on.business);
  const pack = seen.role === 'buyer' ? whole : maskedPack(whole);
  const name = `12315-${encodeId('order', p.orderId)}`;
  if (p.format === 'json')
    return done(
      new File([`${JSON.stringify(pack, null, 2)}\n`], `${name}.json`, { type: 'application/json' }),
    );
  const pdf = await pdfOf(packPaper(pack, on.business));
  return done(new File([new Uint8Array(pdf)], `${name}.pdf`, { type: 'application/pdf' }));
}

export type NewExternal = {
  readonly orderId: string;
  readonly kind: ExternalKind;
  readonly number: string;
  readonly authority: string;
  readonly filedAt: number;
};

/**
 * Notes that an order was taken to somebody outside. It pauses nothing: no clock, no hold and no money of ours waits for it (F127); it can be
 * seen by both sides and stands in the order's evidence. ORDER_NOT_FOUND, NOT_YET.
 */
export async function recordExternal(
  tx: Tx,
  viewer: Viewer,
  p: NewExternal,
): Promise<Result<{ recordId: string }, OutsideRefusal>> {
  const seen = await orderFrom(tx, viewer, p.orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const { shopId, orderId, role } = seen;
  const [held] = await lockWithLines(tx, [{ shopId, id: orderId }]);
  const { order } = must(held, 'an order that is seen is there');
  const filedAt = decideExternal({ at: instant(p.filedAt), placedAt: order.placedAt, now: tx.business });
  if (!filedAt.ok) return filedAt;
  const cases = await casesOf(tx, { shopId, viewerOrder: orderId });
  const id = newId(tx.wall);
  const byId = must(viewer.userId, 'the route needs a user');
  send(
    tx,
    insertExternal(tx, {
      shopId,
      orderId,
      id,
      caseId: cases.find((one) => !isOver(one.state))?.id ?? null,
      kind: p.kind,
      number: p.number,
      authority: p.authority,
      filedAt: filedAt.value,
      by: role,
      byId,
      at: tx.business,
    }),
    publish(tx, [{ event: 'external.recorded', about: [id, orderId], shops: [shopId, shopId] }]),
  );
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'external.recorded',
      actor: `${role}:${byId}`,
      keyOwner: order.buyerId,
      body: { record: id, kind: p.kind, number: p.number, authority: p.authority, filedAt: filedAt.value },
    },
  ]);
  return done({ recordId: id });
}

/** Notes that an authority took it up, or how it ended. RECORD_NOT_FOUND: not theirs; NOT_YET: a time that is not past. */
export async function moveExternal(
  tx: Tx,
  viewer: Viewer,
  p: { orderId: string; recordId: string; acceptedAt: number | undefined; outcome: string | undefined },
): Promise<Result<{ recordId: string }, OutsideRefusal>> {
  const seen = await orderFrom(tx, viewer, p.orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const { shopId, orderId, role } = seen;
  const [held] = await lockWithLines(tx, [{ shopId, id: orderId }]);
  const { order } = must(held, 'an order that is seen is there');
  const [before] = await lockExternal(tx, { shopId, orderId, id: p.recordId });
  // A party moves its own record; the support moves any.
  if (!before || (role !== 'staff' && before.byId !== viewer.userId)) return refuse('RECORD_NOT_FOUND');
  const accepted =
    p.acceptedAt === undefined
      ? done(before.acceptedAt)
      : decideExternal({ at: instant(p.acceptedAt), placedAt: before.filedAt, now: tx.business });
  if (!accepted.ok) return accepted;
  const outcome = p.outcome ? p.outcome : before.outcome;
  const endedAt = p.outcome ? tx.business : before.endedAt;
  const [id, acceptedAt] = [p.recordId, accepted.value];
  send(tx, writeExternal(tx, { shopId, orderId, id, acceptedAt, outcome, endedAt }));
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'external.moved',
      actor: `${role}:${viewer.userId}`,
      keyOwner: order.buyerId,
      body: { record: id, acceptedAt, outcome },
    },
  ]);
  return done({ recordId: id });
}
