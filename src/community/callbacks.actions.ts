import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { openForUsers, sealForUsers, type Kept } from '../evidence/user-keys.actions.ts';
import type { CallbackRefusal, CallTopic } from './callbacks.contract.ts';
import { callHours, decideBooking } from './callbacks.rules.ts';
import { endCallback, insertCallback, lockCallback, openCallback } from './callbacks.store.ts';
import { callsOf } from './callbacks.views.ts';

const keptAs = (userId: string, id: string): Kept => ({
  userId,
  about: id,
  bound: `community.callbacks/${id}`,
});

export type Call = Awaited<ReturnType<typeof callsOf>>[number];

/** Books a call (F192). Refuses CALLBACK_OPEN, SLOT_UNKNOWN, PHONE_INVALID, SLOT_FULL. */
export async function bookCall(
  tx: Tx,
  p: {
    userId: string;
    slotAt: Instant;
    phone: string;
    topic: CallTopic;
    orderId: string | null;
    note: string;
  },
): Promise<Result<Call, CallbackRefusal>> {
  const viewer = { userId: p.userId };
  const mine = await callsOf(tx, { viewer, limit: 1 });
  const decided = decideBooking({
    ...p,
    hasOpen: mine.some((call) => call.outcome === null),
    now: tx.business,
  });
  if (!decided.ok) return decided;
  const id = newId(tx.wall);
  const [phone] = await sealForUsers(tx, [{ ...keptAs(p.userId, id), text: decided.value.digits }]);
  const [made] = await insertCallback(tx, {
    ...p,
    id,
    places: callHours.places,
    phone: must(phone, 'the number was sealed'),
    masked: decided.value.masked,
    at: tx.business,
  });
  if (!made) return refuse('SLOT_FULL');
  return done(must((await callsOf(tx, { viewer, limit: 1 }))[0], 'the call that was booked'));
}

/** Its buyer does not want to be called any more. Refuses CALLBACK_NOT_FOUND, CALLBACK_ENDED. */
export async function cancelCall(
  tx: Tx,
  p: { id: string; userId: string },
): Promise<Result<{ outcome: 'cancelled' }, CallbackRefusal>> {
  const [call] = await lockCallback(tx, p);
  if (!call || call.userId !== p.userId) return refuse('CALLBACK_NOT_FOUND');
  if (call.outcome !== null) return refuse('CALLBACK_ENDED');
  await endCallback(tx, { id: p.id, outcome: 'cancelled', note: '', byId: p.userId, at: tx.business });
  return done({ outcome: 'cancelled' });
}

/** Opens the number for somebody of the support, who is kept with it. Refuses CALLBACK_NOT_FOUND, CALLBACK_ENDED. */
export async function openNumber(
  tx: Tx,
  p: { id: string; byId: string },
): Promise<Result<{ phone: string }, CallbackRefusal>> {
  const [call] = await lockCallback(tx, p);
  if (!call) return refuse('CALLBACK_NOT_FOUND');
  if (call.outcome !== null) return refuse('CALLBACK_ENDED');
  const [phone] = await openForUsers(tx, [{ ...keptAs(call.userId, call.id), sealed: call.phone }]);
  if (!phone) return refuse('CALLBACK_NOT_FOUND');
  await openCallback(tx, { ...p, at: tx.business });
  return done({ phone: phone.reveal() });
}

/** What came of a call. Refuses CALLBACK_NOT_FOUND, CALLBACK_ENDED. */
export async function endCall(
  tx: Tx,
  p: { id: string; byId: string; outcome: 'reached' | 'missed'; note: string },
): Promise<Result<{ outcome: 'reached' | 'missed' }, CallbackRefusal>> {
  const [call] = await lockCallback(tx, p);
  if (!call) return refuse('CALLBACK_NOT_FOUND');
  if (call.outcome !== null) return refuse('CALLBACK_ENDED');
  await endCallback(tx, { ...p, at: tx.business });
  return done({ outcome: p.outcome });
}
