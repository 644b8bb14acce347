import { must } from '../../kit/assert.ts';
import { once } from '../../kit/once.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { holdsOn } from '../../evidence/hold/actions.ts';
import { complaintsOf } from '../../payments/complaint/views.ts';
import { isOver } from '../rules.ts';
import { bundleContract } from './bundle.contract.ts';
import { bundleFor } from './bundle.actions.ts';
import { dossierOf, orderFrom } from './dossier.actions.ts';
import { clocksOf } from './external.rules.ts';
import { complaintPack, moveExternal, recordExternal } from './pack.actions.ts';
import { packContract } from './pack.contract.ts';
import { draftOf } from './pack.rules.ts';
import { externalsOf, linksOf } from './views.ts';

const outside = serve(packContract.outside, async ({ db, viewer }, { orderId }) => {
  const on = await reader(db);
  const seen = await orderFrom(on, viewer, orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const key = { shopId: seen.shopId, viewerOrder: orderId };
  const [dossier, records, links, holds] = await Promise.all([
    dossierOf(on, seen),
    externalsOf(on, key),
    linksOf(on, key),
    holdsOn(on, [orderId, seen.shopId, seen.buyerId]),
  ]);
  const complaints = await complaintsOf(on, {
    viewerChannels: links.map((one) => one.channel),
    numbers: links.map((one) => one.number),
  });
  const { identity } = dossier;
  const draft = draftOf(dossier);
  return done({
    orderId,
    role: seen.role,
    title: dossier.lines[0]?.title ?? '',
    shopName: dossier.order.shopName,
    caseId: dossier.cases.find((one) => !isOver(one.state))?.id ?? dossier.cases.at(-1)?.id ?? null,
    asked: draft.request,
    facts: draft.facts,
    respondent: identity
      ? { name: identity.legalName, address: identity.address, phone: identity.phone }
      : null,
    records: records.map((one) => ({
      ...one,
      recordId: one.id,
      clocks: clocksOf(one, on.business),
      pauses: false as const,
    })),
    complaints: complaints.map(({ channel, number, state, answerBy, settleBy, answeredAt, refunded }) => ({
      channel,
      number,
      state,
      answerBy,
      settleBy,
      answeredAt,
      refunded: refunded.toString(),
    })),
    // What was ordered to be kept secret is shown to nobody but the staff.
    holds: holds
      .filter((one) => !one.secret || seen.role === 'staff')
      .filter((one) => one.scope !== 'user' || one.subjectId !== seen.buyerId || seen.role !== 'merchant')
      .map(({ authority, kind, number, reason, until, placedAt }) => ({
        authority,
        kind,
        number,
        reason,
        until,
        at: placedAt,
      })),
    now: on.business,
  });
});

/** The ways out of the platform, for whoever may see the order; under api.outside. */
export const outsideRoutes = {
  outside,
  pack: serve(packContract.pack, async ({ db, viewer }, input) =>
    complaintPack(await reader(db), viewer, input),
  ),
  bundle: serve(bundleContract.bundle, ({ db, viewer }, { orderId }) => bundleFor(db, viewer, orderId)),
  record: serve(packContract.record, ({ db, viewer, idempotencyKey }, input) => {
    const key = must(idempotencyKey, 'the route needs a key');
    return transaction(db, (tx) =>
      once(tx, { scope: `usr:${viewer.userId}/external`, key, input }, () =>
        recordExternal(tx, viewer, input),
      ),
    );
  }),
  progress: serve(packContract.progress, ({ db, viewer }, { orderId, recordId, acceptedAt, outcome }) =>
    transaction(db, (tx) => moveExternal(tx, viewer, { orderId, recordId, acceptedAt, outcome })),
  ),
};
