import { must } from '../../kit/assert.ts';
import { setDeadlines } from '../../kit/deadlines.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { holdOrders } from '../../delivery/units.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { askHold, holdsOn, moveHold, type NewHold } from '../../evidence/hold/actions.ts';
import type { LegalHoldEvent } from '../../evidence/hold/machine.ts';
import { stands, type LegalHold } from '../../evidence/hold/rules.ts';
import { addHolds, lockWithLines, removeHolds, type OrderKey } from '../../orders/actions.ts';
import { courseOf } from '../write.actions.ts';
import type { OutsideRefusal } from './refusals.contract.ts';
import { heldSubject, openOrdersOf } from './views.ts';

/** Enters what an authority ordered. It holds nothing until another person has placed it. SUBJECT_NOT_FOUND: there is no such thing. */
export async function enterHold(
  tx: Tx,
  p: Omit<NewHold, 'shopId'> & { byId: string },
): Promise<Result<{ holdId: string }, OutsideRefusal>> {
  const [subject] = await heldSubject(tx, { viewerScope: p.scope, id: p.subjectId });
  if (!subject) return refuse('SUBJECT_NOT_FOUND');
  const hold = await askHold(tx, { ...p, shopId: subject.shopId });
  return done({ holdId: hold.id });
}

/**
 * Moves a hold one step. Placed, it stands on every order that it is about, and no timer releases or confirms them; lifted by two, their
 * money goes its way again. The parties hear of both, unless secrecy was ordered.
 */
export async function stepHold(
  tx: Tx,
  p: { holdId: string; event: LegalHoldEvent; byId: string; reason: string },
): Promise<Result<{ state: string }, OutsideRefusal>> {
  const moved = await moveHold(tx, { ...p, id: p.holdId });
  if (!moved.ok) return moved;
  const { before, after } = moved.value;
  if (!stands(before.state) && stands(after.state)) await place(tx, after);
  if (stands(before.state) && !stands(after.state)) await lift(tx, after);
  return done({ state: after.state });
}

/** The orders that a hold keeps: one, or all whose money has not left yet. What is about events keeps no money. */
async function ordersUnder(tx: Tx, hold: LegalHold): Promise<OrderKey[]> {
  if (hold.scope === 'evidence') return [];
  if (hold.scope === 'order')
    return [{ shopId: must(hold.shopId, 'an order has a shop'), id: hold.subjectId }];
  return openOrdersOf(tx, { viewerScope: hold.scope, subjectId: hold.subjectId });
}

const holdsOf = (hold: LegalHold, orders: readonly OrderKey[]) =>
  orders.map(({ shopId, id }) => ({ shopId, orderId: id, reason: 'legal' as const, ref: hold.id }));

async function place(tx: Tx, hold: LegalHold): Promise<void> {
  const orders = await ordersUnder(tx, hold);
  await lockWithLines(tx, orders);
  await addHolds(tx, holdsOf(hold, orders));
  await facts(tx, hold, orders, 'hold.placed');
}

async function lift(tx: Tx, hold: LegalHold): Promise<void> {
  const orders = await ordersUnder(tx, hold);
  const held = await holdOrders(tx, orders);
  await removeHolds(tx, holdsOf(hold, orders));
  send(
    tx,
    setDeadlines(
      tx,
      [...held.values()].flatMap((one) => courseOf(tx, { held: one })),
    ),
  );
  await facts(tx, hold, orders, 'hold.lifted');
}

/** A secret hold leaves its fact beside the hold and not in the order, where its parties would read it. */
async function facts(
  tx: Tx,
  hold: LegalHold,
  orders: readonly OrderKey[],
  kind: 'hold.placed' | 'hold.lifted',
): Promise<void> {
  const body = {
    hold: hold.id,
    scope: hold.scope,
    authority: hold.authority,
    number: hold.number,
    document: hold.documentHash.toString('hex'),
    until: hold.until,
  };
  const about = hold.secret ? [] : orders;
  await recordNext(tx, [
    { shopId: hold.shopId ?? platform, about: hold.id, kind, actor: 'platform', keyOwner: null, body },
    ...about.map(({ shopId, id }) => ({ shopId, about: id, kind, actor: 'platform', keyOwner: null, body })),
  ]);
  if (hold.secret || orders.length === 0) return;
  send(
    tx,
    publish(tx, [
      {
        event: kind,
        about: orders.map((one) => one.id),
        shops: orders.map((one) => one.shopId),
        data: { authority: hold.authority },
      },
    ]),
  );
}

const platform = '00000000-0000-0000-0000-000000000000';

/** order.purchased, order.paid: what is sold while its shop or its buyer is under a hold is held as well. */
export async function holdNewOrders(
  tx: Tx,
  orders: readonly (OrderKey & { buyerId: string })[],
): Promise<void> {
  if (orders.length === 0) return;
  const holds = await holdsOn(
    tx,
    orders.flatMap((one) => [one.shopId, one.buyerId]),
  );
  const added = holds.flatMap((hold) =>
    holdsOf(
      hold,
      orders.filter((one) => hold.subjectId === (hold.scope === 'shop' ? one.shopId : one.buyerId)),
    ),
  );
  if (added.length === 0) return;
  await lockWithLines(
    tx,
    added.map((one) => ({ shopId: one.shopId, id: one.orderId })),
  );
  await addHolds(tx, added);
}
