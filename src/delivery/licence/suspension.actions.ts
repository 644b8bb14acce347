import { recordNext } from '../../evidence/actions.ts';
import type { Tx } from '../../kit/tx.ts';
import { nextState } from '../../kit/machine.ts';
import { must } from '../../kit/assert.ts';
import { lockWithLines, type OrderKey } from '../../orders/actions.ts';
import type { SuspensionReason } from './contract.ts';
import { heldOf, note, writeHeld, type Held } from './hold.actions.ts';
import { licenceTable, type LicenceState } from './machine.ts';
import {
  deleteSuspensions,
  insertSuspensions,
  lockLicencesOfOrders,
  reasonsOfOrders,
  suspendedStill,
} from './store.ts';

/** Orders whose licences are meant, or one line of them. The caller has locked the orders. */
export type LicencesOf = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line?: number | undefined;
};

/** Why: a refund of the order (`ref` its id), an open case (its id), or another hold (its ref). */
export type Why = { readonly reason: SuspensionReason; readonly ref: string };

/**
 * Suspends the licences of these orders: a validation says SUSPENDED from the commit on, and no device can be added. A second reason is noted
 * beside the first; the same reason twice is one.
 */
export async function suspendLicences(tx: Tx, orders: readonly LicencesOf[], why: Why): Promise<void> {
  const all = await holdAll(tx, orders);
  if (all.length === 0) return;
  await insertSuspensions(tx, { ...keysOf(all), ...why, at: tx.business });
  const active = all.filter((held) => held.licence.state === 'active');
  await move(tx, active, 'suspend', why);
}

/** Takes a reason away; a licence works again when it was the last. Reasons that were not there are no matter. */
export async function reinstateLicences(tx: Tx, orders: readonly LicencesOf[], why: Why): Promise<void> {
  const all = await holdAll(tx, orders);
  if (all.length === 0) return;
  const freed = new Set(
    (await deleteSuspensions(tx, { ...keysOf(all), ...why })).map((row) => row.licenceId),
  );
  const still = new Set((await suspendedStill(tx, keysOf(all))).map((row) => row.licenceId));
  const back = all.filter(
    ({ licence }) => licence.state === 'suspended' && freed.has(licence.id) && !still.has(licence.id),
  );
  await move(tx, back, 'reinstate', why);
}

/** Makes licences stand as the holds of their orders do: every hold suspends, but for those that only wait for a warranty; one that ended does not. */
export async function followHolds(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  await lockWithLines(tx, orders);
  const rows = await reasonsOfOrders(tx, {
    shops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.id),
  });
  for (const { shopId, orderId, reason, ref, held } of rows)
    await (held ? suspendLicences : reinstateLicences)(tx, [{ shopId, orderId }], { reason, ref });
}

async function holdAll(tx: Tx, orders: readonly LicencesOf[]): Promise<Held[]> {
  if (orders.length === 0) return [];
  const rows = await lockLicencesOfOrders(tx, {
    shops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.orderId),
    lines: orders.map((one) => one.line ?? null),
  });
  return rows.map(heldOf);
}

const keysOf = (all: readonly Held[]) => ({
  shops: all.map((held) => held.licence.shopId),
  ids: all.map((held) => held.licence.id),
});

async function move(
  tx: Tx,
  list: readonly Held[],
  event: 'suspend' | 'reinstate',
  { reason }: Why,
): Promise<void> {
  if (list.length === 0) return;
  for (const held of list) {
    const to = nextState(licenceTable, held.licence.state, event, 'system');
    held.licence = { ...held.licence, state: must(to, `${event} leads on`) as LicenceState };
    note(held, { event: event === 'suspend' ? 'suspended' : 'reinstated', why: reason, by: 'system' });
  }
  writeHeld(tx, list);
  await recordNext(
    tx,
    list.map(({ licence }) => ({
      shopId: licence.shopId,
      about: licence.orderId,
      kind: event === 'suspend' ? 'delivery.suspended' : 'delivery.reinstated',
      actor: 'system',
      keyOwner: licence.buyerId,
      body: { line: licence.line, place: licence.place, reason },
    })),
  );
}
