import { must } from '../kit/assert.ts';
import { once } from '../kit/once.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { ownOrder, ownOrders } from '../orders/actions.ts';
import { bookCall, cancelCall, endCall, openNumber, type Call } from './callbacks.actions.ts';
import { callbackContract } from './callbacks.contract.ts';
import { callHours, slotEnd, slotsFrom } from './callbacks.rules.ts';
import { callQueue, callsOf, takenSlots } from './callbacks.views.ts';

const me = (context: Context): string => must(context.viewer.userId, 'somebody who is logged in');
const shown = ({ id, slotAt, phoneMasked, ...call }: Call) => ({
  ...call,
  callbackId: id,
  slotAt,
  slotEnd: slotEnd(slotAt),
  phone: phoneMasked,
});

export const callbackRoutes = {
  slots: serve(callbackContract.slots, async ({ db }) => {
    const on = await reader(db);
    const slots = slotsFrom(on.business);
    const taken = new Map(
      (await takenSlots(on, { viewerAnyone: true, from: on.business })).map((row) => [row.slotAt, row.taken]),
    );
    return done({
      slots: slots.map((at) => ({
        at,
        end: slotEnd(at),
        left: Math.max(0, callHours.places - (taken.get(at) ?? 0)),
      })),
    });
  }),
  bookCall: serve(callbackContract.bookCall, (context, { slotAt, orderId, ...input }) =>
    transaction(context.db, async (tx) => {
      const own =
        orderId === undefined
          ? null
          : ownOrder(await ownOrders(tx, [{ orderId, buyerIds: context.viewer.buyerIds }]), {
              orderId,
              buyerIds: context.viewer.buyerIds,
            });
      if (own === undefined) return refuse('ORDER_NOT_FOUND');
      return once(
        tx,
        {
          scope: `usr:${me(context)}/callbacks.book`,
          key: must(context.idempotencyKey, 'a keyed route has a key'),
          input: { slotAt, orderId: orderId ?? null, ...input },
        },
        async () => {
          const booked = await bookCall(tx, {
            ...input,
            userId: me(context),
            slotAt: instant(slotAt),
            orderId: orderId ?? null,
          });
          return booked.ok ? done(shown(booked.value)) : refuse(booked.refusal);
        },
      );
    }),
  ),
  myCalls: serve(callbackContract.myCalls, async ({ db, viewer }) =>
    done({ calls: (await callsOf(await reader(db), { viewer, limit: 20 })).map(shown) }),
  ),
  cancelCall: serve(callbackContract.cancelCall, (context, { callbackId }) =>
    transaction(context.db, (tx) => cancelCall(tx, { id: callbackId, userId: me(context) })),
  ),
  callQueue: serve(callbackContract.callQueue, async ({ db }) =>
    done({
      calls: (await callQueue(await reader(db), { viewerStaff: true, limit: 200 })).map(
        ({ opener, ...call }) => ({ ...shown(call), name: call.name, openedBy: opener }),
      ),
    }),
  ),
  openNumber: serve(callbackContract.openNumber, (context, { callbackId }) =>
    transaction(context.db, (tx) => openNumber(tx, { id: callbackId, byId: me(context) })),
  ),
  endCall: serve(callbackContract.endCall, (context, { callbackId, ...input }) =>
    transaction(context.db, (tx) => endCall(tx, { ...input, id: callbackId, byId: me(context) })),
  ),
};
