import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { Secret } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { unitNamed } from '../../delivery/units.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { openKeys } from '../../inventory/keys.actions.ts';
import { hears } from '../actions.ts';
import { holdCases, type File } from '../held.actions.ts';
import { readAssignments } from '../store.ts';
import type { UnsealingRefusal } from './contract.ts';
import { decideAskKey, decideKey, decideShow, masked, type Extent, type Unsealing } from './rules.ts';
import { findUnsealing, insertUnsealing, unsealingsOfCase, writeUnsealing } from './store.ts';

type Refused<T> = Result<T, UnsealingRefusal>;
const keyOf = (file: File, place: number) => unitNamed(file.held, { line: file.case.line, place })?.unit;

/** Somebody who has a case in hands asks to look at one of its keys. Refuses what decideAskKey refuses. */
export async function askKey(
  tx: Tx,
  p: { caseId: string; viewer: Viewer; place: number; extent: Extent; reason: string },
): Promise<Refused<{ unsealingId: string }>> {
  const file = hears(p.viewer) ? (await holdCases(tx, [p.caseId])).get(p.caseId) : undefined;
  if (!file) return refuse('CASE_NOT_FOUND');
  const { shopId, id: caseId, handlerId, seniorId } = file.case;
  const byId = must(p.viewer.userId, 'staff has an id');
  const [hands, before] = [
    await readAssignments(tx, { shopId, caseId }),
    await unsealingsOfCase(tx, { shopId, caseId }),
  ];
  const decided = decideAskKey({
    case: file.case,
    place: p.place,
    inHands: handlerId === byId || seniorId === byId || hands.some((one) => one.userId === byId),
    hasKey: keyOf(file, p.place) !== undefined,
    before: before.length,
  });
  if (!decided.ok) return decided;
  const id = newId(tx.wall);
  const { place, extent, reason } = p;
  await insertUnsealing(tx, { shopId, id, caseId, place, extent, reason, byId, at: tx.business });
  await note(tx, file, { kind: 'card.unseal_asked', byId, body: { unsealing: id, place, extent, reason } });
  return done({ unsealingId: id });
}

type Held = { file: File; one: Unsealing; byId: string };
async function held(tx: Tx, p: { unsealingId: string; viewer: Viewer }): Promise<Held | null> {
  const [found] = hears(p.viewer) ? await findUnsealing(tx, { id: p.unsealingId }) : [];
  if (!found) return null;
  const file = must((await holdCases(tx, [found.caseId])).get(found.caseId), 'a request has its case');
  const one = (await unsealingsOfCase(tx, found)).find((each) => each.id === p.unsealingId);
  return { file, one: must(one, 'a request stays'), byId: must(p.viewer.userId, 'staff has an id') };
}

/** A second person grants or denies it. Refuses what decideKey refuses. */
export async function answerKey(
  tx: Tx,
  p: { unsealingId: string; viewer: Viewer; grants: boolean; extent: Extent; text: string },
): Promise<Refused<{ state: 'granted' | 'denied'; until: Instant | null }>> {
  const found = await held(tx, p);
  if (!found) return refuse('UNSEALING_NOT_FOUND');
  const { file, one, byId } = found;
  const { buyerId, shopId } = file.case;
  const involved = p.viewer.buyerIds.includes(buyerId) || p.viewer.shops.some((s) => s.shopId === shopId);
  const decided = decideKey({ ...p, one, byId, involved, now: tx.business });
  if (!decided.ok) return decided;
  const after = { ...one, ...decided.value, answer: p.text, decidedBy: byId, decidedAt: tx.business };
  await writeUnsealing(tx, { one: after });
  const { state, granted, until } = decided.value;
  const body = { unsealing: one.id, place: one.place, granted, answer: p.text };
  await note(tx, file, { kind: `card.unseal_${state}`, byId, body });
  return done({ state, until });
}

export type Looked = {
  place: number;
  granted: Extent;
  number: Secret | null;
  secret: Secret;
  extra: Secret | null;
};

/**
 * Opens the key for whoever asked, once. Nothing else on a desk opens one. The look is a fact of the order, in the same transaction as the
 * opening, and both parties hear of it. Refuses what decideShow refuses.
 */
export async function showKey(tx: Tx, p: { unsealingId: string; viewer: Viewer }): Promise<Refused<Looked>> {
  const found = await held(tx, p);
  if (!found) return refuse('UNSEALING_NOT_FOUND');
  const { file, one, byId } = found;
  const decided = decideShow({ one, byId, now: tx.business });
  if (!decided.ok) return decided;
  const unit = keyOf(file, one.place);
  if (!unit) return refuse('NO_KEY_HERE');
  const granted = must(one.granted, 'what is granted has its extent');
  const [key] = await openKeys(tx, [unit]);
  const { number, secret, extra } = must(key, 'a unit has its key');
  await writeUnsealing(tx, { one: { ...one, state: 'shown', shownAt: tx.business } });
  faultPoint('unsealings.show.after-row');
  const { place } = one;
  await note(tx, file, {
    kind: 'card.unsealed',
    byId,
    body: { unsealing: one.id, place, granted, reason: one.reason },
  });
  const { id, shopId } = file.case;
  send(tx, publish(tx, [{ event: 'case.unsealed', about: [id], shops: [shopId] }]));
  const shown = (part: Secret | null): Secret | null =>
    part === null || granted === 'whole' ? part : new Secret(masked(part.reveal()));
  return done({
    place,
    granted,
    number: shown(number),
    secret: must(shown(secret), 'a key has its secret'),
    extra: shown(extra),
  });
}

async function note(
  tx: Tx,
  { case: one }: File,
  p: { kind: string; byId: string; body: Record<string, string | number | null> },
): Promise<void> {
  await recordNext(tx, [
    {
      shopId: one.shopId,
      about: one.orderId,
      kind: p.kind,
      actor: `operator:${p.byId}`,
      keyOwner: null,
      body: { case: one.id, article: '14', ...p.body },
    },
  ]);
}
